"""Can this still change anything? Cases made by hand, each with what the portal must say of it."""

from datetime import date

import pytest
from django.urls import reverse

from consultations.completeness import says_nothing, weak_points
from consultations.models import AdviceRequest
from tests.factories import AdviceRequestFactory, CouncilRequestFactory

ASKED, WANTED, DECISION = date(2027, 3, 1), date(2027, 4, 12), date(2027, 5, 12)


def judged(papers: int = 1, advice_by: date | None = None, **facts) -> list[str]:
    whole = {
        "summary": "De bus stopt. Wij kiezen tussen een taxi en een deelauto.",
        "changeable": "De keuze tussen taxi en deelauto, en de eigen bijdrage.",
        "questions": ["Welke variant past het best?"],
        "wanted_on": WANTED,
        "decision_on": DECISION,
    }
    request = AdviceRequest(**{**whole, **facts})
    return [point.code for point in weak_points(request, papers=papers, advice_by=advice_by, on=ASKED)]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"decision_on": date(2027, 2, 28)}, ["decided"]),
        ({"decision_on": ASKED, "wanted_on": None}, []),  # on the day itself, and nobody knows when the advice comes
        ({"decision_on": WANTED}, ["decided_first"]),
        ({"decision_on": date(2027, 4, 11)}, ["decided_first"]),
        ({"decision_on": date(2027, 4, 13)}, ["little_time"]),
        ({"decision_on": date(2027, 4, 25)}, ["little_time"]),  # 13 days
        ({"decision_on": date(2027, 4, 26)}, []),  # 14 days
        ({"wanted_on": None, "advice_by": DECISION}, ["decided_first"]),  # the last day of the rules counts then
        ({"advice_by": DECISION}, ["decided_before_the_term"]),  # wanted in time, but the rules give more
        ({"advice_by": date(2027, 5, 11)}, []),
        ({"decision_on": None}, ["no_decision_date"]),
        ({"changeable": ""}, ["no_room"]),
        ({"changeable": "Niets."}, ["no_room"]),
        ({"papers": 0}, ["no_documents"]),
        ({"questions": []}, ["no_questions"]),
        ({"summary": "De bus stopt.", "changeable": "De eigen bijdrage.", "questions": ["Wat vindt u?"]},
         ["no_choices"]),
        ({"papers": 0, "decision_on": None, "changeable": "nvt", "questions": [], "summary": "De bus stopt."},
         ["no_decision_date", "no_room", "no_documents", "no_questions", "no_choices"]),
        ({"registered": True, "papers": 0, "changeable": "", "questions": [], "decision_on": None}, []),
        ({"registered": True, "decision_on": date(2027, 2, 1)}, ["decided"]),
    ],
)  # fmt: skip
def test_what_weakens_a_request(facts, expected):
    assert judged(**facts) == expected


@pytest.mark.parametrize(
    "text",
    ["", "  ", "-", "…", "Niets", "niets.", "Niets meer", "Niks", "geen", "Geen ruimte", "Geen ruimte meer.", "n.v.t.",
     "NVT", "Nihil", "Niet van toepassing", "Alles staat vast", "Alles ligt al vast.", "Er is geen ruimte",
     "Er kan niets meer worden gewijzigd", "<p>Niets</p>", "Bijna niets"],
)  # fmt: skip
def test_words_that_leave_no_room(text):
    assert says_nothing(text)


@pytest.mark.parametrize(
    "text",
    ["De ingangsdatum", "Niets aan het tarief, wel aan de ingangsdatum.", "Geen tarieven, wel de route.",
     "Alles staat open", "Niet veel, maar de folder wel", "Het geld"],
)  # fmt: skip
def test_words_that_leave_room(text):
    assert not says_nothing(text)


# --- on the pages ---------------------------------------------------------------------------------------------------


def test_the_civil_servant_reads_it_before_sending_and_can_send_all_the_same(sign_in, draft, victor, saskia):
    AdviceRequest.objects.filter(pk=draft.pk).update(changeable="Niets", decision_on=None)
    client, where = sign_in(victor), [draft.authority.slug, draft.public_id]
    page = client.get(reverse("consultations:check", args=where)).content.decode()
    assert "Kan dit nog iets veranderen?" in page
    assert "Er staat niet bij wat er nog kan veranderen." in page
    assert "Er staat niet bij wanneer het besluit valt." in page
    assert reverse("consultations:step", args=[*where, "ruimte"]) in page
    client.post(reverse("consultations:send", args=where))
    part = draft.to_councils.get()
    dossier = sign_in(saskia).get(part.get_absolute_url()).content.decode()
    assert "Er staat niet bij wat er nog kan veranderen." in dossier
    assert "Er zit geen stuk bij." in dossier


def test_what_is_missing_is_not_said_twice(sign_in, draft, victor):
    AdviceRequest.objects.filter(pk=draft.pk).update(changeable="", questions=[])
    page = sign_in(victor).get(reverse("consultations:check", args=[draft.authority.slug, draft.public_id]))
    sentences = [point["sentence"] for point in page.context["weak"]]
    assert not [one for one in sentences if "kan veranderen" in one or "vraag" in one]


def test_the_dossier_judges_as_of_the_day_it_came_in(sign_in, authority, council, saskia):
    request = AdviceRequestFactory(authority=authority, submitted=True, decision_on=date(2026, 3, 1))
    part = CouncilRequestFactory(
        request=request, council=council, received_on=date(2026, 1, 5), due_on=date(2026, 2, 16)
    )  # fmt: skip
    codes = [point.code for point in sign_in(saskia).get(part.get_absolute_url()).context["weak"]]
    assert "decided" not in codes and "little_time" in codes


def test_a_good_request_has_no_block(sign_in, authority, council, saskia):
    request = AdviceRequestFactory(
        authority=authority, submitted=True, registered=True, decision_on=date(2099, 1, 1)
    )  # fmt: skip
    part = CouncilRequestFactory(request=request, council=council)
    assert "Kan dit nog iets veranderen?" not in sign_in(saskia).get(part.get_absolute_url()).content.decode()
