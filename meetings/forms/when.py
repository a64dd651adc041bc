"""A day, from when until when: by the clock on the wall, also in the two nights that it is changed."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.calendar import NoSuchTime, TimeTwice, wall_clock
from portal.fields import DateField, TimeField
from portal.forms import PortalFormMixin


class WhenForm(PortalFormMixin, forms.Form):
    """Cleans to starts_at and ends_at. What the clock skips is refused; an hour that comes twice is asked."""

    day = DateField(label=_("Date"))
    starts = TimeField(label=_("Starts at"))
    ends = TimeField(label=_("Ends at"), help_text=_("For example 21.30."))
    fold = forms.TypedChoiceField(
        label=_("That hour comes twice, because the clock goes back. Which one do you mean?"),
        choices=[("0", _("The first (summer time)")), ("1", _("The second (winter time)"))],
        widget=forms.RadioSelect, required=False, coerce=int, empty_value=None,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.asks_fold = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day = cleaned.get("day")
        if not day:
            return cleaned
        for name in ("starts", "ends"):
            if cleaned.get(name):
                cleaned[f"{name}_at"] = self._instant(name, day, cleaned[name], cleaned.get("fold"))
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends", _("The end must be later than the start."))
        return cleaned

    def _instant(self, name: str, day: date, at: time, fold: int | None) -> datetime | None:
        try:
            return wall_clock(day, at, fold=fold)
        except NoSuchTime:
            self.add_error(name, _("This time does not exist: the clock goes forward that night. Choose another time."))
        except TimeTwice:
            if not self.asks_fold:
                self.add_error("fold", _("Choose which of the two hours you mean."))
            self.asks_fold = True
        return None

    @property
    def shows_fold(self) -> bool:
        """The question is asked only on the one night a year that it makes sense."""
        return self.asks_fold or bool(self.data.get(self.add_prefix("fold")))

    @property
    def helper(self):
        if not self.shows_fold and "fold" in self.fields:
            del self.fields["fold"]
        return super().helper


def clock_of(starts_at: datetime, ends_at: datetime) -> dict[str, Any]:
    """The initial answers of a WhenForm."""
    starts = timezone.localtime(starts_at)
    ends = timezone.localtime(ends_at)
    return {"day": starts.date(), "starts": starts.time(), "ends": ends.time(), "fold": str(starts.fold)}
