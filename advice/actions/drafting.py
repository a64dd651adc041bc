"""Writing an advice together: starting it, its sections and recommendations, and what members say about it.

Every verb locks the advice first, so that writers of one advice take turns and adopting waits for who is saving.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from advice.actions.saving import (
    PartGone,
    keep,
    keep_recommendation,
    locked_draft,
    saved_now,
    saved_recommendation,
)
from advice.actions.templates import lay_out, parts_for
from advice.comments import PARAGRAPH_CHANGED, paragraphs_in
from advice.models import Advice, Comment, Recommendation, Section, Signatory
from advice.states import NOT_GONE_YET, AdviceKind, DocumentKind
from consultations.models import Activity, CouncilRequest, PolicyTopic
from consultations.states import RequestState
from councils.models import Authority, Council
from councils.querysets import in_force
from councils.rulebook import rulebook_for
from councils.states import CouncilRole
from portal.access import Refused
from portal.audit import record
from portal.models import Person

# A letter is Dutch content, whatever the language of the interface.
SIGNING = {CouncilRole.CHAIR: "voorzitter", CouncilRole.SECRETARY: "secretaris"}
COPIES = {
    "municipal_council": "gemeenteraad, via de griffie",
    "clerk": "griffier",
    "alderman": "wethouder",
    "director": "directeur",
}


# --- starting ---


@transaction.atomic
def start_from_request(asked: CouncilRequest, *, by: Person) -> Advice:
    """The answer to an accepted request, with what the request already says filled in."""
    asked = CouncilRequest.objects.select_for_update(of=("self",)).select_related("request", "council").get(pk=asked.pk)
    if asked.state != RequestState.ACCEPTED:
        raise Refused(_("First accept the request. Then you can write the advice."))
    if asked.advices.filter(state__in=NOT_GONE_YET).exists():
        raise Refused(_("There already is a draft for this request. Go on with that one."))
    request = asked.request
    advice = Advice.objects.create(
        council=asked.council,
        request=asked,
        topic=request.topic,
        kind=AdviceKind.SOLICITED,
        subject=request.subject,
        laws=request.laws,
        your_reference=request.reference,
        attention_of=request.contact.name if request.contact and not request.registered else "",
        created_by=by,
    )
    return fill_in(advice, advised_by(asked), by=by)


def advised_by(asked: CouncilRequest) -> list[Authority]:
    """Of all who ask those that this council advises."""
    served = set(asked.council.served_bodies.filter(in_force()).values_list("authority", flat=True))
    return [one for one in asked.request.askers() if one.pk in served] or [asked.request.authority]


@transaction.atomic
def start_unsolicited(
    council: Council,
    *,
    subject: str,
    authorities: Iterable[Authority],
    by: Person,
    topic: PolicyTopic | None = None,
    document: str = DocumentKind.ADVICE,
    activities: Iterable[Activity] = (),
) -> Advice:
    """An advice of the council's own accord. What was heard becomes a first recommendation to be written."""
    advice = Advice.objects.create(
        council=council, topic=topic, kind=AdviceKind.UNSOLICITED, document=document, subject=subject,
        laws=topic.laws if topic else [], created_by=by,
    )  # fmt: skip
    fill_in(advice, authorities, by=by)
    heard = [activity for activity in activities if activity.council_id == council.pk]
    if heard:
        recommendation = Recommendation.objects.create(advice=advice, council=council, number=1, text="")
        recommendation.rests_on.set(heard)
    return advice


def fill_in(advice: Advice, authorities: Iterable[Authority], *, by: Person) -> Advice:
    """What every new advice gets: addressees, headings, who signs, who gets a copy."""
    advice.authorities.set(authorities)
    first = advice.authorities.order_by("name").first()
    advice.salutation = first.salutation if first else ""
    advice.copy_to = [COPIES[code] for code in rulebook_for(advice.council).get("copy_to", [])]
    advice.save(update_fields=["salutation", "copy_to"])
    lay_out(advice, parts_for(advice.council, advice.document, advice.kind))
    for position, (name, role) in enumerate(signing(advice.council), 1):
        Signatory.objects.create(advice=advice, council=advice.council, position=position, name=name, role=role)
    record("advice.started", advice, by=by)
    return advice


def signing(council: Council) -> list[tuple[str, str]]:
    """The chair and the secretary of today."""
    holders = council.memberships.current().filter(role__in=SIGNING).select_related("person")
    order = list(SIGNING)
    ranked = sorted(holders, key=lambda holder: (order.index(CouncilRole(holder.role)), holder.starts_on, holder.pk))
    first: dict[str, str] = {}
    for holder in ranked:
        first.setdefault(SIGNING[CouncilRole(holder.role)], holder.person.name)
    return [(name, role) for role, name in first.items()]


