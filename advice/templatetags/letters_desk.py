"""What the letters ask of the secretary, as to-do items: `{% load letters_desk %}{% letters_desk council %}`."""

from typing import Any

from django import template
from django.db.models import Count, Q
from django.template import Context

from councils.models import Council
from portal.models import Message
from portal.states import MessageState

register = template.Library()


@register.inclusion_tag("advice/letter_desk.html", takes_context=True)
def letters_desk(context: Context, council: Council) -> dict[str, Any]:
    """Letters to print, and letters whose mail was refused. One query, and none for who is not the secretary."""
    counts = {"paper": 0, "refused": 0}
    if context["request"].user.has_perm("advice.import_history", council):
        ours = Message.objects.filter(council_id=council.pk, kind__in=["advice.letter", "advice.letter_copy"])
        counts = ours.aggregate(
            paper=Count("pk", filter=Q(state=MessageState.PAPER)),
            refused=Count("pk", filter=Q(state=MessageState.REFUSED)),
        )
    return {"council": council, **counts}
