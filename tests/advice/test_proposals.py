"""Texts that members propose: three ways in, one kind of proposal; settled one by one, each a version of its own."""

from html import unescape

import pytest
from django.urls import reverse

from advice.actions import proposals, saving
from advice.actions.proposals import ParagraphChanged
from advice.models import Proposal
from advice.states import AdviceState
from portal.access import Refused
from portal.models import Message
from portal.post import BUILDERS, NoLongerNeeded
from tests import factories

pytestmark = pytest.mark.django_db
TEXT = "<p>Wij horen veel over de wachttijd.</p><p>Het busje rijdt <strong>niet</strong>.</p>"
BUSJE = "Het busje rijdt **niet**."


@pytest.fixture
def advice(council, authority, chair):
    return factories.AdviceFactory(council=council, authorities=[authority], subject="Vervoer")


@pytest.fixture
def section(advice):
    return factories.SectionFactory(advice=advice, heading="Aanleiding", text=TEXT)


@pytest.fixture
def recommendation(advice):
    factories.RecommendationFactory(advice=advice, number=1, text="Begin in mei.")
    return factories.RecommendationFactory(advice=advice, number=2, text="Laat het busje rijden.")


@pytest.fixture
def proposal(advice, section, fatma):
    return make(advice, section, fatma.person, text="Het busje rijdt pas na twaalf uur.", why="Dat is eerlijker.")


def make(advice, part, by, original=BUSJE, action="replace", **more) -> Proposal:
    return proposals.propose(advice, part=part, original=original, action=action, by=by, **more)


def address(name, advice, *more) -> str:
    return reverse(f"advice:{name}", args=[advice.council.slug, advice.public_id, *more])


def text_of(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


# --- making ---


@pytest.mark.parametrize("chosen", ["", "x", "-1", "2", "²", "9" * 5000])
def test_a_paragraph_that_is_not_there_asks_again_which_one(advice, section, fatma, sign_in, chosen):
    here = address("propose_in_section", advice, section.public_id)
    shown = sign_in(fatma).get(here, {"alinea": chosen})

    assert shown.status_code == 200
    assert shown.templates[0].name == "advice/proposal_choose.html"


def test_three_ways_in_make_the_same_kind_of_proposal(advice, section, fatma, saskia, sign_in):
    here = address("propose_in_section", advice, section.public_id)
    member, secretary = sign_in(fatma), sign_in(saskia)
    assert "Het busje rijdt" in text_of(member.get(f"{here}?alinea=1"))
    own = {"original": BUSJE, "what": "replace", "text": "Het busje rijdt weer.", "why": ""}
    objection = {"original": BUSJE, "what": "objection", "text": BUSJE, "why": "Dat klopt niet."}
    behalf = {**own, "text": "Er is geen busje.", "person": fatma.person.pk, "channel": "phone"}
    for client, data in ((member, own), (member, objection), (secretary, behalf)):
        assert client.post(here, data).status_code == 302
    rows = Proposal.objects.values_list("action", "original", "text", "why", "person", "entered_by", "channel")
    me, she = fatma.person.pk, saskia.person.pk
    assert list(rows) == [
        ("replace", BUSJE, "Het busje rijdt weer.", "", me, me, "self"),
        ("replace", BUSJE, "", "Dat klopt niet.", me, me, "self"),
        ("replace", BUSJE, "Er is geen busje.", "", me, she, "phone"),
    ]
    shown = text_of(secretary.get(address("proposals", advice)))
    assert "Voorgesteld door Fatma Yılmaz, ingevoerd door Saskia de Wit (per telefoon)." in shown


def test_a_member_cannot_speak_for_another(advice, section, fatma, chair, sign_in):
    data = {"original": BUSJE, "what": "remove", "person": chair.person.pk, "channel": "phone"}
    sign_in(fatma).post(address("propose_in_section", advice, section.public_id), {**data, "why": "Te lang."})
    assert Proposal.objects.get().person == fatma.person


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"action": "add"}, "text"),
        ({"action": "replace"}, "why"),
        ({"action": "replace", "text": BUSJE}, "text"),
        ({"action": "burn", "text": "Weg."}, "what"),
    ],
)
def test_an_empty_proposal_is_refused_at_its_field(advice, section, fatma, given, field):
    with pytest.raises(Refused) as refused:
        make(advice, section, fatma.person, **given)
    assert refused.value.field == field
    assert not Proposal.objects.exists()


