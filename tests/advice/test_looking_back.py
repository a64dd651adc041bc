"""Looking back a year after a letter, and the decision that would follow later."""

import io
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from advice.actions.answering import AnswerGiven
from advice.actions.looking_back import choose_day, look_back, record_decision
from advice.actions.publishing import publish
from advice.following_up import a_year_after, a_year_before, decisions_to_ask_for, letters_to_look_back_on
from advice.models import Answer, FollowUp, LaterDecision
from advice.states import Verdict
from portal.access import Refused
from portal.models import AuditEvent, Message
from portal.states import MessageState
from portal.tasks import deliver
from tests.advice.answers import answered, sent
from tests.advice.promises import TODAY, days, promise_on


@pytest.fixture
def copy(council, authority, saskia):
    return sent(council, authority, saskia)


def page(response) -> str:
    return " ".join(response.content.decode().split())


def test_a_year_later_also_from_the_last_day_of_february():
    assert a_year_after(date(2026, 11, 25)) == date(2027, 11, 25)
    assert a_year_after(date(2028, 2, 29)) == date(2029, 3, 1)
    assert a_year_before(date(2028, 2, 29)) == date(2027, 2, 28)


def test_it_is_due_a_year_after_the_letter_or_on_the_day_that_was_chosen(copy, saskia):
    letter = copy.letter
    day = a_year_after(letter.dated_on)
    assert not letters_to_look_back_on(day - timedelta(days=1)).exists()
    assert list(letters_to_look_back_on(day)) == [letter]
    choose_day(letter, due_on=days(30), by=saskia.person)
    assert not letters_to_look_back_on(days(29)).exists()
    assert list(letters_to_look_back_on(days(30))) == [letter]
    look_back(letter, changed="Korter.", not_changed="", by=saskia.person)
    assert not letters_to_look_back_on(day + timedelta(days=900)).exists()


def test_a_letter_that_was_replaced_or_is_from_before_the_portal_is_not_asked_for(copy, council, authority, saskia):
    from advice.models import Letter

    later = a_year_after(copy.letter.dated_on)
    other = sent(council, authority, saskia, subject="Andere brief").letter
    assert letters_to_look_back_on(later).count() == 2
    advice = other.advice
    Letter.objects.create(
        advice=type(advice).objects.create(council=council, subject="Intrekking", state="issued"), council=council,
        year=2026, reference="X", slug="x", dated_on=TODAY, subject="Intrekking", text={}, sha256="a" * 64,
        concerns=other, relation="withdrawal",
    )  # fmt: skip
    old = type(advice).objects.create(council=council, subject="Oud", state="issued")
    Letter.objects.create(
        advice=old, council=council, year=2019, reference="O", slug="o", dated_on=date(2019, 1, 1), subject="Oud",
        text={}, sha256="a" * 64, imported=True,
    )  # fmt: skip
    assert list(letters_to_look_back_on(later)) == [copy.letter]


class TestVerb:
    def test_one_of_both_is_filled_in(self, copy, saskia):
        with pytest.raises(Refused) as refused:
            look_back(copy.letter, changed=" ", not_changed="", by=saskia.person)
        assert refused.value.field == "changed"
        assert not FollowUp.objects.filter(done_on__isnull=False).exists()
        look_back(copy.letter, changed="", not_changed="Nog steeds te lang.", by=saskia.person)
        assert FollowUp.objects.get().not_changed == "Nog steeds te lang."

    def test_it_can_be_changed_later_and_the_trail_says_so(self, copy, saskia):
        for text in ("Korter.", "Korter.", "Veel korter."):
            look_back(copy.letter, changed=text, not_changed="", by=saskia.person)
        events = AuditEvent.objects.filter(event__startswith="follow_up").order_by("pk").values_list("event", flat=True)
        assert list(events) == ["follow_up.done", "follow_up.changed"]
        with pytest.raises(Refused):
            choose_day(copy.letter, due_on=days(30), by=saskia.person)

    def test_a_day_that_is_over_is_refused(self, copy, saskia):
        with pytest.raises(Refused) as refused:
            choose_day(copy.letter, due_on=days(-1), by=saskia.person)
        assert refused.value.field == "due_on"


