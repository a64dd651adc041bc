"""The example installation: whole, fresh, the same every time, and nobody real in it."""

import json
import re
from collections import Counter
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advice import demo
from advice.actions import procedures, votes
from advice.demo.world import DATA
from advice.models import Advice, Answer, Commitment, Letter, LetterCopy, Proposal, Publication, Response
from advice.states import AdviceKind, AdviceState, DocumentKind, Verdict
from consultations.models import Activity, AdviceRequest, CouncilRequest, RequestQuestion
from consultations.states import Form, RequestState
from councils.models import Authority, Council, Membership
from councils.rulebook import rulebook_for
from councils.states import SecretaryKind
from meetings.models import (
    AccessNeeds,
    ActionItem,
    DateAnswer,
    DatePoll,
    Invitee,
    ItemProposal,
    Meeting,
    Minutes,
    Visitor,
)
from meetings.states import MeetingState
from portal.models import AuditEvent, Invitation, Message, Person, User
from portal.states import MessageState

# Names and references of real and of given cases, which the example must not repeat.
TAKEN = [
    "Gemeente Voorbeeld", "Domein Voorbeeld", "Inkomen Voorbeeld", "F. van Dijk", "M. Aydin", "S. Bouali",
    "ASD 2026-11", "ASD 2026-14", "CRA 2026-08", "Z-26-08817", "Z-26-10422", "U-26-3311",
]  # fmt: skip


@pytest.fixture(scope="class")
def letters_of_two_builds(django_db_setup, django_db_blocker):
    """The example in one outer transaction for all tests of a class; before that once more, and thrown away."""
    with django_db_blocker.unblock(), transaction.atomic():
        builds = []
        for last in (False, True):
            with transaction.atomic():
                demo.build()
                # A letter about another one names its public id, which is new in every build.
                found = Letter.objects.filter(concerns=None)
                builds.append(sorted(found.values_list("reference", "dated_on", "sha256")))
                transaction.set_rollback(not last)
        yield builds
        transaction.set_rollback(True)


@pytest.fixture
def example(letters_of_two_builds, db, settings):
    settings.EXAMPLE_INSTALLATION = True


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def late_answers() -> list[bool]:
    """Of every copy that waits for its answer: whether the last day has gone."""
    waiting = LetterCopy.objects.filter(letter__imported=False).unanswered().select_related("response")
    return sorted(copy.due_on < timezone.localdate() for copy in waiting)


def open_requests():
    return CouncilRequest.objects.filter(state__in=[RequestState.SUBMITTED, RequestState.ACCEPTED])


