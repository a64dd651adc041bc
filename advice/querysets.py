from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from advice.states import ASKS_NO_ANSWER, Check, ResponseState
from councils.querysets import OfCouncilQuerySet, facts_of
from portal.models import User

# The last day of the answer on a LetterCopy as it is now (see LetterCopy.due_on).
DUE_ON = Coalesce(F("response__extended_until"), F("response_due_on"))
GIVEN = Q(response__state=ResponseState.FINAL)  # on a LetterCopy: its answer is there
SETTLED = [ResponseState.FINAL, ResponseState.LAPSED]
# On a LetterCopy: an answer is still to come: not given, not needless because a later letter overtook this one.
AWAITED = ~Q(response__state__in=SETTLED) & ~Q(letter__relation__in=ASKS_NO_ANSWER)


class AdviceQuerySet(OfCouncilQuerySet):
    """Drafts, votes and comments: the council's room only."""


class LetterQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        facts = facts_of(user)
        mine = Q(council__in=facts.council_ids) | Q(copies__authority__in=facts.authority_ids)
        return self.filter(mine).distinct()

    def published(self) -> Self:
        return self.filter(publication__isnull=False)


class LetterCopyQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        facts = facts_of(user)
        return self.filter(Q(council__in=facts.council_ids) | Q(authority__in=facts.authority_ids))

    def unanswered(self) -> Self:
        return self.filter(AWAITED)


class ResponseQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """The authority sees its own, drafts too; the council what was given."""
        facts = facts_of(user)
        given = Q(council__in=facts.council_ids, state=ResponseState.FINAL)
        return self.filter(given | Q(authority__in=facts.authority_ids))


DONE = Q(done_on__isnull=False)
PROMISES = {
    "open": ~DONE,
    "check": DONE & Q(check_by_council=""),
    "disputed": DONE & Q(check_by_council=Check.DISAGREED),
    "kept": DONE & Q(check_by_council=Check.AGREED),
}


class CommitmentQuerySet(OfCouncilQuerySet):
    """What was promised, for both sides. A response that is not given promises nothing."""

    def visible_to(self, user: User) -> Self:
        facts = facts_of(user)
        return self.filter(Q(council__in=facts.council_ids) | Q(authority__in=facts.authority_ids)).given()

    def given(self) -> Self:
        return self.filter(answer__response__state=ResponseState.FINAL)

    def open(self) -> Self:
        return self.given().filter(PROMISES["open"])

    def standing(self, state: str) -> Self:
        """open, check, disputed or kept: each promise stands in one of them."""
        return self.given().filter(PROMISES[state])


class OpinionQuerySet(OfCouncilQuerySet):
    def in_the_room(self) -> Self:
        """What its author tells the whole council. What is only for the chair is in no list."""
        return self.filter(only_for_chair=False)
