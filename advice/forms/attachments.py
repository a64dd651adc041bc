"""Input for the attachments of a draft."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advice.actions.attachments import left_out
from advice.models import Advice, Attachment
from portal.forms import PortalForm


class AttachmentForm(PortalForm):
    submit_label: Any = _("Add this attachment")
    guarded = True
    conditional = ["title", "file", "text"]

    title = forms.CharField(
        label=_("Title of the attachment"), max_length=200, required=False,
        help_text=_("You may leave this open for a file. Then it is called as the file is."),
    )  # fmt: skip
    file = forms.FileField(label=_("Choose a file"), required=False)
    text = forms.CharField(
        label=_("Or write the text of the attachment"), widget=forms.Textarea(attrs={"rows": 6}), required=False
    )


class ChangeAttachmentForm(PortalForm):
    submit_label: Any = _("Save attachment")
    guarded = True
    required_messages = {"title": _("Fill in the title of the attachment.")}

    title = forms.CharField(label=_("Title of the attachment"), max_length=200)
    text = forms.CharField(label=_("Text of the attachment"), widget=forms.Textarea(attrs={"rows": 10}), required=False)

    def __init__(self, *args: Any, attachment: Attachment, **kwargs: Any):
        super().__init__(*args, initial={"title": attachment.title, "text": attachment.text}, **kwargs)
        if attachment.document_id:
            del self.fields["text"]


class LeftOutField(forms.MultipleChoiceField):
    """Which attachments of earlier versions are left out on purpose. Only in a form when there are any."""

    widget = forms.CheckboxSelectMultiple


def ask_left_out(form: PortalForm, advice: Advice) -> None:
    """Put the question into a form that adopts or opens a vote; without lacking attachments there is no question."""
    lacking = left_out(advice)
    if lacking:
        form.fields["attachments_left_out"] = LeftOutField(
            label=_("Left out on purpose?"),
            help_text=_("Earlier versions had these attachments. Tick what the letter goes without."),
            choices=[(one.key, one.title) for one in lacking],
            required=False,
        )
