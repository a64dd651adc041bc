"""Mail that comes back: read, believed only with the right signature, and seen by the secretary."""

import mailbox
from email import message_from_string, policy
from email.message import EmailMessage
from uuid import uuid4

import pytest
from django.core import mail as post_office
from django.core.management import call_command
from django.utils import timezone

from portal.bounces import read_bounce
from portal.models import AuditEvent, InboundMail, Message
from portal.post import BUILDERS, post
from portal.signed_addresses import SIGNATURE, bounce_address
from portal.states import InboundKind, InboundOutcome, MessageState
from portal.tasks import deliver
from tests.factories import PersonFactory

KIND = "test.message"


@pytest.fixture(autouse=True)
def builder(monkeypatch, db, settings):
    def build(message: Message):
        return post_office.EmailMessage("Onderwerp", "Tekst", "Raad <post@raad.test>", [message.person.email])

    monkeypatch.setitem(BUILDERS, KIND, build)
    settings.BOUNCE_ADDRESS = "bounce@raad.test"


@pytest.fixture
def sent() -> Message:
    person = PersonFactory(name="Nel de Vries", email="nel@elders.test")
    message = post(KIND, person, about=person, cause="oorzaak", council_id=7)
    assert deliver(message.pk) == MessageState.SENT
    message.refresh_from_db()
    return message


def dsn(
    message, *, to="", action="failed", status="5.1.1", code="smtp; 550 5.1.1 unknown", inside="", about=None,
    original_to="nel@elders.test",
) -> EmailMessage:  # fmt: skip
    to = to or bounce_address(message.public_id)
    inside = (
        inside or f"Message-ID: <{about or message.public_id}@raad.test>\nTo: Nel <{original_to}>\nSubject: Onderwerp"
    )
    return message_from_string(
        f"""Return-Path: <>
From: MAILER-DAEMON@mx.elders.test
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="grens"

--grens
Content-Type: text/plain

I'm sorry to have to inform you. 452 things went wrong.

--grens
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.elders.test

Final-Recipient: rfc822; nel@elders.test
Action: {action}
Status: {status}
Diagnostic-Code: {code}

--grens
Content-Type: text/rfc822-headers

{inside}

--grens--
""",
        policy=policy.default,
    )  # type: ignore[return-value]


def test_the_envelope_names_the_message_and_the_reader_sees_the_council(sent):
    mail = post_office.outbox[0]
    assert mail.from_email == bounce_address(sent.public_id)
    assert mail.message()["From"] == "Raad <post@raad.test>"
    assert mail.message()["Message-ID"] == f"<{sent.public_id}@raad.test>"
    assert len(mail.from_email.partition("@")[0]) <= 64, "the most that RFC 5321 allows"


def test_without_an_address_for_it_the_envelope_is_the_sender(settings):
    settings.BOUNCE_ADDRESS = ""
    person = PersonFactory()
    deliver(post(KIND, person, about=person, cause="x").pk)
    assert post_office.outbox[0].from_email == "Raad <post@raad.test>"


def test_what_came_back_for_good_is_seen_with_its_reason(sent):
    found = read_bounce(dsn(sent))
    assert (found.kind, found.state, found.about, found.council_id) == (
        InboundKind.BOUNCE, InboundOutcome.DONE, sent, 7)  # fmt: skip
    sent.refresh_from_db()
    assert sent.state == MessageState.BOUNCED and sent.problem == "DSN 550 5.1.1"
    assert abs((timezone.now() - sent.bounced_at).total_seconds()) < 10
    assert sent.person.email_failed_at is not None
    assert AuditEvent.objects.filter(event="message_bounced", object_id=sent.pk).count() == 1


def test_what_came_back_is_found_in_the_mailbox(sent, settings, tmp_path):
    folder = mailbox.Maildir(tmp_path / "postvak")
    folder.add(dsn(sent).as_bytes())
    settings.MAILBOX_URL = f"maildir://{tmp_path}/postvak"
    call_command("read_replies")
    sent.refresh_from_db()
    kept = InboundMail.objects.get()
    assert (sent.state, kept.kind, kept.state, kept.about) == (
        MessageState.BOUNCED, InboundKind.BOUNCE, InboundOutcome.DONE, sent)  # fmt: skip


def test_an_address_that_exists_keeps_its_name(sent):
    read_bounce(dsn(sent, status="5.7.1", code="smtp; 554 5.7.1 spam"))
    sent.refresh_from_db()
    assert sent.state == MessageState.BOUNCED and sent.person.email_failed_at is None


@pytest.mark.parametrize(
    ("action", "status", "state"),
    [
        ("failed", "5.1.1", MessageState.BOUNCED),
        ("failed", "4.4.7", MessageState.BOUNCED),  # it gave up after some days
        ("delayed", "4.4.1", MessageState.SENT),
        ("relayed", "2.0.0", MessageState.SENT),
        ("delivered", "2.0.0", MessageState.SENT),
    ],
)
def test_only_a_server_that_gave_up_counts(sent, action, status, state):
    found = read_bounce(dsn(sent, action=action, status=status, code="smtp; 250 said"))
    sent.refresh_from_db()
    assert sent.state == state and found.state == InboundOutcome.DONE and found.about == sent


def forged(address: str) -> str:
    at = address.index("@")
    last = "0" if address[at - 1] != "0" else "1"
    return address[: at - 1] + last + address[at:]


