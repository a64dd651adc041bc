"""What do you think? Asked of all members, answered, kept private where that was promised, settled by the decision."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from advice.actions import opinions
from advice.models import AdoptedText, MinorityView, Opinion, OpinionRound
from advice.opinions import heard_in, in_private
from portal.access import Refused
from portal.models import Message
from portal.post import BUILDERS, NoLongerNeeded
from portal.states import MessageState
from tests import factories
from tests.advice.opinions import PRIVATE, adopt, in_days, page, say

pytestmark = pytest.mark.django_db


# --- asking ---


def test_asking_counts_the_members_writes_to_each_and_keeps_the_text(round, members, council):
    assert round.asked == 9
    assert round.version.name == "Voorgelegd aan de leden"
    posted = Message.objects.filter(kind="advice.opinion_asked")
    assert {message.person_id for message in posted} == {person.pk for person in members}
    assert posted.values("cause").distinct().count() == 1


def test_who_has_no_email_is_asked_on_paper(advice, council, saskia):
    old = factories.PersonFactory(name="Opa", email="")
    factories.MembershipFactory(person=old, council=council)
    opinions.open_round(advice, closes_on=in_days(7), by=saskia.person)
    assert Message.objects.get(person=old).state == MessageState.PAPER


def test_a_second_question_waits_for_the_first(round, advice, saskia):
    with pytest.raises(Refused) as refused:
        opinions.open_round(advice, closes_on=in_days(9), by=saskia.person)
    assert refused.value.field == "closes_on"
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        again = opinions.open_round(advice, closes_on=in_days(7), by=saskia.person)
    round.refresh_from_db()
    assert round.closed_at is not None and again.is_open


def test_nothing_is_asked_about_an_empty_text_or_with_a_day_that_passed(council, authority, fatma, saskia, advice):
    empty = factories.AdviceFactory(council=council, authorities=[authority])
    with pytest.raises(Refused, match="Er is nog geen tekst"):
        opinions.open_round(empty, closes_on=in_days(7), by=saskia.person)
    with pytest.raises(Refused, match="Die dag is al voorbij"):
        opinions.open_round(advice, closes_on=in_days(-1), by=saskia.person)
    assert OpinionRound.objects.count() == 0


def test_the_question_closes_itself_after_the_last_day(round, fatma):
    with time_machine.travel(timezone.now() + timedelta(days=7)):
        say(round, fatma.person)
    with time_machine.travel(timezone.now() + timedelta(days=8)), pytest.raises(Refused):
        say(round, fatma.person, "disagree")
    assert Opinion.objects.get().choice == "agree"


def test_a_new_last_day_is_told_to_who_is_not_heard(round, fatma, saskia):
    say(round, fatma.person)
    opinions.change_last_day(round, closes_on=in_days(3), by=saskia.person)
    told = set(Message.objects.filter(kind="advice.opinion_last_day").values_list("person", flat=True))
    assert len(told) == 8 and fatma.person.pk not in told


# --- reminding ---


def test_the_reminder_goes_two_days_before_to_who_is_not_heard_and_once(round, fatma):
    say(round, fatma.person)
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        call_command("opinion_rounds", "--apply")
        assert not Message.objects.filter(kind="advice.opinion_reminder").exists()
    with time_machine.travel(timezone.now() + timedelta(days=5)):
        call_command("opinion_rounds")
        assert not Message.objects.filter(kind="advice.opinion_reminder").exists()
        call_command("opinion_rounds", "--apply")
        call_command("opinion_rounds", "--apply")
    reminded = Message.objects.filter(kind="advice.opinion_reminder")
    assert reminded.count() == 8 and not reminded.filter(person=fatma.person).exists()


def test_a_reminder_that_came_to_nothing_is_dropped_at_send_time(round, fatma):
    opinions.remind(round)
    message = Message.objects.get(kind="advice.opinion_reminder", person=fatma.person)
    assert "uiterlijk" in BUILDERS[message.kind](message).body or "tot en met" in BUILDERS[message.kind](message).body
    say(round, fatma.person)
    with pytest.raises(NoLongerNeeded):
        BUILDERS[message.kind](message)


def test_the_outbox_does_not_tell_who_spoke_to_the_chair_alone(round, fatma):
    say(round, fatma.person, "disagree", text=PRIVATE, only_for_chair=True)
    opinions.remind(round)
    message = Message.objects.get(kind="advice.opinion_reminder", person=fatma.person)
    mail = BUILDERS[message.kind](message)
    assert "Heeft u al iets gezegd, alleen aan de voorzitter? Dan hoeft u niets te doen." in mail.body
    assert PRIVATE not in mail.body


# --- answering ---


def test_the_last_opinion_counts(round, fatma):
    say(round, fatma.person, "agree")
    say(round, fatma.person, "agree_but", text="Wel met een busje.")
    opinion = Opinion.objects.get()
    assert (opinion.choice, opinion.text, opinion.channel) == ("agree_but", "Wel met een busje.", "self")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"choice": "perhaps"}, "choice"),
        ({"only_for_chair": True, "in_letter": True, "text": "Nee."}, "in_letter"),
        ({"only_for_chair": True}, "text"),
        ({"in_letter": True}, "text"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(round, fatma, given, field):
    with pytest.raises(Refused) as refused:
        opinions.give_opinion(round, by=fatma.person, **{"choice": "disagree", **given})
    assert refused.value.field == field
    assert not Opinion.objects.exists()


def test_only_members_have_an_opinion(round, saskia, stijn):
    for nobody in (saskia, stijn):
        with pytest.raises(Refused):
            say(round, nobody.person)


def test_silence_is_said_to_be_silence(round, members, saskia, sign_in, advice):
    for person in members[:4]:
        say(round, person)
    heard = heard_in(round)
    assert (heard.said, heard.unknown) == (4, 5)
    shown = page(sign_in(saskia), "opinions", advice)
    assert "4 van de 9 leden hebben iets gezegd. Van 5 weten wij het niet." in shown
    assert "5 leden: nog niets gezegd of alleen aan de voorzitter." in shown


# --- in the letter ---


def test_who_is_outvoted_stands_in_the_letter(round, fatma, members, advice, saskia):
    say(round, fatma.person, "disagree", text="Ik wil het busje houden.", in_letter=True)
    say(round, members[3], "agree", text="Ik ben het eens.", in_letter=True)
    say(round, members[4], "disagree", text="Nee, maar niet in de brief.")
    adopt(advice, saskia.person)
    view = MinorityView.objects.get()
    assert (view.author, view.by, view.text) == (fatma.person, "Een lid", "Ik wil het busje houden.")
    text = AdoptedText.objects.get().text
    assert text["minority_views"] == [{"by": "Een lid", "text": "Ik wil het busje houden."}]
    assert Message.objects.filter(kind="advice.own_view", person=fatma.person).count() == 1


def test_after_a_written_vote_who_not_in_favour_stands_in_the_letter(round, fatma, members, advice, saskia):
    say(round, fatma.person, "disagree", text="Toch eens.", in_letter=True)
    say(round, members[3], "agree_but", text="Toch niet eens.", in_letter=True)
    opinions.settle_opinions(advice, by=saskia.person, not_in_favour=[members[3].pk, members[5].pk])
    assert list(MinorityView.objects.values_list("author", "text")) == [(members[3].pk, "Toch niet eens.")]


# --- on behalf ---


def test_the_secretary_enters_what_a_member_said_and_everybody_sees_it(round, fatma, saskia, sign_in, advice):
    opinions.enter_opinion(
        round, person=fatma.person, choice="disagree", text="Het busje moet blijven.", channel="phone", by=saskia.person
    )
    shown = page(sign_in(saskia), "opinions", advice)
    assert "ingevoerd door Saskia de Wit (per telefoon)" in shown
    message = Message.objects.get(kind="advice.opinion_entered")
    assert message.person == fatma.person
    assert "Saskia de Wit heeft uw mening" in BUILDERS[message.kind](message).body


def test_the_secretary_never_writes_over_ones_own_words(round, fatma, saskia):
    say(round, fatma.person, "agree", text="Mijn woorden.")
    with pytest.raises(Refused) as refused:
        opinions.enter_opinion(round, person=fatma.person, choice="disagree", channel="phone", by=saskia.person)
    assert refused.value.field == "person"
    assert Opinion.objects.get().text == "Mijn woorden."


def test_entering_tells_nothing_of_what_was_said_in_private(round, fatma, saskia):
    say(round, fatma.person, "disagree", text=PRIVATE, only_for_chair=True)
    opinions.enter_opinion(round, person=fatma.person, choice="agree", channel="phone", by=saskia.person)
    assert set(Opinion.objects.values_list("choice", "only_for_chair")) == {("disagree", True), ("agree", False)}


def test_what_the_chair_was_told_survives_what_the_secretary_enters(round, fatma, saskia):
    say(round, fatma.person, "disagree", text=PRIVATE, only_for_chair=True)
    opinions.enter_opinion(round, person=fatma.person, choice="agree", channel="phone", by=saskia.person)

    assert [one.text for one in in_private(round)] == [PRIVATE]
    assert [one.choice for one in heard_in(round).opinions] == ["agree"]


def test_a_member_has_one_opinion_of_her_own(round, fatma):
    say(round, fatma.person, "disagree", text=PRIVATE, only_for_chair=True)
    say(round, fatma.person, "agree", text="Nu hardop.")

    assert list(Opinion.objects.values_list("choice", "only_for_chair")) == [("agree", False)]
