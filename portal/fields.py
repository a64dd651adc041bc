"""Fields by the Dutch form guidelines: a date in three parts, a time as people write it, a file with its limit."""

import re
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.utils import from_current_timezone, to_current_timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TYPED_DATE = re.compile(r"(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}))(?:[T ](.*))?$")
EARLIEST_YEAR, LATEST_YEAR = 1900, 2199


def _number(size: int) -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": "numeric", "maxlength": size, "autocomplete": "off"})


class DateParts(forms.MultiWidget):
    """Day, month and year beside each other, posted as name_day, name_month, name_year.

    A date in one piece under the plain name is understood too: 2026-05-12 or 12-5-2026.
    """

    def __init__(self, attrs: dict | None = None):
        super().__init__({"day": _number(2), "month": _number(2), "year": _number(4)}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        if isinstance(value, str):
            return self.split(value)
        return [value.day, value.month, value.year] if value else [None, None, None]

    def split(self, typed: str) -> list[Any]:
        """The parts of a date in one piece; what is no date stays in the first part, so that nothing typed is lost."""
        match = TYPED_DATE.match(typed.strip())
        if not match:
            return [typed, None, None]
        year, month, day, day2, month2, year2, _rest = match.groups()
        return [day or day2, month or month2, year or year2]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        value = super().value_from_datadict(data, files, name)
        if all(part is None for part in value) and data.get(name):
            return self.split(str(data[name]))
        return value

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and super().value_omitted_from_data(data, files, name)


class DateTimeParts(DateParts):
    """A date in parts and a time, posted as name_time beside them."""

    def __init__(self, attrs: dict | None = None):
        clock = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        parts: dict[str, Any] = {"day": _number(2), "month": _number(2), "year": _number(4), "time": clock}
        forms.MultiWidget.__init__(self, parts, attrs)

    def decompress(self, value: Any) -> list[Any]:
        if isinstance(value, datetime):
            value = to_current_timezone(value)
            return [*super().decompress(value), f"{value.hour}.{value.minute:02d}"]
        parts = super().decompress(value)
        return parts if len(parts) == 4 else [*parts, None]

    def split(self, typed: str) -> list[Any]:
        match = TYPED_DATE.match(typed.strip())
        return [*super().split(typed), match.groups()[-1] if match else None]


def _is_blank(part: Any) -> bool:
    return part is None or not str(part).strip()


def _part(parts: list[Any], name: str, low: int, high: int, message: str) -> int:
    typed = str(parts[("day", "month", "year").index(name)] or "").strip()
    if not typed.isascii() or not typed.isdigit() or not low <= int(typed) <= high:
        raise ValidationError(message, code=name, params={"typed": typed})
    return int(typed)


def date_from_parts(parts: list[Any]) -> date | None:
    """The date of three typed parts, None when all are blank; a fault names its part as the code of the error."""
    if all(_is_blank(part) for part in parts[:3]):
        return None
    for name, message in (
        ("day", _("Fill in the day too, as a number.")),
        ("month", _("Fill in the month too, as a number.")),
        ("year", _("Fill in the year too, with 4 digits.")),
    ):
        if _is_blank(parts[("day", "month", "year").index(name)]):
            raise ValidationError(message, code=name)
    day = _part(parts, "day", 1, 31, _("Fill in a day from 1 to 31. You filled in %(typed)s."))
    month = _part(parts, "month", 1, 12, _("Fill in a month from 1 to 12. You filled in %(typed)s."))
    year = _part(parts, "year", EARLIEST_YEAR, LATEST_YEAR, _("Fill in a year with 4 digits. You filled in %(typed)s."))
    try:
        return date(year, month, day)
    except ValueError:
        raise ValidationError(
            _("%(day)s-%(month)s-%(year)s does not exist. That month has fewer days."),
            code="day",
            params={"day": day, "month": month, "year": year},
        ) from None


def time_from_text(typed: Any) -> time:
    """`19.30`, `19:30`, `19.30 uur`, `19`."""
    match = re.fullmatch(r"(\d{1,2})(?:[.:](\d{2})(?::\d{2})?)?(?:\s*(?:uur|u))?", str(typed).strip().lower())
    if match and int(match[1]) < 24 and int(match[2] or 0) < 60:
        return time(int(match[1]), int(match[2] or 0))
    raise ValidationError(_("Fill in a time, for example 19.30."), code="time")


class DateField(forms.DateField):
    widget = DateParts
    example = gettext_lazy("For example 26 5 2026.")

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, list):
            return date_from_parts(value)
        return super().to_python(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != self.to_python(initial)
        except ValidationError:
            return True


class DateTimeField(forms.DateTimeField):
    widget = DateTimeParts
    example = gettext_lazy("For example 26 5 2026, at 19.30.")

    def to_python(self, value: Any) -> datetime | None:
        if not isinstance(value, list):
            return super().to_python(value)
        day = date_from_parts(value)
        clock = value[3] if len(value) > 3 else None
        if day is None and _is_blank(clock):
            return None
        if day is None:
            raise ValidationError(_("Fill in the day too, as a number."), code="day")
        if _is_blank(clock):
            raise ValidationError(_("Fill in the time too, for example 19.30."), code="time")
        return from_current_timezone(datetime.combine(day, time_from_text(clock)))

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != self.to_python(initial)
        except ValidationError:
            return True


class TimeField(forms.TimeField):
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "portal-short-input"})
    example = gettext_lazy("For example 19.30.")

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values or isinstance(value, time):
            return value or None
        return time_from_text(value)

    def prepare_value(self, value: Any) -> Any:
        return f"{value.hour}.{value.minute:02d}" if isinstance(value, time) else value


def megabytes(size: int) -> str:
    return f"{size // (1024 * 1024)} MB"


def check_file_size(file: UploadedFile) -> None:
    if file.size is not None and file.size > settings.UPLOAD_MAX_BYTES:
        raise ValidationError(
            _("The file ‘%(name)s’ is too large. It may be %(size)s at most."),
            code="max_size",
            params={"name": file.name, "size": megabytes(settings.UPLOAD_MAX_BYTES)},
        )


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; the cleaned value is a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        if not data:
            super().clean(None, initial)
            return []
        files = data if isinstance(data, (list, tuple)) else [data]
        return [super(FilesField, self).clean(file, initial) for file in files]