def test_a_wrong_signature_is_set_aside_and_changes_nothing(sent):
    found = read_bounce(dsn(sent, to=forged(bounce_address(sent.public_id))))
    assert (found.state, found.reason, found.about) == (
        InboundOutcome.SET_ASIDE, "De handtekening van het adres is niet van ons.", None)  # fmt: skip
    sent.refresh_from_db()
    assert sent.state == MessageState.SENT


def test_a_signature_of_another_message_is_no_signature(sent):
    stolen = bounce_address(uuid4()).rpartition("-")[2]
    address = f"bounce+{sent.public_id.hex}-{stolen}"
    assert len(stolen.partition("@")[0]) == SIGNATURE
    assert read_bounce(dsn(sent, to=address)).state == InboundOutcome.SET_ASIDE


def test_a_key_of_before_is_still_known(sent, settings):
    address = bounce_address(sent.public_id)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "een andere sleutel"
    assert bounce_address(sent.public_id) != address
    assert read_bounce(dsn(sent, to=address)).about == sent


def test_without_the_signed_address_a_bounce_is_set_aside(sent):
    assert read_bounce(dsn(sent, to="bounce@raad.test")).state == InboundOutcome.SET_ASIDE
    sent.refresh_from_db()
    assert sent.state == MessageState.SENT


def test_another_mail_inside_is_set_aside(sent):
    assert read_bounce(dsn(sent, about=uuid4())).state == InboundOutcome.SET_ASIDE


def test_without_a_bounce_address_the_message_id_is_enough_and_an_unknown_one_is_not(sent, settings):
    settings.BOUNCE_ADDRESS = ""
    unknown = read_bounce(dsn(sent, to="post@raad.test", about=uuid4()))
    assert (unknown.state, unknown.reason) == (
        InboundOutcome.SET_ASIDE, "Het gaat over een mail die wij niet verstuurden.")  # fmt: skip
    assert read_bounce(dsn(sent, to="post@raad.test")).about == sent
    sent.refresh_from_db()
    assert sent.state == MessageState.BOUNCED


def test_a_late_bounce_of_an_earlier_address_changes_nothing(sent):
    found = read_bounce(dsn(sent, original_to="oud@elders.test"))
    sent.refresh_from_db()
    assert sent.state == MessageState.SENT and found.about == sent and found.reason


def test_the_same_bounce_twice_counts_once(sent):
    read_bounce(dsn(sent))
    found = read_bounce(dsn(sent))
    assert found.state == InboundOutcome.DONE and found.reason
    assert AuditEvent.objects.filter(event="message_bounced").count() == 1


@pytest.mark.parametrize("state", [MessageState.WAITING, MessageState.PAPER, MessageState.DROPPED])
def test_what_is_not_out_does_not_come_back(sent, state):
    Message.objects.filter(pk=sent.pk).update(state=state, sent_at=None)
    read_bounce(dsn(sent))
    sent.refresh_from_db()
    assert sent.state == state


PLAIN = """Return-Path: <>
From: Mail Delivery System <Mailer-Daemon@mx.elders.test>
To: {to}
Subject: Mail delivery failed: returning message to sender
{more}
A message that you sent could not be delivered to one or more of its recipients.

  nel@elders.test
    host mx.elders.test [192.0.2.1]:
    {said}

------ This is a copy of the message's headers. ------

Message-ID: <{public_id}@raad.test>
Subject: Onderwerp 550 5.1.1
"""


@pytest.mark.parametrize(
    ("said", "more", "state", "problem"),
    [
        ("550 5.1.1 user unknown", "", MessageState.BOUNCED, "DSN 550 5.1.1"),
        ("550 user unknown", "", MessageState.BOUNCED, "DSN 550"),
        ("all went wrong", "X-Failed-Recipients: nel@elders.test\n", MessageState.BOUNCED, "DSN"),
        ("451 4.7.1 later", "", MessageState.SENT, ""),
        ("all went wrong", "", MessageState.SENT, ""),
    ],
)
def test_a_bounce_in_words_only_is_read_too(sent, said, more, state, problem):
    text = PLAIN.format(to=bounce_address(sent.public_id), said=said, more=more, public_id=sent.public_id)
    found = read_bounce(message_from_string(text, policy=policy.default))
    sent.refresh_from_db()
    assert (sent.state, sent.problem, found.about) == (state, problem, sent)


def letter(**headers) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "nel@elders.test", "post@raad.test", "Afwezig"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content("Ik ben er niet. 550 5.1.1")
    return mail


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}, {"Return_Path": "<>"}, {"X_Autoreply": "yes"},
        {"Auto_Submitted": "auto-generated; owner=x"},
    ],
    ids=lambda headers: next(iter(headers.items())),
)  # fmt: skip
def test_an_automatic_answer_is_left_alone(sent, headers):
    found = read_bounce(letter(**headers))
    assert (found.kind, found.state, found.about) == (InboundKind.AUTOMATIC, InboundOutcome.DONE, None)
    sent.refresh_from_db()
    assert sent.state == MessageState.SENT


def test_what_a_person_wrote_is_not_for_us(db):
    assert read_bounce(letter()) is None
    assert read_bounce(letter(Auto_Submitted="no")) is None


def test_an_answer_of_a_calendar_is_not_for_us_even_when_its_program_sent_it(db):
    mail = letter(Auto_Submitted="auto-replied")
    mail.add_attachment("BEGIN:VCALENDAR", subtype="calendar")
    assert read_bounce(mail) is None
