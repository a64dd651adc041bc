"""Who still needs a question on paper, and what it says: votes in writing and "what do you think?"."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import override

from advice.letter_text import address_lines, sender
from advice.models import Elector, Opinion, OpinionRound, Vote, WrittenProcedure
from advice.states import AdviceState, Choice, VoteChoice
from councils.models import Council
from councils.states import CouncilRole
from portal.models import Message, Person
from portal.querysets import MessageQuerySet

if TYPE_CHECKING:  # what prints is heavy
    from advice.slip_print import SlipData

VOTES = ["advice.vote_asked", "advice.vote_reminder"]
OPINIONS = ["advice.opinion_asked", "advice.opinion_last_day", "advice.opinion_reminder"]


@dataclass
class Slip:
    """What one member gets about one question: a reminder to who got nothing yet is the same letter."""

    person: Person
    question: WrittenProcedure | OpinionRound
    messages: list[Message] = field(default_factory=list)

    @property
    def is_vote(self) -> bool:
        return isinstance(self.question, WrittenProcedure)

    @property
    def last_day(self) -> date:
        if isinstance(self.question, WrittenProcedure):
            return timezone.localdate(self.question.closes_at)
        return self.question.closes_on

    @property
    def subject(self) -> str:
        return self.question.advice.subject


def slips_to_print(council: Council) -> MessageQuerySet:
    """Who said it already, takes no part, or came too late gets nothing. What was told to the chair alone does not
    count: the list would tell who did."""
    now, today = timezone.now(), timezone.localdate()
    mine: dict[str, Any] = {"person": OuterRef("person_id")}
    may_vote = Elector.objects.filter(
        procedure=OuterRef("about_id"), recused_at=None, procedure__closed_at=None, procedure__closes_at__gt=now, **mine
    )
    voted = Vote.objects.filter(procedure=OuterRef("about_id"), **mine)
    is_open = OpinionRound.objects.filter(
        pk=OuterRef("about_id"), closed_at=None, closes_on__gte=today, advice__state=AdviceState.DRAFT
    )
    said = Opinion.objects.in_the_room().filter(round=OuterRef("about_id"), **mine)
    member = council.memberships.current().filter(**mine)
    vote = Q(Exists(may_vote), ~Exists(voted), kind__in=VOTES)
    opinion = Q(Exists(is_open), ~Exists(said), Exists(member), kind__in=OPINIONS)
    return Message.objects.to_print().filter(vote | opinion, council_id=council.pk)


def slips_of(council: Council) -> list[Slip]:
    """One for each member and question. Three queries, however many."""
    waiting = list(slips_to_print(council).select_related("person").order_by("created_at", "pk"))
    votes = WrittenProcedure.objects.select_related("advice").in_bulk(
        [message.about_id for message in waiting if message.kind in VOTES]
    )
    rounds = OpinionRound.objects.select_related("advice", "version").in_bulk(
        [message.about_id for message in waiting if message.kind in OPINIONS]
    )
    found: dict[tuple[bool, int, int], Slip] = {}
    for message in waiting:
        is_vote = message.kind in VOTES
        question = votes[message.about_id] if is_vote else rounds[message.about_id]
        slip = found.setdefault(
            (is_vote, message.about_id, message.person_id), Slip(person=message.person, question=question)
        )
        slip.messages.append(message)
    return list(found.values())


def data_of(slips: list[Slip], council: Council) -> "list[SlipData]":
    """What print_slips needs. One letterhead for all."""
    today = timezone.localdate()
    secretary = council.memberships.current(today).filter(role=CouncilRole.SECRETARY).select_related("person").first()
    shared: dict[str, Any] = {
        "council": sender(council, on=today),
        "date": today.isoformat(),
        "phone": council.phone,
        "return_to": [council.name, *address_lines(council.post_address)] if council.post_address else [],
        "signatories": [{"name": secretary.person.name, "role": "secretaris"}] if secretary else [],
    }
    with override("nl"):  # a letter is Dutch content
        return [one_of(slip, shared) for slip in slips]


def one_of(slip: Slip, shared: dict[str, Any]) -> "SlipData":
    text = text_of(slip)
    choices = VoteChoice.labels if slip.is_vote else Choice.labels
    facts: dict[str, Any] = {
        **shared,
        "kind": "vote" if slip.is_vote else "opinion",
        "name": slip.person.name,
        "address": address_lines(slip.person.post_address),
        "last_day": slip.last_day.isoformat(),
        "about": slip.subject,
        "summary": text.get("plain_summary", ""),
        "recommendations": [one["text"] for one in text.get("recommendations", [])],
        "choices": [str(label) for label in choices],
    }
    return facts  # type: ignore[return-value]


def text_of(slip: Slip) -> dict[str, Any]:
    """What is voted on, or what members were asked about."""
    if isinstance(slip.question, WrittenProcedure):
        return slip.question.text
    return slip.question.version.text if slip.question.version else {}