# --- sections ---


@transaction.atomic
def move_section(section: Section, step: int, *, by: Person) -> Section:
    """One place up (-1) or down (1); at the end nothing changes."""
    advice = locked_draft(section.advice_id)
    put_in_order(moved(advice.sections.all(), section.pk, step), "position")
    record("section.moved", section, by=by)
    return section


def moved(rows: Iterable[Any], pk: int, step: int) -> list[Any]:
    """The rows with this one a step further on."""
    order = list(rows)
    at = next((index for index, one in enumerate(order) if one.pk == pk), None)
    if at is None:
        raise PartGone(_("Somebody removed this part."))
    to = min(max(at + step, 0), len(order) - 1)
    order.insert(to, order.pop(at))
    return order


def put_in_order(rows: Iterable[Any], field: str) -> None:
    """Count them from 1 in this field."""
    for place, one in enumerate(rows, 1):
        if getattr(one, field) != place:
            setattr(one, field, place)
            one.save(update_fields=[field])


@transaction.atomic
def remove_section(section: Section, *, by: Person) -> None:
    """Its texts stay with the kept texts of the advice."""
    advice = locked_draft(section.advice_id)
    found = advice.sections.filter(pk=section.pk).first()
    if found is None:
        raise PartGone(_("Somebody removed this part."))
    section, last = found, saved_now(found)
    if section.text and last.by is None:  # a text that no save holds, such as an imported one
        keep(
            advice, section.pk, heading=section.heading, text=section.text, based_on=section.version,
            became=section.version, by=by,
        )  # fmt: skip
    record("section.removed", section, by=by)
    section.delete()


# --- recommendations ---


@transaction.atomic
def move_recommendation(recommendation: Recommendation, step: int, *, by: Person) -> Recommendation:
    advice = locked_draft(recommendation.advice_id)
    put_in_order(moved(advice.recommendations.all(), recommendation.pk, step), "number")
    record("recommendation.moved", recommendation, by=by)
    return recommendation


@transaction.atomic
def remove_recommendation(recommendation: Recommendation, *, by: Person) -> None:
    """Its texts stay with the kept texts; what it said is to be read with the comments too."""
    advice = locked_draft(recommendation.advice_id)
    found = advice.recommendations.filter(pk=recommendation.pk).first()
    if found is None:
        raise PartGone(_("Somebody removed this part."))
    recommendation = found
    said = "\n\n".join(filter(None, [recommendation.text, recommendation.reason]))
    if said and saved_recommendation(recommendation).by is None:  # a text that no save holds, such as an imported one
        keep_recommendation(
            advice, recommendation.pk, text=recommendation.text, why=recommendation.reason,
            refers_to=recommendation.refers_to, number=recommendation.number, based_on=recommendation.version,
            became=recommendation.version, by=by,
        )  # fmt: skip
    record("recommendation.removed", recommendation, by=by)
    if said:
        with override("nl"):
            text = _("Recommendation %(number)d removed: %(text)s") % {"number": recommendation.number, "text": said}
        Comment.objects.create(advice=advice, council_id=advice.council_id, author=by, text=text)
    recommendation.delete()
    put_in_order(advice.recommendations.all(), "number")


# --- what members say ---


@transaction.atomic
def comment(
    advice: Advice,
    *,
    text: str,
    by: Person,
    recommendation: Recommendation | None = None,
    section: Section | None = None,
    paragraph: str = "",
) -> Comment:
    """On the whole advice, on a recommendation, or on the words of one paragraph as they stand now."""
    advice = locked_draft(advice.pk)
    if recommendation is not None and recommendation.advice_id != advice.pk:
        raise Refused(_("Choose a recommendation of this advice."), field="recommendation")
    if section is not None:
        section = advice.sections.filter(pk=section.pk).first()
        if section is None:
            raise PartGone(_("Somebody removed this part."))
        if not any(one.words == paragraph for one in paragraphs_in(advice, section)):
            raise Refused(str(PARAGRAPH_CHANGED), field="paragraph")
    said = Comment.objects.create(
        advice=advice, council_id=advice.council_id, recommendation=recommendation, section=section,
        quoted=paragraph if section else "", author=by, text=text,
    )  # fmt: skip
    record("comment.added", said, by=by)
    return said
