"""What an administrator keeps: authorities, councils, administrators. No drafts, votes or comments."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from councils.actions.appointments import add_appointment, end_appointment
from councils.actions.councils import create_authority, create_council
from councils.desks import remember_desk
from councils.forms.people import AdministratorForm, EmailForm, LastDayForm
from councils.forms.places import AuthorityForm, NewCouncilForm
from councils.models import Appointment, Authority, Council
from councils.states import AuthorityRole
from councils.views.answers import done, form_page
from portal.access import requires
from portal.actions.people import change_email
from portal.alarm import alarm
from portal.models import Person


def judge(request: HttpRequest) -> None:
    """The declared permission, where there is no object: the portal itself."""
    request.perm_judged = True  # type: ignore[attr-defined]
    if not request.user.has_perm(request.wanted_perm):  # type: ignore[attr-defined]
        raise PermissionDenied


@require_safe
@requires("councils.administer")
def overview(request: HttpRequest) -> HttpResponse:
    judge(request)
    remember_desk(request, "admin:")
    administrators = Appointment.objects.filter(role=AuthorityRole.ADMINISTRATOR).exclude(ends_on__lt=localdate())
    return render(
        request,
        "councils/administration.html",
        {
            "authorities": Authority.objects.order_by("name"),
            "councils": Council.objects.order_by("name"),
            "alarm": alarm(),
            "administrators": administrators.select_related("person").order_by("person__name"),
        },
    )


@require_http_methods(["GET", "POST"])
@requires("councils.administer")
def authority_add(request: HttpRequest) -> HttpResponse:
    judge(request)
    form = AuthorityForm(request.POST or None)
    if request.method == "POST" and done(form, lambda: create_authority(by=request.user.person, **form.facts())):
        messages.success(request, _("%(name)s is on the list.") % {"name": form.cleaned_data["name"]})
        return redirect("councils:administration")
    return form_page(request, "councils/authority_add.html", form)


@require_http_methods(["GET", "POST"])
@requires("councils.administer")
def council_add(request: HttpRequest) -> HttpResponse:
    judge(request)
    form = NewCouncilForm(request.POST or None)
    made: list[Council] = []
    if "preview" in request.POST:
        form.judge_number_only()
    elif request.method == "POST" and done(
        form, lambda: made.append(create_council(by=request.user.person, **form.facts()))
    ):
        messages.success(request, _("The council is there. Now add its secretary."))
        return redirect("councils:member_add", made[0].slug)
    return form_page(request, "councils/council_add.html", form)


@require_http_methods(["GET", "POST"])
@requires("councils.administer")
def administrator_add(request: HttpRequest) -> HttpResponse:
    judge(request)
    form = AdministratorForm(request.POST or None)
    role = AuthorityRole.ADMINISTRATOR
    if request.method == "POST" and done(
        form, lambda: add_appointment(None, by=request.user.person, role=role, **form.cleaned_data)
    ):
        messages.success(request, _("%(name)s is on the list.") % {"name": form.cleaned_data["name"]})
        return redirect("councils:administration")
    return form_page(request, "councils/administrator_add.html", form)


@require_http_methods(["GET", "POST"])
@requires("councils.administer")
def administrator_end(request: HttpRequest, public_id: str) -> HttpResponse:
    judge(request)
    administrators = Appointment.objects.filter(role=AuthorityRole.ADMINISTRATOR).select_related("person")
    appointment = get_object_or_404(administrators, public_id=public_id)
    form = LastDayForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: end_appointment(appointment, form.cleaned_data["ends_on"], by=request.user.person)
    ):
        messages.success(request, _("The last day of %(name)s is noted.") % {"name": appointment.person.name})
        return redirect("portal:home")
    return form_page(request, "councils/administrator_end.html", form, appointment=appointment)


@require_http_methods(["GET", "POST"])
@requires("councils.administer")
def person_email(request: HttpRequest, public_id: str) -> HttpResponse:
    """For who cannot get into the old mailbox any more."""
    judge(request)
    person = get_object_or_404(Person, public_id=public_id, is_office=False)
    form = EmailForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: change_email(person, form.cleaned_data["email"], by=request.user.person)
    ):
        messages.success(request, _("The e-mail address of %(name)s is changed.") % {"name": person.name})
        return redirect("councils:administration")
    return form_page(request, "councils/person_email.html", form, person=person)
