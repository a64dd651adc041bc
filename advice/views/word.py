"""A draft out to Word, and a Word file in: first what was found is shown, then it is put where it was chosen to go."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from advice.actions import word
from advice.actions.saving import PartGone
from advice.forms.word import WordChoicesForm, WordFileForm
from advice.models import Advice, Letter, LetterCopy
from advice.states import AdviceState
from advice.views.drafting import find_advice, here
from advice.word_export import draft_docx, letter_docx
from advice.word_import import Offer, offered
from portal.access import PortalRequest, Refused, get_for, public, requires
from portal.documents import KINDS
from portal.word.upload import read_upload

SHOWN = 40  # changes in the list


def key_name(advice: Advice) -> str:
    return f"word:{advice.pk}"


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.edit")
def upload(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    form = WordFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = WordFileForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                found = read_upload(form.cleaned_data["file"])
                offered(found["new"])
            except Refused as refused:
                form.refuse(refused)
            else:
                name = form.cleaned_data["file"].name
                request.session[key_name(advice)] = word.keep_waiting(advice, found, name=name)
                return redirect(here(advice, "word_check"))
    form.cancel_url = advice.get_absolute_url()
    status = 422 if request.method == "POST" else 200
    return render(
        request, "advice/word_file.html", {"advice": advice, "council": advice.council, "form": form}, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.edit")
def check(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    key = request.session.get(key_name(advice), "")
    found = word.waiting(advice, key)
    if found is None:
        messages.info(request, _("There is no Word file waiting here. Choose the file again."))
        return redirect(here(advice, "word_upload"))
    asked_old = (request.POST if request.method == "POST" else request.GET).get("text") == "old"
    as_it_was = asked_old and found["old"] is not None
    offer = offered(found["old"] if as_it_was else found["new"])
    data = request.POST if request.method == "POST" else None
    form = WordChoicesForm(data, advice=advice, offer=offer, said=found["comments"])
    form.cancel_url = advice.get_absolute_url()
    if data is None:
        return check_page(request, advice, found, offer, form, as_it_was)
    if not form.is_valid():
        return check_page(request, advice, found, offer, form, as_it_was, status=422)
    try:
        word.read_in(
            advice, key=key, parts=form.parts(), recommendations=form.recommendations(), comments=form.comments(),
            by=request.user.person,
        )  # fmt: skip
    except PartGone as gone:
        messages.error(request, str(gone))
        return redirect(advice)
    except word.ChangedMeanwhile as changed:
        form.show_newest()
        form.refuse(changed)
        return check_page(request, advice, found, offer, form, as_it_was, status=409)
    except Refused as refused:
        form.refuse(refused)
        return check_page(request, advice, found, offer, form, as_it_was, status=422)
    del request.session[key_name(advice)]
    messages.success(request, _("The text from Word is in the draft. The text as it was stands with the versions."))
    return redirect(advice)


def check_page(
    request: PortalRequest,
    advice: Advice,
    found: dict[str, Any],
    offer: Offer,
    form: WordChoicesForm,
    as_it_was: bool,
    *,
    status: int = 200,
) -> HttpResponse:
    changes = found["changes"]
    context = {
        "advice": advice, "council": advice.council, "form": form, "offer": offer, "name": found["name"],
        "seen": (found["old"] if as_it_was else found["new"])["seen"], "as_it_was": as_it_was,
        "changes": changes[:SHOWN], "change_count": len(changes), "more_changes": max(0, len(changes) - SHOWN),
        "comment_count": len(found["comments"]), "looks": found["looks"], "hidden": found["hidden"],
    }  # fmt: skip
    return render(request, "advice/word_check.html", context, status=status)


@require_safe
@requires("advice.view")
def draft(request: PortalRequest, council: str, public_id: str) -> HttpResponseBase:
    advice = find_advice(request, council, public_id)
    if advice.state not in (AdviceState.DRAFT, AdviceState.VOTING):
        messages.info(request, _("There is only a Word file of a draft. This text no longer changes."))
        return redirect(advice)
    response = HttpResponse(draft_docx(advice), content_type=KINDS["docx"][0])
    name = slugify(advice.subject)[:60].strip("-") or "advies"
    response["Content-Disposition"] = f'attachment; filename="concept-{name}.docx"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@requires("advice.view_letter")
def letter(request: PortalRequest, council: str, public_id: str) -> HttpResponseBase:
    """The letter that was sent, to quote from."""
    found = get_for(request, Letter.objects.select_related("council"), council__slug=council, public_id=public_id)
    return as_word(found)


@require_safe
@requires("advice.view_copy")
def desk_letter(request: PortalRequest, authority: str, public_id: str) -> HttpResponseBase:
    """The copy that this authority got: who answers it works in Word."""
    copies = LetterCopy.objects.select_related("letter__council", "authority")
    copy = get_for(request, copies, authority__slug=authority, public_id=public_id)
    return as_word(copy.letter, copy)


@require_safe
@public
def public_letter(request: HttpRequest, council: str, slug: str) -> HttpResponseBase:
    published = Letter.objects.published().select_related("council")
    return as_word(get_object_or_404(published, council__slug=council, slug=slug))


def as_word(letter: Letter, copy: LetterCopy | None = None) -> HttpResponse:
    response = HttpResponse(letter_docx(letter, copy), content_type=KINDS["docx"][0])
    response["Content-Disposition"] = f'attachment; filename="{letter.slug}.docx"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
