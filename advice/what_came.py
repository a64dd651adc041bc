"""What came of it (u zei, wij deden): the published advices of a council in short, and the numbers over them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Func, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum, Value
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Coalesce, Concat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advice.answered import commitments_of, copies_with_answers, heard_of, published, recommendations_of, standings_of
from advice.linked import is_overtaken
from advice.models import Answer, Commitment, LaterDecision, Letter, LetterCopy
from advice.promises import counts_of, followed
from advice.querysets import GIVEN
from advice.states import Relation, ResponseState, Verdict
from councils.models import Council
from portal.text import listed

SHOWN = 5  # recommendations on a card; the page of the advice has them all


def letters_of(council: Council) -> QuerySet[Letter]:
    """The public letters with advice in them: not what was withdrawn or replaced, nor what only says so."""
    said = ["", Relation.CORRECTION, Relation.SUPPLEMENT]
    return published(council).filter(~is_overtaken(), relation__in=said)


# --- the cards --------------------------------------------------------------


@dataclass(frozen=True)
class Card:
    letter: Letter
    heard: list[str]
    recommendations: list[Any]
    more: int
    standings: list[Any]
    commitments: list[Commitment]
    several: bool


def for_cards(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """Rows with only those parts of the text that a card shows; as many queries for one as for a thousand."""
    parts = {"asked": KeyTransform("recommendations", "text"), "consulted": KeyTransform("consulted", "text")}
    copies = copies_with_answers(LetterCopy.objects.all(), followed=True)
    rows = letters.select_related("council", "follow_up").defer("text").annotate(**parts)
    return rows.prefetch_related(Prefetch("copies", copies)).order_by("-dated_on", "-pk")


def card_of(letter: Letter) -> Card:
    # The text was not read; these parts of it were.
    letter.text = {"recommendations": letter.asked or [], "consulted": letter.consulted or []}  # type: ignore[attr-defined]
    standings = standings_of(letter)
    responses = [standing.response for standing in standings if standing.response]
    found = recommendations_of(letter, responses)
    promised = followed(commitments_of(responses))
    shown = found[:SHOWN]
    return Card(
        letter, heard_of(letter), shown, len(found) - len(shown), standings, promised, several=len(responses) > 1
    )


# --- the numbers ------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    label: str
    count: int
    within: bool = False


def numbers_of(letters: QuerySet[Letter]) -> dict[str, int]:
    """Counted in four queries. A recommendation to two authorities has two answers."""
    number_of = Coalesce(
        Func(KeyTransform("recommendations", "text"), function="jsonb_array_length", output_field=IntegerField()), 0
    )
    pks = letters.order_by().values("pk")
    plain = Letter.objects.filter(pk__in=pks)
    found = plain.aggregate(
        letters=Count("pk"), advices=Count("pk", filter=~Q(relation=Relation.SUPPLEMENT)),
        recommendations=Coalesce(Sum(number_of), 0),
        looked_back=Count("pk", filter=Q(follow_up__done_on__isnull=False)),
    )  # fmt: skip
    found |= LetterCopy.objects.filter(letter__in=pks).aggregate(responses=Count("pk", filter=GIVEN))
    decided = LaterDecision.objects.filter(answer=OuterRef("pk")).order_by("-pk").values("verdict")[:1]
    answers = Answer.objects.filter(response__state=ResponseState.FINAL, response__copy__letter__in=pks)
    of_one = Concat("response__copy__letter_id", Value(":"), "number", output_field=Answer._meta.get_field("verdict"))
    found |= answers.annotate(now=Coalesce(Subquery(decided), F("verdict"))).aggregate(
        answered=Count(of_one, distinct=True),
        **{code: Count("pk", filter=Q(now=code)) for code in Verdict.values},
    )
    promises = counts_of(Commitment.objects.given().filter(answer__response__copy__letter__in=pks))
    return found | {f"promises_{state}": count for state, count in promises.items()}


def sentence_of(numbers: dict[str, int]) -> str:
    """The numbers in words: 12 advices, 30 recommendations: 18 adopted, 5 in part."""
    advices = ngettext("%(n)s advice", "%(n)s advices", numbers["advices"]) % {"n": numbers["advices"]}
    asked = ngettext("%(n)s recommendation", "%(n)s recommendations", numbers["recommendations"])
    words = [
        (Verdict.ADOPTED, _("%(n)s adopted")), (Verdict.PARTLY, _("%(n)s in part")),
        (Verdict.ALREADY_POLICY, _("%(n)s done already")), (Verdict.REJECTED, _("%(n)s not adopted")),
        (Verdict.LATER, _("%(n)s decided later")),
    ]  # fmt: skip
    said = [text % {"n": numbers[code]} for code, text in words if numbers[code]]
    head = f"{advices}, {asked % {'n': numbers['recommendations']}}"
    return f"{head}: {listed(said)}." if said else f"{head}."


def lines_of(numbers: dict[str, int]) -> list[Line]:
    """The table behind the sentence."""
    n = numbers
    unanswered = max(0, n["recommendations"] - n["answered"])
    promised = n["promises_open"] + n["promises_check"] + n["promises_disputed"] + n["promises_kept"]
    return [
        Line(_("Advices"), n["advices"]),
        Line(_("Recommendations in these advices"), n["recommendations"]),
        Line(_("without an answer yet"), unanswered, within=True),
        Line(_("Answers to these advices"), n["responses"]),
        Line(_("recommendations adopted"), n[Verdict.ADOPTED], within=True),
        Line(_("recommendations adopted in part"), n[Verdict.PARTLY], within=True),
        Line(_("recommendations that were policy already"), n[Verdict.ALREADY_POLICY], within=True),
        Line(_("recommendations not adopted"), n[Verdict.REJECTED], within=True),
        Line(_("recommendations to decide on later"), n[Verdict.LATER], within=True),
        Line(_("Promises in the answers"), promised),
        Line(_("promises kept"), n["promises_kept"], within=True),
        Line(_("promises done, the council still looks"), n["promises_check"], within=True),
        Line(_("promises on which the council does not agree"), n["promises_disputed"], within=True),
        Line(_("promises under way"), n["promises_open"] - n["promises_late"], within=True),
        Line(_("promises that are too late"), n["promises_late"], within=True),
        Line(_("Looked back after a year"), n["looked_back"]),
    ]
