from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import ActionItem, AgendaItem
from meetings.states import Attendance
from portal.forms import PortalForm, PortalFormMixin
from portal.models import Person


class ReportForm(PortalFormMixin, forms.ModelForm):
    """What was said and decided at one item; stands inside the form of the whole report."""

    form_tag = False
    show_summary = False

    class Meta:
        model = AgendaItem
        fields = ["report", "decision"]
        widgets = {"report": forms.Textarea(attrs={"rows": 4}), "decision": forms.Textarea(attrs={"rows": 2})}


class AttendanceForm(PortalForm):
    """One question per person who may have been there."""

    form_tag = False
    show_summary = False

    def __init__(self, *args: Any, people: list[Person], seen: dict[int, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for person in people:
            self.fields[f"person_{person.pk}"] = forms.ChoiceField(
                label=person.name, choices=Attendance.choices, initial=seen.get(person.pk, Attendance.UNKNOWN)
            )

    def attendance(self) -> dict[int, str]:
        return {int(name.removeprefix("person_")): seen for name, seen in self.cleaned_data.items()}


class ActionForm(PortalFormMixin, forms.ModelForm):
    submit_label = _("Add the action")

    class Meta:
        model = ActionItem
        fields = ["text", "owner", "due_on"]

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = Person.objects.filter(pk__in=[person.pk for person in people])
