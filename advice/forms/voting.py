"""Input for a vote in writing: opening it, a vote, taking no part, closing it."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advice.forms.attachments import ask_left_out
from advice.models import Advice, Elector
from advice.states import EnteredBy, VoteChoice
from advice.tally import Tally
from portal.calendar import NoSuchTime, TimeTwice, wall_clock
from portal.fields import DateField, TimeField
from portal.forms import PortalForm

DAYS_TO_VOTE = 7
CLOSING_TIME = time(20)


class ClosingTimeForm(PortalForm):
    """A day and a time, as a clock in the Netherlands shows it."""

    day = DateField(label=_("Until which day can be voted?"))
    at = TimeField(label=_("Until what time?"))
    fold = forms.TypedChoiceField(
        label=_("That hour comes twice, because the clock goes back. Which one do you mean?"),
        choices=[("0", _("The first (summer time)")), ("1", _("The second (winter time)"))],
        widget=forms.RadioSelect, required=False, coerce=int, empty_value=None,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("day", timezone.localdate() + timedelta(days=DAYS_TO_VOTE))
        self.initial.setdefault("at", CLOSING_TIME)
        self.asks_fold = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("day") and cleaned.get("at"):
            cleaned["closes_at"] = self.instant(cleaned)
        return cleaned

    def instant(self, cleaned: dict[str, Any]) -> datetime | None:
        try:
            return wall_clock(cleaned["day"], cleaned["at"], fold=cleaned.get("fold"))
        except NoSuchTime:
            self.add_error("at", _("This time does not exist: the clock goes forward that night. Choose another time."))
        except TimeTwice:
            self.asks_fold = True
            self.add_error("fold", _("Choose which of the two hours you mean."))
        return None

    def refuse(self, refused: Any) -> None:
        """The verb knows one moment, the form a day and a time."""
        if refused.field == "closes_at":
            self.add_error("day", str(refused))
        else:
            super().refuse(refused)

    @property
    def helper(self) -> Any:
        asks = self.asks_fold or bool(self.data.get("fold"))  # only on the one night a year that it makes sense
        if not asks and "fold" in self.fields:
            del self.fields["fold"]
        return super().helper


class OpenVoteForm(ClosingTimeForm):
    submit_label = _("Open the vote")
    guarded = True
    tiles = ["attachments_left_out"]
    field_order = ["day", "at", "fold", "reason"]
    reason = forms.CharField(
        label=_("Why not at a meeting?"),
        help_text=_("For example: the next meeting comes too late. All members read this."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(self, *args: Any, advice: Advice, **kwargs: Any):
        super().__init__(*args, **kwargs)
        ask_left_out(self, advice)


class ExtendForm(ClosingTimeForm):
    submit_label = _("Give more time")


class VoteForm(PortalForm):
    submit_label = _("Check my vote")
    tiles = ["choice"]
    required_messages = {"choice": _("Choose what you vote.")}

    choice = forms.ChoiceField(label=_("What do you vote?"), choices=VoteChoice.choices, widget=forms.RadioSelect)
    explanation = forms.CharField(
        label=_("Do you want to say why?"),
        help_text=_("The other members read this after the vote has closed. The municipality does not."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )


class VoteForForm(VoteForm):
    """A vote that the secretary heard or got on paper."""

    submit_label = _("Record this vote")
    tiles = ["choice", "channel"]
    required_messages = {
        **VoteForm.required_messages,
        "channel": _("Say how you heard this vote."),
    }
    field_order = ["choice", "channel", "explanation"]

    channel = forms.ChoiceField(
        label=_("How did you hear it?"),
        choices=[choice for choice in EnteredBy.choices if choice[0] != EnteredBy.SELF],
        widget=forms.RadioSelect,
        help_text=_("This stands beside the vote."),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["choice"]
        choice.label = _("What does this member vote?")
        choice.choices = [*({**dict(VoteChoice.choices), VoteChoice.ABSTAINED: _("Abstains from voting")}).items()]
        self.fields["explanation"].label = _("What did this member say about it?")


class ElectorField(forms.ModelChoiceField):
    def label_from_instance(self, elector: Elector) -> str:
        return elector.person.name


class RecuseForm(PortalForm):
    submit_label = _("Record this")
    required_messages = {"elector": _("Choose who takes no part."), "reason": _("Say why.")}
    elector = ElectorField(label=_("Who takes no part?"), queryset=Elector.objects.none())
    reason = forms.CharField(
        label=_("Why not?"),
        help_text=_("For example: my sister works there. All members can read this."),
        max_length=300,
    )

    def __init__(self, *args: Any, tally: Tally, own: Elector | None, leads: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        ids = [elector.pk for elector in tally.electors]
        found = Elector.objects.filter(pk__in=ids).select_related("person").order_by("person__name")
        self.fields["elector"].queryset = found  # type: ignore[attr-defined]
        if own and not leads:
            del self.fields["elector"]


class CloseForm(PortalForm):
    """Only what the votes ask: what the chair decides, why it stands without a quorum."""

    submit_label = _("Close the vote")
    tiles = ["chair_in_favour"]
    chair_in_favour = forms.ChoiceField(
        label=_("What does the chair decide?"),
        choices=[("yes", _("In favour")), ("no", _("Against"))],
        widget=forms.RadioSelect,
        required=False,
    )
    without_quorum_reason = forms.CharField(
        label=_("Why does the decision stand with too few members?"),
        help_text=_("It stays on file. You can also give more time, or stop the vote."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(self, *args: Any, tally: Tally, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not tally.judgement.needs_chair:
            del self.fields["chair_in_favour"]
        if tally.judgement.quorum_met:
            del self.fields["without_quorum_reason"]

    def clean_chair_in_favour(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data.get("chair_in_favour", ""))
