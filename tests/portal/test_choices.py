"""What somebody wants to hear by mail, and how often."""

import pytest
from django.core import mail
from django.core.signing import dumps
from django.test import Client
from django.utils.translation import override

from portal.access import Refused
from portal.actions.choosing import choose
from portal.choices import SALT, first_state, token_for
from portal.mail import compose
from portal.models import AuditEvent, MessageChoice
from portal.post import BUILDERS, builds, post
from portal.states import Frequency, MessageState
from portal.tasks import deliver
from portal.topics import CHOSEN, KINDS, MEETINGS, REMINDERS, STATUTORY, WRITING, name_of, topic_of
from tests.factories import PersonFactory

KIND = "test.written"


@pytest.fixture
def written(monkeypatch):
    """A kind of message that somebody may want less often."""
    monkeypatch.setattr("portal.post.BUILDERS", BUILDERS)
    builds(KIND, WRITING, name="Iets geschreven")(
        lambda message: compose(
            message, subject="Iets nieuws", template="consultations/mail/request_sent", context={},
            reply_to="raad@voorbeeld.test",
        )
    )  # fmt: skip
    yield KIND
    del BUILDERS[KIND], KINDS[KIND]


def one_click(person, topic=WRITING) -> str:
    return f"/post-kiezen/{token_for(person, topic)}/"


def test_every_kind_of_message_has_a_topic_and_a_name_in_dutch():
    assert sorted(kind for kind in BUILDERS if topic_of(kind) is None) == []
    assert sorted(kind for kind in KINDS if kind not in BUILDERS) == []
    with override("en"):
        english = {kind: name_of(kind) for kind in KINDS}
    assert [kind for kind in KINDS if not english[kind] or english[kind] == name_of(kind)] == []


def test_the_topic_of_papers_names_papers_and_minutes():
    assert topic_of("meetings.papers_added") == topic_of("meetings.minutes_to_read")
    with override("nl"):
        assert str(topic_of("meetings.papers_added").name) == "Stukken en verslagen van vergaderingen"


def test_a_kind_of_an_older_version_has_no_machine_name():
    assert name_of("advice.of_before") == "Bericht"


def test_a_kind_without_a_topic_is_found(monkeypatch):
    """The control of the test above; such a kind always comes."""
    monkeypatch.setitem(BUILDERS, "test.forgotten", lambda message: None)
    assert [kind for kind in BUILDERS if topic_of(kind) is None] == ["test.forgotten"]
    assert first_state("test.forgotten", PersonFactory.build()) == MessageState.WAITING


@pytest.mark.parametrize(
    ("frequency", "state"),
    [("at_once", "waiting"), ("daily", "collected"), ("weekly", "collected"), ("never", "dropped")],
)
def test_a_message_begins_as_the_person_chose(written, fatma, council, frequency, state):
    choose(fatma.person, "writing", frequency, by=fatma.person)
    assert post(written, fatma.person, about=council, cause="x", council_id=council.pk).state == state


def test_a_choice_for_one_topic_says_nothing_of_another(written, fatma, council):
    choose(fatma.person, "papers", "never", by=fatma.person)
    assert post(written, fatma.person, about=council, cause="x").state == MessageState.WAITING


def test_what_belongs_to_a_task_comes_whatever_stands_in_the_table(fatma, council):
    """Even with a row that nobody could make."""
    for topic in STATUTORY:
        MessageChoice.objects.create(person=fatma.person, topic=topic.slug, frequency=Frequency.NEVER)
    for kind in (
        "meetings.invitation",
        "meetings.cancellation",
        "advice.vote_asked",
        "advice.letter",
        "advice.response",
    ):
        assert post(kind, fatma.person, about=council, cause="x").state == MessageState.WAITING


@pytest.mark.parametrize("topic", [*(topic.slug for topic in STATUTORY), "nothing"])
def test_what_always_comes_cannot_be_chosen(fatma, topic):
    with pytest.raises(Refused):
        choose(fatma.person, topic, "never", by=fatma.person)
    assert not MessageChoice.objects.exists()


def test_a_reminder_is_not_collected(fatma):
    with pytest.raises(Refused):
        choose(fatma.person, REMINDERS.slug, "weekly", by=fatma.person)


def test_back_to_at_once_sends_what_was_collected(written, fatma, council, committing):
    choose(fatma.person, "writing", "weekly", by=fatma.person)
    message = post(written, fatma.person, about=council, cause="x")
    with committing():
        choose(fatma.person, "writing", "at_once", by=fatma.person)
    message.refresh_from_db()
    assert message.state == MessageState.SENT and len(mail.outbox) == 1


def test_not_any_more_drops_what_was_collected(written, fatma, council):
    choose(fatma.person, "writing", "weekly", by=fatma.person)
    message = post(written, fatma.person, about=council, cause="x")
    choose(fatma.person, "writing", "never", by=fatma.person)
    message.refresh_from_db()
    assert message.state == MessageState.DROPPED


