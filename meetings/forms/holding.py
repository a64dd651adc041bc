from typing import Any

from django import forms

from meetings.states import Attendance
from portal.forms import PortalForm
from portal.models import Person


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
