"""What the council still has to do: mark answers, look back (terugblik), ask for what was to be decided later."""

from datetime import date, timedelta

from django.db.models import CharField, DateField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from advice.linked import is_overtaken
from advice.models import Answer, Commitment, LaterDecision, Letter, Response
from advice.states import DocumentKind, Relation, ResponseState, Verdict

YEAR = timedelta(days=365)  # for the order of a list
REVIEWED = [DocumentKind.ADVICE, DocumentKind.SIGNAL_LETTER, DocumentKind.URGENT_LETTER]


def a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, month=3, day=1)


def day_of(letter: Letter) -> date:
    """When the council looks back: the day that it chose, or a year after the letter."""
    follow_up = getattr(letter, "follow_up", None)
    return follow_up.due_on if follow_up else a_year_after(letter.dated_on)


def letters_to_look_back_on(today: date | None = None) -> QuerySet[Letter]:
    """A letter with advice in it whose day has come. One from before the portal only when the council chose a day."""
    today = today or timezone.localdate()
    of_itself = Q(
        follow_up=None, imported=False, dated_on__lte=a_year_before(today), advice__document__in=REVIEWED,
        relation__in=["", Relation.CORRECTION],
    )  # fmt: skip
    chosen = Q(follow_up__done_on=None, follow_up__due_on__lte=today)
    return Letter.objects.filter(of_itself | chosen).filter(~is_overtaken()).defer("text")


def a_year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def decisions_to_ask_for(today: date | None = None) -> QuerySet[Answer]:
    """Answered with "later", the day of the decision has passed, and what was decided is not written down."""
    today = today or timezone.localdate()
    late = Answer.objects.filter(verdict=Verdict.LATER, decide_by__lt=today, response__state=ResponseState.FINAL)
    return late.filter(~Exists(LaterDecision.objects.filter(answer=OuterRef("pk"))))


def answers_to_mark() -> QuerySet[Response]:
    """Answers of which the council has not said for every recommendation whether it is one. Old letters need not."""
    unmarked = Answer.objects.filter(response=OuterRef("pk"), mark=None)
    given = Response.objects.filter(state=ResponseState.FINAL, copy__letter__imported=False)
    return given.filter(Exists(unmarked), ~is_overtaken("copy__letter"))


def asked_of_council(council_id: int, limit: int) -> list[dict]:
    """To mark, to check, to ask for and to look back on, in one query: kind, key, title, day."""
    key, title = CharField(), CharField()
    check = Commitment.objects.standing("check").filter(council=council_id)
    rows = check.annotate(
        kind=Value("check"), key=Cast("pk", key), title=Cast("text", title), day=F("done_on")
    ).values_list("kind", "key", "title", "day")
    later = decisions_to_ask_for().filter(response__council=council_id).annotate(
        kind=Value("later"), key=Cast("pk", key), title=Cast("response__copy__letter__subject", title),
        day=F("decide_by"),
    ).values_list("kind", "key", "title", "day")  # fmt: skip
    back = letters_to_look_back_on().filter(council=council_id).annotate(
        kind=Value("back"), key=Cast("public_id", key), title=Cast("subject", title),
        day=Coalesce("follow_up__due_on", Cast(F("dated_on") + YEAR, DateField())),
    ).values_list("kind", "key", "title", "day")  # fmt: skip
    mark = answers_to_mark().filter(council=council_id).annotate(
        kind=Value("mark"), key=Cast("copy__public_id", key), title=Cast("copy__letter__subject", title),
        day=F("dated_on"),
    ).values_list("kind", "key", "title", "day")  # fmt: skip
    found = rows.union(later, back, mark, all=True).order_by("day", "kind", "key")[:limit]
    return [dict(zip(("kind", "key", "title", "day"), row, strict=True)) for row in found]
