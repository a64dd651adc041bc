"""The documents of a request: open, under embargo until a day, or confidential; and who reads them when."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from advice.actions.publishing import unpublish
from consultations.models import CouncilRequest, RequestDocument
from consultations.states import Visibility
from portal.documents import keep
from portal.models import AuditEvent
from tests import factories
from tests.advice.answers import sent

LAST_DAY = date(2026, 6, 1)


@pytest.fixture
def part(authority, council, victor) -> CouncilRequest:
    request = factories.AdviceRequestFactory(authority=authority, submitted=True, created_by=victor.person)
    return factories.CouncilRequestFactory(request=request, council=council, accepted=True)


@pytest.fixture
def papers(part, victor) -> dict[str, RequestDocument]:
    def paper(title: str, visibility: str, until: date | None = None) -> RequestDocument:
        document = keep(
            title.encode(), f"{title}.txt", "text/plain", by=victor.person, authority_id=part.request.authority_id
        )
        return RequestDocument.objects.create(
            request=part.request, document=document, title=title, visibility=visibility, embargo_until=until
        )

    return {
        "open": paper("Nota vervoer", Visibility.OPEN),
        "embargo": paper("Begroting", Visibility.EMBARGO, LAST_DAY),
        "confidential": paper("Contract", Visibility.CONFIDENTIAL),
        "confidential once": paper("Offerte", Visibility.CONFIDENTIAL, date(2020, 1, 1)),
    }


@pytest.fixture
def letter(part, papers, council, authority, saskia):
    return sent(council, authority, saskia, published=True, request=part).letter


def public_url(letter, paper) -> str:
    where = [letter.council.slug, letter.slug, paper.document.public_id]
    return reverse("advice:public_request_document", args=where)


def seen(client, letter, papers) -> dict[str, tuple[bool, int]]:
    """Of each document: is it listed on the public page, and what does its own address say."""
    page = client.get(letter.get_absolute_url()).content.decode()
    return {
        name: (public_url(letter, paper) in page, client.get(public_url(letter, paper)).status_code)
        for name, paper in papers.items()
    }


OPEN, CLOSED = (True, 200), (False, 404)


@pytest.mark.parametrize(
    ("moment", "embargo"),
    [
        ("2026-05-31 12:00:00+02:00", CLOSED),
        ("2026-06-01 00:00:00+02:00", CLOSED),
        ("2026-06-01 23:59:59+02:00", CLOSED),  # its last day, in Amsterdam
        ("2026-06-02 00:00:00+02:00", OPEN),  # in UTC still 1 June
        ("2026-06-02 12:00:00+02:00", OPEN),
    ],
)
def test_an_embargo_ends_with_its_last_day_in_amsterdam_not_earlier(letter, papers, client, moment, embargo):
    with time_machine.travel(moment, tick=False):
        assert seen(client, letter, papers) == {
            "open": OPEN, "embargo": embargo, "confidential": CLOSED, "confidential once": CLOSED,
        }  # fmt: skip


def test_nothing_is_public_before_the_advice_is(letter, papers, client, saskia):
    assert seen(client, letter, papers)["open"] == OPEN
    unpublish(letter, by=saskia.person)
    assert [client.get(public_url(letter, paper)).status_code for paper in papers.values()] == [404] * 4


def test_a_document_of_another_request_is_not_read_through_this_advice(letter, client, authority, victor):
    other = factories.AdviceRequestFactory(authority=authority, submitted=True)
    document = keep(b"Ander", "ander.txt", "text/plain", by=victor.person, authority_id=authority.pk)
    paper = RequestDocument.objects.create(request=other, document=document, title="Ander")
    assert client.get(public_url(letter, paper)).status_code == 404


def test_the_council_and_the_authority_read_everything_with_its_badge(part, papers, fatma, victor, sign_in):
    with time_machine.travel("2026-05-20 12:00:00+02:00", tick=False):
        for user, url in [(fatma, part.get_absolute_url()), (victor, part.request.get_absolute_url())]:
            page = sign_in(user).get(url).content.decode()
            assert [paper.title in page for paper in papers.values()] == [True] * 4
            assert "Onder embargo tot en met 1 juni 2026" in page
            assert "Vertrouwelijk" in page
    with time_machine.travel("2026-06-02 12:00:00+02:00", tick=False):
        assert "Onder embargo" not in sign_in(fatma).get(part.get_absolute_url()).content.decode()


def opened() -> list[tuple[str, int | None, int | None]]:
    rows = AuditEvent.objects.filter(event="consultations.confidential_opened").order_by("pk")
    return list(rows.values_list("object_label", "actor_id", "council_id"))


def test_opening_what_is_confidential_leaves_a_trace_and_the_rest_does_not(part, papers, fatma, victor, sign_in):
    def room(name):
        where = [part.council.slug, part.public_id, papers[name].document.public_id]
        return reverse("consultations:dossier_document", args=where)

    client = sign_in(fatma)
    assert client.get(room("open")).status_code == client.get(room("embargo")).status_code == 200
    assert opened() == []
    assert client.get(room("confidential")).status_code == 200
    assert opened() == [("consultations.CouncilRequest", fatma.person_id, part.council_id)]
    where = [part.request.authority.slug, part.request.public_id, papers["confidential"].document.public_id]
    assert sign_in(victor).get(reverse("consultations:request_document", args=where)).status_code == 200
    assert opened()[1] == ("consultations.AdviceRequest", victor.person_id, None)


def test_without_the_trace_it_is_not_opened(part, papers, fatma, sign_in, monkeypatch):
    def fail(**_facts):
        raise RuntimeError("the trail is full")

    monkeypatch.setattr(AuditEvent.objects, "create", fail)
    where = [part.council.slug, part.public_id, papers["confidential"].document.public_id]
    with pytest.raises(RuntimeError):
        sign_in(fatma).get(reverse("consultations:dossier_document", args=where))


def test_others_read_none_of_it(part, papers, stijn, bart, client, sign_in):
    where = [part.council.slug, part.public_id, papers["confidential"].document.public_id]
    assert sign_in(stijn).get(reverse("consultations:dossier_document", args=where)).status_code == 404
    assert sign_in(bart).get(reverse("consultations:dossier_document", args=where)).status_code == 404
    assert opened() == []
