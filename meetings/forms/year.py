"""The year plan: first the pattern, then all days in one table."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext_lazy as _

from councils.models import Council
from meetings.forms.planning import KindMixin
from meetings.forms.when import WhenForm
from meetings.models import MeetingTemplate
from meetings.pattern import LAST, Pattern
from portal.forms import PortalFormMixin

NTH = [(1, _("first")), (2, _("second")), (3, _("third")), (4, _("fourth")), (LAST, _("last"))]
LONGEST = timedelta(days=731)


class PatternForm(KindMixin, PortalFormMixin, forms.ModelForm):
    """The facts are those of a template: a kind, times of the clock, a place."""

    submit_label = _("Show the dates")
    submit_name = "show"
    fieldsets = [
        (_("On which days?"), ["rhythm", "nth", "weekday", "weeks", "first", "last", "without"]),
        (_("What and when?"), ["title", "kind", "working_group", "authority", "starts", "ends"]),
        (_("Where?"), ["place", "online_link"]),
        (_("For whom?"), ["is_public"]),
    ]
    tiles = ["rhythm"]
    row = ["rhythm"]
    conditional = ["nth", "weekday", "weeks", "working_group", "authority"]
    rhythm = forms.ChoiceField(
        label=_("How often?"), initial="month", widget=forms.RadioSelect,
        choices=[("month", _("Once a month")), ("weeks", _("Every so many weeks"))],
    )  # fmt: skip
    nth = forms.TypedChoiceField(
        label=_("Which one of the month?"), choices=NTH, coerce=int, required=False, help_text=_("With once a month.")
    )
    weekday = forms.TypedChoiceField(
        label=_("Which day of the week?"), choices=list(WEEKDAYS.items()), coerce=int, required=False,
        help_text=_("With once a month."),
    )  # fmt: skip
    weeks = forms.IntegerField(
        label=_("Every how many weeks?"), required=False, min_value=1, max_value=26,
        help_text=_("With every so many weeks. Counting starts on the first day below."),
    )  # fmt: skip
    first = forms.DateField(label=_("From which day?"))
    last = forms.DateField(label=_("Up to and including which day?"))
    without = forms.TypedMultipleChoiceField(
        label=_("In which months is there no meeting?"), choices=list(MONTHS.items()), coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    online_link = forms.URLField(label=_("Online link"), required=False, assume_scheme="https")

    class Meta:
        model = MeetingTemplate
        fields = ["title", "kind", "working_group", "starts", "ends", "place", "online_link", "is_public"]

    def __init__(self, *args: Any, council: Council, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["authority"] = forms.ModelChoiceField(
            council.authorities.none(), label=_("Consultation with"), required=False, empty_label=_("Make a choice")
        )
        self.prepare_kinds(council)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.clean_kinds(cleaned)
        if cleaned.get("rhythm") == "weeks" and not cleaned.get("weeks") and "weeks" not in self.errors:
            self.add_error("weeks", _("Fill in every how many weeks you meet."))
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day comes before the first."))
        elif first and last and last - first > LONGEST:
            self.add_error("last", _("Plan two years at most."))
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("The end must be later than the start."))
        if not self.errors and not self.pattern().days():
            self.add_error("last", _("No day fits this. Choose a longer period, or other months."))
        return cleaned

    def _post_clean(self) -> None:
        """It borrows the fields of a template and makes none."""

    def pattern(self) -> Pattern:
        said = self.cleaned_data
        monthly = said["rhythm"] == "month"
        return Pattern(
            first=said["first"], last=said["last"], weekday=said["weekday"] if monthly else 0,
            nth=said["nth"] if monthly else 0, weeks=0 if monthly else said["weeks"],
            without_months=frozenset(said["without"]),
        )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        names = ("title", "kind", "working_group", "authority", "place", "online_link", "is_public")
        return {name: self.cleaned_data[name] for name in names}


class DateRowForm(WhenForm):
    """One day of the plan. A row without a day is no row."""

    leave_out = forms.BooleanField(label=_("Skip this date"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in ("day", "starts", "ends"):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("day") and not self.errors:
            for name in ("starts", "ends"):
                if not cleaned.get(name):
                    self.add_error(name, _("Fill in a time, for example 19.30."))
        return cleaned

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """What is planned by this row, once it is clean."""
        said = self.cleaned_data if self.is_bound and self.is_valid() else {}
        starts_at, ends_at = said.get("starts_at"), said.get("ends_at")
        return (starts_at, ends_at) if starts_at and ends_at else None

    @property
    def is_left_out(self) -> bool:
        return bool(self.data.get(self.add_prefix("leave_out")))

    @property
    def stamp(self) -> str:
        """What the row says; the page remembers for which days the clashes were seen."""
        span = self.span
        return span[0].isoformat() + span[1].isoformat() if span else ""

    @property
    def was_seen(self) -> bool:
        return self.data.get(self.add_prefix("seen")) == self.stamp


class BaseDateRows(forms.BaseFormSet):
    def clean(self) -> None:
        starts: set[datetime] = set()
        for form in self.forms:
            span = None if form.is_left_out else form.span
            if span and span[0] in starts:
                form.add_error("day", _("This date is in the plan twice."))
            elif span:
                starts.add(span[0])

    def spans(self) -> list[tuple[datetime, datetime]]:
        return sorted(form.span for form in self.forms if form.span and not form.is_left_out)


DateRows = forms.formset_factory(DateRowForm, formset=BaseDateRows, extra=0, max_num=80, absolute_max=80)
PREFIX = "datum"


def first_rows(days: list[date], starts: Any, ends: Any) -> dict[str, Any]:
    """What a browser would post of these days, so that the first table is judged like every later one."""
    data: dict[str, Any] = {f"{PREFIX}-TOTAL_FORMS": len(days) + 1, f"{PREFIX}-INITIAL_FORMS": 0}
    for number, day in enumerate([*days, None]):
        data[f"{PREFIX}-{number}-day"] = day.isoformat() if day else ""
        data[f"{PREFIX}-{number}-starts"] = f"{starts.hour}.{starts.minute:02d}"
        data[f"{PREFIX}-{number}-ends"] = f"{ends.hour}.{ends.minute:02d}"
    return data


def with_spare_row(posted: Any) -> Any:
    """As posted, with an empty row at the end when the last one was used."""
    data = posted.copy()
    try:
        total = int(data.get(f"{PREFIX}-TOTAL_FORMS", 0))
    except ValueError:
        return data
    last = f"{PREFIX}-{total - 1}"
    used = any(str(data.get(f"{last}-day{part}", "")).strip() for part in ("", "_day", "_month", "_year"))
    if total and used:
        data[f"{PREFIX}-TOTAL_FORMS"] = str(total + 1)
        for part in ("starts", "ends"):
            data[f"{PREFIX}-{total}-{part}"] = data.get(f"{last}-{part}", "")
    return data


def default_period() -> tuple[date, date]:
    """The rest of this year; from September on the next one."""
    today = timezone.localdate()
    if today.month >= 9:
        return date(today.year + 1, 1, 1), date(today.year + 1, 12, 31)
    return today, date(today.year, 12, 31)
