"""What the home pages show of this floor: `{% load consultations_desk %}`.

{% consultations_desk council %}              <li> items for <ul class="portal-todos">: what a council is asked
{% consultations_authority_desk authority %}  the same for an authority: drafts, questions and topics to ask about
{% consultations_running authority %}         a section with the requests that lie with the councils
"""

from datetime import date
from typing import Any

from django import template
from django.db.models import Q
from django.template import Context
from django.utils.timezone import localdate

from consultations.models import Activity, CouncilRequest, RequestQuestion
from consultations.states import RequestState
from councils.models import Authority, Council

register = template.Library()
AT_MOST = 10  # of a kind; the page behind it has all


@register.inclusion_tag("consultations/council_todos.html", takes_context=True)
def consultations_desk(context: Context, council: Council) -> dict[str, Any]:
    """For the secretary and the chair: requests to take in hand, questions without an answer. Members get nothing."""
    user = context["request"].user
    if not user.has_perm("consultations.handle_all", council):
        return {"new": [], "waiting": [], "urgent": []}
    todo = Q(state=RequestState.SUBMITTED) | Q(request__urgent=True, consent="")
    rows = CouncilRequest.objects.filter(council=council).open().filter(todo)
    mine = list(rows.select_related("request__authority").by_urgency()[: 3 * AT_MOST])
    unanswered = RequestQuestion.objects.filter(
        council_request__council=council,
        council_request__state__in=[RequestState.SUBMITTED, RequestState.ACCEPTED],
        answered_at__isnull=True,
    ).select_related("council_request__request__authority")
    return {
        "council": council,
        "urgent": [part for part in mine if awaits_consent(part)][:AT_MOST],
        "new": [(part, last_day_of(part)) for part in mine if not awaits_consent(part)][:AT_MOST],
        "waiting": unanswered[:AT_MOST],
        "may_keep_records": user.has_perm("consultations.register", council),
    }


def awaits_consent(part: CouncilRequest) -> bool:
    """An urgent request asks one thing at a time: first what the chair says, then whether it is taken in hand."""
    return part.request.urgent and not part.consent


def last_day_of(part: CouncilRequest) -> date | None:
    """Until when the council can decline; after that, until when it gives its advice."""
    may_decline = part.decline_until is not None and part.decline_until >= localdate()
    return part.decline_until if may_decline else part.due_on


@register.inclusion_tag("consultations/authority_todos.html", takes_context=True)
def consultations_authority_desk(context: Context, authority: Authority) -> dict[str, Any]:
    """For case workers: questions to answer, drafts to finish, and announced topics whose day to ask has passed."""
    if not context["request"].user.has_perm("consultations.create_request", authority):
        return {"authority": authority, "questions": [], "drafts": [], "overdue": []}
    drafts = authority.requests.drafts()
    overdue = authority.policy_topics.on_agenda().not_asked().filter(request_expected_on__lt=localdate())
    begun = drafts.filter(topic__isnull=False).values("topic")  # asked for as a draft already
    questions = RequestQuestion.objects.filter(
        council_request__request__authority=authority,
        council_request__state__in=[RequestState.SUBMITTED, RequestState.ACCEPTED],
        answered_at__isnull=True,
    ).select_related("council_request__request", "council_request__council")
    return {
        "authority": authority,
        "questions": questions[:AT_MOST],
        "drafts": drafts.order_by("-created_at")[:AT_MOST],
        "overdue": overdue.exclude(pk__in=begun).order_by("request_expected_on", "pk")[:AT_MOST],
    }


@register.inclusion_tag("consultations/authority_running.html", takes_context=True)
def consultations_running(context: Context, authority: Authority) -> dict[str, Any]:
    """What lies with the councils now: nobody at the desk has to do anything for it. And the way to ask for more."""
    running = CouncilRequest.objects.asked_by(authority).open().select_related("request", "council")
    return {
        "authority": authority,
        "running": running.by_urgency()[:AT_MOST],
        "may_ask": context["request"].user.has_perm("consultations.create_request", authority),
    }


@register.simple_tag(takes_context=True)
def has_perm_to_edit(context: Context, activity: Activity) -> bool:
    return context["request"].user.has_perm("consultations.edit_heard", activity)


@register.filter
def at(names: dict[str, Any], key: str) -> Any:
    """The name of a choice by its code."""
    return names.get(key, key)
