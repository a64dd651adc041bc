from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting
from portal.calendar import NoSuchTime, TimeTwice, wall_clock
from portal.fields import DateField, TimeField
from portal.forms import PortalFormMixin


class MeetingForm(PortalFormMixin, forms.ModelForm):
    submit_label = _("Save the meeting")
    fieldsets = [
        (_("What and when?"), ["title", "kind", "day", "starts", "ends", "fold"]),
        (_("Where?"), ["place", "online_link"]),
        (_("For whom?"), ["is_public"]),
    ]
    day = DateField(label=_("Date"))
    starts = TimeField(label=_("Starts at"))
    ends = TimeField(label=_("Ends at"))
    fold = forms.TypedChoiceField(
        label=_("That hour comes twice, because the clock goes back. Which one do you mean?"),
        choices=[("0", _("The first (summer time)")), ("1", _("The second (winter time)"))],
        widget=forms.RadioSelect, required=False, coerce=int, empty_value=None,
    )  # fmt: skip

    online_link = forms.URLField(label=_("Online link"), required=False, assume_scheme="https")

    class Meta:
        model = Meeting
        fields = ["title", "kind", "place", "online_link", "is_public"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            starts = timezone.localtime(self.instance.starts_at)
            self.initial |= {
                "day": starts.date(), "starts": starts.time(),
                "ends": timezone.localtime(self.instance.ends_at).time(), "fold": str(starts.fold),
            }  # fmt: skip
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
            self.asks_fold = True
            self.add_error("fold", _("Choose which of the two hours you mean."))
        return None

    @property
    def shows_fold(self) -> bool:
        """The question is asked only on the one night a year that it makes sense."""
        return self.asks_fold or bool(self.data.get("fold"))

    @property
    def helper(self):
        if not self.shows_fold and "fold" in self.fields:
            del self.fields["fold"]
        return super().helper

    def facts(self) -> dict[str, Any]:
        names = ("title", "kind", "place", "online_link", "is_public", "starts_at", "ends_at")
        return {name: self.cleaned_data[name] for name in names}
