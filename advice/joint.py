"""A joint advice: which of the other councils adopted the very text that is to be sent, and who signs for them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from advice.frozen import final_text
from advice.models import AdoptedText, Advice, EditorialText, JointAdoption
from advice.states import AdviceState
from councils.models import Council
from councils.rules import LEADING

OPEN_TO_OTHERS = [AdviceState.ADOPTED, AdviceState.ISSUED]  # a draft is of the leading council alone


@dataclass(frozen=True)
class JointStanding:
    """Another council: adopted, declined, stale (it decided on an earlier text), or waiting."""

    council: Council
    state: str
    row: JointAdoption | None


def text_to_adopt(advice: Advice) -> AdoptedText | EditorialText | None:
    """What is sent: the adopted text, or its editorial version."""
    adopted, edited = final_text(advice)
    return edited or adopted


def joint_standings(advice: Advice, text: AdoptedText | EditorialText | None = None) -> list[JointStanding]:
    """Of each other council its newest row on this very text; else whether there was one on an earlier text."""
    councils = list(advice.joint_with.order_by("name"))
    if not councils:
        return []
    text = text or text_to_adopt(advice)
    rows = list(JointAdoption.objects.filter(advice=advice).order_by("pk"))
    return [standing_of(council, [row for row in rows if row.council_id == council.pk], text) for council in councils]


def standing_of(council: Council, rows: list[JointAdoption], text: Any) -> JointStanding:
    on_this = [row for row in rows if text and row.sha256 == text.sha256]
    if on_this:
        state = "declined" if on_this[-1].declined_because else "adopted"
        return JointStanding(council, state, on_this[-1])
    return JointStanding(council, "stale" if rows else "waiting", rows[-1] if rows else None)


def others_signing(advice: Advice) -> list[dict[str, str]]:
    """Who signs for the other councils, with the day on which their council adopted the text."""
    if advice.state not in OPEN_TO_OTHERS:
        return []
    return [
        {**one, "council": standing.council.name, "adopted_on": standing.row.decided_on.isoformat()}
        for standing in joint_standings(advice)
        if standing.state == "adopted" and standing.row
        for one in standing.row.signatories
    ]


def uses_portal(council: Council) -> bool:
    """Somebody who leads it can sign in and adopt the text there."""
    return council.memberships.current().filter(role__in=LEADING, person__user__is_active=True).exists()


def shared_with(council: Council) -> QuerySet[Advice]:
    """The joint advices of others that this council may read: adopted by the council that leads, or sent."""
    return Advice.objects.filter(joint_with=council, state__in=OPEN_TO_OTHERS)


def in_list_of(council: Council) -> Q:
    """Own advices, and those of others that this council may read."""
    return Q(council=council) | Q(pk__in=shared_with(council).values("pk"))


def to_adopt(council: Council) -> list[Advice]:
    """Those that this council has not decided on, as far as their text goes now."""
    found = shared_with(council).filter(state=AdviceState.ADOPTED).select_related("council").order_by("pk")
    settled = JointAdoption.objects.filter(advice=OuterRef("pk"), council=council, sha256=OuterRef("text_hash"))
    return list(found.annotate(text_hash=newest_hash()).filter(~Exists(settled)))


def with_councils_waited_for(advices: QuerySet[Advice]) -> QuerySet[Advice]:
    """Adds `waits_for_councils`: another council has not adopted the text as it goes now."""
    settled = JointAdoption.objects.filter(
        advice=OuterRef("advice_id"), council=OuterRef("council_id"), declined_because="",
        sha256=OuterRef(OuterRef("text_hash")),
    )  # fmt: skip
    others = Advice.joint_with.through.objects.filter(advice=OuterRef("pk")).filter(~Exists(settled))
    return advices.annotate(text_hash=newest_hash(), waits_for_councils=Exists(others))


def newest_hash() -> Any:
    """Of the editorial version where there is one, else of the adopted text; as in text_to_adopt."""

    adopted = AdoptedText.objects.filter(advice=OuterRef("pk")).order_by("-pk")
    edited = EditorialText.objects.filter(adopted_text=OuterRef("pk")).order_by("-pk")
    newest = adopted.annotate(final=Coalesce(Subquery(edited.values("sha256")[:1]), "sha256"))
    return Subquery(newest.values("final")[:1])


def joint_address(advice: Advice, council: Council) -> str:
    return reverse("advice:joint", args=[council.slug, advice.public_id])