class TestTheExample:
    # --- the same every time, once, and only here ---

    def test_two_builds_give_the_same_letters(self, example, letters_of_two_builds):
        first, second = letters_of_two_builds

        assert len(first) == 9
        assert first == second

    def test_a_second_run_changes_nothing(self, example):
        rows = AuditEvent.objects.count()

        assert run("demo") == "The example is there already; nothing was changed.\n"
        assert AuditEvent.objects.count() == rows

    def test_verbosity_0_says_nothing(self, example):
        assert run("demo", "--verbosity=0") == ""

    # --- who and where ---

    def test_two_municipalities_a_joint_authority_and_four_councils(self, example):
        kinds = Counter(Authority.objects.values_list("kind", flat=True))

        assert kinds == {"municipality": 2, "joint_authority": 1}
        assert not Authority.objects.exclude(tooi="").exists()
        assert sorted(Authority.objects.values_list("theme", flat=True)) == [
            "dijkland", "heuvelrode", "waterveen",
        ]  # fmt: skip
        assert Council.objects.count() == 4
        assert all("voorbeeld" in council.about for council in Council.objects.all())

    def test_every_rule_book_regulates_the_terms(self, example):
        asked = ["advice_term", "response_term", "quorum", "decides_by", "invitation_days", "term_years", "members_min",
                 "may_decline_within_weeks", "member_papers_days", "annual_report_due"]  # fmt: skip

        for council in Council.objects.all():
            book = rulebook_for(council)
            assert [key for key in asked if book.get(key) is None] == []
            assert council.instruments.count() == 2

    def test_about_forty_people_with_and_without_email(self, example):
        people = Person.objects.filter(is_office=False)
        by_post = people.filter(email="")

        assert 40 <= people.count() <= 50
        assert by_post.count() == 5
        assert all(person.post_address for person in by_post)
        assert Membership.objects.filter(ends_on__lt=timezone.localdate()).count() == 4
        assert (
            Membership.objects.get(secretary_kind=SecretaryKind.OFFICIAL).council.name == "Participatieraad Heuvelrode"
        )
        assert {letter for letter in "ŞŁłıûİąçş" if people.filter(name__contains=letter)} == set("ŞŁłıûİąçş")

    def test_who_has_email_has_an_account_but_for_two_invitations(self, example):
        waiting = Person.objects.filter(is_office=False, user=None).exclude(email="")
        open_invitations = Invitation.objects.filter(accepted_at=None)

        assert waiting.count() == 2
        assert {invitation.person for invitation in open_invitations} == set(waiting)
        assert sorted(invitation.is_expired for invitation in open_invitations) == [False, True]

    # --- what ---

    def test_seventeen_advices_in_all_states(self, example):
        states = Counter(Advice.objects.values_list("state", flat=True))
        published = Publication.objects.count()

        assert states == {
            AdviceState.DRAFT: 2, AdviceState.VOTING: 1, AdviceState.ADOPTED: 4, AdviceState.ISSUED: 10,
        }  # fmt: skip
        assert 0 < published < 10
        assert Advice.objects.filter(kind=AdviceKind.UNSOLICITED).count() >= 3
        assert Advice.objects.filter(document=DocumentKind.SIGNAL_LETTER).count() == 1
        assert Letter.objects.get(imported=True).original.content_type == "application/pdf"
        assert Advice.objects.get(minority_views__isnull=False).subject.startswith("Schuldhulp")

    def test_answers_open_late_and_with_every_verdict(self, example):
        assert late_answers() == [False, False, True, True]
        assert set(Answer.objects.values_list("verdict", flat=True)) == set(Verdict.values)
        assert Answer.objects.filter(no_reason_given=True).count() == 1
        assert Commitment.objects.filter(done_on=None).exists()
        assert Commitment.objects.exclude(done_on=None).exclude(proof="").exists()
        assert Response.objects.filter(registered=True).exclude(original=None).exists()

    def test_each_advice_has_parts_and_reasons(self, example):
        for path in sorted((DATA / "advices").glob("*.json")):
            text = json.loads(path.read_text(encoding="utf-8"))
            assert 3 <= len(text["sections"]) <= 5, path.name
            assert 2 <= len(text["recommendations"]) <= 5, path.name
            assert all(one["reason"] for one in text["recommendations"]), path.name
            assert text["plain_summary"], path.name

    def test_requests_in_all_states(self, example):
        parts = CouncilRequest.objects.all()

        assert set(parts.values_list("state", flat=True)) == set(RequestState.values)
        assert parts.get(state=RequestState.DECLINED).close_reason
        assert parts.exclude(extended_on=None).get().extension_reason
        assert "Gevraagde termijn" in parts.exclude(short_notice="").get().short_notice
        assert RequestQuestion.objects.exclude(answer="").count() == 1
        assert AdviceRequest.objects.filter(registered=True).exclude(original=None).count() == 1
        assert AdviceRequest.objects.filter(submitted_at=None).count() == 1
        # Asked and answered in the past, except for those of today.
        assert all(part.due_on >= timezone.localdate() for part in open_requests())
        assert all(part.received_on <= (part.closed_on or part.received_on) for part in parts)

    def test_what_was_heard_in_every_form_and_linked(self, example):
        assert Activity.objects.count() >= 10
        assert set(Activity.objects.values_list("form", flat=True)) == set(Form.values)
        assert not Activity.objects.filter(topics=None).exists()
        assert not Activity.objects.filter(recommendations=None).exists()

    def test_meetings_past_next_and_cancelled(self, example):
        states = Counter(Meeting.objects.values_list("state", flat=True))
        held = Meeting.objects.filter(state=MeetingState.HELD).first()
        invited = Meeting.objects.get(state=MeetingState.INVITED)

        assert states == {
            MeetingState.HELD: 3,
            MeetingState.INVITED: 1,
            MeetingState.CANCELLED: 1,
            MeetingState.PLANNED: 11,  # eight of them the plan of a year
        }
        assert held.agenda_items.exclude(report="").exists() and held.agenda_items.exclude(decision="").exists()
        assert not held.invitees.filter(attendance="unknown").exists()
        assert set(Invitee.objects.filter(meeting=invited).values_list("answer", flat=True)) == {
            "none",
            "accepted",
            "declined",
        }
        assert ActionItem.objects.filter(done_on=None).exists() and ActionItem.objects.exclude(done_on=None).exists()

    def test_minutes_of_the_last_two_meetings_adopted_and_being_read(self, example):
        older, last = Minutes.objects.exclude(sent_at=None).order_by("meeting__starts_at")

        assert (older.state, older.adopted_at_item.meeting, older.withdrawn_at) == ("adopted", last.meeting, None)
        assert older.sent_at < older.meeting.starts_at + timedelta(days=7) and older.published_at
        assert (last.state, last.corrections.get().person.name) == ("correction", "Sjûkje Hânstra")

    def test_what_lies_ready_for_the_meetings_to_come(self, example):
        poll = DatePoll.objects.get()

        assert (poll.options.count(), DateAnswer.objects.filter(option__poll=poll).count()) == (3, 9)
        assert (AccessNeeds.objects.count(), Visitor.objects.get().people) == (4, 2)
        assert ItemProposal.objects.get().state == "open"

    # --- mail ---

    def test_few_mails_go_out_and_only_to_invented_addresses(self, example):
        waiting = Message.objects.filter(state=MessageState.WAITING)
        addresses = [*Person.objects.values_list("email", flat=True), *Council.objects.values_list("email", flat=True)]

        assert 0 < waiting.count() <= 30
        assert [address for address in addresses if address and not re.search(r"\.(test|example)$", address)] == []
        assert {message.kind for message in Message.objects.filter(state=MessageState.PAPER)} == {
            "advice.letter", "advice.letter_copy", "meetings.invitation",
        }  # fmt: skip

    def test_two_members_propose_a_text_and_one_has_no_other_words(self, example):
        found = Proposal.objects.order_by("recommendation__number")

        assert [(one.person.name.split()[0], one.entered_by == one.person, bool(one.text)) for one in found] == [
            ("Łukasz", True, True), ("Riet", False, False),
        ]  # fmt: skip
        assert {one.original for one in found} == {one.recommendation.text for one in found}
        assert all(one.proposed_at < timezone.now() for one in found)

    # --- accounts ---

    def test_the_accounts_are_listed(self, example):
        listed = json.loads(run("demo_accounts", "--json"))

        assert [set(one) for one in listed] == [{"email", "password", "role", "council"}] * 10
        assert listed[0] == {
            "email": "fatma@waterveen.test", "password": "voorbeeld-fatma-2026", "role": "lid",
            "council": "Adviesraad Sociaal Domein Waterveen",
        }  # fmt: skip
        assert "saskia@waterveen.test" in run("demo_accounts")

    def test_each_account_signs_in_through_the_form(self, example):
        for account in json.loads(run("demo_accounts", "--json")):
            client = Client()
            answer = client.post(reverse("account_login"), {"login": account["email"], "password": account["password"]})
            assert (answer.status_code, answer.get("Location")) == (302, "/mijn/"), account["email"]
            assert client.session["_auth_user_id"] == str(User.objects.get(email=account["email"]).pk)