class TestPage:
    def test_it_shows_what_was_asked_answered_and_promised(self, copy, victor, saskia, sign_in, council, client):
        promise_on(copy, victor)
        client_in_room = sign_in(saskia)
        url = reverse("advice:follow_up", args=[council.slug, copy.letter.public_id])
        html = page(client_in_room.get(url))
        assert "Houd het busje." in html and "Dit is te duur." in html and "Een nieuw busje" in html

        refused = client_in_room.post(url, {"changed": "", "not_changed": ""})
        assert refused.status_code == 422 and "Schrijf op wat er is veranderd" in page(refused)
        client_in_room.post(url, {"changed": "De bus komt op tijd.", "not_changed": "Het is nog duur."})
        publish(copy.letter, by=saskia.person)
        public = page(client.get(reverse("advice:public", args=[council.slug, copy.letter.slug])))
        assert "De bus komt op tijd." in public and "Het is nog duur." in public

    def test_before_the_letter_is_public_nobody_else_reads_it(self, copy, saskia, client, council):
        look_back(copy.letter, changed="De bus komt op tijd.", not_changed="", by=saskia.person)
        assert "De bus komt op tijd." not in page(client.get(reverse("advice:what_came", args=[council.slug])))
        publish(copy.letter, by=saskia.person)  # the control
        assert "De bus komt op tijd." in page(client.get(reverse("advice:what_came", args=[council.slug])))

    def test_who_was_second_sees_both_texts(self, copy, saskia, chair, sign_in, council):
        url = reverse("advice:follow_up", args=[council.slug, copy.letter.public_id])
        opened = sign_in(saskia)
        seen = opened.get(url).context["form"].initial["seen"]
        look_back(copy.letter, changed="Tekst van Chris.", not_changed="", by=chair.person)
        conflict = opened.post(url, {"changed": "Tekst van Saskia.", "seen": seen})
        html = page(conflict)
        assert conflict.status_code == 409
        assert "Tekst van Chris." in html and "Tekst van Saskia." in html
        again = opened.post(url, {"changed": "Allebei.", "seen": conflict.context["form"]["seen"].value()})
        assert again.status_code == 302
        assert FollowUp.objects.get().changed == "Allebei."

    def test_the_day_can_be_chosen_on_the_page(self, copy, saskia, sign_in, council):
        url = reverse("advice:follow_up_day", args=[council.slug, copy.letter.public_id])
        assert sign_in(saskia).post(url, {"due_on": days(-3).isoformat()}).status_code == 422
        assert sign_in(saskia).post(url, {"due_on": days(40).isoformat()}).status_code == 302
        assert FollowUp.objects.get().due_on == days(40)


def test_the_secretary_is_asked_once_and_not_after_it_was_done(copy, saskia, fatma, sign_in, council):
    def ask(*options) -> str:
        out = io.StringIO()
        call_command("follow_ups", *options, stdout=out)
        return out.getvalue()

    FollowUp.objects.create(letter=copy.letter, council=council, due_on=TODAY)
    assert "nothing done" in ask() and not Message.objects.filter(kind="advice.look_back").exists()
    ask("--apply"), ask("--apply")
    message = Message.objects.get(kind="advice.look_back")
    assert message.person == saskia.person
    mail.outbox.clear()
    assert deliver(message.pk) == MessageState.SENT
    assert mail.outbox[0].subject == "Wilt u terugkijken op een advies?"
    assert "Kijk terug op “Vervoer naar dagbesteding”" in page(sign_in(saskia).get(f"/raad/{council.slug}/"))
    assert "Kijk terug op" not in page(sign_in(fatma).get(f"/raad/{council.slug}/"))

    Message.objects.filter(pk=message.pk).update(state=MessageState.WAITING, sent_at=None)
    look_back(copy.letter, changed="Korter.", not_changed="", by=saskia.person)
    assert deliver(message.pk) == MessageState.DROPPED


class TestLaterDecision:
    @pytest.fixture
    def later(self, copy, victor):
        answered(copy, victor, AnswerGiven(1, Verdict.LATER, decide_by=days(3)), AnswerGiven(2, Verdict.ADOPTED))
        return Answer.objects.get(number=1)

    def test_it_is_asked_for_after_its_last_day(self, later, saskia, sign_in, council):
        assert not decisions_to_ask_for(days(3)).exists()
        assert list(decisions_to_ask_for(days(4))) == [later]
        Answer.objects.filter(pk=later.pk).update(decide_by=days(-1))
        home = page(sign_in(saskia).get(f"/raad/{council.slug}/"))
        assert "Wat is er besloten over “Vervoer naar dagbesteding”?" in home
        assert "Het besluit zou er uiterlijk" in home

        url = reverse("advice:later_decision", args=[council.slug, later.pk])
        assert sign_in(saskia).post(url, {"verdict": "later"}).status_code == 422
        given = {"verdict": "adopted", "decided_on": TODAY.isoformat(), "text": "Brief van het college."}
        assert sign_in(saskia).post(url, given).status_code == 302
        assert not decisions_to_ask_for(days(4)).exists()
        assert "Wat is er besloten" not in page(sign_in(saskia).get(f"/raad/{council.slug}/"))

    def test_the_newest_counts_and_the_first_stays(self, later, saskia, client, council):
        facts = {"decided_on": TODAY, "by": saskia.person}
        for text in ("Brief.", "Brief.", "Brief van het college."):
            record_decision(later, verdict="rejected", text=text, **facts)
        assert LaterDecision.objects.count() == 2
        letter = later.response.copy.letter
        publish(letter, by=saskia.person)
        assert "Brief van het college." in page(client.get(reverse("advice:public", args=[council.slug, letter.slug])))

    @pytest.mark.parametrize(
        ("facts", "field"),
        [
            ({"verdict": "later"}, "verdict"),
            ({"decided_on": TODAY + timedelta(days=1)}, "decided_on"),
            ({"text": " "}, "text"),
        ],
    )
    def test_what_is_missing_is_refused_at_its_field(self, later, saskia, facts, field):
        given = {"verdict": "adopted", "decided_on": TODAY, "text": "Brief.", **facts}
        with pytest.raises(Refused) as refused:
            record_decision(later, by=saskia.person, **given)
        assert refused.value.field == field

    def test_another_answer_has_nothing_to_decide(self, later, saskia):
        other = Answer.objects.get(number=2)
        with pytest.raises(Refused):
            record_decision(other, verdict="adopted", decided_on=TODAY, text="Brief.", by=saskia.person)
