"""The people of an authority, and its own details."""

from django.contrib import messages
from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.actions import appointments as actions
from councils.actions.councils import change_answer_letter, change_authority
from councils.forms.people import AppointmentForm, LastDayForm
from councils.forms.places import AnswerLetterForm, AuthorityForm
from councils.models import Authority
from councils.views.answers import done, form_page
from portal.access import Refused, get_for, requires
from portal.models import Invitation, User


@require_safe
@requires("councils.view_officers")
def people(request: HttpRequest, authority: str) -> HttpResponse:
    found = get_for(request, Authority, slug=authority)
    account = User.objects.filter(person=OuterRef("person"))
    invitation = Invitation.objects.filter(person=OuterRef("person"), accepted_at=None)
    officers = found.appointments.select_related("person").annotate(
        has_account=Exists(account), invited_until=Subquery(invitation.values("expires_at")[:1])
    )
    return render(
        request,
        "councils/officers.html",
        {
            "authority": found,
            "officers": officers.exclude(ends_on__lt=timezone.localdate()).order_by("person__name", "pk"),
            "manages": request.user.has_perm("councils.manage_appointments", found),
            "sets_answers": request.user.has_perm("councils.set_answer_letter", found),
            "administers": request.user.has_perm("councils.administer"),
            "now": timezone.now(),
        },
    )


@require_http_methods(["GET", "POST"])
@requires("councils.manage_appointments")
def add(request: HttpRequest, authority: str) -> HttpResponse:
    found = get_for(request, Authority, slug=authority)
    form = AppointmentForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: actions.add_appointment(found, by=request.user.person, **form.cleaned_data)
    ):
        messages.success(request, _("%(name)s is on the list.") % {"name": form.cleaned_data["name"]})
        return redirect("councils:appointments", found.slug)
    return form_page(request, "councils/officer_add.html", form, authority=found)


@require_http_methods(["GET", "POST"])
@requires("councils.manage_appointments")
def end(request: HttpRequest, authority: str, public_id: str) -> HttpResponse:
    found = get_for(request, Authority, slug=authority)
    appointment = get_object_or_404(found.appointments.select_related("person"), public_id=public_id)
    form = LastDayForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: actions.end_appointment(appointment, form.cleaned_data["ends_on"], by=request.user.person)
    ):
        messages.success(request, _("The last day of %(name)s is noted.") % {"name": appointment.person.name})
        return redirect("councils:appointments", found.slug)
    return form_page(request, "councils/officer_end.html", form, authority=found, appointment=appointment)


@require_POST
@requires("councils.manage_appointments")
def invite(request: HttpRequest, authority: str, public_id: str) -> HttpResponse:
    found = get_for(request, Authority, slug=authority)
    appointment = get_object_or_404(found.appointments.select_related("person"), public_id=public_id)
    try:
        actions.invite_appointed(appointment, by=request.user.person)
        told = _("The invitation to %(name)s is on its way. An older link does not work any more.")
        messages.success(request, told % {"name": appointment.person.name})
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("councils:appointments", found.slug)


@require_http_methods(["GET", "POST"])
@requires("councils.manage_authority")
def details(request: HttpRequest, authority: str) -> HttpResponse:
    found = get_for(request, Authority, slug=authority)
    form = AuthorityForm(request.POST or None, instance=found)
    if request.method == "POST" and done(form, lambda: change_authority(found, by=request.user.person, **form.facts())):
        messages.success(request, _("Saved."))
        return redirect("councils:appointments", found.slug)
    return form_page(request, "councils/authority_edit.html", form, authority=found)


@require_http_methods(["GET", "POST"])
@requires("councils.set_answer_letter")
def answer_letter(request: HttpRequest, authority: str) -> HttpResponse:
    """How the answers to advices look, and who sign them."""
    found = get_for(request, Authority, slug=authority)
    form = AnswerLetterForm(request.POST or None, authority=found)
    if request.method == "POST" and done(
        form, lambda: change_answer_letter(found, by=request.user.person, **form.facts())
    ):
        messages.success(request, _("Saved."))
        return redirect("councils:answer_letter", found.slug)
    return form_page(request, "councils/answer_letter.html", form, authority=found)
