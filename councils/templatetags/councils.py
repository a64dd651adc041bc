"""The parts that this floor brings to pages: `{% load councils %}`.

{% elections_desk council %}  the ballots in which this person has yet to vote, as items of the same list
{% post_desk council %}       mail that did not arrive, is held or is late, as items of the same list
{% councils_desk council %}   what the members' list asks of the secretary, as items of <ul class="portal-todos">
"""

from datetime import timedelta
from typing import Any

from django import template
from django.db.models import Count, Exists, Min, OuterRef, Q
from django.template import Context
from django.utils.timezone import localdate, now

from councils.models import Council, Election
from councils.querysets import facts_of
from councils.rulebook import rulebook_for
from councils.states import CouncilRole
from portal.alarm import ALARM_AFTER
from portal.models import Invitation, Message
from portal.states import MessageState
from portal.topics import must_go

register = template.Library()
TERM_WARNING = timedelta(days=183)
FEW = 2  # so many people and the council is still being set up


@register.inclusion_tag("councils/desk_elections.html", takes_context=True)
def elections_desk(context: Context, council: Council) -> dict[str, Any]:
    """For each member: the open ballots in which she has not voted."""
    waiting = Election.objects.filter(council=council, closed_at=None, closes_at__gt=now()).filter(
        voters__person=context["user"].person_id, voters__has_voted=False
    )
    return {"council": council, "elections": waiting.order_by("closes_at")}


@register.inclusion_tag("councils/desk_todos.html", takes_context=True)
def councils_desk(context: Context, council: Council) -> dict[str, Any]:
    """For the secretary: who has not accepted, whose term ends, and too few members."""
    if not facts_of(context["user"]).holds({CouncilRole.SECRETARY}, council.pk):
        return {"council": council}
    today = localdate()
    waiting = Invitation.objects.filter(accepted_at=None, person=OuterRef("person"), person__user=None)
    members = list(council.memberships.current().select_related("person").annotate(is_invited=Exists(waiting)))
    seated = {m.person_id for m in members if m.votes}
    ending = [m for m in members if m.ends_on and m.ends_on <= today + TERM_WARNING]
    minimum = rulebook_for(council).rule("members_min")
    return {
        "council": council,
        "invited": sorted({m.person.name for m in members if m.is_invited}),
        "ending": sorted(ending, key=lambda m: m.ends_on),
        "first_end": min((m.ends_on for m in ending if m.ends_on), default=None),
        "alone": len({m.person_id for m in members}) < FEW,
        "seated": len(seated),
        "minimum": minimum if minimum and len(seated) < minimum.value else None,
    }


@register.inclusion_tag("councils/desk_post.html", takes_context=True)
def post_desk(context: Context, council: Council) -> dict[str, Any]:
    """For the secretary: mail that did not arrive, came back, is held, or had to leave a day ago. Letters have items of
    their own, on the floor of the advices."""
    if not facts_of(context["user"]).holds({CouncilRole.SECRETARY}, council.pk):
        return {"council": council}
    failed = Q(state__in=[MessageState.REFUSED, MessageState.BOUNCED]) & ~Q(kind__in=must_go())
    ours = Message.objects.filter(council_id=council.pk)
    late = Q(pk__in=ours.late(now() - ALARM_AFTER).values("pk"))
    return {"council": council} | ours.aggregate(
        failed=Count("pk", filter=failed),
        name=Min("person__name", filter=failed),
        held=Count("pk", filter=Q(state=MessageState.HELD)),
        late=Count("pk", filter=late),
    )
