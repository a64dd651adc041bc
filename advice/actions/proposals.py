"""A text that a member proposes: in own words, by saying what is wrong, or through the secretary. Settled singly."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from advice.actions.drafting import move_recommendation, remove_recommendation
from advice.actions.saving import add_recommendation, locked_draft, save_recommendation, save_section
from advice.actions.versions import make_version
from advice.models import Advice, Proposal, Recommendation, Section
from advice.opinions import asked_of
from advice.proposals import paragraphs_of, stood_there, version_name, with_change
from advice.states import PROPOSAL_ARROWS, EnteredBy, ProposalAction, ProposalState
from advice.typed import typed_to_html
from portal.access import Refused
from portal.audit import record
from portal.models import Person
from portal.post import post


class ParagraphChanged(Refused):
    """The text no longer reads as the proposer saw it. Nothing is changed: somebody has to look."""


@transaction.atomic
def propose(
    advice: Advice, *, part: Section | Recommendation, original: str, action: str, by: Person, text: str = "",
    why: str = "", person: Person | None = None, channel: str = EnteredBy.SELF,
) -> Proposal:  # fmt: skip
    """`person` is whose proposal it is, when the secretary enters it. Without a text of its own it says why."""
    advice = locked_draft(advice.pk)
    whose = person or by
    check_whose(advice, whose, by, channel)
    if part.advice_id != advice.pk:
        raise Refused(_("Choose a part of this advice."))
    if action not in ProposalAction.values:
        raise Refused(_("Choose what should happen."), field="what")
    text, why = text.strip(), why.strip()
    if action == ProposalAction.ADD and not text:
        raise Refused(_("Write the text that should be added."), field="text")
    if not text and not why:
        raise Refused(_("Say why, then the writers can look for other words."), field="why")
    if action != ProposalAction.REMOVE and text == original:
        raise Refused(_("Your text is the same as the text that stands there."), field="text")
    original = original.replace("\r\n", "\n")
    if not stood_there(part, original):
        raise Refused(_("This paragraph has changed. Look at the text and choose it again."))
    proposal = Proposal.objects.create(
        advice=advice, council_id=advice.council_id, original=original, action=action, why=why, person=whose,
        text="" if action == ProposalAction.REMOVE else text, entered_by=by, channel=channel,
        section=part if isinstance(part, Section) else None,
        recommendation=part if isinstance(part, Recommendation) else None,
    )  # fmt: skip
    record("proposal.made", proposal, by=by)
    return proposal


def check_whose(advice: Advice, whose: Person, by: Person, channel: str) -> None:
    if (whose == by) != (channel == EnteredBy.SELF):
        raise Refused(_("Choose how you heard it."), field="channel")
    if whose != by and not asked_of(advice.council).filter(pk=whose.pk).exists():
        raise Refused(_("Choose a member of the council."), field="person")


@transaction.atomic
def take_over(proposal: Proposal, *, by: Person, text: str = "", paragraph: str = "") -> Proposal:
    """Put exactly this change in the text, as a version of its own.

    `text` is what the writers made of it (needed when the proposal only says what is wrong); `paragraph` the paragraph
    that it is about now, when the text has changed since.
    """
    proposal = locked_open(proposal)
    new = text.strip() or proposal.text
    if proposal.action != ProposalAction.REMOVE and not new:
        raise Refused(_("Write the new text. The proposal only says what is wrong."), field="text")
    if proposal.recommendation:
        change_recommendation(proposal, proposal.recommendation, new, confirmed=bool(paragraph), by=by)
    elif proposal.section:
        change_section(proposal, proposal.section, new, paragraph.replace("\r\n", "\n"), by=by)
    else:
        raise Refused(_("This part is no longer there. Do not take the proposal over, and say why."))
    name = version_name(proposal)
    proposal = settle(proposal, ProposalState.ACCEPTED, note=new if new != proposal.text else "", by=by)
    proposal.version = make_version(proposal.advice, name=name, reason=proposal.why, by=by)
    proposal.save(update_fields=["version"])
    record("proposal.taken_over", proposal, by=by)
    tell(proposal, by=by)
    return proposal


def change_section(proposal: Proposal, section: Section, new: str, paragraph: str, *, by: Person) -> None:
    there = paragraphs_of(section)
    about = paragraph or proposal.original
    if about not in there:
        raise ParagraphChanged(
            _("The text has changed since this was proposed. Choose the paragraph."), field="paragraph"
        )
    html = typed_to_html(with_change(section.text, proposal.action, about, new))
    save_section(proposal.advice, section, heading=section.heading, text=html, version=section.version, by=by)


def change_recommendation(proposal: Proposal, one: Recommendation, new: str, *, confirmed: bool, by: Person) -> None:
    if one.text != proposal.original and not confirmed:
        raise ParagraphChanged(
            _("The text has changed since this was proposed. Is this still right?"), field="paragraph"
        )
    if proposal.action == ProposalAction.REMOVE:
        remove_recommendation(one, by=by)
    elif proposal.action == ProposalAction.ADD:
        made = add_recommendation(proposal.advice, text=new, by=by)
        move_recommendation(made, one.number + 1 - made.number, by=by)
    else:
        save_recommendation(
            proposal.advice, one, text=new, version=one.version, by=by, reason=one.reason, refers_to=one.refers_to,
            rests_on=list(one.rests_on.all()),
        )  # fmt: skip


@transaction.atomic
def reject(proposal: Proposal, *, reason: str, by: Person) -> Proposal:
    proposal = locked_open(proposal)
    if not reason.strip():
        raise Refused(_("Say why the proposal is not taken over."), field="reason")
    proposal = settle(proposal, ProposalState.REJECTED, note=reason.strip(), by=by)
    record("proposal.not_taken_over", proposal, by=by)
    tell(proposal, by=by)
    return proposal


@transaction.atomic
def withdraw(proposal: Proposal, *, by: Person) -> Proposal:
    """By who proposed it, or by who entered it for a member."""
    proposal = locked_open(proposal)
    if by.pk not in (proposal.person_id, proposal.entered_by_id):
        raise Refused(_("Only who made this proposal can take it back."))
    proposal = settle(proposal, ProposalState.WITHDRAWN, note="", by=by)
    record("proposal.withdrawn", proposal, by=by)
    return proposal


def locked_open(proposal: Proposal) -> Proposal:
    locked_draft(proposal.advice_id)
    found = Proposal.objects.select_for_update(of=("self",)).select_related(
        "advice", "person", "section", "recommendation"
    )
    proposal = found.get(pk=proposal.pk)
    if ProposalState.ACCEPTED not in PROPOSAL_ARROWS[ProposalState(proposal.state)]:
        raise Refused(_("This proposal has been settled already."))
    return proposal


def settle(proposal: Proposal, state: ProposalState, *, note: str, by: Person) -> Proposal:
    proposal.state, proposal.settled_at, proposal.settled_by, proposal.settle_note = state, timezone.now(), by, note
    proposal.save(update_fields=["state", "settled_at", "settled_by", "settle_note"])
    return proposal


def tell(proposal: Proposal, *, by: Person) -> None:
    if proposal.person_id != by.pk:
        cause, to = f"proposal:{proposal.pk}", proposal.person
        post("advice.proposal_settled", to, about=proposal.advice, cause=cause, council_id=proposal.council_id)
