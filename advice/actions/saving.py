"""Saving a part of an advice on top of the version that its writer saw. What is submitted is always kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advice.models import Advice, Recommendation, Section, SectionSave
from advice.states import AdviceState
from consultations.models import Activity
from portal.access import Refused
from portal.audit import record
from portal.models import Person
from portal.text import clean_html


@dataclass
class Saved:
    """A text that is in the advice now: who saved it, and when."""

    heading: str
    text: str
    version: int
    by: Person | None = None
    at: datetime | None = None


class StaleVersion(Exception):
    """Somebody else saved first. Both texts are here; the one that came too late is kept (section) or on the page."""

    def __init__(self, current: Saved, *, heading: str, text: str):
        super().__init__(_("Somebody else saved this part while you were writing."))
        self.current = current
        self.heading = heading
        self.text = text


class PartGone(Refused):
    """The part was removed, or the advice adopted, while somebody was writing. What was typed is kept."""


def locked_draft(advice_id: int) -> Advice:
    """The advice, locked for this transaction. Only a draft can be changed."""
    advice = Advice.objects.select_for_update().get(pk=advice_id)
    if advice.state != AdviceState.DRAFT:
        raise PartGone(_("This advice has been adopted. The text can no longer be changed."))
    return advice


# --- sections ---


def save_section(
    advice: Advice, section: Section | None, *, heading: str, text: str, version: int, by: Person
) -> Section:
    """Save on top of the version that the writer saw. What is submitted is always kept, also when it came too late.

    Raises StaleVersion with both texts, or PartGone; by then the submitted text is on file.
    """
    text = clean_html(text)
    with transaction.atomic():
        advice = Advice.objects.select_for_update().get(pk=advice.pk)
        current = advice.sections.filter(pk=section.pk).first() if section else None
        in_time = (
            current is not None
            and advice.state == AdviceState.DRAFT
            and took_its_place(current, heading=heading, text=text, version=version, by=by)
        )
        section_id = section.pk if section and section.pk else 0
        became = current.version if current and in_time else None
        kept = keep(advice, section_id, heading=heading, text=text, based_on=version, became=became, by=by)
        if not in_time:
            record("section.kept", kept, by=by)
    if current is None:
        raise PartGone(_("Somebody removed this part while you were writing. Your text is kept."))
    if advice.state != AdviceState.DRAFT:
        raise PartGone(_("This advice was adopted while you were writing. Your text is kept, but not in the advice."))
    if not in_time:
        raise StaleVersion(saved_now(current), heading=heading, text=text)
    return current


def took_its_place(current: Section, *, heading: str, text: str, version: int, by: Person) -> bool:
    if (current.heading, current.text) == (heading, text):  # such as the same form sent twice
        return True
    if current.version != version:
        return False
    current.heading, current.text, current.version = heading, text, version + 1
    current.save(update_fields=["heading", "text", "version"])
    record("section.saved", current, by=by)
    return True


def keep(advice: Advice, section_id: int, **kept) -> SectionSave:  # type: ignore[no-untyped-def]
    return SectionSave.objects.create(
        advice=advice, council_id=advice.council_id, section_id=section_id, author=kept.pop("by"), **kept
    )


def saved_now(section: Section) -> Saved:
    saves = SectionSave.objects.filter(section_id=section.pk, became=section.version)
    last = saves.select_related("author").order_by("pk").first()
    return Saved(
        section.heading, section.text, section.version, by=last.author if last else None, at=last.at if last else None
    )


# --- recommendations ---


@transaction.atomic
def save_recommendation(
    recommendation: Recommendation,
    *,
    text: str,
    version: int,
    by: Person,
    reason: str = "",
    refers_to: str = "",
    rests_on: Iterable[Activity] = (),
) -> Recommendation:
    advice = locked_draft(recommendation.advice_id)
    current = advice.recommendations.filter(pk=recommendation.pk).first()
    if current is None:
        raise PartGone(_("Somebody removed this recommendation while you were writing."))
    if current.version != version:
        raise StaleVersion(Saved(current.text, current.reason, current.version), heading=text, text=reason)
    current.text, current.reason, current.refers_to = text, reason, refers_to
    current.version += 1
    current.save(update_fields=["text", "reason", "refers_to", "version"])
    current.rests_on.set(of_this_council(advice, rests_on))
    record("recommendation.saved", current, by=by)
    return current


def of_this_council(advice: Advice, activities: Iterable[Activity]) -> list[Activity]:
    activities = list(activities)
    if any(activity.council_id != advice.council_id for activity in activities):
        raise Refused(_("Choose what your own council has heard."), field="rests_on")
    return activities
