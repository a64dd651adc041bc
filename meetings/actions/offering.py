"""Putting on the agenda what the portal offered for it."""

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.actions.agenda import add_item, lock, need_open
from meetings.actions.proposing import take_up
from meetings.models import AgendaItem, ItemProposal, Meeting
from meetings.offers import PLACERS, Offer, open_offers
from portal.access import Refused
from portal.models import Person


def take_up_offer(meeting: Meeting, offer: Offer, by: Person) -> AgendaItem:
    return take_up(ItemProposal.objects.get(pk=offer.pk), meeting, by=by)


PLACERS["proposal"] = take_up_offer


@transaction.atomic
def place_offer(meeting: Meeting, key: str, *, by: Person) -> AgendaItem:
    """Once: what is on a coming agenda already is offered no longer."""
    meeting = lock(meeting)
    need_open(meeting)
    offer = next((offer for offer in open_offers(meeting) if offer.key == key), None)
    if offer is None:
        raise Refused(_("This is on an agenda already, or it is settled."))
    return put(meeting, offer, by)


@transaction.atomic
def place_all(meeting: Meeting, *, by: Person) -> list[AgendaItem]:
    meeting = lock(meeting)
    need_open(meeting)
    return [put(meeting, offer, by) for offer in open_offers(meeting)]


def put(meeting: Meeting, offer: Offer, by: Person) -> AgendaItem:
    placer = PLACERS.get(offer.name)
    if placer:
        item = placer(meeting, offer, by)
    else:
        item = add_item(
            meeting, title=offer.title[:200], aim=offer.aim, minutes=offer.minutes, origin=offer.origin, by=by
        )
    item.source = offer.key
    item.save(update_fields=["source"])
    return item
