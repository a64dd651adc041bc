"""Versions of a whole advice: the list, one in full, and two beside each other."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from advice.actions.versions import make_version
from advice.comparing import compare, summary
from advice.enclosures import with_links
from advice.forms.versions import NOW, CompareForm, VersionForm, label_of
from advice.frozen import digest, text_now
from advice.letter_text import with_labels
from advice.models import Advice, Version
from advice.numbering import numbered
from advice.states import AdviceState
from advice.views.drafting import find_advice, here, no_draft
from portal.access import PortalRequest, Refused, requires


def versions_of(advice: Advice) -> list[Version]:
    """In order, without their texts."""
    return list(advice.versions.select_related("made_by").defer("text").order_by("number"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.view")
def versions(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    if request.method == "POST" and advice.state != AdviceState.DRAFT:
        return no_draft(request, advice)
    form = VersionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        before = advice.versions.count()
        try:
            made = make_version(advice, by=request.user.person, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            if made.number > before:
                messages.success(request, _("Version %(number)d is kept.") % {"number": made.number})
            else:
                same = _("Nothing has changed since version %(number)d. So there is no new version.")
                messages.info(request, same % {"number": made.number})
            return redirect(here(advice, "versions"))
    return versions_page(request, advice, form, status=422 if request.method == "POST" else 200)


def versions_page(request: PortalRequest, advice: Advice, form: VersionForm, *, status: int = 200) -> HttpResponse:
    kept = versions_of(advice)
    compare_form = None
    if kept:
        newest = str(kept[-1].number)
        compare_form = CompareForm(versions=kept, initial={"van": newest, "met": NOW})
        compare_form.action = here(advice, "compare_versions")
    context = {
        "advice": advice, "council": advice.council, "versions": list(reversed(kept)), "form": form,
        "compare_form": compare_form, "writable": advice.state == AdviceState.DRAFT,
        "same_as_now": bool(kept) and kept[-1].sha256 == digest(text_now(advice)),
    }  # fmt: skip
    return render(request, "advice/versions.html", context, status=status)


@require_safe
@requires("advice.view")
def version(request: PortalRequest, council: str, public_id: str, number: int) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    found = get_object_or_404(advice.versions.select_related("made_by"), number=number)
    text = found.text
    parts = text.get("sections") or []
    context = {
        "advice": advice, "council": advice.council, "version": found,
        "newest": advice.versions.order_by("-number").values_list("number", flat=True).first(),
        "data": with_links(
            {**text, "sections": [], "recommendations": with_labels(text)},
            "advice:version_file", council, advice.public_id, number,
        ),
        "parts": list(zip(parts, numbered(part.get("html", "") for part in parts), strict=True)),
    }  # fmt: skip
    return render(request, "advice/version.html", context)


@require_safe
@requires("advice.view")
def compare_versions(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """`?van=2&met=nu`. Without a choice, or with one that is not there: the newest version with the text now."""
    advice = find_advice(request, council, public_id)
    kept = versions_of(advice)
    if not kept:
        messages.info(request, _("There is no version yet to compare with. First keep one."))
        return redirect(here(advice, "versions"))
    chosen = CompareForm(request.GET, versions=kept)
    complete = chosen.is_valid()
    asked = chosen.cleaned_data if complete else {"van": str(kept[-1].number), "met": NOW}
    form = CompareForm(versions=kept, initial=asked)
    context: dict[str, Any] = {"advice": advice, "council": advice.council, "form": form}
    old, new = text_of(advice, asked["van"]), text_of(advice, asked["met"])
    groups = compare(old, new)
    names = {str(one.number): label_of(one) for one in kept} | {NOW: _("The text as it stands now")}
    context |= {
        "groups": groups, "summary": summary(groups), "old_name": names[asked["van"]], "new_name": names[asked["met"]],
        "wrong_choice": bool(request.GET) and not complete,
    }  # fmt: skip
    return render(request, "advice/compare.html", context)


def text_of(advice: Advice, which: str) -> dict[str, Any]:
    return text_now(advice) if which == NOW else advice.versions.get(number=int(which)).text
