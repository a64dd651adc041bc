"""Leading a meeting: opening, from item to item, who comes and goes, deciding, closing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from councils.models import Instrument
from councils.states import CouncilRole
from meetings.actions.attendance import add_guest, arrive, correct_presence, leave, note_people, send_deputy
from meetings.actions.chairing import choose_item_chair, recuse, withdraw_recusal
from meetings.actions.deciding import decide_at_item
from meetings.actions.deputies import name_deputy
from meetings.actions.holding import record_attendance
from meetings.actions.offering import place_offer
from meetings.actions.table import close_meeting, go_to_item, open_meeting, reopen_meeting
from meetings.chairing import chair_at
from meetings.models import Meeting, MeetingDecision, Minutes
from meetings.presence import presence_at
from meetings.states import Answer, Attendance, MeetingState, MinutesState
from meetings.table import table_of, timing
from portal.access import Refused
from tests.factories import AgendaItemFactory, MeetingFactory, MembershipFactory

HERE, AWAY = Attendance.PRESENT, Attendance.ABSENT_NOTIFIED


@pytest.fixture
def meeting(council):
    starts = timezone.now() - timedelta(minutes=5)
    meeting = MeetingFactory(council=council, starts_at=starts, state=MeetingState.INVITED)
    for position, title in enumerate(["Opening", "Vervoer", "Sluiting"], 1):
        AgendaItemFactory(meeting=meeting, position=position, title=title)
    return meeting


@pytest.fixture
def opened(meeting, saskia, chair, fatma):
    open_meeting(meeting, {one.person.pk: HERE for one in (saskia, chair, fatma)}, by=saskia.person)
    meeting.refresh_from_db()
    return meeting


def address(name, meeting, *more):
    return reverse(f"meetings:{name}", args=[meeting.council.slug, meeting.public_id, *more])


def test_the_opening_is_filled_in_from_the_answers(meeting, council, saskia, fatma, chair, sign_in):
    meeting.invitees.create(council=council, person=fatma.person, answer=Answer.ACCEPTED)
    meeting.invitees.create(council=council, person=chair.person, answer=Answer.DECLINED)
    form = sign_in(saskia).get(address("lead", meeting)).context["form"]
    told = {name: field.initial for name, field in form.fields.items()}
    assert told == {
        f"person_{fatma.person.pk}": HERE, f"person_{chair.person.pk}": AWAY, f"person_{saskia.person.pk}": None,
    }  # fmt: skip


def test_opening_begins_with_the_first_item_and_happens_once(opened, saskia):
    first = opened.agenda_items.first()
    assert (opened.current_item, opened.state) == (first, MeetingState.INVITED)
    assert first.started_at == opened.opened_at
    assert open_meeting(opened, {}, by=saskia.person).opened_at == opened.opened_at


def test_before_the_start_it_opens_only_when_one_says_so(meeting, saskia, sign_in):
    Meeting.objects.update(
        starts_at=timezone.now() + timedelta(minutes=20), ends_at=timezone.now() + timedelta(hours=2)
    )
    client = sign_in(saskia)
    refused = client.post(address("open_meeting", meeting), {})
    assert refused.status_code == 409
    assert "Deze vergadering is nog niet begonnen." in refused.content.decode()
    assert client.post(address("open_meeting", meeting), {"wie-although_early": "on"}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.opened_at


def test_next_item_pressed_twice_moves_once(opened, saskia, chair):
    first, second, third = opened.agenda_items.all()
    go_to_item(opened, second, coming_from=first.pk, by=saskia.person)
    go_to_item(opened, second, coming_from=first.pk, by=chair.person)
    late = go_to_item(opened, third, coming_from=first.pk, by=chair.person)  # a page that was open too long
    assert late.current_item == second
    first.refresh_from_db(), second.refresh_from_db()
    assert first.ended_at == second.started_at
    assert go_to_item(opened, third, coming_from=second.pk, by=chair.person).current_item == third


def test_the_time_of_an_item_is_told_against_the_plan(opened):
    item = opened.agenda_items.first()
    for minutes, said in [(4, "nog 6 minuten"), (10, "De tijd voor dit punt is om"), (20, "10 minuten over")]:
        assert timing(item, item.started_at + timedelta(minutes=minutes)) == said


def test_who_comes_late_and_goes_early_counts_only_in_between(opened, council, saskia):
    first, second, third = opened.agenda_items.all()
    late = MembershipFactory(council=council).person
    arrive(opened, late, item=second, by=saskia.person)
    with pytest.raises(Refused, match="is er al"):
        arrive(opened, late, item=third, by=saskia.person)
    leave(opened, late, item=third, stays_for_item=False, by=saskia.person)
    with pytest.raises(Refused, match="is er nu niet"):
        leave(opened, late, item=third, stays_for_item=False, by=saskia.person)
    assert [late.pk in presence_at(item).people for item in (first, second, third)] == [False, True, False]


def test_who_goes_at_once_was_not_there(opened, fatma, saskia):
    leave(opened, fatma.person, item=opened.agenda_items.first(), stays_for_item=False, by=saskia.person)
    assert opened.invitees.get(person=fatma.person).attendance == AWAY


def test_somebody_who_left_can_come_back_and_that_can_be_corrected(opened, fatma, saskia, sign_in):
    first, second, third = opened.agenda_items.all()
    leave(opened, fatma.person, item=first, stays_for_item=True, by=saskia.person)
    arrive(opened, fatma.person, item=third, by=saskia.person)
    there = [fatma.person.pk in presence_at(item).people for item in (first, second, third)]
    assert there == [True, False, True]
    invitee = opened.invitees.get(person=fatma.person)
    page = address("presence", opened, invitee.pk)
    form = sign_in(saskia).get(page).context["form"]
    assert form.initial == {"attendance": HERE, "from_item": None, "until_item": first.pk, "again_from": third.pk}
    data = {"attendance": HERE, "from_item": second.pk, "until_item": "", "again_from": third.pk}
    wrong = sign_in(saskia).post(page, data)
    assert wrong.status_code == 422
    assert "Wie terugkomt, was eerst weg." in wrong.content.decode()
    assert sign_in(saskia).post(page, data | {"again_from": ""}).status_code == 302
    assert list(invitee.presences.values_list("from_item", "until_item")) == [(second.pk, None)]


def test_an_adopted_report_fixes_who_was_there(opened, council, saskia, fatma):
    item = opened.agenda_items.first()
    invitee = opened.invitees.get(person=fatma.person)
    verbs = [
        lambda: record_attendance(opened, {fatma.person.pk: HERE}, by=saskia.person),
        lambda: correct_presence(invitee, attendance=HERE, by=saskia.person),
        lambda: leave(opened, fatma.person, item=item, stays_for_item=True, by=saskia.person),
        lambda: add_guest(opened, name="Gast", by=saskia.person),
        lambda: recuse(item, fatma.person, reason="Belang", by=saskia.person),
    ]
    minutes = Minutes.objects.create(
        meeting=opened, council=council, state=MinutesState.ADOPTED, adopted_on=timezone.localdate()
    )
    for verb in verbs:
        with pytest.raises(Refused, match="vastgesteld"):
            verb()
    minutes.delete()
    for verb in verbs:
        verb()


def test_a_deputy_is_there_and_the_absent_member_does_not_count(opened, council, saskia, fatma):
    member = MembershipFactory(council=council).person
    arrive(opened, member, item=opened.agenda_items.first(), by=saskia.person)
    before = presence_at(opened.agenda_items.first()).present
    invitee = opened.invitees.get(person=member)
    Instrument.objects.update(
        rules={"represented_by_fellow_member": False, "articles": {"represented_by_fellow_member": "art. 9"}}
    )
    with pytest.raises(Refused, match=r"art\. 9"):
        send_deputy(invitee, fatma.person, by=saskia.person)
    Instrument.objects.update(rules={"represented_by_fellow_member": True})
    send_deputy(invitee, fatma.person, by=saskia.person)
    assert presence_at(opened.agenda_items.first()).present == before - 1


@pytest.mark.parametrize("instead", [False, True])
def test_who_comes_instead_counts_once_and_a_quorum_is_not_made_with_an_absent_member(
    meeting, council, saskia, fatma, chair, instead
):
    """Four members, three needed. Fatma is there, or the chair comes in her place: then one vote is missing."""
    members = [MembershipFactory(council=council).person for _ in range(2)]
    absent = meeting.invitees.create(council=council, person=fatma.person)
    if instead:
        name_deputy(absent, chair.person, by=fatma.person)
    seen = {chair.person_id: HERE, members[0].pk: HERE, fatma.person_id: AWAY if instead else HERE}
    open_meeting(meeting, seen, by=saskia.person)
    if instead:
        send_deputy(absent, chair.person, by=saskia.person)
    here = presence_at(meeting.agenda_items.first())
    assert (here.present, here.quorum.count, here.met) == ((2, 3, False) if instead else (3, 3, True))
    assert meeting.invitees.filter(person=chair.person).count() == 1
    arrive(meeting, members[1], item=meeting.agenda_items.first(), by=saskia.person)
    assert presence_at(meeting.agenda_items.first()).met


def test_the_deputy_chairs_when_the_chair_takes_no_part(opened, council, chair, saskia):
    deputy = MembershipFactory(council=council, role=CouncilRole.DEPUTY_CHAIR).person
    arrive(opened, deputy, item=opened.agenda_items.first(), by=saskia.person)
    item = opened.agenda_items.get(position=2)
    assert chair_at(item, presence_at(item)).person == chair.person
    recusal = recuse(item, chair.person, reason="Belang", by=chair.person)
    found = chair_at(item, presence_at(item))
    assert (found.person, found.missing) == (deputy, chair.person)
    with pytest.raises(Refused, match="doet niet mee"):
        choose_item_chair(item, chair.person, by=saskia.person)
    withdraw_recusal(recusal, by=chair.person)
    assert choose_item_chair(item, saskia.person, by=saskia.person).deputy_chair == saskia.person


def test_a_member_says_it_for_herself_only_and_not_afterwards(opened, fatma, chair, sign_in):
    item = opened.agenda_items.first()
    page = address("recuse", opened)
    data = {"item": item.pk, "reason": "Mijn zus werkt daar.", "person": chair.person.pk}
    assert sign_in(fatma).post(page, data).status_code == 302
    assert item.recusals.get().person == fatma.person
    Meeting.objects.update(state=MeetingState.HELD)
    with pytest.raises(Refused, match="voorbij"):
        recuse(opened.agenda_items.get(position=2), fatma.person, reason="Belang", by=fatma.person)


def decide(meeting, by, **more):
    facts = {"text": "Wij schrijven een brief.", "accepted": True, "in_favour": 2, "against": 0} | more
    return decide_at_item(meeting.agenda_items.get(position=2), by=by.person, **facts)


def test_a_decision_keeps_how_it_was_judged(opened, saskia):
    decision = decide(opened, saskia)
    assert decision.number == f"{timezone.localdate():%Y%m%d}-001"
    assert decision.quorum == {
        "present": 2, "needed": 2, "met": True, "article": "art. 5", "recused": 0, "in_favour": 2, "against": 0,
        "abstained": 0, "accepted": True, "without_quorum_reason": "",
        "sentence": "2 leden stemden voor, 0 tegen. Nodig was een meerderheid. Het quorum van 2 is gehaald (art. 5).",
    }  # fmt: skip
    assert opened.agenda_items.get(position=2).decision == "Wij schrijven een brief."
    assert decide(opened, saskia) == decision  # sent twice
    assert MeetingDecision.objects.count() == 1


def test_without_a_quorum_it_stands_only_with_a_reason(opened, fatma, saskia):
    item = opened.agenda_items.get(position=2)
    leave(opened, fatma.person, item=item, stays_for_item=False, by=saskia.person)
    with pytest.raises(Refused, match="Dat is te weinig om te beslissen") as refused:
        decide(opened, saskia, in_favour=1)
    assert refused.value.field == "without_quorum_reason"
    decision = decide(opened, saskia, in_favour=1, without_quorum_reason="Fatma is het eens, zij belde.")
    assert decision.quorum["met"] is False
    assert decision.quorum["without_quorum_reason"] == "Fatma is het eens, zij belde."


@pytest.mark.parametrize(
    ("votes", "field"),
    [
        ({"in_favour": 3}, "in_favour"), ({"in_favour": 0, "against": 2}, "outcome"),
        ({"accepted": False}, "outcome"),
    ],
)  # fmt: skip
def test_what_would_be_false_is_refused(opened, saskia, votes, field):
    with pytest.raises(Refused) as refused:
        decide(opened, saskia, **votes)
    assert refused.value.field == field
    assert (
        decide(opened, saskia, in_favour=0, against=2, accepted=False).text
        == "Niet aangenomen: Wij schrijven een brief."
    )


def test_a_chair_who_is_no_member_votes_and_does_not_make_the_quorum(opened, saskia):
    Instrument.objects.update(
        rules={"quorum": {"count": 2}, "chair": {"vote": "full"}, "chair_counts_as_member": False}
    )
    with pytest.raises(Refused, match="Dat is te weinig om te beslissen"):
        decide(opened, saskia)
    decision = decide(opened, saskia, without_quorum_reason="Spoed.")
    assert (decision.quorum["present"], decision.quorum["met"]) == (1, False)
    assert "Het quorum van 2 is niet gehaald." in decision.quorum["sentence"]


def test_on_equal_votes_nobody_decides_for_a_chair_who_takes_no_part(opened, council, chair, saskia):
    Instrument.objects.update(rules={"decides_by": "majority", "tie": "chair_decides"})
    other = MembershipFactory(council=council).person
    arrive(opened, other, item=opened.agenda_items.first(), by=saskia.person)
    with pytest.raises(Refused, match="Vul in wat de voorzitter stemde"):
        decide(opened, saskia, in_favour=1, against=1)
    recuse(opened.agenda_items.get(position=2), chair.person, reason="Belang", by=chair.person)
    with pytest.raises(Refused, match="De voorzitter deed niet mee"):
        decide(opened, saskia, in_favour=1, against=1, chair_in_favour=True)
    assert decide(opened, saskia, in_favour=1, against=1, accepted=False).quorum["accepted"] is False


def test_closing_asks_about_items_without_a_word(opened, saskia, sign_in):
    client = sign_in(saskia)
    refused = client.post(address("close_meeting", opened))
    assert refused.status_code == 409
    assert "2. Vervoer" in refused.content.decode()
    for item in opened.agenda_items.all():
        item.report = "Besproken."
        item.save()
    closed = close_meeting(opened, by=saskia.person)
    assert (closed.state, bool(closed.closed_at)) == (MeetingState.HELD, True)
    assert "Kijk het verslag na" in client.get(address("lead", opened)).content.decode()
    with pytest.raises(Refused, match="gesloten"):
        go_to_item(closed, opened.agenda_items.get(position=2), coming_from=closed.current_item_id, by=saskia.person)


def test_a_meeting_that_was_closed_by_mistake_goes_on_where_it_was(opened, council, saskia, sign_in):
    client, first = sign_in(saskia), opened.agenda_items.first()
    close_meeting(opened, by=saskia.person, although_silent=True)
    assert "Per ongeluk gesloten?" in client.get(address("lead", opened)).content.decode()
    assert client.post(address("reopen_meeting", opened)).status_code == 302
    opened.refresh_from_db(), first.refresh_from_db()
    assert (opened.state, opened.closed_at, opened.current_item) == (MeetingState.PLANNED, None, first)
    assert first.ended_at is None
    close_meeting(opened, by=saskia.person, although_silent=True)
    Meeting.objects.update(closed_at=timezone.now() - timedelta(days=1, minutes=1))
    with pytest.raises(Refused, match="een dag lang"):
        reopen_meeting(opened, by=saskia.person)
    assert "Per ongeluk gesloten?" not in client.get(address("lead", opened)).content.decode()


def test_a_meeting_of_which_the_members_read_the_minutes_stays_closed(opened, council, saskia):
    close_meeting(opened, by=saskia.person, although_silent=True)
    Minutes.objects.create(meeting=opened, council=council, state=MinutesState.CORRECTION)
    with pytest.raises(Refused, match="het verslag"):
        reopen_meeting(opened, by=saskia.person)


def test_who_noted_who_is_there_before_leading_can_still_lead(meeting, saskia, fatma, sign_in):
    """The note alone says that it was held; that can be undone, and who was there stays."""
    Meeting.objects.update(invited_at=timezone.now())
    record_attendance(meeting, {fatma.person.pk: HERE}, by=saskia.person)
    with pytest.raises(Refused, match="al gehouden"):
        open_meeting(meeting, {}, by=saskia.person)
    client = sign_in(saskia)
    assert "Vergadering weer openen" in client.get(address("lead", meeting)).content.decode()
    client.post(address("reopen_meeting", meeting))
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.INVITED
    assert meeting.invitees.get(person=fatma.person).attendance == HERE
    assert open_meeting(meeting, {fatma.person.pk: HERE}, by=saskia.person).opened_at


def test_of_whom_nothing_is_said_no_row_is_made(meeting, fatma, saskia):
    record_attendance(meeting, {fatma.person.pk: Attendance.UNKNOWN, saskia.person.pk: HERE}, by=saskia.person)
    assert [one.person for one in meeting.invitees.all()] == [saskia.person]
    record_attendance(meeting, {saskia.person.pk: Attendance.UNKNOWN}, by=saskia.person)
    assert meeting.invitees.get().attendance == Attendance.UNKNOWN


def test_an_advice_that_was_offered_for_the_agenda_is_found_at_the_table(opened, council, saskia, sign_in):
    from tests.factories import AdviceFactory

    advice = AdviceFactory(council=council, subject="De taxi", state="draft")
    AdviceFactory(council=council, subject="Iets anders")
    item = place_offer(opened, f"advice:{advice.pk}", by=saskia.person)
    assert item.title != advice.subject
    go_to_item(opened, item, coming_from=opened.current_item_id, by=saskia.person)
    links = sign_in(saskia).get(address("lead", opened)).context["links"]
    assert [link.text for link in links] == ["De taxi"]


def test_who_came_although_the_invitation_was_withdrawn_is_seen_where_she_counts(opened, fatma, saskia, sign_in):
    opened.invitees.filter(person=fatma.person).update(withdrawn_at=timezone.now())
    item = opened.agenda_items.first()
    assert fatma.person.pk in presence_at(item).people
    assert fatma.person in [seat.person for seat in table_of(opened).here_now]
    assert fatma.person in [row.person for row in sign_in(saskia).get(address("attendance", opened)).context["rows"]]


def test_the_table_costs_as_many_queries_for_thirty_people_and_items(
    opened, council, saskia, sign_in, django_assert_max_num_queries
):
    counted = []
    for size in (1, 30):
        for _one in range(size):
            note_people(opened, {MembershipFactory(council=council).person.pk: HERE})
            AgendaItemFactory(meeting=opened, position=100 + opened.agenda_items.count())
        opened.refresh_from_db()
        with django_assert_max_num_queries(30) as queries:
            assert table_of(Meeting.objects.select_related("council").get(pk=opened.pk)).here_now
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_the_advice_that_is_decided_there_starts_from_who_is_there(opened, council, saskia, sign_in):
    from tests.factories import AdviceFactory, RecommendationFactory, SectionFactory

    advice = AdviceFactory(council=council, subject="Vervoer")
    SectionFactory(advice=advice), RecommendationFactory(advice=advice)
    item = opened.agenda_items.get(position=2)
    go_to_item(opened, item, coming_from=opened.current_item_id, by=saskia.person)
    client = sign_in(saskia)
    link = client.get(address("lead", opened)).context["links"][0]
    assert link.url == reverse("advice:decide", args=[council.slug, advice.public_id]) + f"?punt={item.pk}"
    recuse(item, saskia.person, reason="Belang", by=saskia.person)  # has no vote: changes nothing
    assert client.get(link.url).context["form"].initial["present"] == 2
    assert client.get(link.url).context["form"].initial["agenda_item"] == item.pk
