"""What we heard: only in the council's room."""

from django.contrib import messages
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations import actions
from consultations.forms.heard import ActivityForm
from consultations.models import Activity, PolicyTopic
from consultations.views.common import INVALID, page_of
from councils.models import Council
from portal.access import Refused, get_for, requires


@require_safe
@requires("consultations.hear")
def heard_list(request: HttpRequest, council: str) -> HttpResponse:
    room = get_for(request, Council, slug=council)
    topics_of = PolicyTopic.objects.filter(activities=OuterRef("pk"))
    topics = list(PolicyTopic.objects.filter(activities__council=room).distinct().order_by("name"))
    chosen = next((topic for topic in topics if str(topic.public_id) == request.GET.get("onderwerp")), None)
    rows = room.activities.order_by("-held_on", "-pk").annotate(
        topic_names=ArraySubquery(topics_of.order_by("name").values("name")), used=recommendations_on_it()
    )
    if chosen:
        rows = rows.filter(topics=chosen)
    context = {"council": room, "page_obj": page_of(rows, request), "topics": topics, "chosen": chosen}
    return render(request, "consultations/heard.html", context)


@require_http_methods(["GET", "POST"])
@requires("consultations.hear")
def add_heard(request: HttpRequest, council: str) -> HttpResponse:
    room = get_for(request, Council, slug=council)
    form = ActivityForm(request.POST or None, council=room)
    form.cancel_url = heard_url(room)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_activity(room, by=request.user.person, **form.facts)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Saved. Thank you for writing this down."))
            return redirect("consultations:add_heard" if "another" in request.POST else "consultations:heard", council)
    earlier = room.activities.order_by("-held_on", "-pk")[:3]
    context = {"council": room, "form": form, "earlier": earlier}
    return render(request, "consultations/heard_form.html", context, status=INVALID if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires("consultations.edit_heard")
def edit_heard(request: HttpRequest, council: str, public_id: str) -> HttpResponse:
    activity = find_activity(request, council, public_id)
    form = ActivityForm(request.POST or None, council=activity.council, instance=activity)
    form.extra_submits = []
    form.cancel_url = heard_url(activity.council)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_activity(activity, by=request.user.person, **form.facts)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The change is saved."))
            return redirect("consultations:heard", council)
    used = activity.is_public or activity.recommendations.exists()
    context = {"council": activity.council, "form": form, "activity": activity, "used": used}
    return render(request, "consultations/heard_form.html", context, status=INVALID if form.errors else 200)


@require_POST
@requires("consultations.edit_heard")
def delete_heard(request: HttpRequest, council: str, public_id: str) -> HttpResponse:
    activity = find_activity(request, council, public_id)
    try:
        actions.delete_activity(activity, by=request.user.person)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("consultations:edit_heard", council, public_id)
    messages.success(request, _("It has been deleted."))
    return redirect("consultations:heard", council)


def recommendations_on_it() -> Subquery:
    """How many recommendations rest on an activity; the table belongs to the floor above."""
    links = Activity.objects.filter(pk=OuterRef("pk"), recommendations__isnull=False).values("pk")
    return Subquery(links.annotate(number=Count("recommendations")).values("number"))


def find_activity(request: HttpRequest, council: str, public_id: str) -> Activity:
    source = Activity.objects.filter(council__slug=council).select_related("council")
    return get_for(request, source, public_id=public_id)


def heard_url(council: Council) -> str:
    return reverse("consultations:heard", args=[council.slug])
