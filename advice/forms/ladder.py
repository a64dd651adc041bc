"""A letter when no answer came, ready to be sent."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Meeting
from portal.dates import long_date
from portal.forms import PortalForm


class LadderForm(PortalForm):
    submit_label = gettext_lazy("Send this letter")
    required_messages = {
        "subject": gettext_lazy("Fill in the subject."),
        "text": gettext_lazy("Write what you want to say."),
    }

    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200)
    text = forms.CharField(
        label=gettext_lazy("The letter"),
        help_text=gettext_lazy("You may change the words. An empty line begins a new paragraph."),
        widget=forms.Textarea(attrs={"rows": 14}),
    )

    @property
    def paragraphs(self) -> list[str]:
        parts = self.cleaned_data["text"].replace("\r\n", "\n").split("\n\n")
        return [" ".join(part.split()) for part in parts if part.strip()]


class EvaluationForm(LadderForm):
    """Also: on the agenda of which meeting."""

    meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label=gettext_lazy("On the agenda of which meeting?"), required=False,
        empty_label=gettext_lazy("On no agenda"),
    )  # fmt: skip

    def __init__(self, *args: Any, meetings: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["meeting"]
        field.queryset = meetings  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: f"{one.title}, {long_date(one.starts_at)}"  # type: ignore[attr-defined]
        if not meetings.exists():
            field.help_text = _("No meeting is planned. The letter goes, and nothing is put on an agenda.")
