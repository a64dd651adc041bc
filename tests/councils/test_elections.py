"""A secret ballot for persons: who voted is known, what they voted is not, and nobody counts before the closing."""

from datetime import timedelta
from html import unescape
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from councils.actions import elections
from councils.actions.elections import TooLate, cast_vote, close_election, open_election
from councils.election_count import Count, result_of
from councils.models import Election, SecretVote
from councils.rulebook.stack import InstrumentText, RuleBook
from councils.states import CouncilRole
from portal.access import Refused
from portal.models import AuditEvent, Message
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def piet(council):
    """A member without an account or an e-mail address."""
    person = factories.PersonFactory(name="Piet de Groot", email="", post_address="Dorpsstraat 1")
    factories.MembershipFactory(person=person, council=council)
    return person


@pytest.fixture
def voters(council, chair, fatma, piet) -> list:
    third = factories.UserFactory(person=factories.PersonFactory(name="Anna Kok"))
    factories.MembershipFactory(person=third.person, council=council)
    return [chair.person, fatma.person, piet, third.person]


@pytest.fixture
def election(council, saskia, chair, fatma, voters) -> Election:
    council.memberships.filter(person=saskia.person).update(votes=False)
    return open_election(
        council, role=CouncilRole.CHAIR, candidates=[chair.person, fatma.person],
        closes_at=timezone.now() + timedelta(days=3), by=saskia.person,
    )  # fmt: skip


def candidate(election: Election, person):
    return election.candidates.get(person=person)


def vote_all(election: Election, voters: list, *choices, by=None) -> None:
    for person, choice in zip(voters, choices, strict=True):
        own = not person.email
        cast_vote(
            election, voter=person, candidate=choice and candidate(election, choice), by=by.person if own else person
        )


def url(name: str, election: Election) -> str:
    return reverse(f"councils:{name}", args=[election.council.slug, election.public_id])


def text_of(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


# --- opening ---


def test_the_electorate_is_who_votes_at_the_opening(election, council, voters, saskia):
    newcomer = factories.MembershipFactory(council=council).person
    assert {voter.person for voter in election.voters.all()} == set(voters)
    with pytest.raises(Refused, match="kiezerslijst"):
        cast_vote(election, voter=newcomer, candidate=None, by=newcomer)
    with pytest.raises(Refused, match="kiezerslijst"):  # sits in the council, without a vote
        cast_vote(election, voter=saskia.person, candidate=None, by=saskia.person)
    assert SecretVote.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"candidates": []}, "minstens één kandidaat"),
        ({"closes_at": timedelta(seconds=-1)}, "moment dat nog komt"),
        ({"stranger": True}, "Alleen wie nu lid is"),
    ],
)
def test_an_opening_that_makes_no_sense_is_refused(council, chair, voters, saskia, stijn, change, words):
    given = {
        "role": CouncilRole.TREASURER,
        "candidates": [stijn.person] if change.pop("stranger", False) else [chair.person],
        "closes_at": timedelta(days=1), **change,
    }  # fmt: skip
    given["closes_at"] = timezone.now() + given["closes_at"]
    with pytest.raises(Refused, match=words):
        open_election(council, by=saskia.person, **given)
    assert not Election.objects.exists()


def test_one_ballot_for_a_function_at_a_time_and_never_among_two(election, council, chair, saskia):
    tomorrow = timezone.now() + timedelta(days=1)
    with pytest.raises(Refused, match="Er loopt al een stemming"):
        open_election(council, role=CouncilRole.CHAIR, candidates=[chair.person], closes_at=tomorrow, by=saskia.person)
    small = factories.CouncilFactory()
    two = [factories.MembershipFactory(council=small).person for _number in range(2)]
    with pytest.raises(Refused, match="minder dan 3 leden"):
        open_election(small, role=CouncilRole.CHAIR, candidates=two, closes_at=tomorrow, by=two[0])


# --- voting ---


def test_everybody_votes_once(election, fatma):
    cast_vote(election, voter=fatma.person, candidate=None, by=fatma.person)
    with pytest.raises(Refused, match="Iedereen stemt één keer"):
        cast_vote(election, voter=fatma.person, candidate=candidate(election, fatma.person), by=fatma.person)
    assert SecretVote.objects.count() == election.voters.filter(has_voted=True).count() == 1


def test_a_candidate_of_another_ballot_gets_no_votes(election, council, fatma, saskia):
    other = open_election(
        council, role=CouncilRole.TREASURER, candidates=[fatma.person], closes_at=timezone.now() + timedelta(days=1),
        by=saskia.person,
    )  # fmt: skip
    with pytest.raises(Refused, match="Kies een van de kandidaten"):
        cast_vote(election, voter=fatma.person, candidate=other.candidates.get(), by=fatma.person)


def test_only_for_who_has_no_account_another_puts_the_vote_in(election, fatma, piet, saskia):
    with pytest.raises(Refused, match="heeft een account"):
        cast_vote(election, voter=fatma.person, candidate=None, by=saskia.person)
    cast_vote(election, voter=piet, candidate=None, by=saskia.person)
    assert list(election.voters.filter(on_behalf=True).values_list("person", flat=True)) == [piet.pk]


