"""For who has no e-mail: one file to print, posted on a day, phoned."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from meetings.actions.inviting import Asked, send_invitations
from meetings.actions.needs import state_needs
from meetings.actions.posting import mark_phoned, mark_posted
from meetings.actions.scheduling import cancel_meeting, change_meeting
from meetings.models import MeetingPack
from meetings.printing import CHANGED, print_run
from meetings.states import Channel, PackState
from portal.access import Refused
from portal.actions import outbox
from portal.documents import keep
from portal.models import Message
from tests import printing
from tests.factories import MeetingFactory, MembershipFactory, PersonFactory

pytestmark = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")


@pytest.fixture
def meeting(council):
    return MeetingFactory(council=council, title="Vergadering maart")


@pytest.fixture
def gerda(council):
    return MembershipFactory(council=council, person=PersonFactory(name="Gerda Post", without_email=True)).person


@pytest.fixture
def invited(meeting, saskia, fatma, gerda):
    send_invitations(meeting, by=saskia.person)
    return meeting


def test_the_run_holds_only_who_gets_paper_with_the_own_needs_ticked(invited, council, gerda):
    state_needs(council, gerda, by=gerda, taxi=True, interpreter="Turks", other="Een stoel met armleuning")
    pages = printing.pages(print_run(invited))
    assert len(pages) == 2
    assert "Gerda Post Dorpsstraat 1 1234 AB Testdorp" in pages[0]
    assert "een tolk, taal: Turks" in pages[1] and "Een stoel met armleuning" in pages[1]
    assert (pages[0].count("×"), pages[1].count("×")) == (0, 2)  # before taxi and interpreter


def test_the_papers_go_along_when_they_are_ready(invited, gerda, saskia, fatma, council):
    state_needs(council, fatma.person, by=fatma.person, papers_on_paper=True)
    pack = keep(print_run(invited), "stukken.pdf", "application/pdf", by=saskia.person, council_id=council.pk)
    MeetingPack.objects.create(meeting=invited, council=council, edition=1, state=PackState.READY, document=pack)
    pages = printing.pages(print_run(invited))
    # Fatma and Gerda each have a letter, a slip and the two pages of the pack.
    assert len(pages) == 8
    assert "Fatma Yılmaz" in pages[0] and "Gerda Post" in pages[4]


def test_nobody_on_paper_is_no_file(meeting, saskia, fatma):
    send_invitations(meeting, by=saskia.person)
    assert print_run(meeting) == b""


def test_posted_on_a_day(invited, gerda, saskia, fatma):
    today = timezone.localdate()
    with pytest.raises(Refused, match="moet nog komen"):
        mark_posted(invited, on=today + timedelta(days=1), by=saskia.person)
    assert mark_posted(invited, on=today, by=saskia.person) == 1
    assert invited.invitees.get(person=gerda).posted_on == today
    assert invited.invitees.get(person=fatma.person).posted_on is None
    assert Message.objects.get(person=gerda).state == "posted"
    with pytest.raises(Refused, match="Alle brieven zijn al op de post"):
        mark_posted(invited, on=today, by=saskia.person)


def test_the_pages_of_paper_and_phone(invited, gerda, saskia, fatma, sign_in):
    caller = PersonFactory(name="Bep Beller", email="", phone="0123 45 67 89")
    send_invitations(invited, by=saskia.person, people=[Asked(caller, Channel.PHONE)])
    client = sign_in(saskia)
    found = client.get(invited.get_absolute_url()).content.decode()
    assert "1 brief moet nog op de post." in found and "U moet nog 1 persoon bellen." in found
    called = client.get(reverse("meetings:call_list", args=[invited.council.slug, invited.public_id])).content.decode()
    assert "Bep Beller" in called and "0123 45 67 89" in called and "Gerda Post" not in called
    mark_phoned(invited.invitees.get(person=caller), by=saskia.person)
    page = reverse("meetings:posted", args=[invited.council.slug, invited.public_id])
    answer = client.post(page, {"on": timezone.localdate().isoformat()}, follow=True).content.decode()
    assert "1 brief is op de post." in answer and "Alle brieven zijn op de post." in answer


def test_who_moves_a_meeting_posts_a_letter_that_says_so(invited, gerda, saskia):
    mark_posted(invited, on=timezone.localdate(), by=saskia.person)
    assert CHANGED not in text_of(invited)
    later = timedelta(days=7)
    change_meeting(invited, starts_at=invited.starts_at + later, ends_at=invited.ends_at + later, by=saskia.person)
    assert invited.invitees.get(person=gerda).posted_on is None  # the new letter has to go
    assert CHANGED in text_of(invited)
    assert mark_posted(invited, on=timezone.localdate(), by=saskia.person) == 1


def test_the_own_words_of_the_secretary_stand_in_the_letter_too(meeting, gerda, saskia):
    send_invitations(meeting, by=saskia.person, own_words="Neem uw bril mee.")
    assert "Neem uw bril mee." in text_of(meeting)


def test_whose_mail_came_back_gets_a_letter_and_is_counted(invited, fatma, gerda, saskia, sign_in):
    message = Message.objects.get(person=fatma.person, kind="meetings.invitation")
    Message.objects.filter(pk=message.pk).update(state="bounced", sent_at=timezone.now())
    message.refresh_from_db()
    outbox.put_on_paper(message, by=saskia.person)
    assert "Fatma Yılmaz" in text_of(invited)
    page = sign_in(saskia).get(invited.get_absolute_url()).content.decode()
    assert "2 brieven moeten nog op de post." in page
    assert mark_posted(invited, on=timezone.localdate(), by=saskia.person) == 2
    assert invited.invitees.get(person=fatma.person).posted_on == timezone.localdate()


def test_what_was_posted_in_the_post_room_is_posted_here(invited, gerda, saskia):
    outbox.mark_posted(Message.objects.get(person=gerda), by=saskia.person)
    assert invited.invitees.get(person=gerda).posted_on == timezone.localdate()
    with pytest.raises(Refused, match="Alle brieven zijn al op de post"):
        mark_posted(invited, on=timezone.localdate(), by=saskia.person)


def test_who_has_no_mail_is_called_when_the_meeting_is_cancelled(invited, gerda, saskia, sign_in):
    cancel_meeting(invited, by=saskia.person)
    client = sign_in(saskia)
    page = client.get(invited.get_absolute_url()).content.decode()
    assert "U moet nog 1 persoon bellen." in page and "brieven.pdf" not in page
    called = client.get(reverse("meetings:call_list", args=[invited.council.slug, invited.public_id])).content.decode()
    assert "Gerda Post" in called and "gaat niet door" in called and "Saskia de Wit</strong>" not in called


def text_of(meeting) -> str:
    return " ".join(printing.pages(print_run(meeting)))
