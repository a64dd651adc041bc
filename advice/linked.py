"""A letter and the letters about it: what a page says of the one at the other. Both stay as they were sent."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from advice.models import Advice, Letter, LetterCopy
from advice.states import OVERTAKES, Relation
from portal.dates import plain_date

AddressOf = Callable[[Letter], str]

# Of a later letter, on the page of the first one.
BY_LATER = {
    Relation.SUPPLEMENT: gettext_lazy("Letter %(reference)s of %(day)s supplements this letter."),
    Relation.CORRECTION: gettext_lazy("Letter %(reference)s of %(day)s takes the place of this letter."),
    Relation.WITHDRAWAL: gettext_lazy("This letter was withdrawn, with letter %(reference)s of %(day)s."),
    Relation.COUNTER_RESPONSE: gettext_lazy("Letter %(reference)s of %(day)s is our reply to the answer."),
}
# The same of a letter that is not public.
BY_HIDDEN = {
    Relation.CORRECTION: gettext_lazy("Since %(day)s another letter takes the place of this letter."),
    Relation.WITHDRAWAL: gettext_lazy("This letter was withdrawn on %(day)s."),
}
# Of the first letter, on the page of a later one.
OF_FIRST = {
    Relation.SUPPLEMENT: gettext_lazy("This letter supplements letter %(reference)s of %(day)s."),
    Relation.CORRECTION: gettext_lazy("This letter takes the place of letter %(reference)s of %(day)s."),
    Relation.WITHDRAWAL: gettext_lazy("With this letter we withdraw letter %(reference)s of %(day)s."),
    Relation.COUNTER_RESPONSE: gettext_lazy(
        "This letter is our reply to the answer to letter %(reference)s of %(day)s."
    ),
}


@dataclass(frozen=True)
class Notice:
    """About another letter. `later`: that one came after the letter of this page."""

    text: str
    relation: str
    later: bool
    letter: Letter
    url: str

    @property
    def overtakes(self) -> bool:
        return self.later and self.relation in OVERTAKES


def about(letter: Letter) -> QuerySet[Letter]:
    """The first letter and the later ones, the oldest first."""
    return Letter.objects.filter(Q(concerns=letter) | Q(followed_by=letter)).defer("text").order_by("dated_on", "pk")


def notices_of(letter: Letter, url_of: AddressOf) -> list[Notice]:
    """One query, and none where the row is known to stand alone (see relations_to). `url_of` gives no address of a
    letter that this reader does not have: then it has no number here, and only what it ends is told."""
    found: list[Notice] = []
    if stands_alone(letter, letter):
        return found
    for other in about(letter).select_related("council", "publication"):
        later, url = other.concerns_id == letter.pk, url_of(other)
        relation = Relation(other.relation if later else letter.relation)
        words: Any = (BY_LATER if url else BY_HIDDEN).get(relation) if later else OF_FIRST[relation]
        if words:
            text = words % {"reference": other.reference, "day": plain_date(other.dated_on)}
            found.append(Notice(text, relation, later, other, url))
    return sorted(found, key=lambda notice: not notice.overtakes)


def sentence_about_first(letter: Letter) -> str:
    if letter.concerns is None:
        return ""
    facts = {"reference": letter.concerns.reference, "day": plain_date(letter.concerns.dated_on)}
    return str(OF_FIRST[Relation(letter.relation)]) % facts


def notices_in_room(letter: Letter) -> list[Notice]:
    return notices_of(letter, lambda other: reverse("advice:letter", args=[other.council.slug, other.public_id]))


def notices_in_public(letter: Letter) -> list[Notice]:
    def url_of(other: Letter) -> str:
        return public_address(other) if hasattr(other, "publication") else ""

    return notices_of(letter, url_of)


def public_address(letter: Letter) -> str:
    return reverse("advice:public", args=[letter.council.slug, letter.slug])


def notices_at_desk(copy: LetterCopy) -> list[Notice]:
    """With the copy that this authority got of the other letter."""
    if stands_alone(copy, copy.letter):
        return []
    of_others = Q(letter__concerns=copy.letter_id) | Q(letter=copy.letter.concerns_id)
    own = dict(LetterCopy.objects.filter(of_others, authority=copy.authority_id).values_list("letter", "public_id"))

    def url_of(other: Letter) -> str:
        return reverse("advice:desk_letter", args=[copy.authority.slug, own[other.pk]]) if other.pk in own else ""

    return notices_of(copy.letter, url_of)


def stands_alone(row: Letter | LetterCopy, letter: Letter) -> bool:
    return getattr(row, "linked_by", None) == [] and letter.concerns_id is None


# --- in lists ---------------------------------------------------------------


def relations_to(letter: str, *, only_public: bool = False) -> ArraySubquery:
    """For annotate(linked_by=…): what later letters do to the letter of the row. `letter`: how the row names it."""
    later = Letter.objects.filter(concerns=OuterRef(letter))
    if only_public:
        later = later.filter(Q(publication__isnull=False) | Q(relation__in=OVERTAKES))
    return ArraySubquery(later.order_by("pk").values("relation"))


def relations_to_advice() -> ArraySubquery:
    return ArraySubquery(Letter.objects.filter(concerns__advice=OuterRef("pk")).order_by("pk").values("relation"))


def is_overtaken(letter: str = "pk") -> Exists:
    """For filters and annotations: this letter was withdrawn or replaced. `letter` is the way to it from the row."""
    return Exists(Letter.objects.filter(concerns=OuterRef(letter), relation__in=OVERTAKES))


def overtaken_by(letter: Letter) -> Letter | None:
    """The letter that withdrew this one or took its place."""
    later = letter.followed_by.filter(relation__in=OVERTAKES).defer("text")
    return later.select_related("council").order_by("pk").first()


# --- in the text ------------------------------------------------------------


def first_of(advice: Advice) -> dict[str, Any]:
    """What the text says of the letter that it is about; nothing where it stands by itself."""
    first = advice.concerns
    if first is None:
        return {}
    return {
        "concerns": {
            "relation": advice.relation,
            "reference": first.reference,
            "date": first.dated_on.isoformat(),
            "subject": first.subject,
            "public_id": str(first.public_id),
        }
    }
