"""What the letters ask of the secretary, as to-do items: `{% load letters_desk %}{% letters_desk council %}`."""

from typing import Any

from django import template
from django.db.models import Count, Q
from django.template import Context

from advice.slips import slips_to_print
from councils.models import Council
from portal.models import Message
from portal.states import MessageState

register = template.Library()


@register.inclusion_tag("advice/letter_desk.html", takes_context=True)
def letters_desk(context: Context, council: Council) -> dict[str, Any]:
    """What is to be printed, and what mail was refused. One query, and none for who is not the secretary."""
    counts = {"paper": 0, "slips": 0, "refused": 0}
    if context["request"].user.has_perm("advice.import_history", council):
        ours = Message.objects.filter(council_id=council.pk, kind__startswith="advice.")
        letter = Q(kind__in=["advice.letter", "advice.letter_copy"])
        counts = ours.aggregate(
            paper=Count("pk", filter=letter & Q(state=MessageState.PAPER)),
            slips=Count("pk", filter=Q(pk__in=slips_to_print(council).values("pk"))),
            refused=Count("pk", filter=letter & Q(state__in=[MessageState.REFUSED, MessageState.BOUNCED])),
        )
    return {"council": council, **counts}
