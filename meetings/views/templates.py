"""Planning after an earlier meeting: a copy, or a template that was made of it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.models import Council
from meetings.actions import templates
from meetings.forms.templates import CopyForm, TemplateForm
from meetings.models import Meeting, MeetingTemplate
from meetings.views.planning import find_whole
from portal.access import PortalRequest, Refused, get_for, requires


def find_source(request: PortalRequest, council: str, public_id: str) -> Meeting:
    source = find_whole(request, council, public_id)
    if source.parent_id:
        raise Http404  # a part is made at its plenary
    return source


@require_http_methods(["GET", "POST"])
@requires("meetings.manage")
def copy(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    source = find_source(request, council, public_id)
    form = CopyForm(request.POST or None, source=source)
    if request.method == "POST" and form.is_valid():
        meeting = templates.copy_meeting(source, items=form.chosen(), by=request.user.person, **form.facts())
        messages.success(request, _("The meeting is saved. Nobody is invited yet: look at the agenda first."))
        return redirect(meeting)
    return _form(request, source, form, _("Plan a meeting like this one"))


@require_http_methods(["GET", "POST"])
@requires("meetings.manage")
def make_template(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    source = find_source(request, council, public_id)
    form = TemplateForm(request.POST or None, instance=templates.template_of(source))
    if request.method == "POST" and form.is_valid():
        try:
            templates.save_template(source.council, form.instance, by=request.user.person)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The template is saved. You can plan meetings and a whole year with it."))
            return redirect("meetings:templates", council)
    return _form(request, source, form, _("Save this meeting as a template"))


def _form(request: PortalRequest, source: Meeting, form: CopyForm | TemplateForm, title: str) -> HttpResponse:
    form.cancel_url = source.get_absolute_url()
    context = {"form": form, "council": source.council, "title": title, "meeting": source}
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "meetings/form.html", context, status=status)


@require_safe
@requires("meetings.schedule")
def overview(request: PortalRequest, council: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    context = {"council": found, "templates": found.meeting_templates.order_by("name")}
    return render(request, "meetings/templates.html", context)


@require_POST
@requires("meetings.schedule")
def remove(request: PortalRequest, council: str, template: int) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    templates.remove_template(get_object_or_404(MeetingTemplate, pk=template, council=found), by=request.user.person)
    messages.success(request, _("The template is removed. Meetings that were planned with it stay."))
    return redirect("meetings:templates", council)
