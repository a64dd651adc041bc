"""The items that every agenda begins and ends with."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from councils.models import Council
from meetings.actions import standing
from meetings.forms.standing import StandingItemForm
from portal.access import PortalRequest, get_for, requires


@require_http_methods(["GET", "POST"])
@requires("meetings.schedule")
def overview(request: PortalRequest, council: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    form = StandingItemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        standing.save_standing(found, None, by=request.user.person, **form.cleaned_data)
        messages.success(request, _("The standing item is saved."))
        return redirect("meetings:standing", found.slug)
    items = list(found.standing_items.all())
    return render(
        request, "meetings/standing.html",
        {
            "council": found, "form": form, "begin": [item for item in items if not item.at_end],
            "end": [item for item in items if item.at_end],
        },
        status=422 if form.is_bound else 200,
    )  # fmt: skip


@require_POST
@requires("meetings.schedule")
def start(request: PortalRequest, council: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    standing.start_standing(found, by=request.user.person)
    messages.success(request, _("The usual list is there. Change what is different with you."))
    return redirect("meetings:standing", found.slug)


@require_http_methods(["GET", "POST"])
@requires("meetings.schedule")
def edit(request: PortalRequest, council: str, item: int) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    one = get_object_or_404(found.standing_items, pk=item)
    form = StandingItemForm(request.POST or None, instance=one)
    if request.method == "POST" and form.is_valid():
        standing.save_standing(found, one, by=request.user.person, **form.cleaned_data)
        messages.success(request, _("The standing item is saved."))
        return redirect("meetings:standing", found.slug)
    return render(
        request, "meetings/standing_item.html", {"council": found, "form": form},
        status=422 if form.is_bound else 200,
    )  # fmt: skip


@require_POST
@requires("meetings.schedule")
def order(request: PortalRequest, council: str, item: int) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    one = get_object_or_404(found.standing_items, pk=item)
    standing.move_standing(one, up=request.POST.get("to") == "up", by=request.user.person)
    return redirect(f"{reverse('meetings:standing', args=[found.slug])}#punt-{one.pk}")


@require_POST
@requires("meetings.schedule")
def remove(request: PortalRequest, council: str, item: int) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    standing.remove_standing(get_object_or_404(found.standing_items, pk=item), by=request.user.person)
    messages.success(request, _("The standing item is removed. Agendas that exist stay as they are."))
    return redirect("meetings:standing", found.slug)
