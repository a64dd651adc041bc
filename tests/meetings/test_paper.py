"""For who has no e-mail: one file to print, posted on a day, phoned."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from meetings.actions.inviting import Asked, send_invitations
from meetings.actions.needs import state_needs
from meetings.actions.packs import ask_packs
from meetings.actions.posting import mark_phoned, mark_posted
from meetings.actions.scheduling import cancel_meeting, change_meeting
from meetings.models import MeetingPack
from meetings.packing import holds_now
from meetings.printing import AGAIN, CHANGED, print_run
from meetings.states import Channel, InviteeRole, PackState
from meetings.tasks import make_pack
from portal.access import Refused
from portal.actions import outbox
from portal.dates import long_datetime
from portal.documents import keep
from portal.models import Message
from tests import printing
from tests.factories import AgendaItemFactory, MeetingFactory, MembershipFactory, PersonFactory

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
    MeetingPack.objects.create(
        meeting=invited, council=council, edition=1, state=PackState.READY, document=pack, holds=holds_now(invited)
    )
    pages = printing.pages(print_run(invited))
    # Fatma and Gerda each have a letter, a slip and the two pages of the pack.
    assert len(pages) == 8
    assert "Fatma Yılmaz" in pages[0] and "Gerda Post" in pages[4]
    assert len(printing.pages(print_run(invited, with_papers=False))) == 4  # letters and slips alone


def make_packs(meeting, saskia) -> list[tuple[str, bool]]:
    packs = ask_packs(meeting, by=saskia.person)
    assert [make_pack(pack.pk) for pack in packs] == ["made"] * len(packs)
    return [(pack.name, pack.large) for pack in packs]


def letters(meeting, client, **query):
    return client.get(reverse("meetings:letters", args=[meeting.council.slug, meeting.public_id]), query)


def test_a_pack_with_the_old_time_is_not_printed_beside_a_letter_with_the_new_one(invited, gerda, saskia, sign_in):
    AgendaItemFactory(meeting=invited, title="Vervoer")
    assert make_packs(invited, saskia) == [("Vergaderstukken", False)]
    client, old = sign_in(saskia), long_datetime(invited.starts_at)
    assert letters(invited, client)["Content-Type"] == "application/pdf"
    assert old in text_of(invited)
    hour = timedelta(hours=1)
    change_meeting(invited, starts_at=invited.starts_at + hour, ends_at=invited.ends_at + hour, by=saskia.person)
    invited.refresh_from_db()
    stopped = letters(invited, client)
    assert stopped.status_code == 409
    words = stopped.content.decode()
    assert "De tijd, de plaats of de titel is veranderd." in words and "Maak eerst het pakket opnieuw." in words
    assert letters(invited, client, stukken="nee")["Content-Type"] == "application/pdf"
    in_post = reverse("meetings:posted", args=[invited.council.slug, invited.public_id])
    assert "De stukken kloppen nog niet" in client.get(in_post).content.decode()
    overview = reverse("meetings:packs", args=[invited.council.slug, invited.public_id])
    assert "Het pakket klopt niet meer" in client.get(overview).content.decode()

    assert make_packs(invited, saskia) == [("Vergaderstukken", False)]  # the whole of it, no supplement
    assert letters(invited, client)["Content-Type"] == "application/pdf"
    assert "Het pakket klopt niet meer" not in client.get(overview).content.decode()
    assert old not in text_of(invited) and long_datetime(invited.starts_at) in text_of(invited)


def test_a_guest_on_paper_gets_no_pack_of_the_members(invited, gerda, saskia):
    AgendaItemFactory(meeting=invited, title="Sollicitatie", is_closed=True, closed_ground="Het gaat over personen.")
    make_packs(invited, saskia)
    assert text_of(invited).count("Vergaderstukken") >= 1  # the control: Gerda is a member
    invited.invitees.update(role=InviteeRole.GUEST)
    assert "Vergaderstukken" not in text_of(invited) and "Sollicitatie" not in text_of(invited)


def test_who_reads_large_print_gets_the_pack_in_it_by_itself(invited, council, gerda, saskia, sign_in):
    AgendaItemFactory(meeting=invited, title="Vervoer")
    assert make_packs(invited, saskia) == [("Vergaderstukken", False)]
    state_needs(council, gerda, by=saskia.person, large_print=True)
    stopped = letters(invited, sign_in(saskia))
    assert stopped.status_code == 409 and "In grote letters voor: Gerda Post." in stopped.content.decode()
    assert make_packs(invited, saskia) == [("Vergaderstukken", True)]  # the ordinary one holds still
    assert letters(invited, sign_in(saskia)).status_code == 200
    with pytest.raises(Refused, match="niets veranderd"):
        ask_packs(invited, by=saskia.person)


def test_the_button_makes_both_sizes_when_somebody_needs_it(meeting, council, gerda, saskia, sign_in):
    AgendaItemFactory(meeting=meeting, title="Vervoer")
    ask = reverse("meetings:ask_pack", args=[council.slug, meeting.public_id])
    sign_in(saskia).post(ask)
    assert list(meeting.packs.values_list("large", flat=True)) == [False]  # the control
    state_needs(council, gerda, by=saskia.person, large_print=True)
    sign_in(saskia).post(ask)
    assert set(meeting.packs.values_list("large", flat=True)) == {False, True}


def test_letters_wait_for_a_pack_that_is_being_made(invited, gerda, saskia, sign_in):
    AgendaItemFactory(meeting=invited, title="Vervoer")
    ask_packs(invited, by=saskia.person)
    stopped = letters(invited, sign_in(saskia))
    assert stopped.status_code == 409 and "Het pakket wordt gemaakt." in stopped.content.decode()


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
    text = text_of(invited)
    assert CHANGED in text and "U bent uitgenodigd voor een vergadering van" in text and AGAIN in text
    assert "De dag verandert:" in text and "→" not in text
    assert mark_posted(invited, on=timezone.localdate(), by=saskia.person) == 1


def test_the_own_words_of_the_secretary_stand_in_the_letter_too(meeting, gerda, saskia):
    send_invitations(meeting, by=saskia.person, own_words="Neem uw bril mee.")
    assert "Neem uw bril mee." in text_of(meeting)


def test_a_new_line_of_the_secretary_stays_one_and_the_slip_says_where_to_send_it(council, gerda, saskia):
    council.post_address = "Postbus 12\n2345 ZZ Testdorp"
    council.save()
    meeting = MeetingFactory(council=council)
    send_invitations(meeting, by=saskia.person, own_words="Tot dan!\nSaskia")
    content = print_run(meeting)
    tops = {words.strip(): top for words, _left, top, _right, _bottom in printing.places(content, 0)}
    assert tops["Saskia"] > tops["Tot dan!"]
    assert f"Ons adres: {council.name}, Postbus 12, 2345 ZZ Testdorp." in printing.pages(content)[1]


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
