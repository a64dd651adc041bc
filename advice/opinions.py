"""What members said of a draft, as a page may show it.

What somebody said to the chair alone is never counted or told in the room, not even that it was said: everybody reads
the same list of open opinions, and of all others "nothing said yet, or only to the chair". See docs/decisions.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from advice.models import Advice, Opinion, OpinionRound, Proposal, RecommendationSave, SectionSave
from advice.states import AdviceState, Choice, ProposalState
from councils.models import Council, Membership
from councils.querysets import in_force
from councils.states import CouncilRole
from portal.models import AuditEvent, Person, User

STAFF = {CouncilRole.SECRETARY, CouncilRole.MINUTE_TAKER}
CALL_FROM = timedelta(days=3)  # before the last day: who leads hears how many are not heard
FEWEST = 5  # with fewer answers than this no numbers are told that hold an answer to the chair alone
SILENT = "silent"


def asked_of(council: Council) -> QuerySet[Person]:
    """Everybody who thinks along today."""
    seats = council.memberships.current().filter(Q(votes=True) | ~Q(role__in=STAFF))
    return Person.objects.filter(pk__in=seats.values("person")).order_by("name", "pk")


def listener_id(council_id: int) -> int | None:
    """Who hears what is only for the chair: the chair, or the deputy where there is no chair."""
    board = [CouncilRole.CHAIR, CouncilRole.DEPUTY_CHAIR]
    seats = Membership.objects.filter(in_force(), council=council_id, role__in=board)
    found = dict(seats.order_by("-pk").values_list("role", "person_id"))
    return found.get(board[0], found.get(board[1]))


def latest_round(advice: Advice) -> OpinionRound | None:
    return advice.opinion_rounds.select_related("advice", "version").order_by("-pk").first()


def open_round_of(advice: Advice) -> OpinionRound | None:
    round = latest_round(advice)
    return round if round and round.is_open and advice.state == AdviceState.DRAFT else None


def text_changed_since() -> Q:
    """For a query of opinions: a part was saved with another text, or removed, after the opinion was given."""
    later = {"advice": OuterRef("round__advice"), "at__gt": OuterRef("given_at"), "automatic": False}
    return (
        Q(Exists(SectionSave.objects.filter(**later, became__gt=F("based_on"))))
        | Q(Exists(RecommendationSave.objects.filter(**later, became__gt=F("based_on"))))
        | Q(Exists(removed_since("section", SectionSave.objects.all())))
        | Q(Exists(removed_since("recommendation", RecommendationSave.objects.all())))
    )


def removed_since(kind: str, saves: QuerySet[Any]) -> QuerySet[AuditEvent]:
    """A part with a text has a saved text that outlives it."""
    of_advice = saves.filter(advice=OuterRef(OuterRef("round__advice"))).values(f"{kind}_id")
    return AuditEvent.objects.filter(
        event=f"{kind}.removed", object_label=f"advice.{kind.capitalize()}", object_id__in=of_advice,
        at__gt=OuterRef("given_at"),
    )  # fmt: skip


@dataclass
class Heard:
    """What everybody in the room may know of one round."""

    asked: int
    opinions: list[Opinion]

    @property
    def said(self) -> int:
        return len(self.opinions)

    @property
    def unknown(self) -> int:
        return max(self.asked - self.said, 0)

    @property
    def sentence(self) -> str:
        return how_many(self.said, max(self.asked, self.said))

    @property
    def by_choice(self) -> list[dict[str, Any]]:
        groups = [{"label": choice.label, "said": [one for one in self.opinions if one.choice == choice]}
                  for choice in Choice]  # fmt: skip
        return [group for group in groups if group["said"]]


def heard_in(round: OpinionRound) -> Heard:
    opinions = round.opinions.in_the_room().annotate(text_changed=text_changed_since())
    return Heard(round.asked, list(opinions.select_related("person", "entered_by").order_by("person__name", "pk")))


def how_many(said: int, asked: int) -> str:
    """Silence is said to be silence."""
    spoken = ngettext(
        "%(said)d of the %(asked)d members has said something.",
        "%(said)d of the %(asked)d members have said something.", said,
    ) % {"said": said, "asked": asked}  # fmt: skip
    if said >= asked:
        return spoken
    unknown = asked - said
    return f"{spoken} " + _("Of %(number)d we do not know it.") % {"number": unknown}


# --- for the chair ---


def own_opinion(round: OpinionRound, user: User) -> Opinion | None:
    """What this member said; of two the own words, before what the secretary entered."""
    mine = round.opinions.filter(person=user.person_id).annotate(text_changed=text_changed_since())
    return mine.order_by("-only_for_chair").first()


def in_private(round: OpinionRound) -> list[Opinion]:
    """Without names, and in an order that tells nothing of when it was said."""
    return list(round.opinions.filter(only_for_chair=True).only("choice", "text", "public_id").order_by("public_id"))


def totals_of(round: OpinionRound) -> dict[str, int]:
    """Every answer counted, also the private ones. Empty when there are too few to hide in."""
    if round.totals is not None:
        return round.totals
    # Of who has two, the member's own counts: that is the private one.
    each = round.opinions.order_by("person", "-only_for_chair").distinct("person")
    counted = Counter(each.values_list("choice", flat=True))
    said = sum(counted.values())
    if said < FEWEST:
        return {}
    return {**{choice: counted.get(choice, 0) for choice in Choice.values}, SILENT: max(round.asked - said, 0)}


def totals_in_words(totals: dict[str, int]) -> list[dict[str, Any]]:
    rows = [{"label": choice.label, "number": totals.get(choice, 0)} for choice in Choice] if totals else []
    return [*rows, {"label": _("Said nothing"), "number": totals[SILENT]}] if totals else []


# --- with the dossier, without a query more ---


def with_opinions(advices: QuerySet[Advice]) -> QuerySet[Advice]:
    """Adds the last round as `round_facts`: its public_id, last day, numbers, and who gave an opinion."""
    rounds = OpinionRound.objects.filter(advice=OuterRef("pk")).order_by("-pk")
    given = Opinion.objects.filter(round=OuterRef("pk"))
    facts = rounds.annotate(
        said=ArraySubquery(given.filter(only_for_chair=False).values("pk")),
        persons=ArraySubquery(given.values("person")),
        about_older_text=ArraySubquery(given.filter(text_changed_since()).values("person")),
    ).values(
        row=JSONObject(
            closes_on="closes_on", closed_at="closed_at", asked="asked", said="said", persons="persons",
            about_older_text="about_older_text", version="version__number",
        )
    )[:1]  # fmt: skip
    proposed = Proposal.objects.filter(advice=OuterRef("pk"), state=ProposalState.OPEN).order_by("pk")
    parts = proposed.values(row=JSONObject(section="section_id", recommendation="recommendation_id"))
    return advices.annotate(round_facts=ArraySubquery(facts), open_proposals=ArraySubquery(parts))


def opinion_facts(advice: Advice, user: User) -> dict[str, Any]:
    """For the dossier: is something asked of this person, and what has the room heard?"""
    facts = next(iter(advice.round_facts), None)  # type: ignore[attr-defined]
    count_proposals(advice)
    found: dict[str, Any] = {
        "opinion_round": None, "thinks_along": user.has_perm("advice.give_opinion", advice),
        "may_speak_for": user.has_perm("advice.speak_for", advice), "may_ask_members": advice.state == AdviceState.DRAFT
        and user.has_perm("advice.ask_members", advice),
    }  # fmt: skip
    if facts is None:
        return found
    round = OpinionRound(
        advice=advice, asked=facts["asked"], closes_on=as_day(facts["closes_on"]), closed_at=facts["closed_at"]
    )
    is_open = advice.state == AdviceState.DRAFT and round.is_open
    said = len(facts["said"])
    return {
        **found,
        "opinion_round": round,
        "round_is_open": is_open,
        "round_sentence": how_many(said, max(round.asked, said)),
        "may_give_opinion": is_open and found["thinks_along"],
        "has_given_opinion": user.person_id in facts["persons"],
        "text_changed": user.person_id in facts["about_older_text"],
        "asked_version": facts["version"],
        "propose_first": is_open and found["thinks_along"] and not found["may_ask_members"],
    }


def count_proposals(advice: Advice) -> None:
    """How many open proposals each part has, as `proposal_count`."""
    open_ones: list[dict[str, int | None]] = advice.open_proposals  # type: ignore[attr-defined]
    for kind, parts in (("section", advice.sections.all()), ("recommendation", advice.recommendations.all())):
        for part in parts:
            part.proposal_count = sum(one[kind] == part.pk for one in open_ones)  # type: ignore[union-attr]


def as_day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def waiting_for(person: Person, council: Council) -> QuerySet[OpinionRound]:
    """The open rounds of a council in which this person said nothing yet."""
    mine = Opinion.objects.filter(round=OuterRef("pk"), person=person)
    rounds = OpinionRound.objects.filter(
        ~Exists(mine), council=council, closed_at=None, closes_on__gte=timezone.localdate(),
        advice__state=AdviceState.DRAFT,
    )  # fmt: skip
    return rounds.select_related("advice").order_by("closes_on", "pk")


def with_waiting(advices: QuerySet[Advice]) -> QuerySet[Advice]:
    """Adds the open proposals, and the question that ends soon with who spoke, for waiting_in."""
    today = timezone.localdate()
    ending = OpinionRound.objects.filter(
        advice=OuterRef("pk"), closed_at=None, closes_on__gte=today, closes_on__lte=today + CALL_FROM
    )
    said = Opinion.objects.in_the_room().filter(round=OuterRef("pk"))
    facts = ending.annotate(said=ArraySubquery(said.values("pk"))).values(
        row=JSONObject(closes_on="closes_on", asked="asked", said="said")
    )
    proposed = Proposal.objects.filter(advice=OuterRef("pk"), state=ProposalState.OPEN)
    return advices.annotate(ending=ArraySubquery(facts[:1]), proposed=ArraySubquery(proposed.values("pk")))


def waiting_in(advices: Iterable[Any]) -> list[dict[str, Any]]:
    """The drafts of which the question ends soon while members are not heard, or with open proposals."""
    found = []
    for advice in advices:
        if advice.state == AdviceState.DRAFT:
            round = next(iter(advice.ending), None)
            found.append({
                "advice": advice,
                "proposed": len(advice.proposed),
                "closes_on": as_day(round["closes_on"]) if round else None,
                "unknown": max(round["asked"] - len(round["said"]), 0) if round else 0,
            })  # fmt: skip
    return found


def one_of_us() -> str:
    with override("nl"):
        return _("A member")
