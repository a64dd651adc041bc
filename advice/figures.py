"""The year figures (jaarcijfers) of a council: what was asked and how late, what was advised, what was answered.

Every number is a filter with a name, so that the page that counts and the list behind a number cannot differ.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from advice.linked import is_overtaken
from advice.models import Letter, LetterCopy
from advice.querysets import DUE_ON, GIVEN, SETTLED
from advice.states import ASKS_NO_ANSWER, OVERTAKES, ResponseState
from advice.steps import with_steps
from consultations.models import CouncilRequest
from consultations.states import Consent, RequestState
from councils.models import Council
from councils.states import AuthorityKind

SETTLED_NOW = Q(response__state__in=SETTLED)
UNASKED = Q(letter__relation__in=ASKS_NO_ANSWER) & ~GIVEN
EXTENDED = Q(response__extended_until__isnull=False)
LATE = ~Q(short_notice="")
TO_MUNICIPALITY = Q(authority__kind=AuthorityKind.MUNICIPALITY)
FIRST = Q(relation="")
OVERTAKEN = Q(followed_by__relation__in=OVERTAKES)


# What has gone on to executive and municipal council: of advices that still count, and that ask for an answer.
COUNTING = ~Q(letter__relation__in=ASKS_NO_ANSWER) & Q(overtaken=False)


@dataclass(frozen=True)
class Kind:
    """One number: its name in the address, in words, and which rows it counts."""

    slug: str
    label: Any
    which: Q
    within: bool = False  # a part of the number above it
    of: Q | None = None  # said as "x of y": which rows are y


REQUESTS = [
    Kind("gevraagd", _("Requests that came in"), Q()),
    Kind("laat-gevraagd", _("asked late"), LATE, within=True),
    Kind("spoed-akkoord", _("asked late, agreed as urgent"), LATE & Q(consent=Consent.AGREED), within=True),
    Kind("meer-tijd", _("with more time"), Q(extended_on__isnull=False), within=True),
    Kind("afgezien", _("declined by the council"), Q(state=RequestState.DECLINED), within=True),
    Kind("ingetrokken", _("withdrawn by the authority"), Q(state=RequestState.WITHDRAWN), within=True),
]
LETTERS = [
    Kind("adviezen", _("Advices that were sent"), FIRST),
    Kind("advies-op-tijd", _("sent in time"), FIRST & Q(advice__request__due_on__gte=F("dated_on")), within=True),
    Kind("advies-te-laat", _("sent too late"), FIRST & Q(advice__request__due_on__lt=F("dated_on")), within=True),
    Kind("advies-zonder-termijn", _("without a term"), FIRST & Q(advice__request__due_on__isnull=True), within=True),
    Kind("advies-vervallen", _("withdrawn or replaced afterwards"), FIRST & OVERTAKEN, within=True),
    Kind("vervolgbrieven", _("Letters about an earlier letter"), ~FIRST),
]
COPIES = [
    Kind("antwoorden", _("Answers to these advices"), GIVEN),
    Kind("antwoord-op-tijd", _("answered in time"), GIVEN & Q(response__dated_on__lte=DUE_ON), within=True),
    Kind("antwoord-te-laat", _("answered too late"), GIVEN & Q(response__dated_on__gt=DUE_ON), within=True),
    Kind(
        "antwoord-zonder-termijn",
        _("answered without a term"),
        GIVEN & Q(response_due_on__isnull=True, response__extended_until__isnull=True),
        within=True,
    ),
    Kind("antwoord-verdaagd", _("the authority took more time"), GIVEN & EXTENDED, within=True),
    Kind("nog-geen-antwoord", _("Advices without an answer yet"), ~SETTLED_NOW & ~UNASKED),
    Kind(
        "antwoord-vervallen",
        _("Advices that need no answer any more"),
        Q(response__state=ResponseState.LAPSED) | UNASKED,
    ),
    Kind("naar-college", _("Offered to the executive"), COUNTING & Q(offered_on__isnull=False), of=COUNTING),
    Kind(
        "naar-gemeenteraad",
        _("Also sent to the municipal council"),
        COUNTING & Q(to_municipal_council=True),
        of=COUNTING & TO_MUNICIPALITY,
    ),
]
KINDS = {kind.slug: (kind, group) for group in (REQUESTS, LETTERS, COPIES) for kind in group}


@dataclass(frozen=True)
class Figure:
    kind: Kind
    count: int
    total: int | None = None  # "x of y": y


def figures_of(council: Council, year: int) -> list[list[Figure]]:
    """Three groups, three queries, whatever the number of rows."""
    return [counted(group, rows_of(group, council, year)) for group in (REQUESTS, LETTERS, COPIES)]


def counted(group: list[Kind], rows: QuerySet) -> list[Figure]:
    names = {kind: f"n{number}" for number, kind in enumerate(group)}
    counts = rows.aggregate(
        **{name: Count("pk", filter=kind.which, distinct=True) for kind, name in names.items() if kind.which},
        **{f"{name}_of": Count("pk", filter=kind.of, distinct=True) for kind, name in names.items() if kind.of},
        all=Count("pk", distinct=True),
    )
    return [
        Figure(kind, counts[names[kind]] if kind.which else counts["all"], counts.get(f"{names[kind]}_of"))
        for kind in group
    ]


def rows_of(group: list[Kind], council: Council, year: int) -> QuerySet:
    """Requests by the day of receipt, letters and copies by the date of the letter, not from before the portal."""
    if group is REQUESTS:
        return CouncilRequest.objects.filter(council=council, received_on__year=year)
    if group is LETTERS:
        return Letter.objects.filter(council=council, imported=False, dated_on__year=year)
    copies = LetterCopy.objects.filter(council=council, letter__imported=False, letter__dated_on__year=year)
    return with_steps(copies).annotate(overtaken=is_overtaken("letter"))


def list_behind(slug: str, council: Council, year: int) -> QuerySet:
    """The rows that one number counts, newest first."""
    kind, group = KINDS[slug]
    rows = rows_of(group, council, year).filter(kind.which)
    if group is REQUESTS:
        return rows.select_related("request__authority").order_by("-received_on", "-pk")
    if group is LETTERS:
        return rows.defer("text").order_by("-dated_on", "-pk")
    return (
        rows.select_related("letter", "authority", "response")
        .defer("letter__text")
        .order_by("-letter__dated_on", "-pk")
    )
