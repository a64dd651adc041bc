"""One's own details, and whether one's name may stand on the public page."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from councils.actions.members import set_named_in_public
from councils.forms.people import ProfileForm
from councils.querysets import facts_of
from councils.rules import LEADING
from councils.views.answers import done, form_page
from portal.access import signed_in
from portal.actions.people import change_person


@require_http_methods(["GET", "POST"])
@signed_in
def profile(request: HttpRequest) -> HttpResponse:
    person = request.user.person  # type: ignore[union-attr]
    form = ProfileForm(request.POST or None, person=person, memberships=list(facts_of(request.user).memberships))

    def verb() -> None:
        answers = form.cleaned_data
        with transaction.atomic():
            change_person(
                person, by=person, name=answers["name"], phone=answers["phone"], post_address=answers["post_address"]
            )
            set_named_in_public(person, form.consents(), by=person)

    if request.method == "POST" and done(form, verb):
        messages.success(request, _("Saved."))
        return redirect("councils:profile")
    signing = [membership for membership in facts_of(request.user).memberships if membership.role in LEADING]
    return form_page(request, "councils/profile.html", form, person=person, signing=signing)
