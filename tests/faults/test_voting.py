"""50 voters try five times each while the chair closes: one vote each, none after closing, the count is the rows.

The control does fail: a vote that looks first and then writes, without the lock on the procedure.
"""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from advice.actions import procedures, votes
from advice.actions.procedures import close_procedure
from advice.actions.votes import cast_vote
from advice.models import Decision, Vote, WrittenProcedure
from advice.states import EnteredBy, VoteChoice
from portal import post
from portal.access import Refused
from portal.models import AuditEvent
from tests import factories
from tests.advice.votes import change_rules, draft_for, opened, over

VOTERS, TRIES, AT_ONCE = 50, 5, 40

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def procedure(council, authority, saskia, monkeypatch):
    monkeypatch.setattr(post, "nudge", lambda message_id: None)  # the mails prove nothing here
    change_rules(council, quorum=None)
    people = [factories.MembershipFactory(council=council).person for _ in range(VOTERS)]
    procedure = opened(draft_for(council, authority), saskia.person)
    procedure.people = people
    return procedure


def under_load(procedure, by, vote) -> dict[str, int]:
    """All voters vote again and again; halfway, everybody has voted once and the chair closes."""
    tries = [(person, number) for number in range(TRIES) for person in procedure.people]
    together, told = Barrier(AT_ONCE), {"kept": 0, "refused": 0, "closed": 0}

    def one(at: int) -> str:
        person, _number = tries[at]
        if at < AT_ONCE:
            together.wait(60)
        try:
            vote(procedure, person, random.Random(at).choice(VoteChoice.values))
            return "kept"
        except Refused:
            return "refused"
        finally:
            connection.close()

    def close() -> str:
        try:
            while True:  # early closing waits until everybody has voted; others change their votes meanwhile
                try:
                    close_procedure(procedure, by=by)
                    return "closed"
                except Refused:
                    time.sleep(0.01)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE + 1) as pool:
        closing = pool.submit(close)
        for outcome in pool.map(one, range(len(tries))):
            told[outcome] += 1
        told[closing.result(120)] += 1
    return told


def rows(procedure) -> list[int]:
    kept = [procedure.votes.filter(choice=choice).count() for choice in VoteChoice.values]
    return [sum(kept), *kept]


def counted(procedure) -> list[int]:
    decision = Decision.objects.get(procedure=procedure)
    return [decision.present, decision.in_favour, decision.against, decision.abstained]


def late(procedure) -> int:
    procedure.refresh_from_db()
    return procedure.votes.filter(cast_at__gt=procedure.closed_at).count()


def test_one_vote_each_none_after_closing_and_the_count_is_the_rows(procedure, saskia):
    started = time.monotonic()
    told = under_load(
        procedure, saskia.person, lambda where, person, choice: cast_vote(where, person, choice=choice, by=person)
    )
    seconds = time.monotonic() - started
    assert told["closed"] == 1
    assert told["kept"] + told["refused"] == VOTERS * TRIES
    assert Vote.objects.count() == VOTERS == Vote.objects.values("person").distinct().count()
    assert late(procedure) == 0
    assert counted(procedure) == rows(procedure)
    assert AuditEvent.objects.filter(event="vote.cast").count() == told["kept"]
    print(f"{VOTERS} × {TRIES} votes: {told['kept']} kept, {told['refused']} refused in {seconds:.1f} s; 0 late")


def vote_without_lock(procedure, person, choice: str) -> None:
    """Looks whether it is open, and writes some time later: what happens without the lock."""
    with transaction.atomic():
        seen = WrittenProcedure.objects.get(pk=procedure.pk)
        votes.still_open(seen, procedures.database_now())
        time.sleep(0.05)
        Vote.objects.update_or_create(
            procedure=procedure, person=person,
            defaults={
                "council_id": procedure.council_id, "choice": choice, "entered_by": person,
                "channel": EnteredBy.SELF, "cast_at": procedures.database_now(),
            },
        )  # fmt: skip


def test_control_without_the_lock_votes_come_late(procedure, saskia):
    told = under_load(procedure, saskia.person, vote_without_lock)
    assert told["closed"] == 1
    late_votes, differs = late(procedure), counted(procedure) != rows(procedure)
    print(f"control without the lock: {late_votes} votes after closing, the count {'differs' if differs else 'agrees'}")
    assert late_votes > 0 or differs


def test_twenty_presses_on_close_make_one_decision(procedure, saskia):
    for person in procedure.people:
        cast_vote(procedure, person, choice="in_favour", by=person)
    over(procedure)
    together = Barrier(20)

    def close(_number: int) -> bool:
        together.wait(60)
        try:
            close_procedure(procedure, by=saskia.person)
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(close, range(20))) == 1
    assert Decision.objects.count() == 1
