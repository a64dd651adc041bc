"""Votes and opinions on paper: who gets them, what they say, and that they are accessible."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from advice.actions import opinions
from advice.actions.issuing import mark_posted
from advice.actions.votes import cast_vote, recuse
from advice.slip_print import print_slips
from advice.slips import data_of, slips_of
from advice.states import EnteredBy
from portal.models import Message
from portal.states import MessageState
from tests import factories, printing
from tests.advice.opinions import in_days as on_day
from tests.advice.votes import draft_for, in_days, opened, over
from tests.verapdf import broken_rules

pytestmark = [
    pytest.mark.django_db, pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
]  # fmt: skip


@pytest.fixture
def riet(council):
    """A member without e-mail."""
    person = factories.PersonFactory(name="Riet Bakker", email="", post_address="Molenpad 3\n2345 CD  WATERVEEN")
    factories.MembershipFactory(council=council, person=person)
    council.phone, council.post_address = "023 456 78 90", "Postbus 12\n2340 AA  WATERVEEN"
    council.save()
    return person


@pytest.fixture
def advice(council, authority, riet):
    return draft_for(council, authority, subject="Vervoer naar dagbesteding", plain_summary="De taxi komt te laat.")


@pytest.fixture
def procedure(advice, saskia):
    return opened(advice, saskia.person)


@pytest.fixture
def round(advice, saskia):
    return opinions.open_round(advice, closes_on=on_day(7), by=saskia.person)


def waiting(council) -> list[tuple[str, str]]:
    return [(slip.person.name, "vote" if slip.is_vote else "opinion") for slip in slips_of(council)]


def test_a_vote_on_paper_says_what_is_decided_and_where_it_goes_back(procedure, council, riet, saskia):
    letter, slip = printing.pages(print_slips(data_of(slips_of(council), council)))
    assert "Riet Bakker Molenpad 3 2345 CD WATERVEEN" in letter
    assert "De adviesraad beslist over een advies." in letter and "De taxi komt te laat." in letter
    assert f"1 {procedure.text['recommendations'][0]['text']}" in letter
    assert "Terug naar" in letter and "Postbus 12, 2340 AA WATERVEEN" in letter
    assert "Bel ons: 023 456 78 90." in letter
    assert "Voor Tegen Ik onthoud mij van stemming" in slip
    assert "Wij hebben uw antwoord graag uiterlijk" in slip and "Uw naam: Riet Bakker" in slip
    assert "De gemeente ziet dat niet." in slip


def test_an_opinion_on_paper_has_the_four_answers(round, council, riet):
    _letter, slip = printing.pages(print_slips(data_of(slips_of(council), council)))
    assert "Uw mening Vervoer naar dagbesteding" in slip
    assert "Ja Ja, maar … Nee Ik weet het niet" in slip


def test_every_letter_carries_only_its_own_name(procedure, round_of_two, council):
    pages = printing.pages(print_slips(data_of(slips_of(council), council)))
    assert [("Riet Bakker" in page, "Wim de Boer" in page) for page in pages] == [(True, False)] * 2 + [
        (False, True)
    ] * 2


@pytest.fixture
def round_of_two(council, procedure):
    wim = factories.PersonFactory(name="Wim de Boer", email="")
    factories.MembershipFactory(council=council, person=wim)
    procedure.electors.create(council=council, person=wim)
    return Message.objects.create(
        person=wim, kind="advice.vote_asked", cause="x", about_id=procedure.pk, council_id=council.pk,
        state=MessageState.PAPER,
    )  # fmt: skip


def test_only_who_still_has_to_vote_gets_paper(procedure, council, riet, saskia):
    assert waiting(council) == [("Riet Bakker", "vote")]
    cast_vote(procedure, riet, choice="against", by=saskia.person, channel=EnteredBy.PHONE)
    assert waiting(council) == []


def test_who_takes_no_part_gets_no_slip(procedure, council, riet, saskia):
    recuse(procedure, riet, reason="Zus werkt er.", by=saskia.person)
    assert waiting(council) == []


def test_a_vote_that_is_over_is_not_printed(procedure, council, saskia):
    over(procedure)
    assert waiting(council) == []


def test_a_closed_vote_is_not_printed(procedure, council):
    type(procedure).objects.filter(pk=procedure.pk).update(closed_at=in_days(0), closed_by=procedure.opened_by)
    assert waiting(council) == []


def test_who_said_what_they_think_gets_no_slip_but_the_list_does_not_tell_who_spoke_to_the_chair(
    round, council, riet, chair
):
    opinion = opinions.give_opinion(round, choice="disagree", text="Te duur.", only_for_chair=True, by=riet)
    assert waiting(council) == [("Riet Bakker", "opinion")]
    type(opinion).objects.filter(pk=opinion.pk).update(only_for_chair=False)
    assert waiting(council) == []


def test_who_left_the_council_gets_no_slip(round, council, riet):
    riet.memberships.all().delete()
    assert waiting(council) == []


def test_a_reminder_is_the_same_letter_and_both_are_posted_at_once(procedure, council, riet, saskia, sign_in):
    first = Message.objects.get(person=riet)
    second = Message.objects.create(
        person=riet, kind="advice.vote_reminder", cause="x", about_id=procedure.pk, council_id=council.pk,
        state=MessageState.PAPER,
    )  # fmt: skip
    assert [slip.messages for slip in slips_of(council)] == [[first, second]]
    room = sign_in(saskia)
    page = room.get(reverse("advice:print_run", args=[council.slug])).content.decode()
    assert "Riet Bakker" in page and "Vervoer naar dagbesteding" in page and "Nog geen postadres" not in page
    room.post(reverse("advice:mark_posted", args=[council.slug]), {"message": [first.pk, second.pk]})
    assert set(Message.objects.filter(person=riet).values_list("state", flat=True)) == {MessageState.POSTED}
    assert waiting(council) == []


def test_nobody_marks_post_of_another_kind(council, riet, saskia):
    other = Message.objects.create(
        person=riet, kind="meetings.invitation", cause="x", about_id=1, council_id=council.pk, state=MessageState.PAPER
    )
    assert mark_posted(council, [other.pk], by=saskia.person) == 0


def test_the_secretary_sees_who_has_no_post_address_and_gets_one_file(round_of_two, council, saskia, sign_in):
    room = sign_in(saskia)
    assert "Nog geen postadres" in room.get(reverse("advice:print_run", args=[council.slug])).content.decode()
    answer = room.get(reverse("advice:slips_pdf", args=[council.slug]))
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")


def test_the_list_costs_as_much_for_many(procedure, council):
    with CaptureQueriesContext(connection) as few:
        slips_of(council)
    for number in range(12):
        person = factories.PersonFactory(email="")
        procedure.electors.create(council=council, person=person)
        Message.objects.create(
            person=person, kind="advice.vote_asked", cause=str(number), about_id=procedure.pk, council_id=council.pk,
            state=MessageState.PAPER,
        )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        assert len(slips_of(council)) == 13
    assert len(many) == len(few) <= 3


def test_nobody_to_print_for_is_refused():
    with pytest.raises(ValueError, match="nobody"):
        print_slips([])


@pytest.mark.verapdf
def test_the_slips_are_archival_and_accessible(tmp_path, procedure, council):
    path = tmp_path / "slips.pdf"
    vote = data_of(slips_of(council), council)[0]
    path.write_bytes(print_slips([vote, {**vote, "kind": "opinion", "choices": ["Ja", "Nee"]}]))
    assert broken_rules(path) == {}
