"""The written procedure: please vote, a reminder to who has not, what came of it.

Whether a message is still needed shows when it is sent. The subjects are neutral: a mail can be read over a shoulder.
"""

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from advice.models import Decision, Vote, WrittenProcedure
from advice.states import EnteredBy
from portal.dates import day_month
from portal.mail import compose, link
from portal.models import Message
from portal.post import NoLongerNeeded, builds
from portal.topics import ASKED

PROCEDURES = WrittenProcedure.objects.select_related("advice", "council")


@builds("advice.vote_asked", ASKED, name=gettext_lazy("Question to vote"))
def vote_asked(message: Message) -> EmailMultiAlternatives:
    procedure = still_asked(message)
    with override("nl"):
        subject = _("Please vote by %(day)s at the latest") % {"day": day_month(procedure.closes_at)}
    return mail(message, procedure, subject, "vote_asked")


@builds("advice.vote_reminder", ASKED, name=gettext_lazy("Reminder: please vote"))
def vote_reminder(message: Message) -> EmailMultiAlternatives:
    procedure = still_asked(message)
    with override("nl"):
        subject = _("Reminder: please vote by %(day)s at the latest") % {"day": day_month(procedure.closes_at)}
    return mail(message, procedure, subject, "vote_reminder")


@builds("advice.vote_waits", ASKED, name=gettext_lazy("A vote has to be closed"))
def vote_waits(message: Message) -> EmailMultiAlternatives:
    """The closing time has passed and the rules do not settle it: for who leads the council."""
    procedure = PROCEDURES.get(pk=message.about_id)
    if procedure.closed_at is not None or procedure.closes_at > timezone.now():
        raise NoLongerNeeded
    with override("nl"):
        subject = _("A vote has to be closed")
    return mail(message, procedure, subject, "vote_waits", page="close_vote")


@builds("advice.vote_changed", ASKED, name=gettext_lazy("Your vote has been changed"))
def vote_changed(message: Message) -> EmailMultiAlternatives:
    """The secretary changed it for the member, who can still put it right. What was voted is not in the mail."""
    votes = Vote.objects.exclude(channel=EnteredBy.SELF).select_related("entered_by")
    vote = votes.filter(pk=message.about_id, person=message.person_id).first()
    if vote is None:
        raise NoLongerNeeded
    procedure = PROCEDURES.get(pk=vote.procedure_id)
    with override("nl"):
        subject = _("Your vote has been changed")
    page = "decided" if procedure.closed_at else "vote"
    return mail(message, procedure, subject, "vote_changed", page=page, vote=vote)


@builds("advice.vote_outcome", ASKED, name=gettext_lazy("The vote has closed"))
def vote_outcome(message: Message) -> EmailMultiAlternatives:
    procedure = PROCEDURES.get(pk=message.about_id)
    decision = Decision.objects.filter(procedure=procedure).first()
    with override("nl"):
        subject = _("The vote has closed")
    return mail(message, procedure, subject, "vote_outcome", page="decided", decision=decision)


@builds("advice.mandate_taken", ASKED, name=gettext_lazy("The board has decided about an advice"))
def mandate_taken(message: Message) -> EmailMultiAlternatives:
    """The board decided in the name of the council: every member hears it, and that the council ratifies it or not."""
    decision = Decision.objects.select_related("advice__council").get(pk=message.about_id)
    council = decision.advice.council
    with override("nl"):
        subject = _("The board has decided about an advice")
    url = link(reverse("advice:decided", args=[council.slug, decision.advice.public_id]))
    return compose(
        message, subject=subject, template="advice/mail/mandate_taken",
        context={"advice": decision.advice, "council": council, "decision": decision, "url": url},
        sender=council.name, reply_to=council.email,
    )  # fmt: skip


def still_asked(message: Message) -> WrittenProcedure:
    """Nobody is asked who has voted, takes no part, or came too late."""
    procedure = PROCEDURES.get(pk=message.about_id)
    over = procedure.closed_at is not None or procedure.closes_at <= timezone.now()
    voted = Vote.objects.filter(procedure=procedure, person=message.person_id).exists()
    asked = procedure.electors.filter(person=message.person_id, recused_at=None).exists()
    if over or voted or not asked:
        raise NoLongerNeeded
    return procedure


def mail(
    message: Message,
    procedure: WrittenProcedure,
    subject: str,
    name: str,
    *,
    page: str = "vote",
    decision: Decision | None = None,
    vote: Vote | None = None,
) -> EmailMultiAlternatives:
    advice, council = procedure.advice, procedure.council
    return compose(
        message,
        subject=subject,
        template=f"advice/mail/{name}",
        context={
            "procedure": procedure,
            "advice": advice,
            "council": council,
            "decision": decision,
            "vote": vote,
            "open": procedure.closed_at is None and procedure.closes_at > timezone.now(),
            "url": link(reverse(f"advice:{page}", args=[council.slug, advice.public_id])),
        },
        sender=council.name,
        reply_to=council.email,
    )
