"""What deciding asks of a person, as to-do items: `{% load votes_desk %}{% votes_desk council %}`. One query."""

from datetime import timedelta
from typing import Any

from django import template
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, prefetch_related_objects
from django.db.models.functions import TruncDate
from django.template import Context
from django.utils import timezone

from advice.models import Advice, Decision, Elector, Vote, WrittenProcedure
from advice.states import AdviceState, Manner
from councils.models import Council, Membership
from councils.querysets import facts_of
from councils.rulebook import RuleBook, rulebook_for
from councils.rulebook.voting import quorum_needed
from councils.rules import LEADING
from councils.states import CouncilRole, SecretaryKind

register = template.Library()
SHOWN = 10
SOON = timedelta(days=3)


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
        .annotate(opened_on=Subquery(procedures.values(day=TruncDate("opened_at"))[:1]))
        .annotate(
            voters=number(electors.filter(only_on_tie=False)),
            present=number(electors.filter(only_on_tie=False).filter(Exists(votes))),
            sitting=sitting(),
            sitting_without_chair=sitting(without=CouncilRole.CHAIR),
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
    now, advices = timezone.now(), list(found)
    soon = [one for one in advices if leads and one.closes_at and now < one.closes_at <= now + SOON]
    if soon:
        prefetch_related_objects([council], "instruments")  # the rules are read once for all desks of the home
        book = rulebook_for(council)
        for advice in soon:
            advice.votes_short = votes_short(book, advice)  # type: ignore[attr-defined]
    return {"council": council, "advices": advices, "leads": leads, "now": now}


def number(electors: QuerySet) -> Subquery:
    return Subquery(electors.order_by().values("procedure").annotate(n=Count("pk")).values("n"))


def sitting(without: str | None = None) -> Subquery:
    """As councils.electorate.sitting_people counts them on the day of opening, without who takes no part."""
    day = OuterRef("opened_on")
    apart = Elector.objects.filter(
        procedure__advice=OuterRef(OuterRef("pk")), procedure__closed_at=None, recused_at__isnull=False,
        person=OuterRef("person"),
    )  # fmt: skip
    outside = Q(role__in=[CouncilRole.SECRETARY, CouncilRole.MINUTE_TAKER], votes=False) & ~Q(
        secretary_kind=SecretaryKind.MEMBER
    )
    seats = Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gte=day), council=OuterRef("council"))
    seats = seats.filter(~Exists(apart), ~outside, starts_on__lte=day)
    if without:
        seats = seats.exclude(role=without)
    return Subquery(seats.order_by().values("council").annotate(n=Count("person", distinct=True)).values("n"))


def votes_short(book: RuleBook, advice: Any) -> int:
    """How many votes the quorum still lacks, as the tally says it."""
    counted = advice.sitting_without_chair if book.get("chair_counts_as_member") is False else advice.sitting
    if (book.get("quorum") or {}).get("of") == "voting_members":
        counted = advice.voters or 0
    quorum = quorum_needed(book, members=counted)
    return max(quorum.count - (advice.present or 0), 0) if quorum else 0
