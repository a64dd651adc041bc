"""Promises: a reminder for the authority, "it is done" for the council, "we do not agree" for the authority; looking
back for the council. The subjects are neutral; whether a message is still needed shows when it is sent."""

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from advice.following_up import day_of, letters_to_look_back_on
from advice.models import Commitment, CommitmentReport
from advice.promises import cause_of
from portal.mail import compose, link
from portal.models import Message
from portal.post import NoLongerNeeded, builds
from portal.topics import PROMISES, REMINDERS


def named(message: Message) -> str:
    """What was promised, in the words of the promise."""
    return str(report_of(message)[1])


@builds("advice.promise_near", REMINDERS, name=gettext_lazy("A promise to a council is almost due"))
def promise_near(message: Message) -> EmailMultiAlternatives:
    promise = still_open(message, "before")
    if promise.due_on < timezone.localdate():
        raise NoLongerNeeded
    with override("nl"):
        subject = _("A promise to a council is almost due")
    return to_authority(message, promise, subject, "promise_near")


@builds("advice.promise_late", REMINDERS, name=gettext_lazy("The last day of a promise to a council has passed"))
def promise_late(message: Message) -> EmailMultiAlternatives:
    promise = still_open(message, "after")
    with override("nl"):
        subject = _("The last day of a promise to a council has passed")
    return to_authority(message, promise, subject, "promise_late")


def still_open(message: Message, which: str) -> Commitment:
    """Not done, and its last day is still the one that the reminder was written for."""
    promise = promise_of(message.about_id)
    if promise.done_on is not None or message.cause != cause_of(promise, which):
        raise NoLongerNeeded
    return promise


def promise_of(pk: int | None) -> Commitment:
    related = Commitment.objects.given().select_related("council", "authority", "answer__response__copy__letter")
    found = related.filter(pk=pk).first()
    if found is None:
        raise NoLongerNeeded
    return found


@builds(
    "advice.promise_disputed",
    PROMISES,
    name=gettext_lazy("The council does not agree that a promise was kept"),
    line=named,
)
def promise_disputed(message: Message) -> EmailMultiAlternatives:
    report, promise = report_of(message)
    if not promise.is_disputed:
        raise NoLongerNeeded
    with override("nl"):
        subject = _("The council does not agree that a promise was kept")
    return to_authority(message, promise, subject, "promise_disputed", report=report)


@builds("advice.promise_done", PROMISES, name=gettext_lazy("Please look whether a promise was kept"), line=named)
def promise_done(message: Message) -> EmailMultiAlternatives:
    """For who does the paperwork of the council: look whether you agree."""
    report, promise = report_of(message)
    if not promise.awaits_check:
        raise NoLongerNeeded
    with override("nl"):
        subject = _("Please look whether a promise was kept")
    council = promise.council
    return compose(
        message, subject=subject, template="advice/mail/promise_done",
        context={
            "promise": promise, "report": report, "council": council, "letter": promise.answer.response.copy.letter,
            "url": link(reverse("advice:check_commitment", args=[council.slug, promise.pk])),
        },
        sender=council.name, reply_to=council.email,
    )  # fmt: skip


def report_of(message: Message) -> tuple[CommitmentReport, Commitment]:
    report = CommitmentReport.objects.get(pk=message.about_id)
    return report, promise_of(report.commitment_id)


def to_authority(
    message: Message, promise: Commitment, subject: str, name: str, **context: object
) -> EmailMultiAlternatives:
    council = promise.council
    return compose(
        message, subject=subject, template=f"advice/mail/{name}",
        context={
            "promise": promise, "council": council, "authority": promise.authority,
            "letter": promise.answer.response.copy.letter,
            "url": link(reverse("advice:desk_commitment", args=[promise.authority.slug, promise.pk])), **context,
        },
        sender=council.name, reply_to=council.email,
    )  # fmt: skip


@builds("advice.look_back", REMINDERS, name=gettext_lazy("Please look back on an advice"))
def look_back(message: Message) -> EmailMultiAlternatives:
    letter = letters_to_look_back_on().select_related("council", "follow_up").filter(pk=message.about_id).first()
    if letter is None or not message.cause.endswith(day_of(letter).isoformat()):
        raise NoLongerNeeded
    council = letter.council
    with override("nl"):
        subject = _("Please look back on an advice")
    return compose(
        message, subject=subject, template="advice/mail/look_back",
        context={
            "letter": letter, "council": council,
            "url": link(reverse("advice:follow_up", args=[council.slug, letter.public_id])),
        },
        sender=council.name, reply_to=council.email,
    )  # fmt: skip
