"""An urgent request: why it cannot wait, what the chair says to it, and which last day then counts."""

from datetime import date

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from consultations.actions import answer_urgency, extend, save_request, submit_request, withdraw
from consultations.models import CouncilRequest
from consultations.states import Consent
from councils.models import Council
from portal.access import Refused
from portal.models import AuditEvent
from tests.consultations.conftest import events, messages_of
from tests.factories import MembershipFactory

WANTED = date(2026, 4, 20)  # seven days after Monday 13 April


def set_rule(council: Council, **rules) -> None:
    instrument = council.instruments.get()
    articles = instrument.rules["articles"] | {"urgent": "art. 7 lid 4"}
    instrument.rules = instrument.rules | rules | {"articles": articles}
    instrument.save()


@pytest.fixture
def urgent(monday, draft, council, victor) -> CouncilRequest:
    set_rule(council, urgent={"allowed": True, "reason_required": True, "agreed_with": ["chair"], "weeks": 3})
    save_request(draft, by=victor.person, wanted_on=WANTED, urgent=True, urgency_reason="De wet gaat 1 mei in.")
    (part,) = submit_request(draft, by=victor.person)
    return part


def test_an_urgent_request_says_why_and_by_when(monday, draft, victor):
    save_request(draft, by=victor.person, urgent=True)
    with pytest.raises(Refused) as refused:
        submit_request(draft, by=victor.person)
    assert "Zeg waarom het niet kan wachten." in str(refused.value)
    assert "Vul in op welke dag u het advies uiterlijk wilt." in str(refused.value)
    save_request(draft, by=victor.person, urgency_reason="De wet gaat in.", wanted_on=WANTED)
    (part,) = submit_request(draft, by=victor.person)
    assert part.request.urgent


def test_until_the_chair_agrees_the_usual_term_counts(urgent):
    assert (urgent.due_on, urgent.due_article, urgent.consent) == (date(2026, 5, 26), "art. 7 lid 1", "")
    assert urgent.short_notice == "Gevraagde termijn: 7 dagen. Verordening: 6 weken (art. 7 lid 1)."


def test_agreed_the_urgent_term_counts_with_its_sum_and_article(urgent, chair, victor, committing):
    with time_machine.travel("2026-04-14 09:00:00+02:00"), committing():
        answer_urgency(urgent, consent=Consent.AGREED, note="Wij komen extra bijeen.", by=chair.person)
    urgent.refresh_from_db()
    # Three weeks from Monday 13 April: Monday 4 May.
    assert (urgent.due_on, urgent.due_article) == (date(2026, 5, 4), "art. 7 lid 4")
    assert (urgent.consent_by, urgent.consent_recorded_by, urgent.consent_on) == (
        chair.person, None, date(2026, 4, 14),
    )  # fmt: skip
    assert urgent.due_steps[-1] == {
        "label": "14 april 2026",
        "text": "De voorzitter ging op 14 april 2026 akkoord met een kortere termijn.",
        "article": "art. 7 lid 4",
    }
    assert urgent.short_notice == (
        "Gevraagde termijn: 7 dagen. Verordening: 6 weken (art. 7 lid 1)."
        " De voorzitter ging op 14 april 2026 akkoord met een kortere termijn."
    )
    assert events()[-1] == "consultations.urgency_answered"
    row = AuditEvent.objects.get(event="consultations.urgency_answered")
    assert (row.council_id, row.authority_id) == (urgent.council_id, urgent.request.authority_id)
    assert messages_of("urgency_answered") == ["Victor Visser"]
    letter = next(m for m in mail.outbox if "spoedverzoek" in m.subject)
    assert "maandag 4 mei 2026 (art. 7 lid 4)" in letter.body
    assert "Wij komen extra bijeen." in letter.alternatives[0][0]
    assert "Vervoer" not in letter.subject


def test_where_the_rules_know_no_urgent_term_the_wanted_day_counts(monday, draft, council, chair, victor):
    set_rule(council, advice_term={"weeks": 6, "shorter_only_if_chair_agrees": True})
    save_request(draft, by=victor.person, wanted_on=WANTED, urgent=True, urgency_reason="Haast.")
    (part,) = submit_request(draft, by=victor.person)
    answered = answer_urgency(part, consent=Consent.AGREED, by=chair.person)
    assert (answered.due_on, answered.due_article) == (WANTED, "art. 7 lid 1")
    assert [step["label"] for step in answered.due_steps] == ["20 april 2026", "13 april 2026"]


