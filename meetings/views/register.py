"""Pages of the action list."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from councils.models import Council
from meetings.actions import register
from meetings.forms.register import ActionForm
from meetings.models import ActionItem
from meetings.people import people_of
from portal.access import PortalRequest, get_for, requires


@require_http_methods(["GET", "POST"])
@requires("meetings.list")
def action_list(request: PortalRequest, council: str) -> HttpResponse:
    """The open actions, wherever they were made; they stay until they are done."""
    found = get_for(request, Council, slug=council)
    can_add = request.user.has_perm("meetings.schedule", found)
    form = ActionForm(request.POST or None, people=people_of(found)) if can_add else None
    if request.method == "POST" and form and form.is_valid():
        register.add_action(found, by=request.user.person, **form.cleaned_data)
        messages.success(request, _("The action is on the list."))
        return redirect("meetings:actions", found.slug)
    return render(
        request, "meetings/actions.html",
        {
            "council": found, "form": form, "open_actions": found.action_items.open().select_related("owner"),
            "done_actions": found.action_items.filter(done_on__isnull=False).select_related("owner").order_by(
                "-done_on", "-number"
            )[:20],
        },
        status=422 if form and form.is_bound else 200,
    )  # fmt: skip


@require_POST
@requires("meetings.finish_action")
def finish_action(request: PortalRequest, council: str, number: str) -> HttpResponse:
    action = get_for(request, ActionItem, council__slug=council, number=number)
    register.finish_action(action, by=request.user.person)
    messages.success(request, _("Action %(number)s is done.") % {"number": number})
    return redirect("meetings:actions", council)
