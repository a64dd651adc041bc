"""Who answered what: a request of one or several authorities to one or several councils, in one table."""

from dataclasses import dataclass
from typing import Any

from advice.answered import Standing, copies_with_answers, score_of, standing_of
from advice.models import LetterCopy
from consultations.models import AdviceRequest, CouncilRequest
from councils.models import Authority, Council, ServedBody
from councils.querysets import in_force


@dataclass(frozen=True)
class Row:
    """One council and one of the authorities that asked it. `standing` is of the letter, when the reader may see it."""

    part: CouncilRequest
    authority: Authority
    standing: Standing | None
    hidden: bool  # another council's advice that is not public yet: its state is all

    @property
    def score(self) -> list[tuple[str, str]]:
        response = self.standing.response if self.standing else None
        return score_of(response) if response else []

    @property
    def is_public(self) -> bool:
        return self.standing is not None and hasattr(self.standing.copy.letter, "publication")


def overview_of(request: AdviceRequest, *, reader: Council | None = None) -> list[Row]:
    """For who asks: everything that was sent and given. For a council: its own, and of the others what is public."""
    parts = list(request.to_councils.select_related("council").order_by("council__name"))
    askers = request.askers()
    pairs = ServedBody.objects.filter(in_force(), council__in=[part.council_id for part in parts], authority__in=askers)
    served = set(pairs.values_list("council", "authority"))
    copies = copies_of(parts, askers)
    rows = []
    for part in parts:
        part.request = request
        for authority in askers:
            copy = copies.get((part.pk, authority.pk))
            if copy is None and (part.council_id, authority.pk) not in served:
                continue
            own = reader is None or part.council_id == reader.pk
            hidden = not own and copy is not None and not hasattr(copy.letter, "publication")
            standing = standing_of(copy, copy.letter) if copy and not hidden else None
            rows.append(Row(part, authority, standing, hidden))
    return rows


def copies_of(parts: list[CouncilRequest], askers: list[Authority]) -> dict[tuple[Any, int], LetterCopy]:
    """Of each council the first letter on the request, one copy for each authority."""
    found = LetterCopy.objects.filter(letter__advice__request__in=parts, authority__in=askers)
    rows = copies_with_answers(found.select_related("letter__advice", "letter__publication")).defer("letter__text")
    first: dict[tuple[Any, int], LetterCopy] = {}
    for copy in rows:
        first.setdefault((copy.letter.advice.request_id, copy.authority_id), copy)
    return first
