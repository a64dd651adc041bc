"""Input for the decision of the council."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advice.forms.attachments import ask_left_out
from advice.models import Advice
from advice.states import Outcome
from councils.models import Council
from meetings.models import AgendaItem, Meeting
from meetings.presence import presence_at, presence_at_all
from meetings.states import MeetingState
from portal.dates import plain_date
from portal.forms import DateField, PortalForm
from portal.text import whole_number

LATEST_MEETINGS = 8


def held_meetings(council: Council) -> list[Meeting]:
    """The last ones up to today, newest first."""
    tomorrow = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    meetings = council.meetings.exclude(state=MeetingState.CANCELLED).filter(starts_at__lt=tomorrow)
    return list(meetings.order_by("-starts_at").prefetch_related("agenda_items")[:LATEST_MEETINGS])


def noted_presence(meeting: Meeting, item: AgendaItem | None) -> dict[str, int]:
    """How many with a vote were there, at the item or at the meeting at all; empty when nothing was noted."""
    here = presence_at(item) if item else presence_at_all(meeting)
    return {"present": len(here.voting), "recused": here.recused_counted} if here.noted else {}


def could_decide(meeting: Meeting, advice: Advice) -> bool:
    """A meeting before the request came in did not decide about it."""
    return advice.request is None or timezone.localdate(meeting.starts_at) >= advice.request.received_on


class MeetingField(forms.ModelChoiceField):
    def label_from_instance(self, meeting: Meeting) -> str:
        return f"{plain_date(timezone.localtime(meeting.starts_at))}: {meeting.title}"


class ItemField(forms.ModelChoiceField):
    def label_from_instance(self, item: AgendaItem) -> str:
        day = plain_date(timezone.localtime(item.meeting.starts_at))
        return f"{day}, {item.position}. {item.title}"


class DecisionForm(PortalForm):
    submit_label = _("Record the decision")
    guarded = True
    tiles = ["outcome", "chair_in_favour", "attachments_left_out"]
    conditional = [
        "decided_on",
        "chair_in_favour",
        "without_quorum_reason",
        "minority_by",
        "minority_text",
        "attachments_left_out",
    ]
    fieldsets = [
        (_("When was it decided?"), ["meeting", "agenda_item", "decided_on"]),
        (
            _("How was it decided?"),
            ["present", "in_favour", "against", "abstained", "recused", "chair_in_favour", "outcome"],
        ),
        (_("Only if it applies"), ["attachments_left_out", "without_quorum_reason", "minority_by", "minority_text"]),
    ]
    required_messages = {
        "present": _("Fill in how many members with a vote were present."),
        "in_favour": _("Fill in how many members voted in favour."),
        "against": _("Fill in how many members voted against."),
        "outcome": _("Choose what was decided."),
    }

    meeting = MeetingField(
        label=_("At which meeting?"),
        queryset=Meeting.objects.none(),
        required=False,
        empty_label=_("Not at a meeting, but in writing"),
    )
    agenda_item = ItemField(
        label=_("At which item of the agenda?"),
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label=_("No item chosen"),
    )
    decided_on = DateField(
        label=_("On which day?"), required=False, help_text=_("Only when it was not decided at a meeting.")
    )
    present = forms.IntegerField(label=_("How many members with a vote were present?"), min_value=0, max_value=200)
    in_favour = forms.IntegerField(
        label=_("How many were in favour?"),
        min_value=0,
        max_value=200,
        help_text=_("Did everybody agree without a vote? Then fill in how many were present."),
    )
    against = forms.IntegerField(label=_("How many were against?"), min_value=0, max_value=200, initial=0)
    abstained = forms.IntegerField(
        label=_("How many abstained?"), min_value=0, max_value=200, initial=0, required=False
    )
    recused = forms.IntegerField(
        label=_("How many took no part?"),
        help_text=_("Because they had an interest of their own. Do not count them as present."),
        min_value=0,
        max_value=200,
        initial=0,
        required=False,
    )
    chair_in_favour = forms.ChoiceField(
        label=_("What did the chair vote?"),
        help_text=_("Only needed when there were as many votes for as against."),
        choices=[("yes", _("In favour")), ("no", _("Against"))],
        widget=forms.RadioSelect,
        required=False,
    )
    outcome = forms.ChoiceField(label=_("What was decided?"), choices=Outcome.choices, widget=forms.RadioSelect)
    without_quorum_reason = forms.CharField(
        label=_("Why does the decision stand with too few members?"),
        help_text=_("Only needed when the quorum was not met. It stays on file."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    minority_by = forms.CharField(
        label=_("Who has another view?"), max_length=200, required=False, help_text=_("For example: 2 members.")
    )
    minority_text = forms.CharField(
        label=_("What do they think?"),
        help_text=_("This comes in the letter as another view (minority)."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )

    def __init__(self, *args: Any, advice: Advice, at_item: str = "", **kwargs: Any):
        """`at_item` is the key of the item of the agenda that one comes from."""
        super().__init__(*args, **kwargs)
        ask_left_out(self, advice)
        meetings = [meeting for meeting in held_meetings(advice.council) if could_decide(meeting, advice)]
        ids = [meeting.pk for meeting in meetings]
        self.fields["meeting"].queryset = Meeting.objects.filter(pk__in=ids).order_by("-starts_at")
        items = AgendaItem.objects.filter(meeting__in=ids).select_related("meeting__council")
        self.fields["agenda_item"].queryset = items.order_by("-meeting__starts_at", "position")
        item = items.filter(pk=whole_number(at_item)).first()
        meeting = item.meeting if item else meetings[0] if meetings else None
        if meeting and not self.is_bound:
            told = {"meeting": meeting.pk, "agenda_item": item.pk if item else None, **noted_presence(meeting, item)}
            self.initial = {**told, **self.initial}

    def clean_recused(self) -> int:
        return self.cleaned_data.get("recused") or 0

    def clean_abstained(self) -> int:
        return self.cleaned_data.get("abstained") or 0

    def clean_chair_in_favour(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data.get("chair_in_favour", ""))


class ReasonForm(PortalForm):
    """Why something is undone or stopped. It stays with the comments."""

    reason = forms.CharField(label=_("Why?"), widget=forms.Textarea(attrs={"rows": 3}))