def test_a_rule_that_forbids_urgency_warns_and_leaves_it_to_the_chair(monday, draft, council, chair, victor):
    set_rule(council, urgent={"allowed": False, "weeks": 3})
    save_request(draft, by=victor.person, wanted_on=WANTED, urgent=True, urgency_reason="Haast.")
    (part,) = submit_request(draft, by=victor.person)
    assert answer_urgency(part, consent=Consent.AGREED, by=chair.person).due_on == WANTED


def test_not_agreed_the_usual_term_stands_and_the_authority_hears_why(urgent, chair, committing):
    with pytest.raises(Refused) as refused:
        answer_urgency(urgent, consent=Consent.REFUSED, note=" ", by=chair.person)
    assert refused.value.field == "note"
    with committing():
        answer_urgency(urgent, consent=Consent.REFUSED, note="Dat lukt ons niet.", by=chair.person)
    urgent.refresh_from_db()
    assert (urgent.due_on, urgent.due_article) == (date(2026, 5, 26), "art. 7 lid 1")
    assert urgent.short_notice.endswith("De voorzitter ging op 13 april 2026 niet akkoord met een kortere termijn.")
    (letter,) = [m for m in mail.outbox if "spoedverzoek" in m.subject]
    assert "gaat niet akkoord met minder tijd" in letter.body
    assert "Dat lukt ons niet." in letter.body
    assert "dinsdag 26 mei 2026" in letter.body


def test_the_secretary_records_what_the_chair_said_and_that_is_seen(urgent, saskia, chair, victor, sign_in):
    with pytest.raises(Refused) as refused:
        answer_urgency(urgent, consent=Consent.AGREED, by=saskia.person)
    assert refused.value.field == "said_by"
    answered = answer_urgency(urgent, consent=Consent.AGREED, by=saskia.person, said_by=chair.person)
    assert (answered.consent_by, answered.consent_recorded_by) == (chair.person, saskia.person)
    page = sign_in(victor).get(answered.request.get_absolute_url()).content.decode()
    assert "Chris Bakker antwoordde op 13 april 2026." in page
    assert "Saskia de Wit heeft dit vastgelegd." in page


def test_a_rule_book_can_give_the_consent_to_the_secretary(urgent, council, saskia):
    set_rule(council, urgent={"allowed": True, "agreed_with": ["secretary"], "weeks": 3})
    answered = answer_urgency(urgent, consent=Consent.AGREED, by=saskia.person)
    assert answered.due_steps[-1]["text"].startswith("De secretaris ging op")


