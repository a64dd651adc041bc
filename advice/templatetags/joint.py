"""Joint letters on other pages: `{% load joint %}`.

{% joint_waiting advice %}   how far the other councils are, for the council that leads
{% joint_desk council %}     to-do items: joint letters of others that this council has not decided on
"""

from typing import Any

from django import template
from django.template import Context

from advice.joint import joint_standings, to_adopt, uses_portal
from advice.models import Advice
from councils.models import Council
from councils.querysets import facts_of
from councils.rules import LEADING

register = template.Library()


@register.inclusion_tag("advice/_joint_waiting.html", takes_context=True)
def joint_waiting(context: Context, advice: Advice) -> dict[str, Any]:
    """No query for an advice of one council whose names are known (views.drafting.with_lists)."""
    standings = joint_standings(advice) if getattr(advice, "joint_names", True) else []
    may = context["request"].user.has_perm("advice.issue", advice)
    rows = [
        {
            "council": one.council, "state": one.state, "row": one.row,
            "may_register": may and one.state != "adopted" and not uses_portal(one.council),
        }
        for one in standings
    ]  # fmt: skip
    return {
        "advice": advice, "council": advice.council, "standings": rows,
        "ready": all(one.state == "adopted" for one in standings),
    }  # fmt: skip


@register.inclusion_tag("advice/_joint_desk.html", takes_context=True)
def joint_desk(context: Context, council: Council) -> dict[str, Any]:
    leads = facts_of(context["request"].user).holds(LEADING, council.pk)
    return {"council": council, "advices": to_adopt(council) if leads else []}
