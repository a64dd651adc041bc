"""What this floor puts on the home pages: `{% load advice_desk %}`. Each tag asks the database at most twice."""

from datetime import timedelta
from typing import Any

from django import template
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.template import Context
from django.utils import timezone

from advice.dossier import with_answers
from advice.joint import with_councils_waited_for
from advice.models import Advice, Approval, LetterCopy, Response
from advice.opinions import STAFF, waiting_for, waiting_in, with_waiting
from advice.querysets import DUE_ON
from advice.states import AdviceState, ResponseState
from consultations.states import RequestState
from councils.models import Authority, Council
from councils.querysets import facts_of
from councils.rules import ANSWERING, LEADING
from councils.states import AuthorityRole, CouncilRole

register = template.Library()
NEWS_FOR = timedelta(days=60)
NEWS_SHOWN = 3
SHOWN = 10


@register.inclusion_tag("advice/_desk.html", takes_context=True)
def advice_desk(context: Context, council: Council) -> dict[str, Any]:
    """To-do items for who leads: to write, to send, to remind of. A member is asked by a question or a vote."""
    facts = facts_of(context["request"].user)
    found: dict[str, Any] = {
        "council": council, "keeps_records": facts.holds({CouncilRole.SECRETARY}, council.pk), "advices": [],
        "drafts": [], "to_start": [],
    }  # fmt: skip
    if not facts.holds(LEADING, council.pk):
        return found
    wanted = Q(state__in=[AdviceState.DRAFT, AdviceState.ADOPTED]) | Q(is_late=True)
    advices = with_councils_waited_for(with_answers(Advice.objects.filter(council=council))).filter(wanted)
    advices = with_waiting(advices.select_related("council", "request", "letter").order_by("request__due_on", "pk"))
    advices = advices[:SHOWN]
    to_start = council.requests.filter(state=RequestState.ACCEPTED, advices=None).select_related("request")
    return {**found, "advices": advices, "drafts": waiting_in(advices), "to_start": to_start.order_by("due_on")[:SHOWN]}


@register.inclusion_tag("advice/_opinion_desk.html", takes_context=True)
def opinion_desk(context: Context, council: Council) -> dict[str, Any]:
    """The questions "What do you think?" that this member has not answered. Answered to the chair alone counts too."""
    user = context["request"].user
    thinks = any(m.council_id == council.pk and (m.votes or m.role not in STAFF) for m in facts_of(user).memberships)
    return {"council": council, "rounds": waiting_for(user.person, council)[:SHOWN] if thinks else []}


@register.inclusion_tag("advice/_news.html", takes_context=True)
def advice_news(context: Context, council: Council) -> dict[str, Any]:
    """The answers that came lately, and the letters that went out."""
    since = timezone.localdate() - NEWS_FOR
    answers = Response.objects.filter(council=council, state=ResponseState.FINAL, dated_on__gte=since)
    letters = council.letters.filter(dated_on__gte=since, imported=False).select_related("advice", "council")
    return {
        "council": council,
        "answers": answers.select_related("copy__letter__advice", "authority").order_by("-dated_on")[:NEWS_SHOWN],
        "letters": letters.order_by("-dated_on")[:NEWS_SHOWN],
    }


@register.inclusion_tag("advice/_authority_desk.html", takes_context=True)
def advice_authority_desk(context: Context, authority: Authority) -> dict[str, Any]:
    """The letters that wait for an answer of this authority, the nearest last day first."""
    copies = LetterCopy.objects.unanswered().filter(authority=authority, letter__imported=False)
    asked_at = OuterRef("response__approval_asked_at")
    judged = Approval.objects.filter(response=OuterRef("response"), given_at__gte=asked_at)
    asked = Q(response__approval_asked_at__isnull=False)
    copies = copies.annotate(waits_for_alderman=ExpressionWrapper(asked & ~Exists(judged), BooleanField()))
    facts = facts_of(context["request"].user)
    return {
        "authority": authority,
        "answers": facts.serves(ANSWERING, authority.pk),
        "agrees": facts.serves({AuthorityRole.ALDERMAN}, authority.pk),
        "copies": copies.select_related("letter", "council", "response").order_by(DUE_ON.asc(), "pk")[:SHOWN],
    }
