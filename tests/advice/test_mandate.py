"""The board decides by mandate in an urgent case; the council ratifies it, or not."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from advice.actions.deciding import reopen
from advice.actions.issuing import issue
from advice.actions.mandate import decide_by_mandate, put_on_agenda, ratify
from advice.letter_text import letter_data
from advice.models import AdoptedText, Ratification
from advice.states import AdviceState, Manner, Outcome
from portal.models import Message
from portal.post import BUILDERS
from tests import factories
from tests.advice.votes import draft_for, opened, refusal

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def advice(council, authority, chair, saskia, fatma):
    return draft_for(council, authority)


@pytest.fixture
def decide(advice, chair, saskia):
    def run(**more):
        given = {
            "reason": "De wethouder besluit morgen.",
            "agreed": [chair.person, saskia.person],
            "by": saskia.person,
        } | more
        return decide_by_mandate(advice, **given)

    return run


def page_of(client, advice, name: str = "decided") -> str:
    response = client.get(reverse(f"advice:{name}", args=[advice.council.slug, advice.public_id]))
    return " ".join(unescape(re.sub("<[^>]+>", " ", response.content.decode())).split())


def test_the_decision_stands_and_says_who_decided(advice, decide):
    decision = decide()
    assert (decision.manner, decision.outcome, decision.present, decision.in_favour) == (
        Manner.MANDATE,
        "adopted",
        2,
        2,
    )
    assert decision.sentence == (
        "Besloten door het dagelijks bestuur, met mandaat. Akkoord: Chris Bakker en Saskia de Wit."
    )
    advice.refresh_from_db()
    assert advice.state == AdviceState.ADOPTED
    assert AdoptedText.objects.get(decision=decision).text["subject"] == "Vervoer"


def test_only_the_board_of_that_day_with_a_reason(decide, fatma, advice, saskia):
    assert refusal(lambda: decide(reason=" "))[0] == "reason"
    assert refusal(lambda: decide(agreed=[]))[0] == "agreed"
    assert refusal(lambda: decide(agreed=[fatma.person, saskia.person]))[0] == "agreed"
    assert refusal(lambda: decide(decided_on=TODAY() + timedelta(days=1)))[0] == "decided_on"
    opened(advice, saskia.person)
    assert "Sluit of stop eerst de stemming" in refusal(decide)[1]


def test_who_did_not_decide_hears_of_it_once(decide, saskia, chair, fatma):
    decision = decide()
    told = Message.objects.filter(kind="advice.mandate_taken")
    assert {message.person for message in told} == {chair.person, fatma.person}
    mail = BUILDERS["advice.mandate_taken"](told.get(person=fatma.person))
    assert mail.subject == "Het bestuur heeft over een advies besloten"
    assert "Vervoer" in mail.body and decision.sentence in mail.body and "De wethouder besluit morgen." in mail.body


def test_one_of_two_is_not_the_board(decide, chair):
    field, sentence = refusal(lambda: decide(agreed=[chair.person]))
    assert field == "agreed" and sentence.startswith("Meer dan de helft van het bestuur moet akkoord zijn.")


def test_the_board_does_not_decide_before_the_request_came(council, authority, chair, saskia):
    asked = factories.CouncilRequestFactory(council=council, received_on=TODAY() - timedelta(days=1))
    advice = draft_for(council, authority)
    advice.request = asked
    advice.save()
    decide = lambda day: decide_by_mandate(  # noqa: E731
        advice, reason="Spoed.", agreed=[chair.person, saskia.person], by=saskia.person, decided_on=day
    )
    assert refusal(lambda: decide(TODAY() - timedelta(days=2)))[0] == "decided_on"
    assert decide(TODAY() - timedelta(days=1)).outcome == "adopted"


def test_a_text_that_is_not_ready_is_not_adopted(advice, decide):
    advice.recommendations.update(text="")
    assert "nog geen tekst" in refusal(decide)[1]


def test_the_letter_says_that_the_board_decided(advice, decide, saskia, sign_in, fatma):
    decide()
    letter = issue(advice, by=saskia.person)
    line = (
        "Dit advies is vastgesteld door het dagelijks bestuur, met mandaat. "
        "De Adviesraad Testdorp bespreekt het in de volgende vergadering."
    )
    assert letter.text["mandate"] == line
    assert letter_data(letter.copies.get())["mandate"] == line
    response = sign_in(fatma).get(reverse("advice:letter", args=[advice.council.slug, letter.public_id]))
    assert line in response.content.decode()


def test_no_other_letter_says_so(council, authority, saskia):
    from tests.advice.letters import adopted_advice

    assert "mandate" not in issue(adopted_advice(council, authority, saskia.person), by=saskia.person).text


def test_the_council_ratifies_once_and_not_before(decide, saskia, council):
    decision = decide(decided_on=TODAY() - timedelta(days=3))
    by = saskia.person
    assert refusal(lambda: ratify(decision, ratified=True, by=by))[0] == "decided_on"
    early = TODAY() - timedelta(days=4)
    assert refusal(lambda: ratify(decision, ratified=True, decided_on=early, by=by))[0] == "decided_on"
    assert refusal(lambda: ratify(decision, ratified=False, decided_on=TODAY(), by=by))[0] == "note"
    coming = factories.MeetingFactory(council=council)
    assert refusal(lambda: ratify(decision, ratified=True, meeting=coming, by=by))[0] == "meeting"
    held = factories.MeetingFactory(council=council, starts_at=timezone.now() - timedelta(days=1))
    found = ratify(decision, ratified=True, meeting=held, by=by)
    assert (found.decided_on, found.meeting, found.ratified) == (TODAY() - timedelta(days=1), held, True)
    assert "al vastgelegd" in refusal(lambda: ratify(decision, ratified=True, meeting=held, by=by))[1]


def test_not_ratified_is_shown_with_what_can_be_done(advice, decide, saskia, sign_in, fatma):
    decision = decide()
    reader = sign_in(fatma)
    assert "Bekrachtigd door de adviesraad nog niet" in page_of(reader, advice)
    ratify(decision, ratified=False, decided_on=TODAY(), note="Te snel.", by=saskia.person)
    for name in ("decided", "detail"):
        page = page_of(reader, advice, name)
        assert "nee, de adviesraad is het er niet mee eens" in page and "Te snel." in page
        assert "Open de tekst opnieuw" in page
    issue(advice, by=saskia.person)
    assert "De adviesraad kan een aanvulling sturen." in page_of(reader, advice)


def test_it_goes_on_the_agenda_of_the_next_meeting_once(decide, council, saskia):
    decision = decide()
    assert "nog geen vergadering gepland" in refusal(lambda: put_on_agenda(decision, by=saskia.person))[1]
    later = factories.MeetingFactory(council=council, starts_at=timezone.now() + timedelta(days=40))
    sooner = factories.MeetingFactory(council=council, starts_at=timezone.now() + timedelta(days=4))
    item = put_on_agenda(decision, by=saskia.person)
    assert (item.meeting, item.title, item.aim) == (sooner, "Bekrachtigen: Vervoer", "decide")
    assert put_on_agenda(decision, by=saskia.person) == item
    assert later.agenda_items.count() == 0


def test_the_leaders_are_reminded_until_it_is_ratified(advice, decide, saskia, fatma, sign_in, council):
    decision = decide()
    home = reverse("councils:room", args=[council.slug])
    todo = "Bekrachtig in de volgende vergadering: “Vervoer”"
    secretary = sign_in(saskia)
    assert todo in unescape(secretary.get(home).content.decode())
    assert todo not in unescape(sign_in(fatma).get(home).content.decode())
    ratify(decision, ratified=True, decided_on=TODAY(), by=saskia.person)
    assert todo not in unescape(secretary.get(home).content.decode())
    assert Ratification.objects.count() == 1


def test_opened_again_nothing_is_left_to_ratify(advice, decide, saskia, sign_in, council):
    decide()
    reopen(advice, reason="Fout", by=saskia.person)
    home = sign_in(saskia).get(reverse("councils:room", args=[council.slug]))
    assert "Bekrachtig in de volgende" not in home.content.decode()


def test_the_pages(advice, saskia, chair, sign_in, council):
    secretary = sign_in(saskia)
    address = reverse("advice:mandate", args=[council.slug, advice.public_id])
    refused = secretary.post(address, {"reason": "", "decided_on": TODAY().isoformat()})
    assert refused.status_code == 422
    assert set(refused.context["form"].errors) == {"reason", "agreed"}
    given = {"reason": "Spoed", "agreed": [chair.person.pk, saskia.person.pk], "decided_on": TODAY().isoformat()}
    assert secretary.post(address, given).url == reverse("advice:decided", args=[council.slug, advice.public_id])
    assert advice.decisions.get().outcome == Outcome.ADOPTED
    meeting = factories.MeetingFactory(council=council)
    to_agenda = secretary.post(reverse("advice:ratify_agenda", args=[council.slug, advice.public_id]))
    assert to_agenda.url == meeting.get_absolute_url()
    to_ratify = reverse("advice:ratify", args=[council.slug, advice.public_id])
    given = {"ratified": "no", "decided_on": TODAY().isoformat(), "note": ""}
    assert list(secretary.post(to_ratify, given).context["form"].errors) == ["note"]
    assert secretary.post(to_ratify, given | {"note": "Te snel."}).status_code == 302
    assert secretary.get(to_ratify).status_code == 302  # nothing is left to ratify


@pytest.mark.parametrize("name", ["decide", "open_vote", "mandate"])
def test_every_way_to_decide_says_first_what_a_reader_will_miss(name, advice, saskia, sign_in):
    for summary, is_missed in (("", True), ("Houd het busje.", False)):
        advice.plain_summary = summary
        advice.save()
        page = page_of(sign_in(saskia), advice, name)
        assert ("Er is geen samenvatting in gewone taal." in page) is is_missed
