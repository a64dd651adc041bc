"""Reading an instrument from a file: rulebook.schema.json, and what a schema cannot say."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator, FormatChecker

SCHEMA = Path(__file__).with_name("rulebook.schema.json")
LEAP_YEAR = 2024

formats = FormatChecker(formats=())


@formats.checks("date", raises=ValueError)
def is_date(value: object) -> bool:
    """Only YYYY-MM-DD; Python reads more than that."""
    return not isinstance(value, str) or bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value) and date.fromisoformat(value))


@dataclass(frozen=True)
class Fault:
    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


class FaultyInstrument(Exception):
    def __init__(self, faults: list[Fault]):
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text()), format_checker=formats)


def read_instrument(path: Path) -> dict[str, Any]:
    """The content of the file, checked. Raises FaultyInstrument with every fault and its place."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"), parse_float=whole_if_it_can)
    except OSError as error:
        raise FaultyInstrument([Fault("$", error.strerror or str(error))]) from error
    except ValueError as error:  # not JSON, or not UTF-8
        raise FaultyInstrument([Fault("$", _("This is not JSON: %(error)s") % {"error": error})]) from error
    check(content)
    return content


def whole_if_it_can(text: str) -> int | float:
    """JSON knows one kind of number: 4.0 weeks are 4 weeks."""
    return int(float(text)) if float(text).is_integer() else float(text)


def check(content: Any) -> None:
    faults = [Fault(error.json_path, error.message) for error in validator().iter_errors(content)]
    faults = sorted(faults, key=lambda fault: fault.path) or list(contradictions(content))
    if faults:
        raise FaultyInstrument(faults)


def contradictions(content: dict[str, Any]) -> Iterator[Fault]:
    """What fits the schema and still cannot be."""
    instrument, rules = content["instrument"], content["rules"]
    if not content["council"]["name"].strip():
        yield Fault("$.council.name", _("The name is empty."))
    if not instrument["title"].strip():
        yield Fault("$.instrument.title", _("The title is empty."))
    yield from wrong_order("$.instrument", instrument, "valid_from", "valid_until")
    for number, authority in enumerate(content["authorities"]):
        if not authority["name"].strip():
            yield Fault(f"$.authorities[{number}].name", _("The name is empty."))
        yield from wrong_order(f"$.authorities[{number}]", authority, "from", "until")
    yield from wrong_order("$.rules", rules, "members_min", "members_max")
    yield from wrong_order("$.rules", rules, "meetings_per_year_min", "meetings_per_year_max")
    for key in ("advice_term", "response_term"):
        yield from wrong_order(f"$.rules.{key}", rules.get(key, {}), "weeks", "max_weeks")
    for path, number in counts(rules):
        if number < 1:
            yield Fault(path, _("This number must be 1 or more."))
    for path, monthday in monthdays(rules):
        if not is_monthday(monthday):
            yield Fault(path, _("%(day)s is no day of the year.") % {"day": monthday})


def wrong_order(path: str, part: dict[str, Any], first: str, last: str) -> Iterator[Fault]:
    if part.get(first) is not None and part.get(last) is not None and part[last] < part[first]:
        yield Fault(f"{path}.{last}", _("%(last)s comes before %(first)s.") % {"last": last, "first": first})


def counts(rules: dict[str, Any]) -> Iterator[tuple[str, int]]:
    for key in ("quorum", "attendance_minimum"):
        for part in ("numerator", "denominator", "count"):
            if part in rules.get(key, {}):
                yield f"$.rules.{key}.{part}", rules[key][part]
    for key in ("advice_term", "response_term", "urgent"):
        for part in ("weeks", "extension_weeks"):
            if part in rules.get(key, {}):
                yield f"$.rules.{key}.{part}", rules[key][part]
    for key in ("may_decline_within_weeks", "invitation_days", "member_papers_days"):
        if key in rules:
            yield f"$.rules.{key}", rules[key]


def monthdays(rules: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key in ("annual_report_due", "work_plan_due", "budget_due", "subsidy_request_due"):
        if key in rules:
            yield f"$.rules.{key}", rules[key]
    for number, period in enumerate(rules.get("recess", [])):
        for part in ("from", "until"):
            yield f"$.rules.recess[{number}].{part}", period[part]


def is_monthday(text: str) -> bool:
    try:
        date.fromisoformat(f"{LEAP_YEAR}-{text}")
    except ValueError:
        return False
    return True