def test_without_a_chair_the_secretary_answers(urgent, chair, saskia):
    with pytest.raises(Refused):
        answer_urgency(urgent, consent=Consent.AGREED, by=saskia.person)
    chair.person.memberships.all().delete()
    assert answer_urgency(urgent, consent=Consent.AGREED, by=saskia.person).consent_by == saskia.person


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"consent": "maybe"}, "consent"),
        ({"consent": "agreed", "said_on": date(2026, 4, 14)}, "said_on"),
        ({"consent": "agreed", "said_on": date(2026, 4, 12)}, "said_on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(urgent, chair, facts, field):
    with pytest.raises(Refused) as refused:
        answer_urgency(urgent, by=chair.person, **facts)
    assert refused.value.field == field
    urgent.refresh_from_db()
    assert urgent.consent == ""


def test_it_is_answered_once_and_only_while_the_request_is_open(urgent, part, chair, victor):
    with pytest.raises(Refused):
        answer_urgency(part, consent=Consent.AGREED, by=chair.person)  # not urgent
    answer_urgency(urgent, consent=Consent.AGREED, by=chair.person)
    with pytest.raises(Refused):
        answer_urgency(urgent, consent=Consent.REFUSED, note="Toch niet", by=chair.person)
    withdraw(urgent, reason="Niet meer nodig", by=victor.person)
    CouncilRequest.objects.filter(pk=urgent.pk).update(consent="", consent_on=None, consent_by=None)
    with pytest.raises(Refused):
        answer_urgency(urgent, consent=Consent.AGREED, by=chair.person)


def test_more_time_follows_the_term_that_was_agreed(urgent, chair, saskia):
    answer_urgency(urgent, consent=Consent.AGREED, by=chair.person)
    extended = extend(urgent, reason="Een lid is ziek.", by=saskia.person)
    # Three weeks and two weeks more, where the urgent rule is silent on extension: Monday 18 May.
    assert extended.due_on == date(2026, 5, 18)


def test_after_more_time_a_shorter_term_cannot_be_agreed(urgent, chair, saskia):
    extend(urgent, reason="Een lid is ziek.", by=saskia.person)
    with pytest.raises(Refused) as refused:
        answer_urgency(urgent, consent=Consent.AGREED, by=chair.person)
    assert refused.value.field == "consent"


# --- pages ----------------------------------------------------------------------------------------------------------


def consent_url(part: CouncilRequest) -> str:
    return reverse("consultations:answer_urgency", args=[part.council.slug, part.public_id])


def test_the_chair_finds_it_at_home_and_answers(urgent, chair, saskia, sign_in):
    client = sign_in(chair)
    home = client.get(reverse("councils:room", args=[urgent.council.slug])).content.decode()
    assert consent_url(urgent) in home
    page = client.get(consent_url(urgent)).content.decode()
    assert "De wet gaat 1 mei in." in page
    assert "maandag 4 mei 2026" in page
    assert "Wie zei dit?" not in page
    response = client.post(consent_url(urgent), {"consent": "agreed", "note": ""})
    assert response.url == urgent.get_absolute_url()
    assert consent_url(urgent) not in client.get(reverse("councils:room", args=[urgent.council.slug])).content.decode()
    dossier = client.get(urgent.get_absolute_url()).content.decode()
    assert "Spoed: de adviesraad ging akkoord met minder tijd" in dossier


def test_a_missing_answer_is_said_at_its_field_and_what_was_typed_stays(urgent, saskia, chair, sign_in):
    response = sign_in(saskia).post(consent_url(urgent), {"note": "Telefonisch besproken", "said_by": chair.person.pk})
    assert response.status_code == 422
    page = response.content.decode()
    assert "Kies of u akkoord gaat." in page
    assert "Telefonisch besproken" in page


def test_a_member_does_not_answer_and_sees_what_was_asked(urgent, fatma, sign_in):
    client = sign_in(fatma)
    assert client.get(consent_url(urgent)).status_code == 403
    page = client.get(urgent.get_absolute_url()).content.decode()
    assert "De wet gaat 1 mei in." in page
    assert consent_url(urgent) not in page


def test_the_planning_step_asks_why(monday, draft, council, victor, sign_in):
    url = reverse("consultations:step", args=[draft.authority.slug, draft.public_id, "planning"])
    client = sign_in(victor)
    response = client.post(url, {"councils": [council.pk], "urgent": "on"})
    assert response.status_code == 422
    page = response.content.decode()
    assert "Zeg waarom het niet kan wachten." in page
    assert "Vul in op welke dag u het advies uiterlijk wilt." in page
    assert client.post(url, {"councils": [council.pk], "urgent": "on", "later": "1"}).status_code == 302


def test_a_deputy_chair_agrees_in_its_own_name(urgent, council):
    deputy = MembershipFactory(council=council, role="deputy_chair").person
    answered = answer_urgency(urgent, consent=Consent.AGREED, by=deputy)
    assert answered.due_steps[-1]["text"].startswith("De plaatsvervangend voorzitter ging op")


@pytest.mark.parametrize(("urgent", "said"), [(False, "Vink bij de planning"), (True, "U zegt dat het spoed")])
def test_the_check_page_says_what_fits_a_term_that_is_too_short(monday, draft, council, victor, sign_in, urgent, said):
    set_rule(council, urgent={"allowed": True, "reason_required": True, "agreed_with": ["chair"], "weeks": 3})
    save_request(draft, by=victor.person, wanted_on=WANTED, urgent=urgent, urgency_reason="De wet." if urgent else "")
    url = reverse("consultations:check", args=[draft.authority.slug, draft.public_id])
    page = sign_in(victor).get(url).content.decode()
    assert [words for words in ("Vink bij de planning", "U zegt dat het spoed") if words in page] == [said]