# --- without it ---


@pytest.mark.parametrize("command", ["demo", "demo_accounts"])
def test_only_on_an_example_installation(db, settings, command):
    settings.EXAMPLE_INSTALLATION = False

    with pytest.raises(CommandError, match="no example installation"):
        call_command(command)
    assert not User.objects.exists()


def test_a_build_that_fails_leaves_nothing(db, monkeypatch):
    monkeypatch.setattr(demo.settling, "send_off_the_past", lambda world: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        demo.build()
    assert not (Person.objects.exists() or Council.objects.exists() or AuditEvent.objects.exists())


@pytest.mark.slow
@pytest.mark.parametrize("today", ["2027-01-01", "2028-02-29", "2026-08-09", "2026-10-26"])
def test_it_can_be_built_on_any_day(db, today, monkeypatch):
    # A vote looks at the clock of the database, which does not travel along.
    for module in (procedures, votes):
        monkeypatch.setattr(module, "database_now", timezone.now)
    with time_machine.travel(f"{today} 00:30:00+02:00"):
        demo.build()

        assert Letter.objects.count() == 10
        assert late_answers() == [False, False, True, True]
        assert all(part.due_on >= timezone.localdate() for part in open_requests())
        assert CouncilRequest.objects.exclude(short_notice="").count() == 1
        assert not CouncilRequest.objects.exclude(close_note="").exists()
        assert Meeting.objects.get(state=MeetingState.INVITED).starts_at > timezone.now()


def test_no_name_or_reference_of_a_given_case():
    texts = [path.read_text(encoding="utf-8") for path in DATA.rglob("*.json")]
    texts += [path.read_text(encoding="utf-8") for path in DATA.parent.glob("*.py")]

    assert [(taken, text[:40]) for taken in TAKEN for text in texts if taken in text] == []


def test_without_the_example_there_are_no_accounts(db, settings):
    settings.EXAMPLE_INSTALLATION = True

    assert json.loads(run("demo_accounts", "--json")) == []
    assert "script/manage demo" in run("demo_accounts")
