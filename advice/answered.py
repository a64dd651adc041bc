"""A letter with its answers, as pages show it: the verdicts under the recommendations, in sentences and in steps."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advice.letter_text import labels, recommendations_by_number
from advice.linked import relations_to
from advice.models import Answer, Commitment, Letter, LetterCopy, Response
from advice.states import ASKS_NO_ANSWER, NEEDS_REASON, Relation, ResponseState, Verdict
from councils.models import Authority, Council
from councils.rulebook import rulebook_for
from councils.states import AuthorityKind
from portal.dates import plain_date
from portal.text import counted

# --- finding ----------------------------------------------------------------


def copies_with_answers(copies: QuerySet[LetterCopy], *, followed: bool = False) -> QuerySet[LetterCopy]:
    """With responses, answers and commitments, in two queries more. Show only what `given_to` gives.

    `followed`: also what was said of the promises and decided later, in two more.
    """
    answers = Answer.objects.select_related("mark").prefetch_related("commitments")
    if followed:
        answers = Answer.objects.select_related("mark").prefetch_related(
            Prefetch("commitments", Commitment.objects.select_related("authority").prefetch_related("reports")),
            "later_decisions",
        )
    related = copies.select_related(
        "authority", "response__original", "response__authority", "response__letter__pdf__document"
    ).order_by("pk")
    return related.prefetch_related(Prefetch("response__answers", answers))


def given_to(copy: LetterCopy) -> Response | None:
    """The response on a copy, once it is given. A draft does not exist here."""
    response = getattr(copy, "response", None)
    return response if response and response.state == ResponseState.FINAL else None


def published(council: Council | None = None) -> QuerySet[Letter]:
    """The public letters, of one council: its own and those that it signed with others."""
    letters = Letter.objects.published()
    if council is None:
        return letters
    joint = Letter.objects.filter(advice__joint_with=council).values("pk")
    return letters.filter(Q(council=council) | Q(pk__in=joint))


def for_list(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """Rows of a list: without the whole text, with its summary and the answers."""
    own = NullIf(KT("text__plain_summary"), Value(""), output_field=TextField())
    summary = Coalesce(own, "publication__plain_summary", output_field=TextField())
    copies = (
        LetterCopy.objects.select_related("authority", "response").order_by("pk").prefetch_related("response__answers")
    )
    rows = letters.select_related("council").defer("text").annotate(summary=summary)
    rows = rows.annotate(linked_by=relations_to("pk", only_public=True))
    return rows.prefetch_related(Prefetch("copies", copies))


# --- who, in words ----------------------------------------------------------


def authority_in_words(authority: Authority) -> str:
    return _("The municipality") if authority.kind == AuthorityKind.MUNICIPALITY else authority.name


# --- one copy and its answer ------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """How far the answer on one copy is: given, late, open (with a last day), lapsed (none has to come), or none
    (history without an answer)."""

    copy: LetterCopy
    response: Response | None
    state: str

    @property
    def sentence(self) -> str:
        who = authority_in_words(self.copy.authority)
        due = self.copy.due_on
        if self.response:
            said = _("%(who)s answered on %(day)s.") % {"who": who, "day": plain_date(self.response.dated_on)}
            score = score_in_words(self.response.answers.all())
            return f"{said} {score}" if score else said
        if self.state == "lapsed":
            return why_lapsed(self.copy.letter)
        if self.state == "late":
            left = _("%(who)s must still answer. The last day was %(day)s: that is %(days)s ago.")
            return left % {"who": who, "day": plain_date(due), "days": days_late(due)}
        if self.state == "open" and due:
            must = _("%(who)s must still answer. It does so no later than %(day)s.")
            return must % {"who": who, "day": plain_date(due)}
        if self.state == "open":
            return _("%(who)s must still answer. The rules name no last day.") % {"who": who}
        return _("No answer of %(who)s is on file.") % {"who": self.copy.authority.name}

    @property
    def days_late(self) -> str:
        return days_late(self.copy.due_on)


def standing_of(copy: LetterCopy, letter: Letter) -> Standing:
    response, due = given_to(copy), copy.due_on
    if response:
        state = "given"
    elif copy.has_lapsed:
        state = "lapsed"
    elif due and due < timezone.localdate():
        state = "late"
    else:
        state = "none" if letter.imported and not due else "open"
    return Standing(copy, response, state)


def why_lapsed(letter: Letter) -> str:
    if letter.relation in ASKS_NO_ANSWER:
        return _("This letter asks for no answer.")
    relations = {one.relation for one in letter.followed_by.all()}
    if Relation.WITHDRAWAL in relations:
        return _("This letter was withdrawn. No answer has to come any more.")
    if Relation.CORRECTION in relations:
        return _("A new letter took the place of this one. No answer to this one has to come any more.")
    return _("No answer to this letter has to come any more.")


def standings_of(letter: Letter) -> list[Standing]:
    return [standing_of(copy, letter) for copy in letter.copies.all()]


def days_late(due: date | None) -> str:
    return days_between((timezone.localdate() - due).days if due else 0)


def days_between(count: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", count) % {"n": count}


def score_in_words(answers: Any) -> str:
    """How many were followed: adopted, or policy already."""
    count = Counter(answer.verdict for answer in answers)
    total = sum(count.values())
    if not total:
        return ""
    yes, partly = count[Verdict.ADOPTED] + count[Verdict.ALREADY_POLICY], count[Verdict.PARTLY]
    if total == 1:
        return ""
    facts = {"yes": yes, "total": total, "partly": partly}
    if partly:
        return _("Followed: %(yes)s of the %(total)s recommendations, and %(partly)s in part.") % facts
    return _("Followed: %(yes)s of the %(total)s recommendations.") % facts


def score_of(response: Response) -> list[tuple[str, str]]:
    """Each verdict with how many, in the order of the scale, for `{% verdict code label %}`."""
    count = Counter(answer.verdict for answer in response.answers.all())
    one, more = _("recommendation"), _("recommendations")
    words = {
        Verdict.ADOPTED: _("%(count)s adopted"),
        Verdict.PARTLY: _("%(count)s in part"),
        Verdict.REJECTED: _("%(count)s not adopted"),
        Verdict.ALREADY_POLICY: _("%(count)s done already"),
        Verdict.LATER: _("%(count)s later"),
    }
    return [(code, said % {"count": counted(count[code], one, more)}) for code, said in words.items() if count[code]]


# --- the recommendations with the answers under them ------------------------


@dataclass
class Answered:
    """A recommendation of the frozen text, and what each authority answered."""

    number: int
    text: str
    reason: str = ""
    refers_to: str = ""
    rests_on: list[str] = field(default_factory=list)
    sources: list[dict[str, str]] = field(default_factory=list)
    answers: list[tuple[Authority, Answer]] = field(default_factory=list)


def recommendations_of(letter: Letter, responses: list[Response]) -> list[Answered]:
    found = [
        Answered(
            number, part.get("text", ""), part.get("reason", ""), part.get("refers_to", ""),
            labels(part), part.get("sources") or [],
        )
        for number, part in recommendations_by_number(letter.text).items()
    ]  # fmt: skip
    by_number = {one.number: one for one in found}
    for response in responses:
        for answer in response.answers.all():
            if answer.number not in by_number:  # the original names it, our text of it does not
                by_number[answer.number] = Answered(answer.number, "")
                found.append(by_number[answer.number])
            by_number[answer.number].answers.append((response.authority, answer))
    return found


def heard_of(letter: Letter) -> list[str]:
    """Who was heard, in the neutral words of the frozen text."""
    text = letter.text
    known = list(text.get("consulted") or [])
    lower = {line.lower() for line in known}
    found = [label for part in text.get("recommendations") or [] for label in labels(part)]
    return [*known, *dict.fromkeys(label[:1].upper() + label[1:] for label in found if label.lower() not in lower)]


def commitments_of(responses: list[Response]) -> list[Commitment]:
    found = [one for response in responses for answer in response.answers.all() for one in answer.commitments.all()]
    return sorted(found, key=lambda one: one.due_on)


# --- what the rules ask of an answer ----------------------------------------


@dataclass(frozen=True)
class ReasonRule:
    """Whether a reason is asked with every answer or when deviating, per recommendation or as a whole, and where."""

    always: bool
    per_part: bool
    article: str

    def lacking(self, answers: Any, *, text: str) -> list[int]:
        """The recommendations whose answer has no reason although the rules ask one."""
        if self.always and not self.per_part and text.strip():
            return []
        if not self.always and not self.per_part:
            return []
        due = [one for one in answers if self.always or one.verdict in NEEDS_REASON]
        return [one.number for one in due if not one.motivation.strip()]


def reason_rule(council: Council, on: date | None = None) -> ReasonRule:
    book = rulebook_for(council, on)
    motivation, per_part = book.rule("motivation"), book.rule("motivation_per_part")
    where = (motivation or per_part) if (motivation or (per_part and per_part.value)) else None
    return ReasonRule(
        always=bool(motivation and motivation.value == "always"),
        per_part=bool(per_part and per_part.value),
        article=(where.article or where.instrument) if where else "",
    )
