"""A council that votes in writing: what the tests of it share."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from advice.actions.procedures import open_procedure
from advice.actions.votes import cast_vote
from advice.models import Advice, Decision, Vote, WrittenProcedure
from councils.models import Council
from portal.access import Refused
from portal.models import AuditEvent, Person
from tests import factories


def in_days(days: float) -> datetime:
    return timezone.now() + timedelta(days=days)


def draft_for(council: Council, authority, **facts) -> Advice:
    advice = factories.AdviceFactory(council=council, authorities=[authority], **{"subject": "Vervoer"} | facts)
    factories.SectionFactory(advice=advice, position=1)
    factories.RecommendationFactory(advice=advice, number=1)
    return advice


def change_rules(council: Council, **changes) -> None:
    """None takes a rule away."""
    instrument = council.instruments.get()
    kept = {**instrument.rules, **changes}
    instrument.rules = {key: value for key, value in kept.items() if value is not None}
    instrument.save()


def over(procedure: WrittenProcedure, *, minutes: float = 1) -> WrittenProcedure:
    """As if the closing time had passed."""
    WrittenProcedure.objects.filter(pk=procedure.pk).update(
        opened_at=in_days(-8), closes_at=timezone.now() - timedelta(minutes=minutes)
    )
    procedure.refresh_from_db()
    return procedure


def vote_all(procedure: WrittenProcedure, people: list[Person], choice: str) -> None:
    for person in people:
        cast_vote(procedure, person, choice=choice, by=person)


def opened(advice: Advice, by: Person, **facts) -> WrittenProcedure:
    return open_procedure(advice, closes_at=facts.pop("closes_at", in_days(7)), by=by, **facts)


def refusal(run) -> tuple[str | None, str]:
    """Field and words of the refusal, which changed nothing."""
    before = (Vote.objects.count(), Decision.objects.count(), AuditEvent.objects.count())
    with pytest.raises(Refused) as refused:
        run()
    assert (Vote.objects.count(), Decision.objects.count(), AuditEvent.objects.count()) == before
    return refused.value.field, str(refused.value)
