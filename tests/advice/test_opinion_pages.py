"""The screens on which a member says what she thinks."""

import pytest
from django.urls import reverse

from advice.models import Opinion
from advice.states import AdviceState
from tests.advice.opinions import PRIVATE, adopt, page, say

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
