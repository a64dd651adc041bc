"""Policy topics: at the desk of the authority, and in the room of a council whose authority does not take part."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consultations import actions, recipients
from consultations.forms.heard import TopicForm
from consultations.models import PolicyTopic
from consultations.states import Law
from consultations.views.common import INVALID, page_of
from councils.models import Authority, Council
from portal.access import Refused, get_for, requires


@require_safe
@requires("consultations.view_topics")
def topics(request: HttpRequest, authority: str) -> HttpResponse:
    desk = get_for(request, Authority, slug=authority)
    context = {
        "authority": desk,
        "page_obj": page_of(listed_topics(desk.policy_topics.all()), request),
        "may_edit": request.user.has_perm("consultations.manage_topics", desk),
        "law_names": dict(Law.choices),
    }
    return render(request, "consultations/topics.html", context)


@require_http_methods(["GET", "POST"])
@requires("consultations.manage_topics")
def add_topic(request: HttpRequest, authority: str) -> HttpResponse:
    desk = get_for(request, Authority, slug=authority)
    return topic_form(request, [desk], None, back=reverse("consultations:topics", args=[authority]))


@require_http_methods(["GET", "POST"])
@requires("consultations.manage_topics")
def edit_topic(request: HttpRequest, authority: str, public_id: str) -> HttpResponse:
    desk = get_for(request, Authority, slug=authority)
    topic = get_object_or_404(desk.policy_topics, public_id=public_id)
    return topic_form(request, [desk], topic, back=reverse("consultations:topics", args=[authority]))


@require_safe
@requires("consultations.view_council_topics")
def council_topics(request: HttpRequest, council: str) -> HttpResponse:
    room = get_for(request, Council, slug=council)
    rows = PolicyTopic.objects.for_council(room).select_related("authority")
    keeps = request.user.has_perm("consultations.manage_council_topics", room)
    context = {
        "council": room,
        "page_obj": page_of(listed_topics(rows), request),
        "ours": {authority.pk for authority in kept_by_council(room)} if keeps else set(),
        "law_names": dict(Law.choices),
    }
    return render(request, "consultations/topics.html", context)


@require_http_methods(["GET", "POST"])
@requires("consultations.manage_council_topics")
def add_council_topic(request: HttpRequest, council: str) -> HttpResponse:
    room = get_for(request, Council, slug=council)
    authorities = kept_by_council(room)
    if not authorities:
        messages.error(request, _("The authority keeps the list of topics itself. Ask the contact officer."))
        return redirect("consultations:council_topics", council)
    return topic_form(request, authorities, None, back=reverse("consultations:council_topics", args=[council]))


@require_http_methods(["GET", "POST"])
@requires("consultations.manage_council_topics")
def edit_council_topic(request: HttpRequest, council: str, public_id: str) -> HttpResponse:
    room = get_for(request, Council, slug=council)
    topic = get_object_or_404(PolicyTopic.objects.for_council(room), public_id=public_id)
    if recipients.takes_part(topic.authority):
        messages.error(request, _("The authority keeps the list of topics itself. Ask the contact officer."))
        return redirect("consultations:council_topics", council)
    return topic_form(request, [topic.authority], topic, back=reverse("consultations:council_topics", args=[council]))


def topic_form(
    request: HttpRequest, authorities: list[Authority], topic: PolicyTopic | None, *, back: str
) -> HttpResponse:
    form = TopicForm(request.POST or None, authorities=authorities, instance=topic or PolicyTopic())
    form.cancel_url = back
    if request.method == "POST" and form.is_valid():
        facts: dict[str, Any] = dict(form.cleaned_data)
        authority = facts.pop("authority", authorities[0])
        try:
            if topic:
                actions.change_topic(topic, by=request.user.person, **facts)
            else:
                actions.add_topic(authority, by=request.user.person, **facts)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The topic is saved."))
            return redirect(back)
    context = {"form": form, "topic": topic, "back": back}
    return render(request, "consultations/topic_form.html", context, status=INVALID if form.errors else 200)


def listed_topics(rows: QuerySet[PolicyTopic]) -> QuerySet[PolicyTopic]:
    rows = rows.select_related("contact").order_by("name", "pk")
    return rows.annotate(asked=Count("requests", distinct=True))


def kept_by_council(council: Council) -> list[Authority]:
    """Authorities that the council advises today and of which nobody works in the portal."""
    return list(recipients.without_people(Authority.objects.advised_by(council)))
