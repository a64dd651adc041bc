"""The attachments of a draft, and their files: of a draft, of a version, of a letter, and publicly."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from advice.actions import attachments as verbs
from advice.forms.attachments import AttachmentForm, ChangeAttachmentForm
from advice.models import Advice, LetterCopy
from advice.states import AdviceState
from advice.views.drafting import find_advice, here, no_draft
from advice.views.pressing import pressed, step
from advice.views.public import briefly, find
from portal.access import PortalRequest, Refused, get_for, public, requires
from portal.documents import keep_upload, serve
from portal.models import Document


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.view")
def attachments(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    if request.method == "POST" and advice.state != AdviceState.DRAFT:
        return no_draft(request, advice)
    form = AttachmentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = add(advice, request)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("“%(title)s” is an attachment now.") % {"title": added.title})
            return redirect(here(advice, "attachments"))
    context = {
        "advice": advice, "council": advice.council, "form": form, "writable": advice.state == AdviceState.DRAFT,
        "attachments": list(advice.attachments.select_related("document")), "left_out": verbs.left_out(advice),
    }  # fmt: skip
    return render(request, "advice/attachments.html", context, status=422 if request.method == "POST" else 200)


def add(advice: Advice, request: PortalRequest) -> Any:
    by, upload = request.user.person, request.FILES.get("file")
    try:
        document = keep_upload(upload, by=by, council_id=advice.council_id) if upload else None
    except Refused as refused:
        refused.field = "file"
        raise
    given = {"title": request.POST.get("title", ""), "text": request.POST.get("text", "")}
    return verbs.add_attachment(advice, document=document, by=by, **given)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.view")
def edit_attachment(request: PortalRequest, council: str, public_id: str, attachment: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    if advice.state != AdviceState.DRAFT:
        return no_draft(request, advice)
    found = get_object_or_404(advice.attachments.select_related("document"), public_id=attachment)
    form = ChangeAttachmentForm(request.POST or None, attachment=found)
    form.cancel_url = here(advice, "attachments")
    if request.method == "POST" and form.is_valid():
        try:
            verbs.change_attachment(found, by=request.user.person, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The attachment is saved."))
            return redirect(here(advice, "attachments"))
    context = {"advice": advice, "council": advice.council, "attachment": found, "form": form}
    return render(request, "advice/attachment.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@requires("advice.edit")
def move_attachment(request: PortalRequest, council: str, public_id: str, attachment: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    found = get_object_or_404(advice.attachments, public_id=attachment)
    return pressed(
        request, lambda: verbs.move_attachment(found, step(request), by=request.user.person),
        back=here(advice, "attachments"),
    )  # fmt: skip


@require_POST
@requires("advice.edit")
def remove_attachment(request: PortalRequest, council: str, public_id: str, attachment: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    found = get_object_or_404(advice.attachments, public_id=attachment)
    return pressed(
        request, lambda: verbs.remove_attachment(found, by=request.user.person), back=here(advice, "attachments"),
        told=_("The attachment is removed. Versions that had it still have it."),
    )  # fmt: skip


# --- their files ------------------------------------------------------------


@require_safe
@requires("advice.view")
def attachment_file(request: PortalRequest, council: str, public_id: str, attachment: str) -> HttpResponseBase:
    advice = find_advice(request, council, public_id)
    files = advice.attachments.select_related("document").filter(document__isnull=False)
    return serve(get_object_or_404(files, public_id=attachment).document)  # type: ignore[arg-type]


@require_safe
@requires("advice.view")
def version_file(request: PortalRequest, council: str, public_id: str, number: int, document: str) -> HttpResponseBase:
    advice = find_advice(request, council, public_id)
    return frozen_file(get_object_or_404(advice.versions, number=number).text, document)


@require_safe
@requires("advice.read_copy")
def letter_attachment(request: PortalRequest, council: str, public_id: str, document: str) -> HttpResponseBase:
    """For the council and for the authority that got this copy."""
    copies = LetterCopy.objects.select_related("letter")
    copy = get_for(request, copies, council__slug=council, public_id=public_id)
    return frozen_file(copy.letter.text, document)


@require_safe
@public
def public_attachment(request: HttpRequest, council: str, slug: str, document: str) -> HttpResponseBase:
    return briefly(request, frozen_file(find(council, slug).text, document))


def frozen_file(text: dict[str, Any], public_id: object) -> HttpResponseBase:
    """A file that a frozen text names; only the bytes that it names."""
    files = [one["file"] for one in text.get("attachments") or [] if one.get("file")]
    named = next((file for file in files if file["public_id"] == str(public_id)), None)
    document = Document.objects.filter(public_id=public_id).first() if named else None
    if named is None or document is None or document.sha256 != named["sha256"]:
        raise Http404
    return serve(document, name=named["name"])
