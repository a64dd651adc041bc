"""The mails of the past: written by the verbs, and marked as sent or posted before a worker can see them."""

from datetime import timedelta

from django.db.models import Q

from advice.demo.world import World
from portal.models import Message
from portal.states import MessageState


def send_off_the_past(world: World) -> None:
    """Everything written in this build so far. Straight updates: nobody posted these one by one."""
    yesterday = world.moment(-1)
    councils = [council.pk for council in world.councils.values()]
    authorities = [authority.pk for authority in world.authorities.values()]
    ours = Message.objects.filter(Q(council_id__in=councils) | Q(authority_id__in=authorities))
    ours.update(created_at=yesterday - timedelta(minutes=1), next_try_at=yesterday)
    ours.filter(state=MessageState.WAITING).update(state=MessageState.SENT, sent_at=yesterday, attempts=1)
    ours.filter(state=MessageState.PAPER).update(state=MessageState.POSTED)
