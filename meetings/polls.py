"""A date poll as it stands: who is asked, what they said of each day, and what the rule book makes of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from councils.models import Council
from councils.rulebook import stack_of
from councils.rulebook.voting import quorum_needed
from councils.states import CouncilRole
from meetings.models import DateAnswer, DateOption, DatePoll
from meetings.states import DateAnswerChoice, MeetingKind
from portal.models import Person

BOARD = (CouncilRole.CHAIR, CouncilRole.DEPUTY_CHAIR, CouncilRole.SECRETARY, CouncilRole.TREASURER)


def asked_people(poll: DatePoll) -> QuerySet[Person]:
    """Everybody with a role in the council now; for a meeting of the board those who form it."""
    memberships = poll.council.memberships.current()
    if poll.kind == MeetingKind.BOARD:
        memberships = memberships.filter(role__in=BOARD)
    return Person.objects.filter(pk__in=memberships.values("person")).order_by("name", "pk")


def silent_people(poll: DatePoll) -> QuerySet[Person]:
    answered = DateAnswer.objects.filter(option__poll=poll).values("person")
    return asked_people(poll).exclude(pk__in=answered)


def is_open(poll: DatePoll) -> bool:
    return poll.closed_at is None


@dataclass
class Standing:
    """One day of the poll. `quorum` is None where the rule book says nothing of it."""

    option: DateOption
    yes: list[Person] = field(default_factory=list)
    maybe: list[Person] = field(default_factory=list)
    no: list[Person] = field(default_factory=list)
    silent: int = 0
    quorum: str = ""

    @property
    def words(self) -> str:
        parts = [
            ngettext("%(n)s can", "%(n)s can", len(self.yes)) % {"n": len(self.yes)},
            _("%(n)s if need be") % {"n": len(self.maybe)},
            ngettext("%(n)s cannot", "%(n)s cannot", len(self.no)) % {"n": len(self.no)},
        ]
        if self.silent:
            parts.append(ngettext("%(n)s did not answer", "%(n)s did not answer", self.silent) % {"n": self.silent})
        return ", ".join(parts)


def standings_of(poll: DatePoll, people: Iterable[Person]) -> list[Standing]:
    """Per day, in four questions whatever the number of days and people."""
    asked = {person.pk: person for person in people}
    found = {option.pk: Standing(option) for option in poll.options.all()}
    for answer in DateAnswer.objects.filter(option__poll=poll, person__in=asked):
        one, person = found[answer.option_id], asked[answer.person_id]
        {DateAnswerChoice.YES: one.yes, DateAnswerChoice.MAYBE: one.maybe, DateAnswerChoice.NO: one.no}[
            DateAnswerChoice(answer.answer)
        ].append(person)
    for one in found.values():
        one.silent = len(asked) - len(one.yes) - len(one.maybe) - len(one.no)
    if poll.kind == MeetingKind.PLENARY:
        _judge_quorum(poll.council, list(found.values()))
    return list(found.values())


def _judge_quorum(council: Council, standings: list[Standing]) -> None:
    voters = set(council.memberships.current().voting().values_list("person", flat=True))
    stack = stack_of(council)
    for one in standings:
        needed = quorum_needed(stack.on(timezone.localdate(one.option.starts_at)), members=len(voters))
        if needed is None:
            continue
        sure = sum(person.pk in voters for person in one.yes)
        perhaps = sure + sum(person.pk in voters for person in one.maybe)
        said = {"needed": needed.count, "article": needed.article or needed.instrument}
        if sure >= needed.count:
            one.quorum = _("The quorum is reached (%(needed)s, %(article)s).") % said
        elif perhaps >= needed.count:
            one.quorum = _("The quorum is reached only with who comes if need be (%(needed)s, %(article)s).") % said
        else:
            one.quorum = _("The quorum is not reached (%(needed)s, %(article)s).") % said
