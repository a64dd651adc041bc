"""What people need: said once, read by the secretary alone, and gone in time."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from meetings.actions.inviting import answer_invitation, send_invitations
from meetings.actions.needs import needs_at, needs_to_forget, state_needs, visitors_to_forget
from meetings.models import AccessNeeds, Visitor
from meetings.states import Answer
from portal.calendar import AMSTERDAM
from portal.models import AuditEvent, Message
from tests.factories import MeetingFactory, MembershipFactory

SECRET = "Ik heb een hulphond"


@pytest.fixture
def meeting(council, saskia, fatma, chair):
    meeting = MeetingFactory(council=council, title="Vergadering maart")
    send_invitations(meeting, by=saskia.person)
    return meeting


@pytest.fixture
def needs(council, fatma):
    return state_needs(council, fatma.person, by=fatma.person, taxi=True, other=SECRET)


def care_list(meeting):
    return reverse("meetings:care_list", args=[meeting.council.slug, meeting.public_id])


def test_a_member_says_it_once_and_can_take_it_back(council, fatma, sign_in):
    page = reverse("meetings:own_needs", args=[council.slug])
    client = sign_in(fatma)
    client.post(page, {"large_print": "on", "interpreter": "Arabisch"})
    stated = AccessNeeds.objects.get(person=fatma.person)
    assert (stated.large_print, stated.taxi, stated.interpreter) == (True, False, "Arabisch")
    assert "Arabisch" in client.get(page).content.decode()
    client.post(page, {})
    assert AccessNeeds.objects.count() == 0


def test_the_secretary_enters_it_for_a_member(council, fatma, saskia, sign_in):
    page = reverse("meetings:needs_of", args=[council.slug, fatma.person.memberships.get().public_id])
    sign_in(saskia).post(page, {"wheelchair": "on"})
    stated = AccessNeeds.objects.get(person=fatma.person)
    assert (stated.wheelchair, stated.stated_by) == (True, saskia.person)


def test_the_list_holds_who_is_invited_and_does_not_say_no(meeting, needs, council, fatma, saskia):
    elsewhere = MembershipFactory(council=council, ended=True).person
    state_needs(council, elsewhere, by=saskia.person, taxi=True)
    assert [invitee.person for invitee, _need in needs_at(meeting)] == [fatma.person]
    answer_invitation(meeting.invitees.get(person=fatma.person), Answer.DECLINED, by=fatma.person)
    assert needs_at(meeting) == []


def test_reading_the_list_leaves_a_row_in_the_trail(meeting, needs, saskia, sign_in):
    assert SECRET in sign_in(saskia).get(care_list(meeting)).content.decode()
    read = AuditEvent.objects.get(event="needs.read")
    assert (read.actor_id, read.object_id) == (saskia.person_id, meeting.pk)


def test_nobody_but_the_secretary_of_this_council_reads_it(
    meeting, needs, council, chair, fatma, stijn, victor, bart, administrator, former_member, sign_in
):
    other = MembershipFactory(secretary=True)
    from tests.conftest import UserFactory

    second_secretary = UserFactory(person=other.person)
    pages = [
        care_list(meeting), meeting.get_absolute_url(), reverse("councils:people", args=[council.slug]),
        reverse("meetings:needs_of", args=[council.slug, fatma.person.memberships.get().public_id]),
        reverse("meetings:letters", args=[council.slug, meeting.public_id]),
    ]  # fmt: skip
    for user in (chair, stijn, victor, bart, administrator, former_member, second_secretary):
        client = sign_in(user)
        assert client.get(care_list(meeting)).status_code in (403, 404), user
        for page in pages:
            assert SECRET not in client.get(page).content.decode(), (user, page)
    # A fellow member sees no more than her own.
    colleague = sign_in(UserFactory(person=MembershipFactory(council=council).person))
    assert SECRET not in colleague.get(reverse("meetings:own_needs", args=[council.slug])).content.decode()


def test_no_mail_and_no_trail_holds_what_somebody_needs(meeting, needs, saskia, committing):
    from portal.post import BUILDERS

    for message in Message.objects.select_related("person"):
        mail = BUILDERS[message.kind](message)
        assert SECRET not in mail.message().as_string()
    assert not any(SECRET in str(value) for row in AuditEvent.objects.values_list() for value in row)


# --- time passes ---


@pytest.mark.parametrize(("day", "gone"), [(date(2027, 4, 28), False), (date(2027, 4, 29), True)])
def test_needs_go_one_day_after_the_term_and_its_retention(council, day, gone):
    member = MembershipFactory(council=council, ends_on=date(2027, 3, 31)).person
    state_needs(council, member, by=member, taxi=True)
    assert bool(needs_to_forget(day)) is gone


def test_who_is_still_a_member_in_any_role_keeps_them(council, needs, fatma):
    MembershipFactory(council=council, person=fatma.person, ends_on=date(2025, 1, 1), starts_on=date(2023, 1, 1))
    assert needs_to_forget(date(2030, 1, 1)) == []


def test_a_membership_elsewhere_does_not_keep_them(council):
    member = MembershipFactory(council=council, ends_on=date(2026, 1, 1)).person
    MembershipFactory(person=member)
    state_needs(council, member, by=member, taxi=True)
    assert len(needs_to_forget(date(2026, 6, 1))) == 1


@pytest.mark.parametrize(("day", "gone"), [(date(2027, 3, 24), False), (date(2027, 3, 25), True)])
def test_visitors_go_fourteen_days_after_the_meeting(council, day, gone):
    ends = datetime(2027, 3, 10, 23, 30, tzinfo=AMSTERDAM)
    meeting = MeetingFactory(council=council, starts_at=ends - timedelta(hours=2), ends_at=ends)
    Visitor.objects.create(meeting=meeting, council=council, name="Bea", needs="Ringleiding")
    assert bool(visitors_to_forget(day)) is gone


def test_the_command_forgets_only_when_told_to(council, needs, fatma, capsys):
    fatma.person.memberships.update(ends_on=timezone.localdate() - timedelta(days=29))
    call_command("forget_needs")
    assert AccessNeeds.objects.count() == 1
    call_command("forget_needs", "--apply")
    assert AccessNeeds.objects.count() == 0
    assert "1 needs, 0 visitors, 0 notes: forgotten" in capsys.readouterr().out


def test_a_note_to_the_secretary_goes_too(meeting, fatma):
    answer_invitation(meeting.invitees.get(person=fatma.person), Answer.DECLINED, by=fatma.person, note="Ziek.")
    with time_machine.travel(meeting.ends_at + timedelta(days=15)):
        call_command("forget_needs", "--apply")
    assert set(meeting.invitees.values_list("note", flat=True)) == {""}
