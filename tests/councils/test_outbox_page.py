"""The secretary's outbox: lists, one message with the mail as it will go out, and all of one cause together."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.actions.invitations import invite
from portal.delivery_problems import note_dead_address
from portal.invitation_links import path_of
from portal.mail import compose
from portal.models import Invitation, Message
from portal.post import BUILDERS, NoLongerNeeded, post
from portal.preview import preview, without_secrets
from portal.states import MessageState
from portal.topics import ASKED, KINDS, Kind
from tests.factories import MembershipFactory, PersonFactory

KIND = "test.message"
ROOM = "/raad/adviesraad-testdorp/post/"


@pytest.fixture(autouse=True)
def builder(monkeypatch, db):
    def build(message: Message):
        return compose(message, subject="Onderwerp", template="mail/base", context={}, sender="Adviesraad Testdorp")

    monkeypatch.setitem(BUILDERS, KIND, build)
    monkeypatch.setitem(KINDS, KIND, Kind(ASKED, "Proefbericht"))


@pytest.fixture
def client(saskia, sign_in):
    return sign_in(saskia)


def written(council, name="Nel de Vries", cause="oorzaak", **facts) -> Message:
    person = PersonFactory(name=name)
    message = post(KIND, person, about=person, cause=cause, council_id=council.pk)
    if facts:
        if facts.get("state") in (MessageState.SENT, MessageState.BOUNCED):
            facts["sent_at"] = timezone.now()
        Message.objects.filter(pk=message.pk).update(**facts)
    return message


def shown(page) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text.split("<main")[1]))


@pytest.mark.parametrize(
    ("tab", "state", "words"),
    [
        ("wacht", MessageState.WAITING, "Wacht op versturen"),
        ("vast", MessageState.HELD, "Vastgehouden"),
        ("klaar", MessageState.SENT, "Verstuurd"),
        ("mislukt", MessageState.REFUSED, "Niet aangekomen"),
        ("terug", MessageState.BOUNCED, "Kwam terug"),
        ("papier", MessageState.PAPER, "Op papier te versturen"),
    ],
)
def test_each_list_has_its_own_messages(client, council, tab, state, words):
    written(council, state=state)
    written(council, name="Iemand Anders", state=MessageState.DROPPED if tab != "klaar" else MessageState.HELD)
    text = shown(client.get(ROOM, {"lijst": tab}))
    assert "Nel de Vries" in text and "Proefbericht" in text and words in text
    assert "Iemand Anders" not in text


def test_the_page_opens_at_what_asks_for_a_hand(client, council):
    written(council, state=MessageState.PAPER)
    written(council, state=MessageState.BOUNCED, problem="DSN 5.1.1")
    assert "Het adres bestaat niet (5.1.1)." in shown(client.get(ROOM))


def test_a_message_of_another_council_is_not_there(client, council, stijn):
    other = stijn.person.memberships.get().council
    message = written(other)
    assert client.get(f"{ROOM}{message.public_id}/").status_code == 404
    assert client.post(f"{ROOM}{message.public_id}/doen/", {"do": "drop"}).status_code == 404
    assert client.post(f"{ROOM}{message.public_id}/woorden/", {"own_words": "x"}).status_code == 404
    client.post(f"{ROOM}samen/", {"do": "hold", "which": f"{KIND}|oorzaak"})
    message.refresh_from_db()
    assert message.state == MessageState.WAITING and message.own_words == ""


@pytest.mark.parametrize("tab", ["wacht", "papier", "klaar"])
def test_a_long_list_costs_no_more(client, council, tab):
    state = {"wacht": MessageState.WAITING, "papier": MessageState.PAPER, "klaar": MessageState.SENT}[tab]
    person = PersonFactory()
    sent_at = timezone.now() if state == MessageState.SENT else None

    def write(numbers):
        Message.objects.bulk_create(
            Message(person=person, kind=KIND, cause=str(number), about_id=1, council_id=council.pk, state=state,
                    sent_at=sent_at)
            for number in numbers
        )  # fmt: skip

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(ROOM, {"lijst": tab}).status_code == 200
        return len(found)

    write(range(10))
    queries()
    few = queries()
    write(range(10, 1000))
    # On paper each meeting is told apart, at most eight of them by the mail that it would be.
    assert queries() == few <= (16 if tab == "papier" else 12)


def test_own_words_are_seen_in_the_mail_before_it_goes_and_are_sent(client, council, committing):
    message = written(council)
    here = f"{ROOM}{message.public_id}/"
    client.post(here + "doen/", {"do": "hold"})
    page = client.post(here + "woorden/", {"own_words": "Neem uw pas mee."}, follow=True)
    assert "Van Adviesraad Testdorp, voor u: Neem uw pas mee." in shown(page).replace("&#x27;", "'")
    formatted = client.get(here + "mail/")
    assert "Neem uw pas mee." in formatted.text and "sandbox" in formatted["Content-Security-Policy"]
    assert mail.outbox == [], "a preview sends nothing"
    with committing():
        client.post(here + "doen/", {"do": "release"})
    assert "Neem uw pas mee." in mail.outbox[0].body
    assert "Verstuurd" in shown(client.get(here))


def test_words_that_come_too_late_stay_in_the_field(client, council):
    message = written(council, state=MessageState.SENT)
    page = client.post(f"{ROOM}{message.public_id}/woorden/", {"own_words": "Te laat getypt"})
    assert page.status_code == 422
    assert "Te laat getypt" in page.text and "Dit bericht is al weg." in page.text


def test_what_is_no_longer_needed_says_so(client, council, monkeypatch):
    def gone(_message):
        raise NoLongerNeeded

    message = written(council)
    monkeypatch.setitem(BUILDERS, KIND, gone)
    assert "Dit bericht is niet meer nodig." in shown(client.get(f"{ROOM}{message.public_id}/"))
    alone = client.get(f"{ROOM}{message.public_id}/mail/")
    assert alone["Content-Type"].startswith("text/plain") and "niet meer nodig" in alone.text


def test_what_goes_on_paper_says_so_also_without_an_address(client, council):
    person = PersonFactory(name="Gerrit Zonder Mail", without_email=True)
    message = post(KIND, person, about=person, cause="oorzaak", council_id=council.pk)
    text = shown(client.get(f"{ROOM}{message.public_id}/"))
    assert "Dit bericht gaat op papier, niet per mail." in text and "Meld het bij de beheerder" not in text
    assert client.get(f"{ROOM}{message.public_id}/mail/").status_code == 200


def test_two_rounds_of_one_kind_are_told_apart_by_their_subject(client, council, monkeypatch):
    def build(message: Message):
        return compose(message, subject=f"Over {message.cause}", template="mail/base", context={})

    monkeypatch.setitem(BUILDERS, KIND, build)
    for cause in ("maandag", "dinsdag"):
        for number in range(2):
            written(council, name=f"{cause} {number}", cause=cause)
    text = shown(client.get(ROOM, {"lijst": "wacht"}))
    assert "2 berichten Over dinsdag" in text and "2 berichten Over maandag" in text
    Message.objects.update(state=MessageState.PAPER)
    assert "Over maandag (2)" in shown(client.get(ROOM, {"lijst": "papier"}))


def test_a_mail_that_cannot_be_made_breaks_no_page(client, council, monkeypatch):
    message = written(council)
    monkeypatch.setitem(BUILDERS, KIND, lambda _message: 1 / 0)
    assert "ZeroDivisionError" in shown(client.get(f"{ROOM}{message.public_id}/"))


def test_the_preview_shows_no_link_to_make_an_account(client, council, saskia):
    person = PersonFactory(name="Nieuw Mens", email="nieuw@testdorp.test")
    MembershipFactory(person=person, council=council)
    invite(person, by=saskia.person, council_id=council.pk)
    token = path_of(Invitation.objects.get(person=person)).split("/")[2]
    message = Message.objects.get(person=person)
    here = f"{ROOM}{message.public_id}/"
    assert token in str(BUILDERS[message.kind](message).body), "the mail itself has it"
    for page in (client.get(here), client.get(here + "mail/")):
        assert page.status_code == 200 and token not in page.text and "/uitnodiging/…" in page.text
    assert preview(message).text.count("…") >= 1


def test_an_open_address_stays_readable(settings):
    settings.BASE_URL = "https://raad.test"
    assert without_secrets('<a href="https://raad.test/raad/een-raad/3/">') == (
        '<a href="https://raad.test/raad/een-raad/3/">'
    )
    assert without_secrets("https://raad.test/a/NTc:1abC:xY_z/?t=1 en") == "https://raad.test/a/…/?… en"
    assert without_secrets("https://elders.test/NTc:1abC") == "https://elders.test/NTc:1abC"


def test_all_of_one_cause_is_held_and_let_go_together(client, council, committing):
    for number in range(3):
        written(council, name=f"Mens {number}", cause="meeting:1:0")
    other = written(council, name="Apart", cause="anders")
    page = client.get(ROOM, {"lijst": "wacht"})
    assert "Proefbericht: 3 berichten" in shown(page)
    client.post(f"{ROOM}samen/", {"do": "hold", "which": f"{KIND}|meeting:1:0"})
    assert Message.objects.filter(state=MessageState.HELD).count() == 3
    other.refresh_from_db()
    assert other.state == MessageState.WAITING
    with committing():
        client.post(f"{ROOM}samen/", {"do": "release", "which": f"{KIND}|meeting:1:0"})
    assert len(mail.outbox) == 3


def test_all_on_paper_is_marked_as_posted_on_a_day(client, council):
    for number in range(3):
        written(council, name=f"Mens {number}", cause="meeting:1:0", state=MessageState.PAPER)
    yesterday = timezone.localdate() - timedelta(days=1)
    day = {"posted_on_day": yesterday.day, "posted_on_month": yesterday.month, "posted_on_year": yesterday.year}
    client.post(f"{ROOM}samen/", {"which": "all", **day})
    assert set(Message.objects.values_list("state", "posted_on")) == {(MessageState.POSTED, yesterday)}


def test_a_day_to_come_is_refused_at_its_field(client, council):
    written(council, state=MessageState.PAPER)
    day = timezone.localdate() + timedelta(days=1)
    page = client.post(
        f"{ROOM}samen/",
        {"which": "all", "posted_on_day": day.day, "posted_on_month": day.month, "posted_on_year": day.year},
    )
    assert page.status_code == 422 and "Deze dag moet nog komen." in page.text
    assert Message.objects.get().state == MessageState.PAPER


def test_a_dead_address_is_seen_with_the_member(client, council, fatma):
    people = "/raad/adviesraad-testdorp/mensen/"
    assert "Adres werkt niet" not in client.get(people).text
    note_dead_address(fatma.person)
    assert "Adres werkt niet" in client.get(people).text


def test_letters_of_two_meetings_are_not_posted_together_by_accident(client, council, monkeypatch):
    def build(message: Message):
        return compose(message, subject=f"Vergadering op {message.cause}", template="mail/base", context={})

    monkeypatch.setitem(BUILDERS, KIND, build)
    day = timezone.localdate()
    posted = {"posted_on_day": day.day, "posted_on_month": day.month, "posted_on_year": day.year}
    written(council, name="Riet", cause="maandag", state=MessageState.PAPER)
    assert re.search(r'value="all"[^>]* checked', client.get(ROOM, {"lijst": "papier"}).text)  # one meeting: no choice
    written(council, name="Gerda", cause="dinsdag", state=MessageState.PAPER)
    page = client.get(ROOM, {"lijst": "papier"})
    assert not re.search(r"<input[^>]*type=\"radio\"[^>]* checked", page.text)
    text = shown(page)
    assert text.count("Vergadering op maandag") == text.count("Vergadering op dinsdag") == 2  # row and choice
    refused = client.post(f"{ROOM}samen/", posted)
    assert refused.status_code == 422 and "Kies wat u op de post deed." in refused.text
    client.post(f"{ROOM}samen/", {"which": f"{KIND}|maandag", **posted})
    assert set(Message.objects.values_list("person__name", "state")) == {
        ("Riet", MessageState.POSTED), ("Gerda", MessageState.PAPER),
    }  # fmt: skip
