"""Who is there at each item: the portal against a meeting that is played out minute by minute."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from councils.models import Instrument, Membership
from councils.states import CouncilRole
from meetings.actions.agenda import move_item
from meetings.actions.attendance import arrive, leave, note_people
from meetings.actions.chairing import recuse
from meetings.actions.table import go_to_item, open_meeting
from meetings.models import Meeting, Presence
from meetings.presence import NOT_YET, is_there, presence_at, presence_of
from meetings.states import Attendance
from portal.access import Refused
from tests.factories import (
    AgendaItemFactory,
    CouncilFactory,
    InstrumentFactory,
    MeetingFactory,
    MembershipFactory,
    PersonFactory,
)

HALF = {"numerator": 1, "denominator": 2, "more_than": True}
PEOPLE, ITEMS = 5, 4
happenings = st.tuples(
    st.integers(0, ITEMS - 1), st.integers(0, PEOPLE), st.sampled_from(["comes", "goes", "goes_after", "recused"])
)


class Played:
    """The oracle: a room with people in it, item by item; knows nothing of stretches."""

    def __init__(self, at_opening: set[int]):
        self.rooms = [set(at_opening) for _item in range(ITEMS)]
        self.apart: list[set[int]] = [set() for _item in range(ITEMS)]

    def happens(self, item: int, person: int, what: str) -> bool:
        """True when it makes sense."""
        if what == "recused":
            fresh = person not in self.apart[item]
            self.apart[item].add(person)
            return fresh
        there = person in self.rooms[item]
        if (what == "comes") is there:
            return False
        for later in range(item + (what == "goes_after"), ITEMS):
            (self.rooms[later].add if what == "comes" else self.rooms[later].discard)(person)
        return True


class WhoIsThere(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.council = CouncilFactory()
        cls.people = [PersonFactory() for _one in range(PEOPLE + 1)]
        for person in cls.people[:PEOPLE]:
            MembershipFactory(person=person, council=cls.council)
        MembershipFactory(person=cls.people[PEOPLE], council=cls.council, secretary=True)  # has no vote
        cls.chair = Membership.objects.get(person=cls.people[0])

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        opening=st.sets(st.integers(0, PEOPLE)),
        happened=st.lists(happenings, max_size=12).map(lambda rows: sorted(rows, key=lambda row: row[0])),
        rule=st.sampled_from([None, {**HALF, "of": "sitting_members"}, {**HALF, "of": "voting_members"}, {"count": 3}]),
        chair_votes=st.sampled_from([None, "full", "tie_only", "none"]),
    )
    def test_it_is_as_it_was_played(self, opening, happened, rule, chair_votes):
        rules = {"quorum": rule} if rule else {}
        if chair_votes:
            rules["chair"] = {"vote": chair_votes}
            Membership.objects.filter(pk=self.chair.pk).update(role=CouncilRole.CHAIR)
        InstrumentFactory(council=self.council, rules=rules)
        meeting = MeetingFactory(council=self.council)
        items = [AgendaItemFactory(meeting=meeting, position=at + 1) for at in range(ITEMS)]
        note_people(meeting, {person.pk: seen(at in opening) for at, person in enumerate(self.people)})
        oracle = Played(opening)
        for at, person, what in happened:
            makes_sense = oracle.happens(at, person, what)
            try:
                with transaction.atomic():
                    self.do(meeting, items[at], self.people[person], what)
            except Refused:
                assert not makes_sense
            else:
                assert makes_sense
        found = presence_of(meeting)
        for at, item in enumerate(items):
            here = found[item.pk]
            self.compare(here, oracle.rooms[at], oracle.apart[at], rule, chair_votes)
            assert presence_at(item) == here

    def do(self, meeting, item, person, what):
        by = self.people[PEOPLE]
        if what == "comes":
            arrive(meeting, person, item=item, by=by)
        elif what == "recused":
            recuse(item, person, reason="Belang", by=by)
        else:
            leave(meeting, person, item=item, stays_for_item=what == "goes_after", by=by)

    def compare(self, here, room, apart, rule, chair_votes):
        assert here.people == {self.people[at].pk for at in room}
        may_vote = set(range(PEOPLE)) - ({0} if chair_votes == "none" else set())
        of_voters = (rule or {}).get("of") == "voting_members"
        if of_voters:
            counted = may_vote - ({0} if chair_votes == "tie_only" else set())
        else:
            counted = set(range(PEOPLE))
        assert here.present == len((room - apart) & may_vote & counted)
        assert here.recused_counted == len(apart & counted)
        if rule is None:
            assert (here.quorum, here.met) == (None, True)
        else:
            needed = rule.get("count") or len(counted - apart) // 2 + 1
            assert here.quorum.count == needed
            assert here.met is (here.present >= needed)


def seen(there: bool) -> str:
    return Attendance.PRESENT if there else Attendance.ABSENT_NOTIFIED


@pytest.fixture
def meeting(council):
    meeting = MeetingFactory(council=council)
    for position in (1, 2, 3):
        AgendaItemFactory(meeting=meeting, position=position)
    return meeting


@pytest.mark.parametrize(
    ("stretches", "items"),
    [
        ([], [1, 2, 3]), ([(3, None)], [3]), ([(None, 1)], [1]), ([(None, 1), (3, None)], [1, 3]),
        ([(2, 2)], [2]), ([(None, 1), (2, None)], [1, 2, 3]),
    ],
)  # fmt: skip
def test_a_stretch_counts_its_first_and_its_last_item(stretches, items):
    stretches = [(first and at(first), last and at(last)) for first, last in stretches]
    assert [position for position in (1, 2, 3) if is_there(stretches, at(position))] == items


def at(position: int) -> tuple:
    return NOT_YET, position


def test_an_item_before_its_turn_or_in_another_place_changes_nothing_of_who_was_there(meeting, saskia, fatma):
    """Item 3 is taken up before item 2, at which Fatma leaves. She was at item 3, wherever item 1 stands afterwards."""
    first, second, third = meeting.agenda_items.all()
    open_meeting(meeting, {fatma.person.pk: Attendance.PRESENT}, by=saskia.person, although_early=True)
    go_to_item(meeting, third, coming_from=first.pk, by=saskia.person)
    go_to_item(meeting, second, coming_from=third.pk, by=saskia.person)
    leave(meeting, fatma.person, item=meeting.agenda_items.get(pk=second.pk), stays_for_item=False, by=saskia.person)

    def was_there() -> list[int]:
        found = presence_of(Meeting.objects.get(pk=meeting.pk))
        return [item.pk for item in (first, second, third) if fatma.person.pk in found[item.pk].people]

    assert was_there() == [first.pk, third.pk]
    move_item(first, to=3, by=saskia.person)
    assert was_there() == [first.pk, third.pk]


def test_the_order_stays_where_it_says_who_was_there(meeting, saskia, fatma):
    """Of a meeting that nobody led here, only the places of the items say what came before what."""
    _first, second, third = meeting.agenda_items.all()
    note_people(meeting, {fatma.person.pk: Attendance.PRESENT})
    move_item(third, to=1, by=saskia.person)
    move_item(third, to=3, by=saskia.person)
    leave(meeting, fatma.person, item=second, stays_for_item=False, by=saskia.person)
    with pytest.raises(Refused, match="De volgorde van de punten blijft"):
        move_item(third, to=1, by=saskia.person)


def test_the_sentence_says_who_is_there_what_is_needed_and_the_article(council, meeting, saskia, chair, fatma):
    item = meeting.agenda_items.first()
    note_people(meeting, {chair.person.pk: Attendance.PRESENT, saskia.person.pk: Attendance.PRESENT})
    assert presence_at(item).sentence == "Er is 1 lid met stem. Nodig: 2 (art. 5). Dat is te weinig om te beslissen."
    note_people(meeting, {fatma.person.pk: Attendance.PRESENT})
    assert presence_at(item).sentence == "Er zijn 2 leden met stem. Nodig: 2 (art. 5). U mag beslissen."
    Instrument.objects.update(rules={})
    assert presence_at(item).sentence.endswith("De spelregels zeggen niet hoeveel er moeten zijn.")


def test_who_takes_no_part_is_out_of_both_sides_of_the_quorum(council, meeting, saskia, chair, fatma):
    """Two of three are needed; of the two that are left it is two again, and only one of them is here."""
    other = MembershipFactory(council=council).person
    note_people(meeting, {one.pk: Attendance.PRESENT for one in (fatma.person, other)})
    first, second, _third = meeting.agenda_items.all()
    recuse(first, fatma.person, reason="Mijn zoon werkt daar.", by=fatma.person)
    here = presence_of(meeting)
    assert (here[first.pk].present, here[first.pk].counted, here[first.pk].met) == (1, 2, False)
    assert (here[second.pk].present, here[second.pk].counted, here[second.pk].met) == (2, 3, True)


def test_it_costs_as_many_queries_for_thirty_items_and_members(council, django_assert_num_queries):
    for size in (2, 30):
        meeting = MeetingFactory(council=council)
        for position in range(size):
            item = AgendaItemFactory(meeting=meeting, position=position)
            person = MembershipFactory(council=council).person
            note_people(meeting, {person.pk: Attendance.PRESENT})
            invitee = meeting.invitees.get(person=person)
            Presence.objects.create(invitee=invitee, council=council, from_item=item)
        with django_assert_num_queries(7):
            presence_of(meeting)


def test_the_day_of_the_meeting_says_who_had_a_vote(council, meeting, fatma, chair):
    note_people(meeting, {fatma.person.pk: Attendance.PRESENT, chair.person.pk: Attendance.PRESENT})
    item = meeting.agenda_items.first()
    assert presence_at(item).present == 2
    Membership.objects.filter(person=fatma.person).update(ends_on=date(2024, 2, 1))
    assert presence_at(item).present == 1
