"""What a coming agenda could hold: found by the portal, put there only on purpose.

A floor above registers what it has; this floor knows nothing of it:

    @offers("advice")
    def advices(meeting: Meeting) -> Iterable[Offer]: ...

An offer stands until it is on an agenda that is still to come, or until its reason is gone. After a meeting that did
not settle it, it is offered again: nothing falls off because nobody thought of it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from meetings.models import ActionItem, AgendaItem, ItemProposal, Meeting, Minutes
from meetings.states import Aim, ItemOrigin, MeetingState, MinutesState
from portal.dates import day_month, long_date
from portal.models import Person


@dataclass(frozen=True)
class Offer:
    pk: int
    title: str  # of the item, in the language of the agenda
    aim: str
    minutes: int
    origin: str
    why: str  # why it is offered, for the secretary
    url: str = ""
    owner: Person | None = None
    name: str = ""  # of what registered it
    decline_url: str = ""  # where the secretary says why it does not come on the agenda

    @property
    def key(self) -> str:
        return f"{self.name}:{self.pk}"


def offered_at(item: AgendaItem, name: str) -> int | None:
    """The row behind an item that was offered under this name."""
    offer, _colon, pk = item.source.partition(":")
    return int(pk) if offer == name else None


Finder = Callable[[Meeting], Iterable[Offer]]
Placer = Callable[[Meeting, Offer, Person], AgendaItem]
FINDERS: dict[str, Finder] = {}
PLACERS: dict[str, Placer] = {}
Settler = Callable[[Meeting], Iterable[int]]
SETTLERS: dict[str, Settler] = {}


def offers(name: str, *, place: Placer | None = None) -> Callable[[Finder], Finder]:
    """`place` puts it on the agenda with a verb of its own floor; without it an item is added."""

    def register(finder: Finder) -> Finder:
        FINDERS[name] = finder
        if place:
            PLACERS[name] = place
        return finder

    return register


def settles(name: str) -> Callable[[Settler], Settler]:
    """A floor above the one that offers knows which of these rows are settled already."""

    def register(finder: Settler) -> Settler:
        SETTLERS[name] = finder
        return finder

    return register


def open_offers(meeting: Meeting) -> list[Offer]:
    """What is on no coming agenda yet. The same queries for one offer and for a hundred."""
    coming = AgendaItem.objects.filter(meeting__council_id=meeting.council_id, meeting__closed_at=None)
    coming = coming.filter(meeting__state__in=[MeetingState.PLANNED, MeetingState.INVITED])
    taken = set(coming.filter(meeting__ends_at__gte=timezone.now()).exclude(source="").values_list("source", flat=True))
    taken |= {f"{name}:{pk}" for name, settled in SETTLERS.items() for pk in settled(meeting)}
    found = []
    with override("nl"):  # the titles become content of the agenda
        for name, finder in FINDERS.items():
            found += [Offer(**{**vars(offer), "name": name}) for offer in finder(meeting)]
    return [offer for offer in found if offer.key not in taken]


def stands_for(meeting: Meeting, origin: str) -> bool:
    """Whether the agenda holds a standing item for it, such as the one for the minutes of last time."""
    return meeting.agenda_items.filter(origin=origin, source="").exists()


@offers("minutes")
def last_minutes(meeting: Meeting) -> Iterable[Offer]:
    if stands_for(meeting, ItemOrigin.LAST_MINUTES):
        return
    begins = meeting.starts_at
    earlier = Q(meeting__starts_at__lt=begins) | Q(meeting__closed_at__lt=begins)  # held before its date
    waiting = Minutes.objects.filter(earlier, council_id=meeting.council_id, meeting__kind=meeting.kind)
    waiting = waiting.exclude(state=MinutesState.ADOPTED).exclude(meeting=meeting)
    for minutes in waiting.select_related("meeting").order_by("meeting__starts_at"):
        day = long_date(timezone.localdate(minutes.meeting.began_at))
        yield Offer(
            minutes.pk, _("Adopt the minutes of %(day)s") % {"day": day}, Aim.DECIDE, 10, ItemOrigin.LAST_MINUTES,
            _("These minutes are not adopted yet."), minutes.meeting.get_absolute_url(),
        )  # fmt: skip


@offers("actions")
def open_actions(meeting: Meeting) -> Iterable[Offer]:
    """One item for the whole list, until everything on it is done."""
    if stands_for(meeting, ItemOrigin.OPEN_ACTIONS):
        return
    day = timezone.localdate(meeting.starts_at)
    due_on = ActionItem.objects.open().filter(council_id=meeting.council_id).values_list("due_on", flat=True)
    if due_on:
        due = sum(last is not None and last <= day for last in due_on)
        yield Offer(
            meeting.council_id, _("List of actions and decisions"), Aim.DISCUSS, 10, ItemOrigin.OPEN_ACTIONS,
            _("Open actions: %(count)d. Due before this meeting: %(due)d.") % {"count": len(due_on), "due": due},
        )  # fmt: skip


@offers("proposal")
def proposals(meeting: Meeting) -> Iterable[Offer]:
    """Of members: for this meeting, for the next one, or for one that does not come any more."""
    found = ItemProposal.objects.at(meeting).select_related("person", "meeting", "council")
    for proposal in found.order_by("proposed_at", "pk"):
        yield Offer(
            proposal.pk, proposal.title, proposal.aim, proposal.minutes, ItemOrigin.PROPOSAL,
            why_proposed(proposal, meeting), owner=proposal.person,
            decline_url=reverse("meetings:decline_proposal", args=[proposal.council.slug, proposal.public_id]),
        )  # fmt: skip


def why_proposed(proposal: ItemProposal, here: Meeting) -> str:
    facts = {"name": proposal.person.name, "day": day_month(timezone.localdate(proposal.proposed_at))}
    lines = [_("Proposed by %(name)s on %(day)s.") % facts]
    if proposal.meeting and proposal.meeting.pk != here.pk:
        day = long_date(timezone.localdate(proposal.meeting.starts_at))
        lines.append(_("It was for the meeting of %(day)s.") % {"day": day})
    return " ".join(filter(None, [*lines, proposal.why]))
