"""Input for a decision by mandate of the board, and for what the council said of it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advice.actions.mandate import board_of
from advice.forms.attachments import ask_left_out
from advice.forms.deciding import MeetingField, held_meetings
from advice.models import Advice, Decision
from meetings.models import Meeting
from portal.forms import DateField, PortalForm
from portal.models import Person


class PeopleField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, person: Person) -> str:
        return person.name


class MandateForm(PortalForm):
    submit_label = _("Decide by mandate")
    guarded = True
    tiles = ["agreed", "attachments_left_out"]
    required_messages = {
        "reason": _("Say why this could not wait for a meeting."),
        "agreed": _("Say who of the board agreed."),
    }
    reason = forms.CharField(
        label=_("Why could it not wait for a meeting?"),
        help_text=_("All members read this, and it stays on file."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    agreed = PeopleField(
        label=_("Who of the board agreed?"), queryset=Person.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    decided_on = DateField(label=_("On which day?"))

    def __init__(self, *args: Any, advice: Advice, **kwargs: Any):
        super().__init__(*args, **kwargs)
        ask_left_out(self, advice)
        ids = [person.pk for person in board_of(advice.council)]
        self.fields["agreed"].queryset = Person.objects.filter(pk__in=ids).order_by("name")  # type: ignore[attr-defined]
        self.initial.setdefault("decided_on", timezone.localdate())


class RatifyForm(PortalForm):
    submit_label = _("Record this")
    guarded = True
    tiles = ["ratified"]
    conditional = ["decided_on", "note"]
    required_messages = {"ratified": _("Choose what the council said.")}
    meeting = MeetingField(
        label=_("At which meeting?"),
        queryset=Meeting.objects.none(),
        required=False,
        empty_label=_("Not at a meeting, but in writing"),
    )
    decided_on = DateField(
        label=_("On which day?"), required=False, help_text=_("Only when it was not decided at a meeting.")
    )
    ratified = forms.ChoiceField(
        label=_("What did the council say?"),
        choices=[("yes", _("The council agrees")), ("no", _("The council does not agree"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("What was said about it?"),
        help_text=_("Needed when the council does not agree."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any):
        super().__init__(*args, **kwargs)
        day = decision.decided_on
        since = [m for m in held_meetings(decision.council) if timezone.localdate(m.starts_at) >= day]
        meetings = Meeting.objects.filter(pk__in=[meeting.pk for meeting in since])
        self.fields["meeting"].queryset = meetings.order_by("-starts_at")  # type: ignore[attr-defined]
        if since and not self.is_bound:
            self.initial.setdefault("meeting", since[0].pk)

    def clean_ratified(self) -> bool:
        return self.cleaned_data["ratified"] == "yes"
