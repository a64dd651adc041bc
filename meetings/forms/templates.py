"""A new meeting after an earlier one, and the name of a template."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.forms.planning import MeetingForm
from meetings.forms.when import clock_of
from meetings.models import Meeting, MeetingTemplate
from meetings.states import ItemOrigin
from portal.forms import PortalFormMixin

COPIED = (
    "kind", "title", "place", "online_link", "is_public", "working_group", "authority", "chair", "contact",
    "reminder_days",
)  # fmt: skip
KEPT = (ItemOrigin.TYPED, ItemOrigin.STANDING)  # the other items are offered by themselves where they are due


class CopyForm(MeetingForm):
    """Everything as it was but the day, and which items come along."""

    fieldsets = [*MeetingForm.fieldsets, (_("Agenda"), ["items"])]
    items = forms.MultipleChoiceField(
        label=_("Which items come along?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Without what was said and decided, and without papers."),
    )  # fmt: skip

    def __init__(self, *args: Any, source: Meeting, **kwargs: Any):
        copy = Meeting(council=source.council, **{name: getattr(source, name) for name in COPIED})
        clock = clock_of(source.starts_at, source.ends_at)
        initial = {"starts": clock["starts"], "ends": clock["ends"]}
        super().__init__(*args, instance=copy, initial=initial, **kwargs)
        items = list(source.agenda_items.all())
        self.fields["items"].choices = [(str(item.pk), item.title) for item in items]
        self.initial["items"] = [str(item.pk) for item in items if item.origin in KEPT]
        if not items:
            del self.fields["items"]

    def chosen(self) -> list[int]:
        return [int(pk) for pk in self.cleaned_data.get("items", [])]


class TemplateForm(PortalFormMixin, forms.ModelForm):
    submit_label = _("Save the template")

    class Meta:
        model = MeetingTemplate
        fields = ["name"]
        help_texts = {"name": _("For example: plenary meeting in the town hall.")}
