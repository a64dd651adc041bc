import json
from argparse import ArgumentTypeError
from datetime import date
from difflib import get_close_matches
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from councils.models import Council
from councils.rulebook import Outcome, stack_of
from councils.rulebook.answers import Question, answer
from councils.rulebook.clocks import day_text
from councils.rulebook.schema import is_date


def day(text: str) -> date:
    try:
        if is_date(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ArgumentTypeError(_("“%(text)s” is no date; write YYYY-MM-DD, for example 2026-05-26.") % {"text": text})


def count(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ArgumentTypeError(_("“%(text)s” is no number of people.") % {"text": text})
    return int(text)


class Command(BaseCommand):
    help = "What the rule book of a council makes of dates and numbers."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("council", metavar="COUNCIL", help="exact name or slug")
        for name in ("request", "receipt", "issue", "meeting"):
            parser.add_argument(f"--{name}-date", type=day, metavar="D")
        parser.add_argument("--members", type=count, metavar="N", help="members, seats or voters: what the rule counts")
        parser.add_argument("--present", type=count, metavar="N")
        parser.add_argument("--urgent", action="store_true", help="the request is urgent")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, council: str, **options: Any) -> None:
        question = Question(**{key: options[key] for key in Question.__dataclass_fields__})
        answers = answer(stack_of(find_council(council)), question)
        if options["json"]:
            found = {key: outcome.as_json() if outcome else None for key, outcome in answers.items()}
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
            return
        labels = key_labels()
        for key, outcome in answers.items():
            self.stdout.write(f"{labels[key]:<40} {in_words(outcome)}")
            label = _("Assumed:")
            for assumed in outcome.assumed if outcome else ():
                self.stdout.write(f"{'':<40}   {label} {assumed}")


def find_council(text: str) -> Council:
    known = Council.objects.filter(name=text).first() or Council.objects.filter(slug=text).first()
    if known:
        return known
    names = dict(Council.objects.values_list("name", "slug"))
    words = {name.casefold(): name for name in names} | {slug: name for name, slug in names.items()}
    close = dict.fromkeys(words[word] for word in get_close_matches(text.casefold(), words, n=5, cutoff=0.5))
    close |= dict.fromkeys(name for name in names if text.casefold() in name.casefold())
    message = _("There is no council “%(name)s”.") % {"name": text}
    if close:
        message += " " + _("Did you mean: %(names)s?") % {"names": "; ".join(list(close)[:5])}
    raise CommandError(message)


def key_labels() -> dict[str, str]:
    return {
        "advice_due": _("Advice on"),
        "advice_due_latest": _("Advice on, at the latest"),
        "advice_due_extended": _("Advice on, after extension"),
        "decline_until": _("Declining until"),
        "response_due": _("Answer on"),
        "response_due_extended": _("Answer on, after extension"),
        "invitations_out_by": _("Invitation out on"),
        "member_papers_by": _("Papers of members in on"),
        "quorum_needed": _("Members needed to decide"),
        "quorum_met": _("Enough members present"),
        "term_ends_on": _("Last day of a membership"),
    }


def in_words(outcome: Outcome | None) -> str:
    if outcome is None:
        return "–"
    if isinstance(outcome.value, date):
        value = day_text(outcome.value)
    elif isinstance(outcome.value, bool):
        value = _("yes") if outcome.value else _("no")
    else:
        value = str(outcome.value)
    return f"{value} ({', '.join(filter(None, [outcome.article, outcome.instrument]))})"
