"""What is kept while somebody types, for its author only, and who is writing where: neither touches the advice."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from advice.actions.saving import keep, keep_recommendation
from advice.models import Advice, Presence, Recommendation, RecommendationSave, Section, SectionSave
from portal.audit import record
from portal.models import Person
from portal.text import clean_html

WRITING_NOW = timedelta(minutes=2)


# --- drafts ---


@transaction.atomic
def keep_section_draft(
    advice: Advice, section: Section | None, *, heading: str, text: str, version: int, by: Person
) -> SectionSave:
    """Keep it if it differs from what this author kept last. The advice is not locked: nobody waits for typing."""
    text = clean_html(text)
    last = last_of(SectionSave, advice, section, by=by)
    if last and (last.heading, last.text) == (heading, text):
        return last
    kept = keep(
        advice, section.pk if section else 0, heading=heading, text=text, based_on=version, became=None,
        automatic=True, by=by,
    )  # fmt: skip
    record("section.draft_kept", kept, by=by)
    return kept


@transaction.atomic
def keep_recommendation_draft(
    advice: Advice, recommendation: Recommendation | None, *, text: str, why: str, refers_to: str, version: int,
    by: Person,
) -> RecommendationSave:  # fmt: skip
    last = last_of(RecommendationSave, advice, recommendation, by=by)
    if last and (last.text, last.why, last.refers_to) == (text, why, refers_to):
        return last
    kept = keep_recommendation(
        advice, recommendation.pk if recommendation else 0, text=text, why=why, refers_to=refers_to,
        number=recommendation.number if recommendation else 0, based_on=version, became=None, automatic=True, by=by,
    )  # fmt: skip
    record("recommendation.draft_kept", kept, by=by)
    return kept


def last_of(kind: Any, advice: Advice, part: Section | Recommendation | None, *, by: Person) -> Any:
    """What this author kept last for the part; for a part that is new, since the last one that was really added."""
    id_of = "section_id" if kind is SectionSave else "recommendation_id"
    own = kind.objects.filter(advice=advice, author=by)
    mine = own.filter(**{id_of: part.pk}) if part else own.filter(Q(**{id_of: 0}) | Q(based_on=0, automatic=False))
    return mine.order_by("-pk").first()


def unsaved_of(advice: Advice, part: Section | Recommendation | None, kind: Any, *, by: Person) -> Any:
    """The text of this author that came after all that was saved of the part, and is not in the advice; or None."""
    last = last_of(kind, advice, part, by=by)
    if last is None or last.became is not None:
        return None
    if isinstance(part, Section) and (part.heading, part.text) == (last.heading, last.text):
        return None
    if isinstance(part, Recommendation) and (part.text, part.reason, part.refers_to) == (
        last.text, last.why, last.refers_to,
    ):  # fmt: skip
        return None
    return last


# --- presence: a hint, no lock ---


def is_writing(part: Section | Recommendation, *, by: Person) -> None:
    Presence.objects.update_or_create(
        part=part.public_id, person=by,
        defaults={"advice_id": part.advice_id, "council_id": part.council_id, "seen_at": timezone.now()},
    )  # fmt: skip


def stopped_writing(part: Section | Recommendation, *, by: Person) -> None:
    Presence.objects.filter(part=part.public_id, person=by).delete()


def writing_now(advice: Advice, *, besides: Person) -> list[Presence]:
    """Who else was writing in a part of this advice within the last two minutes."""
    recent = Presence.objects.filter(advice=advice, seen_at__gt=timezone.now() - WRITING_NOW)
    return list(recent.exclude(person=besides).select_related("person").order_by("person__name"))
