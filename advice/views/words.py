"""The words of a council: a page in its room, and the word list for everyone."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from advice.actions import words as verbs
from advice.forms.words import SuggestionForm, TermForm
from advice.models import GlossaryTerm, WordSuggestion
from advice.starter_terms import terms_besides
from councils.models import Council
from councils.views.public import public_desk, public_page
from portal.access import PortalRequest, Refused, get_for, public, requires
from portal.forms import PortalForm


@require_safe
@requires("advice.list")
def our_words(request: PortalRequest, council: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    terms = in_order(GlossaryTerm.objects.filter(council=found), "term")
    suggestions = in_order(WordSuggestion.objects.filter(council=found), "hard")
    may_change = request.user.has_perm("advice.change_words", found)
    known = [*(one.term for one in terms), *(one.hard for one in suggestions)]
    context = {
        "council": found, "terms": terms, "suggestions": suggestions, "may_change": may_change,
        "may_start": may_change and bool(terms_besides(known)),
    }  # fmt: skip
    return render(request, "advice/words.html", context)


def in_order(rows: Any, name: str) -> list:
    """As in a dictionary: capitals make no difference."""
    return sorted(rows, key=lambda row: getattr(row, name).casefold())


@require_POST
@requires("advice.change_words")
def start(request: PortalRequest, council: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    count = verbs.start_word_list(found, by=request.user.person)
    if count:
        text = ngettext("%(count)d word is in the list now.", "%(count)d words are in the list now.", count)
        messages.success(request, text % {"count": count})
    else:
        messages.info(request, _("All these words are in the list already."))
    return to_words(found)


def to_words(council: Council) -> HttpResponse:
    return redirect("advice:words", council.slug)


# --- terms that are explained ---


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.change_words")
def add_term(request: PortalRequest, council: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    form = TermForm(request.POST or None, initial={"term": request.GET.get("woord", "")[:100]})
    return term_page(request, found, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.change_words")
def edit_term(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    term = get_object_or_404(GlossaryTerm, council=found, public_id=public_id)
    form = TermForm(request.POST or None, initial={"term": term.term, "explanation": term.explanation})
    return term_page(request, found, form, term)


def term_page(request: PortalRequest, council: Council, form: TermForm, term: GlossaryTerm | None) -> HttpResponse:
    def keep(given: dict[str, str]) -> None:
        verbs.explain(
            council, word=given["term"], explanation=given["explanation"], term=term, by=request.user.person
        )  # fmt: skip

    title = term.term if term else _("Explain a word")
    remove = reverse("advice:remove_term", args=[council.slug, term.public_id]) if term else ""
    return word_page(request, council, form, keep, title=title, remove=remove)


@require_POST
@requires("advice.change_words")
def remove_term(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    verbs.stop_explaining(get_object_or_404(GlossaryTerm, council=found, public_id=public_id), by=request.user.person)
    messages.success(request, _("The word is removed. Letters that have gone keep their explanation."))
    return to_words(found)


# --- hard words and what we write instead ---


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.change_words")
def add_suggestion(request: PortalRequest, council: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    return suggestion_page(request, found, SuggestionForm(request.POST or None), None)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.change_words")
def edit_suggestion(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    suggestion = get_object_or_404(WordSuggestion, council=found, public_id=public_id)
    form = SuggestionForm(request.POST or None, initial={"hard": suggestion.hard, "plain": suggestion.plain})
    return suggestion_page(request, found, form, suggestion)


def suggestion_page(
    request: PortalRequest, council: Council, form: SuggestionForm, suggestion: WordSuggestion | None
) -> HttpResponse:
    def keep(given: dict[str, str]) -> None:
        verbs.write_rather(
            council, hard=given["hard"], plain=given["plain"], suggestion=suggestion, by=request.user.person
        )  # fmt: skip

    title = suggestion.hard if suggestion else _("Replace a hard word")
    remove = reverse("advice:remove_suggestion", args=[council.slug, suggestion.public_id]) if suggestion else ""
    return word_page(request, council, form, keep, title=title, remove=remove)


@require_POST
@requires("advice.change_words")
def remove_suggestion(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    verbs.keep_writing(get_object_or_404(WordSuggestion, council=found, public_id=public_id), by=request.user.person)
    messages.success(request, _("The word is removed."))
    return to_words(found)


def word_page(
    request: PortalRequest, council: Council, form: PortalForm, keep: Callable[[dict[str, str]], None], *,
    title: str, remove: str,
) -> HttpResponse:  # fmt: skip
    form.cancel_url = reverse("advice:words", args=[council.slug])
    if request.method == "POST" and form.is_valid():
        try:
            keep(form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The word is saved."))
            return to_words(council)
    context = {"council": council, "form": form, "title": title, "remove_url": remove}
    return render(request, "advice/word.html", context, status=422 if request.method == "POST" else 200)


# --- for everyone ---


@require_safe
@public
def public_glossary(request: HttpRequest, council: str) -> HttpResponse:
    found = get_object_or_404(Council, slug=council)
    context = {
        "council": found,
        "desk": public_desk(request, found),
        "terms": in_order(GlossaryTerm.objects.filter(council=found), "term"),
    }
    return public_page(request, "advice/public_glossary.html", context)