def test_after_its_moment_there_is_no_vote_also_when_it_is_not_closed_yet(election, fatma):
    with time_machine.travel(election.closes_at + timedelta(seconds=1)), pytest.raises(TooLate):
        cast_vote(election, voter=fatma.person, candidate=None, by=fatma.person)
    assert SecretVote.objects.count() == 0


# --- secrecy ---


def places() -> list[tuple[str, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT candidate_id, xmin::text, ctid::text FROM councils_secretvote ORDER BY ctid")
        return cursor.fetchall()


def test_no_row_tells_whose_vote_it_is(election, voters, chair, fatma, saskia):
    vote_all(election, voters, chair.person, fatma.person, None, chair.person, by=saskia)
    assert {field.name for field in SecretVote._meta.fields} == {"id", "election", "council", "candidate"}
    ids = {str(pk) for pk in SecretVote.objects.values_list("pk", flat=True)}
    trail = AuditEvent.objects.filter(event="election.voted")
    assert {row.actor_id for row in trail} == {chair.person.pk, fatma.person.pk, saskia.person.pk, voters[3].pk}
    assert {row.object_label for row in trail} == {"councils.ElectionVoter"}
    assert not {str(row.object_id) for row in trail} & ids


def test_each_vote_writes_all_votes_anew(election, voters, chair, monkeypatch):
    """So that names (and with them xmin and ctid) of the votes tell nothing about the order."""
    cast_vote(election, voter=voters[0], candidate=None, by=voters[0])
    before = set(SecretVote.objects.values_list("pk", flat=True))
    cast_vote(election, voter=voters[1], candidate=candidate(election, chair.person), by=voters[1])
    after = set(SecretVote.objects.values_list("pk", flat=True))
    assert len(after) == 2 and not before & after
    monkeypatch.setattr(elections, "shuffle", lambda election: None)  # control
    cast_vote(election, voter=voters[3], candidate=None, by=voters[3])
    assert after < set(SecretVote.objects.values_list("pk", flat=True))


def test_until_the_closing_no_page_asks_for_votes(election, voters, saskia, administrator, sign_in, chair):
    cast_vote(election, voter=voters[0], candidate=candidate(election, chair.person), by=voters[0])
    pages = [url("election", election), url("election_vote", election), url("election_for_other", election)]
    pages += [reverse("councils:elections", args=[election.council.slug]), election.council.get_absolute_url()]
    with CaptureQueriesContext(connection) as queries:
        for page in pages:
            assert sign_in(saskia).get(page).status_code == 200
    assert not [one for one in queries if "councils_secretvote" in one["sql"]]
    assert sign_in(administrator).get(url("election", election)).status_code == 404
    with CaptureQueriesContext(connection) as queries:  # control
        call_command("pass_elections", "--apply", stdout=StringIO())
        with time_machine.travel(election.closes_at + timedelta(minutes=1)):
            close_election(election, by=None)
            assert sign_in(saskia).get(url("election", election)).status_code == 200
    assert [one for one in queries if "councils_secretvote" in one["sql"]]


# --- on a page ---


def test_voting_is_one_question_a_check_and_done(election, fatma, chair, sign_in):
    client, address = sign_in(fatma), url("election_vote", election)
    home = client.get(election.council.get_absolute_url())
    assert "Kies een voorzitter" in text_of(home)
    page = text_of(client.get(address))
    assert "Uw stem is geheim." in page and "Ik stem blanco" in page
    nothing = client.post(address, {})
    assert nothing.status_code == 422 and "Kies een kandidaat of stem blanco." in text_of(nothing)
    choice = {"candidate": candidate(election, chair.person).pk}
    check = client.post(address, choice)
    assert "U stemt op:" in text_of(check) and SecretVote.objects.count() == 0
    assert {name for name in client.session.keys() if not name.startswith("_auth")} <= {"desk"}  # noqa: SIM118
    done = client.post(address, {**choice, "sure": "1"}, follow=True)
    assert "Niemand ziet wat u stemde." in text_of(done) and "Chris Bakker</strong>" not in text_of(done)
    again = client.post(address, {**choice, "sure": "1"})
    assert again.status_code == 422 and "U stemde al." in text_of(again)
    assert "Kies een voorzitter" not in text_of(client.get(election.council.get_absolute_url()))


def test_the_secretary_puts_in_a_vote_and_the_list_says_so(election, saskia, piet, fatma, sign_in):
    client, address = sign_in(saskia), url("election_for_other", election)
    page = text_of(client.get(address))
    assert "U weet dan wat deze persoon stemt" in page and "Fatma Yılmaz</option>" not in page
    assert client.post(address, {"voter": piet.pk, "candidate": "blank"}).status_code == 302
    assert "Piet de Groot: stemde; de secretaris vulde de stem in" in text_of(
        sign_in(fatma).get(url("election", election))
    )


# --- closing ---


def test_it_closes_by_hand_only_when_everybody_voted(election, voters, chair, fatma, saskia):
    with pytest.raises(Refused, match="Nog niet iedereen stemde"):
        close_election(election, by=saskia.person)
    vote_all(election, voters, chair.person, fatma.person, chair.person, None, by=saskia)
    closed = close_election(election, by=saskia.person)
    assert (closed.elected, closed.closed_by) == (chair.person, saskia.person)
    assert closed.sentence == (
        "4 van de 4 leden stemden. Chris Bakker is gekozen met 2 van de 3 stemmen. 1 stem was blanco."
    )
    with pytest.raises(TooLate):
        close_election(election, by=saskia.person)
    assert not election.council.memberships.filter(person=fatma.person, role=CouncilRole.CHAIR).exists()


def test_it_closes_by_itself_and_without_apply_nothing_happens(election):
    with time_machine.travel(election.closes_at + timedelta(minutes=1)):
        said = StringIO()
        call_command("pass_elections", stdout=said)
        assert said.getvalue() == "1 to close, 0 to remind of, nothing done\n"
        assert Election.objects.get().closed_at is None
        call_command("pass_elections", "--apply", stdout=StringIO())
    assert Election.objects.get().sentence == (
        "0 van de 4 leden stemden. Er moeten er minstens 3 stemmen (art. 5). Er is niemand gekozen."
    )


def book(**rules) -> RuleBook:
    rules["articles"] = {"quorum": "artikel 6", "decides_by": "artikel 7"}
    return RuleBook([InstrumentText("Verordening", "ordinance", rules)], timezone.localdate())


HALF = {"numerator": 1, "denominator": 2, "more_than": True, "of": "sitting_members"}


@pytest.mark.parametrize(
    ("votes", "blank", "rules", "elected", "sentence"),
    [
        ({"A": 3, "B": 2}, 0, {}, "A",
         "5 van de 8 leden stemden. A is gekozen met 3 van de 5 stemmen: de meeste stemmen."),
        ({"A": 2, "B": 2, "C": 1}, 0, {}, None,
         "5 van de 8 leden stemden. A en B hebben evenveel stemmen: elk 2. Er is niemand gekozen."),
        ({"A": 1}, 0, {"quorum": HALF}, None,
         "1 van de 8 leden stemde. Er moeten er minstens 5 stemmen (artikel 6). Er is niemand gekozen."),
        ({"A": 2, "B": 1}, 1, {"quorum": HALF}, None,
         "4 van de 8 leden stemden. Er moeten er minstens 5 stemmen (artikel 6). Er is niemand gekozen."),
        ({"A": 3, "B": 1}, 1, {"quorum": HALF}, "A",
         "5 van de 8 leden stemden. A is gekozen met 3 van de 4 stemmen: de meeste stemmen. 1 stem was blanco."),
        ({"A": 3, "B": 2, "C": 1}, 0, {"decides_by": "majority"}, None,
         "6 van de 8 leden stemden. A heeft de meeste stemmen: 3 van de 6. Meer dan de helft is nodig (artikel 7)."
         " Er is niemand gekozen."),
        ({"A": 4, "B": 2}, 0, {"decides_by": "two_thirds"}, "A",
         "6 van de 8 leden stemden. A is gekozen met 4 van de 6 stemmen (artikel 7)."),
        ({"A": 3, "B": 2}, 0, {"decides_by": "two_thirds"}, None,
         "5 van de 8 leden stemden. A heeft de meeste stemmen: 3 van de 5. Twee derde is nodig (artikel 7)."
         " Er is niemand gekozen."),
        ({"A": 0}, 2, {}, None,
         "2 van de 8 leden stemden. Er zijn alleen blanco stemmen. Er is niemand gekozen. 2 stemmen waren blanco."),
    ],
)  # fmt: skip
def test_what_the_rules_make_of_the_votes(votes, blank, rules, elected, sentence):
    result = result_of(Count(voters=8, votes=votes, blank=blank), book(**rules))
    assert (result.elected, result.sentence) == (elected, sentence)


# --- mail ---


def test_a_message_goes_to_who_has_not_voted_when_it_is_sent(election, fatma, chair, voters, saskia, committing):
    assert {message.state for message in Message.objects.filter(person=voters[2])} == {"paper"}
    mail.outbox.clear()
    Message.objects.all().delete()
    with committing():
        assert elections.remind(election, by=saskia.person) == 4
        cast_vote(election, voter=fatma.person, candidate=None, by=fatma.person)  # before it is sent
    to = {address for message in mail.outbox for address in message.to}
    assert not any(fatma.person.email in address for address in to) and any(chair.email in address for address in to)
    assert {message.subject for message in mail.outbox} == {"Uw adviesraad vraagt u te stemmen"}
    with committing():
        elections.remind(election, by=saskia.person)
    assert len(mail.outbox) == 2, "once a day"


def test_a_day_before_the_end_the_calendar_reminds_once(election, committing):
    with time_machine.travel(election.closes_at - timedelta(hours=20)):
        for expected in (1, 0):
            said = StringIO()
            with committing():
                call_command("pass_elections", "--apply", stdout=said)
            assert said.getvalue() == f"0 to close, {expected} to remind of, done\n"
