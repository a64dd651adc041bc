"""Reading the rule book of a day aloud: all groups, with what is not regulated."""

from django.utils.translation import gettext as _

from councils.rulebook import days_off
from councils.rulebook.sentences import GROUPS, Group, Line, Who, join, say
from councils.rulebook.stack import Found, RuleBook
from councils.rulebook.wording.advising import deadline_on_day_off


def read(book: RuleBook, who: Who) -> list[Group]:
    groups = []
    for id, (title, rules) in GROUPS.items():
        lines, missing = [], []
        for rule in rules:
            found = book.rule(rule.key)
            if found:
                lines.append(Line(rule.key, join(rule.speak(found.value, who)), found.article, found.instrument))
            elif rule.key == "deadline_on_day_off" and (derived := day_off_by_default(book)):
                lines.append(derived)
            else:
                missing.append(str(rule.label))
        groups.append(Group(id, str(title), lines, missing))
    return groups


def day_off_by_default(book: RuleBook) -> Line | None:
    """What happens on a day off when no instrument says so: the law for an ordinance, nothing for the others."""
    found: Found | None = book.rule("advice_term") or book.rule("response_term")
    if found is None:
        return None
    if found.kind == "ordinance":
        text = join(deadline_on_day_off("next_working_day", Who("", "")))
        return Line("deadline_on_day_off", text, days_off.LAW, found.instrument)
    unchanged = join(deadline_on_day_off("unchanged", Who("", "")))
    text = join(iter([unchanged, say(_("No instrument says otherwise."))]))
    return Line("deadline_on_day_off", text, None, found.instrument)
