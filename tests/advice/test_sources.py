"""Sources of a recommendation: kept, frozen, printed, and shown when what they name is gone."""

import pytest
from django.urls import reverse

from advice.actions.issuing import issue
from advice.actions.sources import add_source, remove_source
from advice.frozen import frozen_text
from advice.interchange import check, interchange
from advice.letter_print import print_letter
from advice.letter_text import letter_data, preview_data
from advice.models import Source
from advice.states import AdviceState
from consultations.models import RequestDocument
from portal.access import Refused
from portal.documents import keep
from tests import factories, printing
from tests.advice.letters import adopt


@pytest.fixture
def paper(council, authority, victor):
    request = factories.AdviceRequestFactory(authority=authority, submitted=True)
    factories.CouncilRequestFactory(request=request, council=council, accepted=True)
    document = keep(b"plan", "plan.txt", "text/plain", by=victor.person, authority_id=authority.pk)
    return RequestDocument.objects.create(request=request, document=document, title="Vervoersplan 2026")


@pytest.fixture
def draft(council, authority, paper):
    asked = paper.request.to_councils.get()
    draft = factories.AdviceFactory(council=council, authorities=[authority], request=asked)
    factories.SectionFactory(advice=draft)
    factories.RecommendationFactory(advice=draft, number=1, text="Houd het busje.")
    return draft


@pytest.fixture
def recommendation(draft):
    return draft.recommendations.get()


@pytest.fixture
def sourced(recommendation, paper, fatma):
    """One of each kind."""
    by = fatma.person
    add_source(recommendation, kind="request_document", request_document=paper, place="art. 3", by=by)
    add_source(recommendation, kind="link", url="https://www.voorbeeld.nl/rapport", by=by)
    add_source(recommendation, kind="other", title="Boek over vervoer", place="p. 12", by=by)
    return recommendation


PRINTED = ["Bron: Vervoersplan 2026, art. 3; www.voorbeeld", "Boek over vervoer, p. 12"]


def printed(data) -> list[bool]:
    text = " ".join(printing.text(print_letter(data)).split())
    return [line in text for line in PRINTED]


def test_sources_are_frozen_and_printed_and_go_in_the_file(draft, sourced, saskia):
    frozen = frozen_text(draft)["recommendations"][0]["sources"]
    assert [(one["title"], one["place"], one["url"]) for one in frozen] == [
        ("Vervoersplan 2026", "art. 3", ""),
        ("www.voorbeeld.nl", "", "https://www.voorbeeld.nl/rapport"),
        ("Boek over vervoer", "p. 12", ""),
    ]
    assert printed(preview_data(draft)) == [True, True]
    adopt(draft, saskia.person)
    letter = issue(draft, by=saskia.person)
    assert printed(letter_data(letter.copies.get())) == [True, True]
    content = interchange(letter)
    check(content)
    assert "; Boek over vervoer, p. 12" in content["recommendations"][0]["refers_to"]


def test_a_document_of_another_request_is_refused(recommendation, authority, fatma):
    other = RequestDocument.objects.create(
        request=factories.AdviceRequestFactory(authority=authority), title="Ander stuk",
        document=keep(b"ander", "ander.txt", "text/plain", by=None, authority_id=authority.pk),
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        add_source(recommendation, kind="request_document", request_document=other, by=fatma.person)
    assert refused.value.field == "request_document"


@pytest.mark.parametrize(("given", "field"), [({"kind": "link"}, "url"), ({"kind": "other"}, "title")])
def test_a_source_says_what_it_is(recommendation, fatma, given, field):
    with pytest.raises(Refused) as refused:
        add_source(recommendation, by=fatma.person, **given)
    assert refused.value.field == field


def test_only_of_a_draft(draft, sourced, fatma):
    draft.state = AdviceState.ADOPTED
    draft.save(update_fields=["state"])
    with pytest.raises(Refused):
        add_source(sourced, kind="other", title="Nog een", by=fatma.person)
    with pytest.raises(Refused):
        remove_source(sourced.sources.first(), by=fatma.person)


def test_what_is_gone_is_shown_with_its_title(draft, sourced, paper, sign_in, saskia, victor, committing):
    client = sign_in(saskia)
    adopt(draft, saskia.person)
    with committing():
        letter = issue(draft, by=saskia.person)
    pages = [
        reverse("advice:detail", args=[draft.council.slug, draft.public_id]),
        reverse("advice:letter", args=[letter.council.slug, letter.public_id]),
    ]
    assert not any("Dit stuk is er niet meer." in client.get(page).content.decode() for page in pages)

    paper.delete()
    for page in pages:
        content = client.get(page).content.decode()
        assert "Vervoersplan 2026, art. 3" in content and "Dit stuk is er niet meer." in content


def test_a_member_adds_and_removes_sources_on_a_page(draft, recommendation, paper, sign_in, fatma):
    client = sign_in(fatma)
    url = reverse("advice:sources", args=[draft.council.slug, draft.public_id, recommendation.public_id])
    assert "Er staat nog niet bij waar we dit van weten" in client.get(draft.get_absolute_url()).content.decode()

    wrong = client.post(url, {"kind": "link", "url": "geen adres", "title": "Rapport"})
    assert wrong.status_code == 422 and 'value="Rapport"' in wrong.content.decode()
    assert (
        client.post(url, {"kind": "request_document", "request_document": paper.pk, "place": "blz. 4"}).status_code
        == 302
    )
    page = client.get(draft.get_absolute_url()).content.decode()
    assert "Vervoersplan 2026, blz. 4" in page and "Er staat nog niet bij waar we dit van weten" not in page
    client.post(
        reverse("advice:drop_source", args=[draft.council.slug, draft.public_id, Source.objects.get().public_id])
    )
    assert not Source.objects.exists()
