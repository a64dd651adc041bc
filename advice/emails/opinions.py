"""What do you think? The question, its reminder, and what a member hears of what was entered or settled.

A reminder also goes to who spoke to the chair alone: else the outbox would tell who did.
"""

from datetime import timedelta

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from advice.models import Advice, MinorityView, Opinion, OpinionRound, Proposal
from advice.opinions import asked_of
from advice.states import AdviceState, EnteredBy, ProposalState
from portal.mail import compose, link
from portal.models import Message
from portal.post import NoLongerNeeded, builds
from portal.topics import ASKED, REMINDERS, WRITING

AT_ONCE = timedelta(seconds=30)  # a proposal is settled a moment before its message is written
ROUNDS = OpinionRound.objects.select_related("advice__council")


def write(
    message: Message, subject: str, name: str, advice: Advice, to: str, **context: object
) -> EmailMultiAlternatives:
    """A mail about an advice, with one link: to the page `to`."""
    council = advice.council
    url = link(reverse(f"advice:{to}", args=[council.slug, advice.public_id]))
    return compose(
        message, subject=subject, template=f"advice/mail/{name}",
        context={"advice": advice, "council": council, "url": url, **context}, sender=council.name,
        reply_to=council.email,
    )  # fmt: skip


def open_for(message: Message) -> OpinionRound:
    """The round, while it is open and this person said nothing in the room yet."""
    round = ROUNDS.get(pk=message.about_id)
    answered = round.opinions.in_the_room().filter(person=message.person_id).exists()
    is_open = round.is_open and round.advice.state == AdviceState.DRAFT
    if answered or not is_open or not asked_of(round.advice.council).filter(pk=message.person_id).exists():
        raise NoLongerNeeded
    return round


def subject_of_proposal(message: Message) -> str:
    return Advice.objects.get(pk=message.about_id).subject


@builds("advice.opinion_asked", ASKED, name=gettext_lazy("The council asks what you think"))
def opinion_asked(message: Message) -> EmailMultiAlternatives:
    return question(message, "opinion_asked")


@builds("advice.opinion_last_day", ASKED, name=gettext_lazy("Another last day for your opinion"))
def opinion_last_day(message: Message) -> EmailMultiAlternatives:
    return question(message, "opinion_last_day")


@builds("advice.opinion_reminder", REMINDERS, name=gettext_lazy("Reminder: the council asks what you think"))
def opinion_reminder(message: Message) -> EmailMultiAlternatives:
    return question(message, "opinion_reminder")


def question(message: Message, name: str) -> EmailMultiAlternatives:
    round = open_for(message)
    with override("nl"):
        subject = _("The council asks what you think")
    return write(message, subject, name, round.advice, "give_opinion", round=round)


@builds("advice.opinion_entered", ASKED, name=gettext_lazy("Your opinion has been entered"))
def opinion_entered(message: Message) -> EmailMultiAlternatives:
    """The secretary entered it; the member can put it right."""
    opinion = (
        Opinion.objects.in_the_room()
        .exclude(channel=EnteredBy.SELF)
        .select_related("round__advice__council", "entered_by")
        .filter(pk=message.about_id)
        .first()
    )
    if opinion is None:
        raise NoLongerNeeded
    with override("nl"):
        subject = _("Your opinion has been entered")
    return write(
        message, subject, "opinion_entered", opinion.round.advice, "give_opinion", opinion=opinion, round=opinion.round
    )


@builds("advice.own_view", ASKED, name=gettext_lazy("Your text for a letter of the council"))
def own_view(message: Message) -> EmailMultiAlternatives:
    """For the author of another view: it stands in the letter, and until when it can be changed."""
    views = MinorityView.objects.select_related("advice__council", "entered_by").exclude(text="")
    view = views.filter(pk=message.about_id, author=message.person_id).first()
    if view is None or view.advice.state in (AdviceState.ISSUED, AdviceState.DROPPED):
        raise NoLongerNeeded
    with override("nl"):
        subject = _("Your text for a letter of the council")
    return write(message, subject, "own_view", view.advice, "own_view", view=view)


@builds(
    "advice.proposal_settled",
    WRITING,
    name=gettext_lazy("Answer to a proposal"),
    line=subject_of_proposal,
    batched=True,
)
def proposal_settled(message: Message) -> EmailMultiAlternatives:
    """Of everything that was settled since the first of it: one mail, also when it was five proposals."""
    settled = Proposal.objects.filter(
        advice=message.about_id, person=message.person_id, settled_at__gte=message.created_at - AT_ONCE,
        state__in=[ProposalState.ACCEPTED, ProposalState.REJECTED],
    )  # fmt: skip
    proposals = list(settled.select_related("advice__council").order_by("settled_at", "pk"))
    if not proposals:
        raise NoLongerNeeded
    with override("nl"):
        subject = ngettext(
            "There is an answer to your proposal", "There is an answer to your proposals", len(proposals)
        )
    rejected = sum(proposal.state == ProposalState.REJECTED for proposal in proposals)
    counts = {"proposals": proposals, "rejected": rejected, "accepted": len(proposals) - rejected}
    return write(message, subject, "proposal_settled", proposals[0].advice, "proposals", **counts)
