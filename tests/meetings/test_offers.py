"""What the portal offers for an agenda, what members propose, standing items, and the terms beside it."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from meetings.actions import proposing
from meetings.actions.agenda import remove_item
from meetings.actions.offering import place_all, place_offer
from meetings.actions.papers import add_paper
from meetings.actions.scheduling import schedule_meeting
from meetings.actions.standing import move_standing, start_standing
from meetings.models import ActionItem, AgendaItem, ItemProposal, Minutes
from meetings.offers import open_offers
from meetings.states import MeetingState, MinutesState
from meetings.terms import invitation_words, terms_of
from portal.access import Refused
from portal.documents import keep
from portal.models import Message
from tests.factories import AgendaItemFactory, MeetingFactory


@pytest.fixture
def meeting(council):
    return MeetingFactory(council=council, starts_at=timezone.now() + timedelta(days=10))


@pytest.fixture
def proposal(council, fatma):
    return proposing.propose_item(
        council, title="De bus", why="Hij rijdt niet.", person=fatma.person, aim="discuss", minutes=15, by=fatma.person
    )


def keys(meeting) -> list[str]:
    return [offer.key for offer in open_offers(meeting)]


def test_a_proposal_is_offered_until_it_is_on_an_agenda_and_again_when_it_falls_off(meeting, council, proposal, saskia):
    assert keys(meeting) == [f"proposal:{proposal.pk}"]
    item = place_offer(meeting, f"proposal:{proposal.pk}", by=saskia.person)
    assert (item.title, item.minutes, item.owner, item.origin) == ("De bus", 15, proposal.person, "proposal")
    later = MeetingFactory(council=council, starts_at=timezone.now() + timedelta(days=40))
    assert keys(meeting) == [] and keys(later) == []
    with pytest.raises(Refused, match="staat al op een agenda"):
        place_offer(meeting, f"proposal:{proposal.pk}", by=saskia.person)
    remove_item(item, by=saskia.person)
    assert keys(meeting) == [f"proposal:{proposal.pk}"]
    proposal.refresh_from_db()
    assert proposal.state == "open"


def test_minutes_that_are_not_adopted_and_actions_that_are_due_are_offered(meeting, council, fatma, saskia):
    earlier = MeetingFactory(council=council, starts_at=timezone.now() - timedelta(days=30), state=MeetingState.HELD)
    minutes = Minutes.objects.create(meeting=earlier, council=council)
    day = timezone.localdate(meeting.starts_at)
    action = ActionItem.objects.create(council=council, number="1", text="Bel", owner=fatma.person, due_on=day)
    assert keys(meeting) == [f"minutes:{minutes.pk}", f"actions:{council.pk}"]
    place_all(meeting, by=saskia.person)
    assert [item.origin for item in meeting.agenda_items.all()] == ["last_minutes", "open_actions"]
    assert keys(meeting) == []
    AgendaItem.objects.all().delete()
    Minutes.objects.update(state=MinutesState.ADOPTED, adopted_on=date(2026, 1, 1))
    for due_on in (day + timedelta(days=1), None):
        ActionItem.objects.filter(pk=action.pk).update(due_on=due_on)
        assert keys(meeting) == [f"actions:{council.pk}"]
    ActionItem.objects.filter(pk=action.pk).update(done_on=day)
    assert keys(meeting) == []


def test_two_minutes_are_offered_one_by_one_and_none_beside_the_standing_item(meeting, council, saskia):
    older, newer = (
        Minutes.objects.create(
            meeting=MeetingFactory(council=council, starts_at=timezone.now() - timedelta(days=days)), council=council
        )
        for days in (60, 30)
    )
    place_offer(meeting, f"minutes:{older.pk}", by=saskia.person)
    assert keys(meeting) == [f"minutes:{newer.pk}"]
    AgendaItem.objects.update(source="")
    assert keys(meeting) == []


def test_what_was_on_a_meeting_that_is_over_and_not_settled_is_offered_again(meeting, council, fatma, saskia):
    earlier = MeetingFactory(council=council, starts_at=timezone.now() - timedelta(days=30), state=MeetingState.HELD)
    minutes = Minutes.objects.create(meeting=earlier, council=council)
    between = MeetingFactory(council=council, starts_at=timezone.now() + timedelta(days=1))
    place_offer(between, f"minutes:{minutes.pk}", by=saskia.person)
    assert keys(meeting) == []
    type(between).objects.filter(pk=between.pk).update(
        starts_at=timezone.now() - timedelta(days=1), ends_at=timezone.now() - timedelta(hours=20)
    )
    assert keys(meeting) == [f"minutes:{minutes.pk}"]


def test_the_page_offers_with_a_button_each_and_one_for_all(meeting, proposal, council, fatma, saskia, sign_in):
    proposing.propose_item(council, title="Taxi", person=fatma.person, aim="inform", minutes=5, by=fatma.person)
    client, url = sign_in(saskia), reverse("meetings:agenda", args=[council.slug, meeting.public_id])
    page = client.get(url).content.decode()
    assert "Ook voor deze agenda?" in page and "Zet alles op de agenda" in page and "Voorgesteld door" in page
    client.post(reverse("meetings:place_offer", args=[council.slug, meeting.public_id]), {"offer": "all"})
    assert [item.title for item in meeting.agenda_items.all()] == ["De bus", "Taxi"]
    assert "Ook voor deze agenda?" not in client.get(url).content.decode()


def test_what_is_offered_costs_the_same_for_one_and_for_thirty(
    meeting, council, proposal, fatma, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            open_offers(meeting)
        return len(seen)

    one = cost()
    for number in range(29):
        proposing.propose_item(
            council, title=f"{number}", person=fatma.person, aim="inform", minutes=5, by=fatma.person
        )
    assert len(keys(meeting)) == 30 and cost() == one


# --- proposals ------------------------------------------------------------------------------------------------------


def test_who_proposed_hears_why_not(proposal, saskia, fatma, sign_in, django_capture_on_commit_callbacks):
    with pytest.raises(Refused) as refused:
        proposing.decline(proposal, reason=" ", by=saskia.person)
    assert refused.value.field == "reason"
    with django_capture_on_commit_callbacks(execute=True):
        proposing.decline(proposal, reason="Dit bespraken wij in mei.", by=saskia.person)
    message = Message.objects.get(kind="meetings.proposal_decided")
    assert message.person == fatma.person
    with pytest.raises(Refused, match="al behandeld"):
        proposing.decline(proposal, reason="Nog eens", by=saskia.person)
    page = sign_in(fatma).get(reverse("meetings:propose", args=[proposal.council.slug])).content.decode()
    assert "Dit bespraken wij in mei." in page


def test_the_mail_tells_what_came_of_it(proposal, meeting, saskia):
    from meetings.emails.proposals import proposal_decided

    proposing.take_up(proposal, meeting, by=saskia.person)
    sent = proposal_decided(Message.objects.get(kind="meetings.proposal_decided"))
    assert "staat op de agenda" in sent.body and "De bus" in sent.body
    assert "De bus" not in sent.subject and mail.outbox == []


def test_a_late_proposal_is_warned_of_and_never_refused(council, fatma, sign_in):
    council.instruments.update(rules={"member_papers_days": 14, "articles": {"member_papers_days": "art. 9"}})
    soon = MeetingFactory(council=council, starts_at=timezone.now() + timedelta(days=3))
    client, url = sign_in(fatma), reverse("meetings:propose", args=[council.slug])
    data = {"title": "De bus", "aim": "discuss", "minutes": "10", "meeting": soon.pk}
    page = client.post(url, data, follow=True).content.decode()
    assert "De secretaris bekijkt of het nog kan." in page
    assert ItemProposal.objects.get().meeting == soon
    page = client.post(url, {**data, "meeting": ""}, follow=True).content.decode()
    assert "of het nog kan" not in page and ItemProposal.objects.count() == 2


# --- standing items and terms ---------------------------------------------------------------------------------------


def test_a_new_meeting_begins_with_the_standing_items(council, saskia):
    start_standing(council, by=saskia.person)
    start = timezone.now() + timedelta(days=20)
    facts = {"title": "Overleg", "starts_at": start, "ends_at": start + timedelta(hours=2), "by": saskia.person}
    assert schedule_meeting(council, **facts).agenda_items.count() == 8
    assert schedule_meeting(council, standing=False, **facts).agenda_items.count() == 0


def test_a_standing_item_moves_within_its_own_half(council, saskia):
    items = start_standing(council, by=saskia.person)
    titles = [item.title for item in items]
    move_standing(items[0], up=True, by=saskia.person)
    move_standing(items[4], up=False, by=saskia.person)
    assert [item.title for item in council.standing_items.all()] == titles
    move_standing(items[1], up=True, by=saskia.person)
    assert [item.title for item in council.standing_items.all()][:2] == [titles[1], titles[0]]
    assert start_standing(council, by=saskia.person) == []


@pytest.mark.parametrize(("today", "sent", "words", "is_late"), [
    (12, None, "moeten uiterlijk woensdag 12 mei 2027 weg zijn (art. 9 lid 2).", False),
    (14, None, "had uiterlijk woensdag 12 mei 2027 weg moeten zijn (art. 9 lid 2). U bent 2 dagen te laat.", True),
    (14, 13, "Zij ging 1 dag te laat weg.", True),
    (14, 12, "is op tijd weggegaan", False),
])  # fmt: skip
def test_what_is_late_is_said_with_its_article(today, sent, words, is_late):
    day = date(2027, 5, 12)
    text, late = invitation_words(
        day, " (art. 9 lid 2)", day.replace(day=sent) if sent else None, day.replace(day=today)
    )
    assert words in text and late is is_late


def test_a_paper_that_came_after_the_last_day_is_counted(council, saskia):
    start = timezone.make_aware(datetime(2027, 5, 26, 19, 30))
    meeting = MeetingFactory(council=council, starts_at=start)
    item = AgendaItemFactory(meeting=meeting)
    document = keep(b"tekst", "Begroting.txt", "text/plain", by=saskia.person, council_id=council.pk)
    with time_machine.travel("2027-05-15 12:00:00+02:00"):
        add_paper(item, document, by=saskia.person)
        assert [term.text for term in terms_of(meeting) if "stuk" in term.text.split(".")[0] and term.is_late] == []
    with time_machine.travel("2027-05-17 12:00:00+02:00"):
        add_paper(item, document, by=saskia.person)
        assert "1 stuk kwam na die dag." in [term.text for term in terms_of(meeting) if term.is_late]


def test_no_term_is_shown_of_a_council_without_rules_or_a_meeting_that_is_over(council):
    start = timezone.make_aware(datetime(2027, 5, 26, 19, 30))
    meeting = MeetingFactory(council=council, starts_at=start)
    with time_machine.travel("2027-05-20 12:00:00+02:00"):
        found = terms_of(meeting)
        assert [(term.is_late, "(art. 3). U bent 4 dagen te laat" in term.text) for term in found] == [(True, True)]
        council.instruments.update(rules={})
        assert terms_of(meeting) == []
        council.instruments.update(rules={"invitation_days": 10})
    with time_machine.travel("2027-05-27 12:00:00+02:00"):
        assert terms_of(meeting) == []


# --- where the secretary sees them ---


def test_a_proposal_for_a_meeting_that_does_not_come_moves_to_every_coming_agenda(meeting, council, proposal, saskia):
    earlier = MeetingFactory(council=council, starts_at=timezone.now() + timedelta(days=2))
    ItemProposal.objects.filter(pk=proposal.pk).update(meeting=earlier)
    assert (keys(earlier), keys(meeting)) == ([f"proposal:{proposal.pk}"], [])
    moments = [{"state": MeetingState.CANCELLED}, {"state": MeetingState.HELD}, {"closed_at": timezone.now()}]
    for gone in moments:
        type(earlier).objects.filter(pk=earlier.pk).update(**{"state": MeetingState.INVITED, "closed_at": None} | gone)
        assert keys(meeting) == [f"proposal:{proposal.pk}"], gone
    why = open_offers(meeting)[0].why
    assert "Het was voor de vergadering van" in why and why.endswith("Hij rijdt niet.")


def test_the_member_reads_for_which_meeting_it_was(meeting, council, proposal, fatma, sign_in):
    ItemProposal.objects.filter(pk=proposal.pk).update(meeting=meeting)
    client, address = sign_in(fatma), reverse("meetings:propose", args=[council.slug])
    assert "Voor de vergadering van" in client.get(address).content.decode()
    type(meeting).objects.filter(pk=meeting.pk).update(state=MeetingState.CANCELLED)
    page = client.get(address).content.decode()
    assert "Die gaat niet door. Het voorstel gaat mee naar de volgende vergadering." in page


def test_the_home_of_the_secretary_leads_to_where_proposals_are_decided(
    meeting, council, proposal, saskia, fatma, sign_in
):
    later = MeetingFactory(council=council, starts_at=timezone.now() + timedelta(days=40))
    second = proposing.propose_item(
        council, title="Taxi", person=fatma.person, aim="inform", minutes=5, by=fatma.person, meeting=later
    )
    home = reverse("councils:room", args=[council.slug])
    page = sign_in(saskia).get(home).content.decode()
    for one in (meeting, later):
        assert reverse("meetings:agenda", args=[council.slug, one.public_id]) + "#ook" in page
    assert page.count("1 voorgesteld agendapunt: vergadering van") == 4
    assert "voorgesteld agendapunt" not in sign_in(fatma).get(home).content.decode()
    for one in (proposal, second):
        proposing.decline(one, reason="Nu niet.", by=saskia.person)
    assert "voorgesteld agendapunt" not in sign_in(saskia).get(home).content.decode()


def test_without_a_coming_meeting_the_home_leads_to_the_proposals(council, proposal, saskia, sign_in):
    page = sign_in(saskia).get(reverse("councils:room", args=[council.slug])).content.decode()
    assert "1 voorgesteld agendapunt" in page
    assert reverse("meetings:propose", args=[council.slug]) + "#voorstellen" in page


def test_the_page_of_a_meeting_says_that_proposals_wait_and_the_agenda_can_decline(
    meeting, council, proposal, saskia, fatma, sign_in
):
    page = sign_in(saskia).get(meeting.get_absolute_url()).content.decode()
    assert "1 voorstel van een lid wacht op uw besluit" in page
    assert "wacht op uw besluit" not in sign_in(fatma).get(meeting.get_absolute_url()).content.decode()
    agenda = reverse("meetings:agenda", args=[council.slug, meeting.public_id])
    decline = reverse("meetings:decline_proposal", args=[council.slug, proposal.public_id])
    assert decline in sign_in(saskia).get(agenda).content.decode()


def test_the_usual_items_can_come_around_what_stands_there_once(meeting, council, saskia, sign_in):
    AgendaItemFactory(meeting=meeting, title="Vervoer")
    address = reverse("meetings:agenda", args=[council.slug, meeting.public_id])
    page = sign_in(saskia).get(address).content.decode()
    assert "Begin met de gewone punten" in page and "beginnen er ook mee" in page
    sign_in(saskia).post(reverse("meetings:place_offer", args=[council.slug, meeting.public_id]), {"offer": "usual"})
    titles = list(meeting.agenda_items.values_list("title", flat=True))
    assert (titles[0], titles[5], titles[-1], len(titles)) == ("Opening", "Vervoer", "Sluiting", 9)
    assert "Begin met de gewone punten" not in sign_in(saskia).get(address).content.decode()
    sign_in(saskia).post(reverse("meetings:place_offer", args=[council.slug, meeting.public_id]), {"offer": "usual"})
    assert meeting.agenda_items.count() == 9


def test_the_next_step_without_an_agenda_leads_to_the_page_of_the_agenda(meeting, council, saskia, sign_in):
    page = sign_in(saskia).get(meeting.get_absolute_url()).content.decode()
    step = page[page.index('id="stap"') :].split("</section>")[0]
    assert reverse("meetings:agenda", args=[council.slug, meeting.public_id]) in step
