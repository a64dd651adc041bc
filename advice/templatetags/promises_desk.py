"""What promises and looking back put on the home pages: `{% load promises_desk %}`. One query each."""

from typing import Any

from django import template
from django.db.models import Q
from django.template import Context
from django.utils import timezone

from advice.following_up import asked_of_council
from advice.models import Commitment
from advice.promises import AHEAD
from advice.querysets import PROMISES
from councils.models import Authority, Council
from councils.querysets import facts_of
from councils.rules import ANSWERING, LEADING

register = template.Library()
SHOWN = 10


@register.inclusion_tag("advice/_promises_desk.html", takes_context=True)
def promises_desk(context: Context, council: Council) -> dict[str, Any]:
    """For who leads the council: answers to mark, promises to check, decisions to ask for, letters to look back on."""
    leads = facts_of(context["request"].user).holds(LEADING, council.pk)
    return {"council": council, "reviews": asked_of_council(council.pk, SHOWN) if leads else []}


@register.inclusion_tag("advice/_promises_authority_desk.html", takes_context=True)
def promises_authority_desk(context: Context, authority: Authority) -> dict[str, Any]:
    """For who answers for the authority: promises that are almost due, too late, or not agreed on."""
    if not facts_of(context["request"].user).serves(ANSWERING, authority.pk):
        return {"authority": authority, "promises": []}
    near = PROMISES["open"] & Q(due_on__lte=timezone.localdate() + AHEAD)
    found = Commitment.objects.given().filter(authority=authority).filter(near | PROMISES["disputed"])
    return {"authority": authority, "promises": found.select_related("council").order_by("due_on", "pk")[:SHOWN]}
