"""The screens on which a member says what she thinks."""

import re

import pytest
from django.urls import reverse

from advice.actions import drafting, drafts, opinions, proposals, saving
from advice.models import Opinion
from advice.states import AdviceState
from tests import factories
from tests.advice.opinions import PRIVATE, adopt, in_days, page, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(sign_in, fatma):
    return sign_in(fatma)


def address(name, advice) -> str:
    return reverse(f"advice:{name}", args=[advice.council.slug, advice.public_id])


def test_three_screens_and_nothing_is_lost_between_them(round, member, advice, fatma):
    response = member.post(address("give_opinion", advice), {"choice": "agree_but"})
    assert response.url == address("opinion_why", advice)
    refused = member.post(
        response.url, {"text": "Wel met een busje.", "only_for_chair": "on", "in_letter": "on"}
    )  # fmt: skip
    assert refused.status_code == 422
    assert "Kies een van de twee" in refused.content.decode()
    assert "Wel met een busje." in page(member, "opinion_why", advice)  # also after leaving and coming back
    response = member.post(address("opinion_why", advice), {"text": "Wel met een busje.", "in_letter": "on"})
    assert response.url == address("check_opinion", advice)
    assert not Opinion.objects.exists()
    back = member.post(address("give_opinion", advice) + "?wijzig", {"choice": "disagree"})
    assert back.url == address("check_opinion", advice)
    assert "Wel met een busje." in page(member, "check_opinion", advice)
    done = member.post(address("check_opinion", advice), follow=True).content.decode()
    assert "U kunt uw mening veranderen tot en met" in done
    opinion = Opinion.objects.get()
    assert (opinion.choice, opinion.text, opinion.in_letter) == ("disagree", "Wel met een busje.", True)


def test_without_a_choice_the_first_screen_comes_first(round, member, advice):
    for name in ("opinion_why", "check_opinion"):
        assert member.get(address(name, advice)).url == address("give_opinion", advice)
    assert member.post(address("give_opinion", advice), {}).status_code == 422


def test_the_home_asks_until_the_member_has_answered(round, member, advice, fatma, council):
    home = reverse("councils:room", args=[council.slug])
    assert "Zeg wat u vindt van “Vervoer”" in member.get(home).content.decode()
    say(round, fatma.person, "disagree", text=PRIVATE, only_for_chair=True)
    assert "Zeg wat u vindt van “Vervoer”" not in member.get(home).content.decode()


def test_a_decided_advice_asks_nothing(round, member, advice, saskia):
    adopt(advice, saskia.person)
    assert advice.opinion_rounds.get().closed_at is not None
    assert member.get(address("give_opinion", advice)).url == address("opinions", advice)
    advice.refresh_from_db()
    assert advice.state == AdviceState.ADOPTED


def test_the_page_of_what_was_said_asks_the_database_the_same_for_any_number(round, members, saskia, sign_in, advice):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = sign_in(saskia)

    def count() -> int:
        page(client, "opinions", advice)
        with CaptureQueriesContext(connection) as found:
            page(client, "opinions", advice)
        return len(found)

    say(round, members[0])
    few = count()
    for person in members[1:]:
        say(round, person)
    assert count() == few <= 12


# --- after the last screen ---


def test_the_last_screen_leads_home_first(round, member, advice, fatma, council):
    say(round, fatma.person)
    done = page(member, "opinion_given", advice)
    home = reverse("councils:room", args=[council.slug])
    assert f'utrecht-button-link--primary-action utrecht-button-link--html-a" href="{home}">Naar start</a>' in done
    assert done.count("utrecht-button-link--primary-action") == 1
    assert "Terug naar het advies" in done


def change(advice) -> str:
    return f'href="{address("give_opinion", advice)}">Mijn mening veranderen</a>'


def test_the_dossier_leads_to_changing_an_opinion_that_was_given(round, member, advice, fatma):
    assert change(advice) not in page(member, "detail", advice)
    say(round, fatma.person)
    assert change(advice) in page(member, "detail", advice)


# --- from everybody to the chair alone ---

READ_ALREADY = "Leden hebben uw eerdere mening misschien al gelezen."
NOBODY_SEES = "Niemand ziet dat u iets zei"


def now_in_private(member, advice) -> dict[str, str]:
    member.post(address("give_opinion", advice), {"choice": "disagree"})
    why = page(member, "opinion_why", advice)
    member.post(address("opinion_why", advice), {"text": PRIVATE, "only_for_chair": "on"})
    check = page(member, "check_opinion", advice)
    done = member.post(address("check_opinion", advice), follow=True).content.decode()
    return {"why": why, "check": check, "done": done}


def test_who_spoke_openly_before_hears_that_members_may_have_read_it(round, member, advice, fatma):
    say(round, fatma.person)
    screens = now_in_private(member, advice)
    assert [name for name, html in screens.items() if READ_ALREADY not in html] == []
    assert [name for name, html in screens.items() if NOBODY_SEES in html or "niemand zien dat u iets" in html] == []
    assert Opinion.objects.get().only_for_chair
    assert [name for name, html in now_in_private(member, advice).items() if READ_ALREADY not in html] == []  # still


def test_who_spoke_to_the_chair_alone_from_the_start_hears_no_such_thing(round, member, advice, fatma):
    screens = now_in_private(member, advice)
    assert [name for name, html in screens.items() if READ_ALREADY in html] == []
    assert NOBODY_SEES in screens["why"]


def test_changing_an_open_opinion_that_stays_open_warns_of_nothing(round, member, advice, fatma):
    say(round, fatma.person)
    member.post(address("give_opinion", advice), {"choice": "disagree"})
    member.post(address("opinion_why", advice), {"text": "Toch niet."})
    assert READ_ALREADY not in page(member, "check_opinion", advice)


