"""The logo of a council and the signatures of who sign its letters."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.actions import pictures as verbs
from councils.forms.pictures import LogoForm, SignatureForm
from councils.models import Council, Membership
from councils.pictures import logo_of
from councils.views.answers import done, form_page
from portal.access import Refused, get_for, requires
from portal.documents import serve


@require_http_methods(["GET", "HEAD", "POST"])
@requires("councils.manage_council")
def logo(request: HttpRequest, council: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    form = LogoForm(request.POST, request.FILES) if request.method == "POST" else LogoForm()
    if request.method == "POST" and done(
        form, lambda: verbs.set_logo(found, form.cleaned_data["picture"], by=request.user.person)
    ):
        messages.success(request, _("The logo is saved. It stands on the next letter."))
        return redirect("councils:logo", found.slug)
    return form_page(request, "councils/logo.html", form, council=found, logo=logo_of(found))


@require_safe
@requires("councils.manage_council")
def logo_file(request: HttpRequest, council: str) -> HttpResponseBase:
    document = logo_of(get_for(request, Council, slug=council))
    if document is None:
        raise Http404
    return privately(serve(document))


@require_POST
@requires("councils.manage_council")
def logo_remove(request: HttpRequest, council: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    try:
        verbs.remove_logo(found, by=request.user.person)
        messages.success(request, _("The logo is removed. Letters that were sent keep it."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("councils:logo", found.slug)


def find(request: HttpRequest, council: str, public_id: str) -> Membership:
    memberships = Membership.objects.select_related("person", "council", "signature")
    return get_for(request, memberships, council__slug=council, public_id=public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("councils.sign_for")
def signature(request: HttpRequest, council: str, public_id: str) -> HttpResponse:
    membership = find(request, council, public_id)
    form = SignatureForm(request.POST, request.FILES) if request.method == "POST" else SignatureForm()
    if request.method == "POST" and done(
        form, lambda: verbs.set_signature(membership, form.cleaned_data["picture"], by=request.user.person)
    ):
        messages.success(request, _("The signature is saved."))
        return redirect("councils:signature", council, public_id)
    own = membership.person_id == request.user.person_id
    return form_page(
        request, "councils/signature.html", form, council=membership.council, membership=membership, own=own
    )


@require_safe
@requires("councils.sign_for")
def signature_file(request: HttpRequest, council: str, public_id: str) -> HttpResponseBase:
    membership = find(request, council, public_id)
    if membership.signature is None:
        raise Http404
    return privately(serve(membership.signature))


@require_POST
@requires("councils.sign_for")
def signature_remove(request: HttpRequest, council: str, public_id: str) -> HttpResponse:
    membership = find(request, council, public_id)
    try:
        verbs.remove_signature(membership, by=request.user.person)
        messages.success(request, _("The picture is removed. Letters that were sent keep it."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("councils:signature", council, public_id)


def privately(response: HttpResponseBase) -> HttpResponseBase:
    """Under one address there may be another picture tomorrow."""
    response["Cache-Control"] = "private, no-store"
    return response
