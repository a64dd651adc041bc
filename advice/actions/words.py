"""The words of a council: the terms that it explains, and what it writes instead of hard words."""

from django.db import transaction
from django.utils.translation import gettext as _

from advice.models import GlossaryTerm, WordSuggestion
from advice.starter_terms import terms_besides
from councils.models import Council
from portal.access import Refused
from portal.audit import record
from portal.models import Person


@transaction.atomic
def explain(council: Council, *, word: str, explanation: str, by: Person, term: GlossaryTerm | None = None) -> None:
    """Explain a new term, or change one. A letter that has gone keeps the explanation it went with."""
    council = Council.objects.select_for_update().get(pk=council.pk)
    word, explanation = " ".join(word.split()), " ".join(explanation.split())
    others = GlossaryTerm.objects.filter(council=council, term__iexact=word)
    if term:
        others = others.exclude(pk=term.pk)
    if others.exists():
        raise Refused(_("This word is in the list already."), field="term")
    is_new = term is None or term.term.casefold() != word.casefold()
    if is_new and WordSuggestion.objects.filter(council=council, hard__iexact=word).exists():
        raise Refused(_("This word is in the other list: “What we write rather”. Remove it there first."), field="term")
    kept = term or GlossaryTerm(council=council)
    kept.term, kept.explanation = word, explanation
    kept.save()
    record("term.explained", kept, by=by)


@transaction.atomic
def stop_explaining(term: GlossaryTerm, *, by: Person) -> None:
    record("term.removed", term, by=by)
    term.delete()


@transaction.atomic
def write_rather(
    council: Council, *, hard: str, plain: str, by: Person, suggestion: WordSuggestion | None = None
) -> None:
    """Say what this council writes instead of a hard word, or change it."""
    council = Council.objects.select_for_update().get(pk=council.pk)
    hard, plain = " ".join(hard.split()), " ".join(plain.split())
    others = WordSuggestion.objects.filter(council=council, hard__iexact=hard)
    if suggestion:
        others = others.exclude(pk=suggestion.pk)
    if others.exists():
        raise Refused(_("This word is in the list already."), field="hard")
    is_new = suggestion is None or suggestion.hard.casefold() != hard.casefold()
    if is_new and GlossaryTerm.objects.filter(council=council, term__iexact=hard).exists():
        raise Refused(
            _("This word is in the other list: “Words that we explain”. Remove it there first."), field="hard"
        )
    kept = suggestion or WordSuggestion(council=council)
    kept.hard, kept.plain = hard, plain
    kept.save()
    record("word.replaced", kept, by=by)


@transaction.atomic
def keep_writing(suggestion: WordSuggestion, *, by: Person) -> None:
    record("word.removed", suggestion, by=by)
    suggestion.delete()


@transaction.atomic
def start_word_list(council: Council, *, by: Person) -> int:
    """Put in the terms of the field that the council does not explain yet. Returns how many."""
    council = Council.objects.select_for_update().get(pk=council.pk)
    explained = GlossaryTerm.objects.filter(council=council).values_list("term", flat=True)
    replaced = WordSuggestion.objects.filter(council=council).values_list("hard", flat=True)
    new = [
        GlossaryTerm(council=council, term=term, explanation=explanation)
        for term, explanation in terms_besides([*explained, *replaced])
    ]
    GlossaryTerm.objects.bulk_create(new)
    if new:
        record("term.started", council, by=by)
    return len(new)