# --- the text changes while members are asked ---

CHANGED_SINCE_MINE = "De tekst is veranderd sinds u uw mening gaf."
CHANGED_AFTER = "De tekst is daarna veranderd."


@pytest.fixture
def part(advice):
    return factories.SectionFactory(advice=advice, heading="Wat wij horen", text="<p>Oud.</p>")


def write(advice, part, by, text="<p>Nieuw.</p>"):
    part.refresh_from_db()
    return saving.save_section(advice, part, heading=part.heading, text=text, version=part.version, by=by.person)


def test_an_opinion_about_an_older_text_says_so_with_what_changed(
    part, round, member, members, advice, fatma, saskia
):  # fmt: skip
    say(round, fatma.person)
    assert CHANGED_AFTER not in page(member, "opinions", advice)
    assert CHANGED_SINCE_MINE not in page(member, "detail", advice)
    write(advice, part, saskia)
    say(round, members[2])
    shown = page(member, "opinions", advice)
    compare = f"{address('compare_versions', advice)}?van={round.version.number}&amp;met=nu"
    assert shown.count(CHANGED_AFTER) == 1  # not at the opinion that came after it
    assert shown.count(CHANGED_SINCE_MINE) == 1
    assert shown.count(compare) == 2
    dossier = page(member, "detail", advice)
    assert CHANGED_SINCE_MINE in dossier
    assert compare in dossier
    say(round, fatma.person)
    assert "De tekst is" not in page(member, "opinions", advice)
    assert CHANGED_SINCE_MINE not in page(member, "detail", advice)


def test_saving_the_same_text_or_a_draft_changes_nothing_for_an_opinion(part, round, member, advice, fatma, saskia):
    say(round, fatma.person)
    write(advice, part, saskia, text=part.text)
    drafts.keep_section_draft(advice, part, heading="Kop", text="<p>Half.</p>", version=1, by=saskia.person)
    assert CHANGED_AFTER not in page(member, "opinions", advice)


def test_a_recommendation_that_was_removed_is_a_change_too(round, member, advice, fatma, saskia):
    say(round, fatma.person)
    drafting.remove_recommendation(advice.recommendations.get(), by=saskia.person)
    assert CHANGED_AFTER in page(member, "opinions", advice)


EXPLAINED = "Wijzigen verandert de tekst voor iedereen. Met een voorstel vraagt u het aan de anderen."
PROPOSE_BUTTON = re.compile(r'utrecht-button-link--html-a" href="[^"]*/voorstellen/deel/')


def test_while_members_are_asked_a_member_proposes_first(part, round, member, advice, saskia, chair, sign_in):
    shown = page(member, "detail", advice)
    assert EXPLAINED in shown
    assert PROPOSE_BUTTON.search(shown)
    edit = reverse("advice:edit_section", args=[advice.council.slug, advice.public_id, part.public_id])
    assert f'class="utrecht-link utrecht-link--html-a" href="{edit}">Wijzigen' in shown
    leads = page(sign_in(chair), "detail", advice)
    assert EXPLAINED not in leads
    assert not PROPOSE_BUTTON.search(leads)
    assert f'utrecht-button-link--html-a" href="{edit}">' in leads
    opinions.close_round(round, by=saskia.person)
    assert EXPLAINED not in page(member, "detail", advice)


def test_who_writes_while_members_are_asked_hears_of_it(part, round, advice, saskia, chair, sign_in):
    warns = "Leden geven nu hun mening over deze tekst. Wat u verandert, zien zij ook."
    client, places = sign_in(saskia), [("edit_section", part), ("edit_recommendation", advice.recommendations.get())]
    for name, one in places:
        assert warns in page(client, name, advice, one.public_id)
    opinions.close_round(round, by=saskia.person)
    for name, one in places:
        assert warns not in page(client, name, advice, one.public_id)


# --- the home of who leads ---


def home_of(client, council) -> str:
    return client.get(reverse("councils:room", args=[council.slug])).content.decode()


def test_who_leads_hears_three_days_before_the_end_of_how_many_nothing_is_known(
    round, member, advice, council, saskia, fatma, chair, members, sign_in
):  # fmt: skip
    say(round, members[2])
    say(round, members[3], text=PRIVATE, only_for_chair=True)  # counts as not heard, as everywhere
    leaders = [sign_in(saskia), sign_in(chair)]
    opinions.change_last_day(round, closes_on=in_days(4), by=saskia.person)
    assert [client for client in leaders if "weten wij het nog niet: “Vervoer”" in home_of(client, council)] == []
    opinions.change_last_day(round, closes_on=in_days(3), by=saskia.person)
    for client in leaders:
        shown = home_of(client, council)
        assert "Van 8 leden weten wij het nog niet: “Vervoer”" in shown
        assert f'href="{address("opinions", advice)}">Meningen bekijken' in shown
    assert "weten wij het nog niet: “Vervoer”" not in home_of(member, council)
    opinions.close_round(round, by=saskia.person)
    assert "weten wij het nog niet: “Vervoer”" not in home_of(leaders[0], council)


def test_who_leads_hears_of_proposals_that_wait(part, round, member, advice, council, saskia, fatma, sign_in):
    client = sign_in(saskia)
    assert "voor de tekst wacht" not in home_of(client, council)
    made = proposals.propose(advice, part=part, original="Oud.", action="replace", text="Beter.", by=fatma.person)
    shown = home_of(client, council)
    assert "1 voorstel voor de tekst wacht: “Vervoer”" in shown
    assert f'href="{address("proposals", advice)}">Voorstellen bekijken' in shown
    assert "voor de tekst wacht" not in home_of(member, council)
    proposals.withdraw(made, by=fatma.person)
    assert "voor de tekst wacht" not in home_of(client, council)
