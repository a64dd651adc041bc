"""The text as the council adopts it: plain data with one digest."""

import json
from datetime import date

import pytest

from advice.frozen import activity_label, digest, frozen_text
from advice.models import MinorityView, Question, Signatory
from advice.states import AdviceKind, DocumentKind, Tenor
from consultations.states import Form
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def advice(council, authority):
    request = factories.AdviceRequestFactory(
        authority=authority,
        submitted=True,
        subject="Vervoer naar dagbesteding",
        reference="Z-12",
        letter_date=date(2026, 4, 13),
        questions=["Wat vindt u van het voorstel?"],
        wanted_on=date(2026, 5, 26),
    )
    asked = factories.CouncilRequestFactory(
        request=request, council=council, accepted=True, short_notice="Zes dagen te kort (art. 7 lid 1)."
    )
    advice = factories.AdviceFactory(
        council=council,
        authorities=[authority],
        request=asked,
        kind=AdviceKind.SOLICITED,
        subject="Vervoer",
        tenor=Tenor.NEGATIVE,
        laws=["wmo"],
        plain_summary="Houd het busje.",
        salutation="Geacht college,",
        attention_of="mevrouw J. Jansen",
        your_reference="Z-12",
        consulted=["Drie cliëntondersteuners, telefonisch"],
        copy_to=["gemeenteraad, via de griffie"],
    )
    factories.SectionFactory(advice=advice, position=2, heading="Ons oordeel", text="<p>Nee.</p>")
    factories.SectionFactory(
        advice=advice, position=1, heading="Aanleiding", text="<ul><li>Het contract stopt.</li></ul>"
    )
    heard = factories.ActivityFactory(
        council=council,
        form=Form.CONVERSATION,
        group="Mantelzorgers",
        count=11,
        held_on=date(2026, 5, 9),
        title="Gesprek in De Kade",
        place="De Kade",
        heard="Mevrouw Pietersen wacht al 8 weken.",
    )
    first = factories.RecommendationFactory(advice=advice, number=1, text="Houd het busje.", refers_to="Nota, blz. 3")
    first.rests_on.add(heard)
    factories.RecommendationFactory(advice=advice, number=2, text="Betaal de benzine.", reason="")
    Question.objects.create(advice=advice, council=council, number=1, text="Wie betaalt dit?")
    MinorityView.objects.create(advice=advice, council=council, by="Een lid", text="Het busje is te duur.")
    Signatory.objects.create(advice=advice, council=council, position=1, name="C. Bakker", role="voorzitter")
    return advice


def test_everything_the_reader_gets_and_nothing_else(advice, council, authority):
    heard = advice.recommendations.get(number=1).rests_on.get()
    assert frozen_text(advice) == {
        "councils": ["Adviesraad Testdorp"],
        "authorities": ["Gemeente Testdorp"],
        "kind": "solicited",
        "document": DocumentKind.ADVICE,
        "tenor": "negative",
        "subject": "Vervoer",
        "laws": ["wmo"],
        "plain_summary": "Houd het busje.",
        "salutation": "Geacht college,",
        "attention_of": "mevrouw J. Jansen",
        "your_reference": "Z-12",
        "request": {
            "date": "2026-04-13", "reference": "Z-12", "subject": "Vervoer naar dagbesteding",
            "questions": ["Wat vindt u van het voorstel?"], "wanted_by": "2026-05-26",
            "short_notice": "Zes dagen te kort (art. 7 lid 1).",
        },
        "sections": [
            {"heading": "Aanleiding", "html": "<ul><li>Het contract stopt.</li></ul>"},
            {"heading": "Ons oordeel", "html": "<p>Nee.</p>"},
        ],
        "recommendations": [
            {
                "number": 1, "text": "Houd het busje.", "reason": "Mensen wachten nu acht weken.",
                "refers_to": "Nota, blz. 3",
                "rests_on": [{"public_id": str(heard.public_id), "label": "gesprek met 11 mantelzorgers, mei 2026"}],
                "sources": [],
            },
            {"number": 2, "text": "Betaal de benzine.", "reason": "", "refers_to": "", "rests_on": [], "sources": []},
        ],
        "questions": ["Wie betaalt dit?"],
        "minority_views": [{"by": "Een lid", "text": "Het busje is te duur."}],
        "consulted": ["Drie cliëntondersteuners, telefonisch", "Gesprek met 11 mantelzorgers, mei 2026"],
        "signatories": [{"name": "C. Bakker", "role": "voorzitter"}],
        "copy_to": ["gemeenteraad, via de griffie"],
        "attachments": [],
        "language": "nl",
    }  # fmt: skip


def test_an_empty_part_is_a_hint_to_writers_and_not_adopted(advice):
    factories.SectionFactory(advice=advice, position=3, heading="Wat wij goed vinden", text="")
    assert [part["heading"] for part in frozen_text(advice)["sections"]] == ["Aanleiding", "Ons oordeel"]


def test_what_was_said_and_where_stays_inside(advice):
    kept = json.dumps(frozen_text(advice), ensure_ascii=False)
    assert "Pietersen" not in kept and "De Kade" not in kept


def test_the_digest_is_of_the_text_and_of_nothing_else(advice):
    text = frozen_text(advice)
    assert digest(text) == digest(json.loads(json.dumps(text)))
    assert digest({"b": "é", "a": 1}) == digest({"a": 1, "b": "é"})
    assert digest({"a": "é"}) == "b3a092a6af48807fa9482b2ee140105575daa26d5b24b3c0e60a7e2dee6683b1"
    assert digest({**text, "subject": "Anders"}) != digest(text)


@pytest.mark.parametrize(
    ("form", "group", "count", "label"),
    [
        (Form.NEIGHBOURHOOD_TABLE, "Bewoners", 9, "wijktafel met 9 bewoners, april 2026"),
        (Form.SURVEY, "", 240, "enquête onder 240 mensen, april 2026"),
        (Form.MESSAGE, "vrijwilligers", None, "signaal van vrijwilligers, april 2026"),
        (Form.PANEL, "", None, "panel, april 2026"),
        (Form.DIALOGUE_SESSION, "12 mantelzorgers", 12, "dialoogsessie met 12 mantelzorgers, april 2026"),
    ],
)
def test_what_was_heard_is_named_in_neutral_words(form, group, count, label):
    heard = factories.ActivityFactory.build(form=form, group=group, count=count, held_on=date(2026, 4, 21))
    assert activity_label(heard) == label