def test_who_has_no_e_mail_gets_paper_unless_they_want_nothing(written, council):
    person = PersonFactory(without_email=True)
    assert first_state(written, person) == MessageState.PAPER
    MessageChoice.objects.create(person=person, topic="writing", frequency="never")
    assert first_state(written, person) == MessageState.DROPPED


# --- the foot ---------------------------------------------------------------


def sent(kind, person, council) -> mail.EmailMultiAlternatives:
    message = post(kind, person, about=council, cause="foot", council_id=council.pk)
    deliver(message.pk)
    return mail.outbox[-1]


def test_a_mail_says_why_it_comes_and_how_to_get_it_less_often(written, fatma, council):
    found = sent(written, fatma.person, council)
    page = f"http://127.0.0.1:8000{one_click(fatma.person)}"
    assert found.extra_headers["List-Unsubscribe"] == f"<{page}>"
    assert found.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert found.extra_headers["List-Id"] == '"Adviesraad Testdorp" <adviesraad-testdorp.raadportaal.invalid>'
    for part in (found.body, found.alternatives[0].content):
        assert "U krijgt deze mail omdat u meedoet in Adviesraad Testdorp." in part
        assert page in part and "Wat leden schrijven" in part
        assert "hoort bij uw taak" not in part


def test_a_mail_that_always_comes_says_so_and_whom_to_ask(fatma, saskia, council, committing):
    from meetings.actions.inviting import send_invitations
    from tests.factories import MeetingFactory

    with committing():
        send_invitations(MeetingFactory(council=council), by=saskia.person)
    found = mail.outbox[0]
    assert "List-Unsubscribe" not in found.extra_headers and "List-Id" in found.extra_headers
    for part in (found.body, found.alternatives[0].content):
        assert "Deze mail hoort bij uw taak en komt altijd." in part
        assert "Heeft u een vraag? Vraag het adviesraad-testdorp@voorbeeld.test." in part
        assert "/post-kiezen/" not in part


# --- one click --------------------------------------------------------------


def choice(person) -> str | None:
    return MessageChoice.objects.filter(person=person, topic="writing").values_list("frequency", flat=True).first()


def test_opening_the_link_changes_nothing(fatma):
    page = Client().get(one_click(fatma.person))
    assert page.status_code == 200 and "Wat leden schrijven" in page.content.decode()
    assert Client().head(one_click(fatma.person)).status_code == 200
    assert choice(fatma.person) is None and not AuditEvent.objects.filter(event="message_choice.changed").exists()


def test_one_click_of_a_mail_program_needs_no_session_and_no_csrf(fatma):
    client = Client(enforce_csrf_checks=True)
    done = client.post(one_click(fatma.person), {"List-Unsubscribe": "One-Click"})
    assert done.status_code == 204 and done.content == b""
    assert choice(fatma.person) == "never"
    assert not client.cookies


def test_the_page_takes_once_a_day_without_signing_in(fatma):
    done = Client(enforce_csrf_checks=True).post(one_click(fatma.person), {"frequency": "daily"})
    assert "één keer per dag mail" in done.content.decode() and choice(fatma.person) == "daily"


def test_an_answer_that_is_none_is_refused(fatma):
    assert Client().post(one_click(fatma.person), {"frequency": "hourly"}).status_code == 422
    assert Client().post(one_click(fatma.person), {}).status_code == 422
    assert choice(fatma.person) is None


def test_a_token_of_nobody_or_of_another_salt_or_topic_changes_nothing(fatma):
    right = token_for(fatma.person, WRITING)
    for token in (
        right[:-1] + ("A" if right[-1] != "A" else "B"),
        dumps([fatma.person.pk, "writing"], salt="meetings.answer"),
        dumps([fatma.person.pk, MEETINGS.slug], salt=SALT),
        dumps([0, "writing"], salt=SALT),
        "x",
    ):
        assert Client().post(f"/post-kiezen/{token}/", {"List-Unsubscribe": "One-Click"}).status_code == 404
    assert not MessageChoice.objects.exists()
    assert Client().post(f"/post-kiezen/{right}/", {"List-Unsubscribe": "One-Click"}).status_code == 204  # the control


# --- the page ---------------------------------------------------------------


def test_the_page_has_a_question_for_each_topic_and_says_what_always_comes(fatma, sign_in):
    page = sign_in(fatma).get("/mijn/post/").content.decode()
    assert page.count("<fieldset") == len(CHOSEN)
    assert all(str(topic.name) in page for topic in [*CHOSEN, *STATUTORY])


def test_the_choices_are_kept(fatma, sign_in):
    client = sign_in(fatma)
    answers = {topic.slug: "at_once" for topic in CHOSEN} | {"writing": "daily", "reminders": "never"}
    assert client.post("/mijn/post/", answers).status_code == 302
    assert choice(fatma.person) == "daily"
    shown = client.get("/mijn/post/").context["form"]
    assert shown["writing"].value() == "daily" and shown["papers"].value() == "at_once"
    assert client.post("/mijn/post/", answers | {"reminders": "daily"}).status_code == 422
