"""What deciding asks of a person, as to-do items: `{% load votes_desk %}{% votes_desk council %}`. One query."""

from typing import Any

from django import template
from django.db.models import Exists, OuterRef, Q, Subquery
from django.template import Context
from django.utils import timezone

from advice.models import Advice, Decision, Elector, Vote, WrittenProcedure
from advice.states import AdviceState, Manner
from councils.models import Council
from councils.querysets import facts_of
from councils.rules import LEADING

register = template.Library()
SHOWN = 10


@register.inclusion_tag("advice/_votes_desk.html", takes_context=True)
def votes_desk(context: Context, council: Council) -> dict[str, Any]:
    """Votes to give; for who leads also votes to close and decisions by mandate to be ratified."""
    user = context["request"].user
    procedures = WrittenProcedure.objects.filter(advice=OuterRef("pk"), closed_at=None)
    electors = Elector.objects.filter(procedure__advice=OuterRef("pk"), procedure__closed_at=None, recused_at=None)
    votes = Vote.objects.filter(procedure=OuterRef("procedure"), person=OuterRef("person"))
    silent = electors.filter(~Exists(votes))
    decisions = Decision.objects.filter(advice=OuterRef("pk")).order_by("-pk")
    found = (
        Advice.objects.filter(council=council)
        .annotate(
            closes_at=Subquery(procedures.values("closes_at")[:1]),
            asks_me=Exists(silent.filter(person=user.person_id)),
            waits_for_others=Exists(silent.filter(only_on_tie=False)),
            manner=Subquery(decisions.values("manner")[:1]),
            was_ratified=Subquery(decisions.values("ratification__ratified")[:1]),
        )
        .filter(
            Q(state=AdviceState.VOTING)
            | Q(state__in=[AdviceState.ADOPTED, AdviceState.ISSUED], manner=Manner.MANDATE, was_ratified__isnull=True)
        )
        .order_by("closes_at", "pk")[:SHOWN]
    )
    leads = facts_of(user).holds(LEADING, council.pk)
    return {"council": council, "advices": found, "leads": leads, "now": timezone.now()}