def test_a_quotation_is_not_made_up(advice, section, fatma):
    with pytest.raises(Refused, match="Deze alinea is veranderd"):
        make(advice, section, fatma.person, original="Wij willen meer geld.", why="Nee.")
    saving.save_section(advice, section, heading="Aanleiding", text="<p>Nieuw.</p>", version=1, by=fatma.person)
    saving.save_section(advice, section, heading="Aanleiding", text="<p>Anders.</p>", version=2, by=fatma.person)
    assert make(advice, section, fatma.person, original="Nieuw.", why="Nee.").pk  # it stood there while she read


def test_what_was_typed_stays_on_a_refused_form(advice, section, fatma, sign_in):
    here = address("propose_in_section", advice, section.public_id)
    response = sign_in(fatma).post(here, {"original": BUSJE, "what": "objection", "text": "Bewaar mij.", "why": ""})
    assert response.status_code == 422
    assert "Bewaar mij." in text_of(response) and "Dan zoeken de schrijvers andere woorden." in text_of(response)


# --- taking over ---


def test_exactly_this_change_comes_in_the_text_as_a_version(proposal, section, saskia):
    proposals.take_over(proposal, by=saskia.person)
    section.refresh_from_db()
    assert section.text == "<p>Wij horen veel over de wachttijd.</p><p>Het busje rijdt pas na twaalf uur.</p>"
    assert section.version == 2
    proposal.refresh_from_db()
    assert (proposal.state, proposal.settled_by) == ("accepted", saskia.person)
    assert proposal.version.name == "Voorstel van Fatma Yılmaz bij “Aanleiding”"
    assert proposal.version.text["sections"][0]["html"] == section.text


@pytest.mark.parametrize(
    ("action", "html"),
    [
        ("add", f"{TEXT}<p>Dat moet anders.</p>"),
        ("remove", "<p>Wij horen veel over de wachttijd.</p>"),
    ],
)
def test_adding_and_taking_out_touch_nothing_else(advice, section, fatma, saskia, action, html):
    proposals.take_over(
        make(advice, section, fatma.person, action=action, text="Dat moet anders.", why="Zo."), by=saskia.person
    )
    section.refresh_from_db()
    assert section.text == html


def test_a_recommendation_keeps_its_reason_and_its_place(advice, recommendation, fatma, saskia):
    more = {"original": recommendation.text, "text": "Laat het busje elke dag rijden."}
    proposal = proposals.take_over(make(advice, recommendation, fatma.person, **more), by=saskia.person)
    recommendation.refresh_from_db()
    assert (recommendation.number, recommendation.text) == (2, "Laat het busje elke dag rijden.")
    assert recommendation.reason == "Mensen wachten nu acht weken."
    assert proposal.version and proposal.version.name == "Voorstel van Fatma Yılmaz bij aanbeveling 2"
    first = advice.recommendations.get(number=1)
    added = make(advice, first, fatma.person, original=first.text, action="add", text="Vraag het de reizigers.")
    proposals.take_over(added, by=saskia.person)
    assert list(advice.recommendations.values_list("number", "text")) == [
        (1, "Begin in mei."), (2, "Vraag het de reizigers."), (3, "Laat het busje elke dag rijden."),
    ]  # fmt: skip


