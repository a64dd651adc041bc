"""Members put items forward (Wmo 2015, art. 2.1.3 lid 3); the secretary takes each up or says why not."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from councils.models import Council
from meetings.actions.agenda import add_item, can_change
from meetings.models import AgendaItem, ItemProposal, Meeting
from meetings.states import ITEM_PROPOSAL_ARROWS, ItemOrigin, ItemProposalState
from portal.access import Refused
from portal.audit import record
from portal.models import Person
from portal.post import post


@transaction.atomic
def propose_item(
    council: Council, *, title: str, person: Person, by: Person, meeting: Meeting | None = None, why: str = "",
    aim: str, minutes: int,
) -> ItemProposal:  # fmt: skip
    """For a meeting, or without one for the next. `by` is another person when the secretary enters it."""
    if meeting and (meeting.council_id != council.pk or not can_change(meeting)):
        raise Refused(_("This meeting is over or cancelled. Choose another one."), field="meeting")
    proposal = ItemProposal.objects.create(
        council=council, meeting=meeting, person=person, title=title, why=why.strip(), aim=aim, minutes=minutes,
        entered_by=by,
    )  # fmt: skip
    record("item_proposal.made", proposal, by=by)
    return proposal


@transaction.atomic
def take_up(proposal: ItemProposal, meeting: Meeting, *, by: Person) -> AgendaItem:
    """On the agenda, with who proposed it as the one who brings it in."""
    proposal = lock(proposal)
    if meeting.council_id != proposal.council_id:
        raise Refused(_("Choose a meeting of your own council."))
    move(proposal, ItemProposalState.TAKEN_UP)
    proposal.item = add_item(
        meeting, title=proposal.title, aim=proposal.aim, minutes=proposal.minutes, owner=proposal.person,
        origin=ItemOrigin.PROPOSAL, by=by,
    )  # fmt: skip
    proposal.meeting = meeting
    decide(proposal, by)
    return proposal.item


@transaction.atomic
def decline(proposal: ItemProposal, *, reason: str, by: Person) -> ItemProposal:
    proposal = lock(proposal)
    if not reason.strip():
        raise Refused(_("Say why it does not come on the agenda. The member reads this."), field="reason")
    move(proposal, ItemProposalState.DECLINED)
    proposal.reason = reason.strip()
    decide(proposal, by)
    return proposal


def lock(proposal: ItemProposal) -> ItemProposal:
    return ItemProposal.objects.select_for_update(of=("self",)).select_related("person").get(pk=proposal.pk)


def move(proposal: ItemProposal, to: ItemProposalState) -> None:
    if to not in ITEM_PROPOSAL_ARROWS[ItemProposalState(proposal.state)]:
        raise Refused(_("This proposal is handled already."))
    proposal.state = to


def decide(proposal: ItemProposal, by: Person) -> None:
    proposal.decided_at = timezone.now()
    proposal.save(update_fields=["state", "item", "meeting", "reason", "decided_at"])
    event = record(f"item_proposal.{proposal.state}", proposal, by=by)
    if proposal.person_id != by.pk:
        post(
            "meetings.proposal_decided", proposal.person, about=proposal,
            cause=f"item_proposal:{proposal.pk}:{event.pk}", council_id=proposal.council_id,
        )  # fmt: skip
