"""The parts of each kind of letter, as this council writes them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from advice.actions.templates import parts_for, restore_template, save_template, use_template
from advice.forms.templates import PartFormSet
from advice.models import TextTemplate
from advice.starter_parts import starter_parts
from advice.states import AdviceKind, DocumentKind
from advice.views.drafting import find_advice
from advice.views.pressing import pressed
from councils.models import Council
from portal.access import PortalRequest, Refused, get_for, requires


@require_safe
@requires("advice.manage_templates")
def templates(request: PortalRequest, council: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    own = {one.document: one.parts for one in TextTemplate.objects.filter(council=found)}
    kinds = [
        {
            "document": value, "label": label, "own": value in own,
            "parts": own.get(value) or starter_parts(value, AdviceKind.UNSOLICITED),
        }
        for value, label in DocumentKind.choices
    ]  # fmt: skip
    return render(request, "advice/templates.html", {"council": found, "kinds": kinds})


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.manage_templates")
def edit_template(request: PortalRequest, council: str, document: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    if document not in DocumentKind.values:
        raise Http404
    refused = ""
    formset = PartFormSet(request.POST or None, initial=parts_for(found, document), prefix="deel")
    if request.method == "POST" and formset.is_valid():
        try:
            save_template(found, document, formset.parts(), by=request.user.person)
        except Refused as why:
            refused = str(why)
        else:
            messages.success(request, _("The parts are saved. New drafts begin with them."))
            return redirect("advice:templates", council)
    context = {
        "council": found, "document": document, "label": DocumentKind(document).label, "formset": formset,
        "refused": refused, "own": TextTemplate.objects.filter(council=found, document=document).exists(),
    }  # fmt: skip
    return render(request, "advice/edit_template.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@requires("advice.manage_templates")
def restore(request: PortalRequest, council: str, document: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    restore_template(found, document, by=request.user.person)
    messages.success(request, _("New drafts begin with the parts of the portal again."))
    return redirect("advice:templates", council)


@require_POST
@requires("advice.edit")
def use(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    return pressed(
        request, lambda: use_template(advice, by=request.user.person), back=advice.get_absolute_url(),
        told=_("The draft has the parts of this kind of letter now."),
    )  # fmt: skip