def test_a_text_that_changed_is_shown_and_asked_about(proposal, advice, section, saskia, sign_in):
    changed = "<p>Wij horen veel.</p><p>Het busje rijdt soms.</p>"
    saving.save_section(advice, section, heading="Aanleiding", text=changed, version=1, by=saskia.person)
    with pytest.raises(ParagraphChanged):
        proposals.take_over(proposal, by=saskia.person)
    section.refresh_from_db()
    assert section.text == changed
    client = sign_in(saskia)
    here = address("take_over_proposal", advice, proposal.public_id)
    shown = text_of(client.get(here))
    assert "De tekst is veranderd na dit voorstel." in shown and "Het busje rijdt soms." in shown
    assert client.post(here, {"text": proposal.text}).status_code == 409
    assert client.post(here, {"text": proposal.text, "paragraph": "1"}).status_code == 302
    section.refresh_from_db()
    assert section.text == "<p>Wij horen veel.</p><p>Het busje rijdt pas na twaalf uur.</p>"


def test_an_objection_is_answered_with_a_text(advice, section, fatma, saskia):
    objection = make(advice, section, fatma.person, why="Dat klopt niet.")
    with pytest.raises(Refused) as refused:
        proposals.take_over(objection, by=saskia.person)
    assert refused.value.field == "text"
    taken = proposals.take_over(objection, text="Het busje rijdt na twaalf uur.", by=saskia.person)
    assert (taken.text, taken.settle_note) == ("", "Het busje rijdt na twaalf uur.")


# --- the rest ---


def test_not_taken_over_needs_a_reason_that_the_member_reads(proposal, advice, section, saskia, fatma, sign_in):
    with pytest.raises(Refused) as refused:
        proposals.reject(proposal, reason=" ", by=saskia.person)
    assert refused.value.field == "reason"
    proposals.reject(proposal, reason="Dat weten wij niet zeker.", by=saskia.person)
    section.refresh_from_db()
    assert section.text == TEXT
    assert "Dat weten wij niet zeker." in text_of(sign_in(fatma).get(address("proposals", advice)))
    message = Message.objects.get(kind="advice.proposal_settled")
    mail = BUILDERS[message.kind](message)
    assert message.person == fatma.person and "Het is niet overgenomen." in mail.body
    assert "Dat weten wij niet zeker." not in mail.body + mail.subject
    with pytest.raises(Refused, match="al afgehandeld"):
        proposals.take_over(proposal, by=saskia.person)


def test_only_who_proposed_or_entered_it_takes_it_back(proposal, chair, fatma, advice, sign_in):
    here = address("withdraw_proposal", advice, proposal.public_id)
    assert sign_in(chair).post(here).status_code == 403
    with pytest.raises(Refused):
        proposals.withdraw(proposal, by=chair.person)
    assert sign_in(fatma).post(here).status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == "withdrawn"


def test_the_mail_is_dropped_while_nothing_is_settled(proposal, saskia):
    proposals.reject(proposal, reason="Nee.", by=saskia.person)
    Proposal.objects.update(state="open", settled_at=None, settled_by=None)
    message = Message.objects.get(kind="advice.proposal_settled")
    with pytest.raises(NoLongerNeeded):
        BUILDERS[message.kind](message)


def test_an_adopted_text_takes_no_proposals(proposal, advice, section, fatma, saskia, sign_in):
    advice.state = AdviceState.ADOPTED
    advice.save()
    with pytest.raises(Refused):
        make(advice, section, fatma.person, why="Te laat.")
    with pytest.raises(Refused):
        proposals.take_over(proposal, by=saskia.person)
    assert sign_in(fatma).get(address("propose_in_section", advice, section.public_id)).status_code == 302


def test_the_dossier_tells_beside_the_part_that_something_is_proposed(proposal, advice, fatma, sign_in):
    shown = text_of(sign_in(fatma).get(advice.get_absolute_url()))
    assert "1 voorstel voor de tekst" in shown and "Tekst voorstellen" in shown
