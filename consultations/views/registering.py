"""The secretary registers a request that came by mail, by post, by hand or by telephone."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultations import actions
from consultations.forms.handling import RegisterForm
from consultations.planning import Plan, plan_for
from consultations.views.common import INVALID
from councils.models import Council
from portal.access import Refused, get_for, requires
from portal.documents import keep_upload
from portal.models import Document, Person

kept_files = Signer(salt="consultations.kept-original")


@require_http_methods(["GET", "POST"])
@requires("consultations.register")
def register(request: HttpRequest, council: str) -> HttpResponse:
    room = get_for(request, Council, slug=council)
    person = request.user.person
    form = RegisterForm(request.POST or None, request.FILES or None, council=room)
    original = kept_document(request, room)
    if request.method == "POST":
        original = keep_original(request, form, room, by=person) or original
        if form.is_valid() and "calculate" not in request.POST:
            try:
                part = actions.register_request(room, original=original, by=person, **form.facts)
            except Refused as refused:
                form.refuse(refused)
            else:
                messages.success(request, _("The request is registered. The last day is in the dossier."))
                return redirect(part)
    if original:
        form.data = form.data.copy()
        form.data["kept"] = kept_files.sign(str(original.public_id))
    context = {"council": room, "form": form, "original": original, "plan": plan_of(room, form)}
    calculating = "calculate" in request.POST and not form.errors
    return render(
        request, "consultations/register.html", context, status=INVALID if form.errors and not calculating else 200
    )


def keep_original(request: HttpRequest, form: RegisterForm, council: Council, *, by: Person) -> Document | None:
    """The file is kept also when another answer is refused: a browser does not send it twice."""
    if "original" not in request.FILES or "original" in form.errors:
        return None
    try:
        return keep_upload(request.FILES["original"], by=by, council_id=council.pk)
    except Refused as refused:
        form.refuse(Refused(str(refused), field="original"))
        return None


def kept_document(request: HttpRequest, council: Council) -> Document | None:
    """The file that an earlier press of the button brought; the signature says that we gave it to this page."""
    try:
        public_id = kept_files.unsign(request.POST.get("kept", ""))
    except BadSignature:
        return None
    return Document.objects.filter(public_id=public_id, council_id=council.pk).first()


def plan_of(council: Council, form: RegisterForm) -> Plan:
    """The dates for what is filled in so far; an empty form shows those of a letter that comes in today."""
    data: dict[str, Any] = getattr(form, "cleaned_data", None) or {}
    received: date = data.get("received_on") or localdate()
    return plan_for(
        council,
        request_date=data.get("letter_date") if form.is_bound else received,
        receipt_date=received,
        wanted_on=data.get("wanted_on"),
    )
