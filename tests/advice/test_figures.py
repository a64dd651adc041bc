"""The year figures: each number is what a hand would count, and opens the list of exactly those rows."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from advice.actions.steps import record_step, take_back_step
from advice.figures import COPIES, KINDS, figures_of, list_behind
from advice.models import Letter, LetterCopy, Response
from advice.states import AdviceState, ResponseState
from advice.step_rows import steps_by_copy
from consultations.models import CouncilRequest
from consultations.states import Consent, RequestState
from tests import factories

YEAR = 2026
STAMP = "Gevraagde termijn: 7 dagen. Verordening: 6 weken (art. 7 lid 1)."


def asked(council, authority, **facts) -> CouncilRequest:
    facts = {"received_on": date(YEAR, 3, 2), "due_on": date(YEAR, 4, 13), **facts}
    request = factories.AdviceRequestFactory(authority=authority, submitted=True)
    return factories.CouncilRequestFactory(request=request, council=council, **facts)


def advised(part, council, authority, serial: int, dated_on: date, due: date | None = None, **about) -> LetterCopy:
    advice = factories.AdviceFactory(
        council=council, request=part, state=AdviceState.ISSUED, authorities=[authority], subject=f"Advies {serial}"
    )
    letter = Letter.objects.create(
        advice=advice, council=council, year=YEAR, serial=serial, reference=f"{YEAR}-{serial:02}",
        slug=f"{YEAR}-{serial:02}", dated_on=dated_on, subject=advice.subject, text={}, sha256="a" * 64,
        **about,
    )  # fmt: skip
    return LetterCopy.objects.create(letter=letter, council=council, authority=authority, response_due_on=due)


def answered(copy: LetterCopy, on: date, state=ResponseState.FINAL, **facts) -> None:
    Response.objects.create(
        copy=copy, council=copy.council, authority=copy.authority, state=state, dated_on=on, given_at=timezone.now(),
        **facts,
    )  # fmt: skip


def stepped(saskia) -> None:
    """Two of the five that count went to the municipal council, one was offered; one that was not so was taken back."""
    first, second, third, *_others = LetterCopy.objects.order_by("pk")
    facts = {"happened_on": date(YEAR, 5, 1), "note": "mail", "by": saskia.person}
    record_step(first, "offered", **facts)
    for copy in (first, second, third):
        record_step(copy, "municipal_council", **facts)
    take_back_step(third, "municipal_council", reason="Niet waar.", by=saskia.person)


@pytest.fixture
def year(council, authority, saskia):
    """Seven requests, six advices of which one is withdrawn, four answers; the same in another year and council."""
    agreed = {"consent": Consent.AGREED, "consent_on": date(YEAR, 3, 3), "consent_by": saskia.person}
    in_time = asked(council, authority)
    late = asked(council, authority, short_notice=STAMP)
    urgent = asked(council, authority, short_notice=STAMP, **agreed)
    asked(council, authority, extended_on=date(YEAR, 3, 9))
    asked(council, authority, state=RequestState.DECLINED, close_reason="Te druk")
    asked(council, authority, state=RequestState.WITHDRAWN, close_reason="Van de baan")
    asked(council, authority, received_on=date(YEAR, 12, 31))
    due = date(YEAR, 6, 1)
    answered(advised(in_time, council, authority, 1, date(YEAR, 4, 13), due), due)  # on its last day
    answered(advised(late, council, authority, 2, date(YEAR, 4, 14), due), due + timedelta(days=1))
    answered(advised(urgent, council, authority, 3, date(YEAR, 4, 1), due), due, state=ResponseState.DRAFT)
    answered(advised(None, council, authority, 4, date(YEAR, 4, 1)), due)  # of its own accord
    more_time = advised(None, council, authority, 5, date(YEAR, 4, 1), due)
    answered(more_time, date(YEAR, 6, 9), extended_until=date(YEAR, 6, 9))  # in time, on the later last day
    withdrawn = advised(None, council, authority, 6, date(YEAR, 4, 1), due)
    answered(withdrawn, due, state=ResponseState.LAPSED)
    advised(None, council, authority, 7, date(YEAR, 5, 1), concerns=withdrawn.letter, relation="withdrawal")
    stepped(saskia)
    asked(council, authority, received_on=date(YEAR - 1, 12, 31), short_notice=STAMP)
    asked(council, authority, received_on=date(YEAR + 1, 1, 1), short_notice=STAMP)
    asked(factories.CouncilFactory(), authority, short_notice=STAMP)


BY_HAND = {
    "gevraagd": 7, "laat-gevraagd": 2, "spoed-akkoord": 1, "meer-tijd": 1, "afgezien": 1, "ingetrokken": 1,
    "adviezen": 6, "advies-op-tijd": 2, "advies-te-laat": 1, "advies-zonder-termijn": 3, 
    "advies-vervallen": 1, "vervolgbrieven": 1,
    "antwoorden": 4, "antwoord-op-tijd": 2, "antwoord-te-laat": 1, "antwoord-zonder-termijn": 1,
    "antwoord-verdaagd": 1, "nog-geen-antwoord": 1, "antwoord-vervallen": 2,
    "naar-college": 1, "naar-gemeenteraad": 2,
}  # fmt: skip


def counts(council, year: int) -> dict[str, int]:
    return {figure.kind.slug: figure.count for group in figures_of(council, year) for figure in group}


def test_the_numbers_are_those_counted_by_hand(year, council):
    assert counts(council, YEAR) == BY_HAND
    assert sum(counts(council, YEAR + 2).values()) == 0


def test_every_number_opens_a_list_of_as_many(year, council, fatma, sign_in):
    client = sign_in(fatma)
    page = client.get(reverse("advice:figures", args=[council.slug, YEAR])).content.decode()
    for slug, number in BY_HAND.items():
        url = reverse("advice:figure_list", args=[council.slug, YEAR, slug])
        assert url in page
        assert list_behind(slug, council, YEAR).count() == number
        listed = client.get(url).content.decode()
        assert listed.count('<li class="portal-card') == number
    assert set(BY_HAND) == set(KINDS)


def test_the_parts_of_the_answers_make_up_the_whole(year, council):
    found = counts(council, YEAR)
    assert (
        found["antwoord-op-tijd"] + found["antwoord-te-laat"] + found["antwoord-zonder-termijn"]
        == (found["antwoorden"])
    )
    assert (
        found["antwoorden"] + found["nog-geen-antwoord"] + found["antwoord-vervallen"]
        == LetterCopy.objects.filter(council=council).count()
    )
    assert found["advies-op-tijd"] + found["advies-te-laat"] + found["advies-zonder-termijn"] == found["adviezen"]
    assert len(COPIES) == 9


def test_so_many_of_so_many_went_on_equal_to_the_steps(year, council, client):
    figures = {one.kind.slug: (one.count, one.total) for group in figures_of(council, YEAR) for one in group}
    assert (figures["naar-college"], figures["naar-gemeenteraad"]) == ((1, 5), (2, 5))
    by_steps = [steps_by_copy([copy])[copy.pk] for copy in LetterCopy.objects.filter(council=council)]
    for kind, slug in (("offered", "naar-college"), ("municipal_council", "naar-gemeenteraad")):
        done = [one for steps in by_steps for one in steps if one.kind == kind and one.day]
        assert len(done) == figures[slug][0]
    page = " ".join(client.get(reverse("advice:public_figures", args=[council.slug, YEAR])).content.decode().split())
    assert "Ook gestuurd aan de gemeenteraad</strong></th><td>2 van 5</td>" in page
    council.authorities.update(kind="national_body")
    figures = {one.kind.slug: (one.count, one.total) for group in figures_of(council, YEAR) for one in group}
    assert figures["naar-gemeenteraad"][1] == 0


def test_what_became_of_a_withdrawn_letter_or_of_its_withdrawal_counts_in_neither_number(year, council, saskia):
    """Of the seven copies one is withdrawn and one withdraws it. The control: a letter that counts."""
    *_others, fifth, withdrawn, withdrawal = LetterCopy.objects.filter(council=council).order_by("pk")
    both = ("naar-college", "naar-gemeenteraad")

    def now() -> list[tuple[int, int]]:
        found = {one.kind.slug: (one.count, one.total) for group in figures_of(council, YEAR) for one in group}
        assert [list_behind(slug, council, YEAR).count() for slug in both] == [found[slug][0] for slug in both]
        return [found[slug] for slug in both]

    for copy, expected in ((withdrawn, [(1, 5), (2, 5)]), (withdrawal, [(1, 5), (2, 5)]), (fifth, [(2, 5), (3, 5)])):
        for kind in ("offered", "municipal_council"):
            record_step(copy, kind, happened_on=date(YEAR, 5, 2), note="mail", by=saskia.person)
        assert now() == expected


def test_the_public_page_has_the_counts_and_nothing_else(year, council, client):
    page = client.get(reverse("advice:public_figures", args=[council.slug, YEAR])).content.decode()
    assert "Jaarcijfers 2026" in page
    assert page.count("<td>") == len(BY_HAND)
    assert "Advies 1" not in page
    assert f"/raad/{council.slug}/jaarcijfers" not in page


@pytest.mark.parametrize("wrong", [1999, 2999])
def test_a_year_that_cannot_be_does_not_exist(council, client, wrong):
    assert client.get(reverse("advice:public_figures", args=[council.slug, wrong])).status_code == 404


def test_the_figures_cost_three_queries_however_many_rows(year, council, authority, django_assert_num_queries):
    with django_assert_num_queries(3):
        figures_of(council, YEAR)
    for number in range(30):
        asked(council, authority, short_notice=STAMP if number % 2 else "")
    with django_assert_num_queries(3):
        assert counts(council, YEAR)["gevraagd"] == 37


def test_letters_from_before_the_portal_do_not_count(year, council, authority):
    copy = advised(None, council, authority, 9, date(YEAR, 1, 5))
    before = counts(council, YEAR)["adviezen"]
    advice = factories.AdviceFactory(council=council, state=AdviceState.ISSUED, authorities=[authority])
    old = Letter.objects.create(
        advice=advice, council=council, year=YEAR, reference="Oud 1", slug="oud-1", dated_on=date(YEAR, 1, 5),
        subject="Oud", text={}, sha256="b" * 64, imported=True,
    )  # fmt: skip
    LetterCopy.objects.create(letter=old, council=council, authority=authority)
    assert copy.letter.imported is False
    assert counts(council, YEAR)["adviezen"] == before


def test_without_its_extension_the_answer_is_too_late(year, council):
    """The control of the number above: the later last day is what makes the answer in time."""
    Response.objects.update(extended_until=None)

    found = counts(council, YEAR)

    assert (found["antwoord-op-tijd"], found["antwoord-te-laat"], found["antwoord-verdaagd"]) == (1, 2, 0)
