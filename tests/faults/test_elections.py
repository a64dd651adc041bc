"""Thirty members vote while the ballot closes: no vote comes after it, and there are as many votes as voters."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from councils.actions import elections
from councils.actions.elections import TooLate, cast_vote, close_election, open_election
from councils.models import Election, SecretVote
from councils.states import CouncilRole
from portal import post
from tests import factories

VOTERS = 30

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people(council, monkeypatch):
    monkeypatch.setattr(post, "nudge", lambda message_id: None)
    return [factories.MembershipFactory(council=council).person for _number in range(VOTERS)]


@pytest.fixture
def election(council, people):
    return open_election(
        council, role=CouncilRole.CHAIR, candidates=people[:2], closes_at=timezone.now() + timedelta(days=1),
        by=people[0],
    )  # fmt: skip


def all_at_once(election, people) -> tuple[int, int]:
    """Everybody votes at once; in the midst of it the moment of closing passes. How many voted, and in the count."""
    together = Barrier(VOTERS + 1)
    candidate = election.candidates.first()

    def vote(person) -> bool:
        together.wait(60)
        time.sleep(people.index(person) * 0.02)  # while some vote others still choose
        try:
            cast_vote(election, voter=person, candidate=candidate, by=person)
        except TooLate:
            return False
        finally:
            connection.close()
        return True

    def close() -> int:
        together.wait(60)
        try:
            time.sleep(0.3)
            Election.objects.filter(pk=election.pk).update(closes_at=timezone.now() - timedelta(microseconds=1))
            close_election(election, by=None)
            return SecretVote.objects.filter(election=election).count()
        finally:
            connection.close()

    with ThreadPoolExecutor(VOTERS + 1) as pool:
        closing = pool.submit(close)
        voted = sum(pool.map(vote, people))
        return voted, closing.result()


def test_no_vote_comes_after_the_closing(election, people):
    voted, counted = all_at_once(election, people)
    print(f"{voted} of {VOTERS} were in time")
    assert 0 < voted < VOTERS
    assert SecretVote.objects.count() == election.voters.filter(has_voted=True).count() == voted == counted
    election.refresh_from_db()
    assert election.sentence.startswith(f"{voted} van de {VOTERS} leden stemden.")


def test_without_the_lock_votes_are_lost_or_late(election, people, monkeypatch):
    """Control: who looked before the closing writes after the count."""

    def unlocked(election_id: int) -> Election:
        found = Election.objects.get(pk=election_id)
        if found.closes_at > timezone.now():  # a voter, who looked in time
            time.sleep(1)
        return found

    monkeypatch.setattr(elections, "lock", unlocked)
    voted, counted = all_at_once(election, people)
    assert len({SecretVote.objects.count(), voted, counted}) > 1


def test_thirty_presses_on_one_button_are_one_vote(election, people):
    together = Barrier(VOTERS)

    def press(_number: int) -> bool:
        together.wait(60)
        try:
            cast_vote(election, voter=people[0], candidate=None, by=people[0])
        except elections.Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(VOTERS) as pool:
        assert sum(pool.map(press, range(VOTERS))) == 1
    assert SecretVote.objects.count() == 1


def test_all_votes_are_of_one_transaction_and_lie_in_no_order(election, people):
    for number, person in enumerate(people):
        cast_vote(election, voter=person, candidate=election.candidates.all()[number < VOTERS / 2], by=person)
    with connection.cursor() as cursor:
        cursor.execute("SELECT candidate_id, xmin::text FROM councils_secretvote ORDER BY ctid")
        rows = cursor.fetchall()
    assert len({xmin for _candidate, xmin in rows}) == 1
    in_order = [candidate for candidate, _xmin in rows]
    assert in_order != sorted(in_order) and in_order != sorted(in_order, reverse=True)
