"""Saving a part of an advice on top of the version that its writer saw. What is submitted is always kept.

Every verb locks the advice first, so that writers of one advice take turns and adopting waits for who is saving.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from advice.models import Advice, Recommendation, RecommendationSave, Section, SectionSave
from advice.states import AdviceState
from consultations.models import Activity
from portal.access import Refused
from portal.audit import record
from portal.models import Person
from portal.text import clean_html


@dataclass
class Saved:
    """A text that is in the advice now: who saved it, and when. A recommendation has a `why` and no heading."""

    heading: str
    text: str
    version: int
    by: Person | None = None
    at: datetime | None = None
    why: str = ""
    refers_to: str = ""


class StaleVersion(Exception):
    """Somebody else saved first. Both texts are here; the one that came too late is on file."""

    def __init__(self, current: Saved, *, heading: str = "", text: str, why: str = "", refers_to: str = ""):
        super().__init__(_("Somebody else saved this part while you were writing."))
        self.current = current
        self.heading, self.text, self.why, self.refers_to = heading, text, why, refers_to


class PartGone(Refused):
    """The part was removed, or the advice adopted, while somebody was writing. What was typed is kept."""


def locked_draft(advice_id: int) -> Advice:
    """The advice, locked for this transaction. Only a draft can be changed."""
    advice = Advice.objects.select_for_update().get(pk=advice_id)
    if advice.state != AdviceState.DRAFT:
        raise PartGone(why_fixed(advice))
    return advice


def why_fixed(advice: Advice) -> str:
    """Why the text of an advice that is no draft cannot be changed."""
    if advice.state == AdviceState.VOTING:
        return _("The council votes on this text. Until that is done it does not change.")
    return _("This advice has been adopted. The text can no longer be changed.")


def fixed_meanwhile(advice: Advice) -> PartGone:
    if advice.state == AdviceState.VOTING:
        return PartGone(_("The council votes on this text now. What you wrote is kept, but not in the advice."))
    return PartGone(_("This advice was adopted while you were writing. Your text is kept, but not in the advice."))


# --- sections ---


def add_section(advice: Advice, *, heading: str, text: str = "", by: Person, because: str = "") -> Section:
    """A new part at the end. When the advice was adopted meanwhile its text is kept, and PartGone raised."""
    text = clean_html(text)
    section = None
    with transaction.atomic():
        advice = Advice.objects.select_for_update().get(pk=advice.pk)
        if advice.state == AdviceState.DRAFT:
            last = advice.sections.aggregate(last=Max("position"))["last"] or 0
            section = Section.objects.create(
                advice=advice, council_id=advice.council_id, position=last + 1, heading=heading, text=text
            )
        kept = keep(
            advice, section.pk if section else 0, heading=heading, text=text, based_on=0,
            became=1 if section else None, reason=because, by=by,
        )  # fmt: skip
        record("section.added" if section else "section.kept", section or kept, by=by)
    if section is None:
        raise fixed_meanwhile(advice)
    return section


def save_section(
    advice: Advice, section: Section | None, *, heading: str, text: str, version: int, by: Person, because: str = ""
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
        kept = keep(
            advice, section.pk if section and section.pk else 0, heading=heading, text=text, based_on=version,
            became=current.version if current and in_time else None, reason=because, by=by,
        )  # fmt: skip
        if not in_time:
            record("section.kept", kept, by=by)
    if current is None:
        raise PartGone(_("Somebody removed this part while you were writing. Your text is kept."))
    if advice.state != AdviceState.DRAFT:
        raise fixed_meanwhile(advice)
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


def keep(advice: Advice, section_id: int, *, by: Person, **kept: Any) -> SectionSave:
    return SectionSave.objects.create(
        advice=advice, council_id=advice.council_id, section_id=section_id, author=by, **kept
    )


def saved_now(section: Section) -> Saved:
    saves = SectionSave.objects.filter(section_id=section.pk, became=section.version)
    last = saves.select_related("author").order_by("pk").first()
    return Saved(
        section.heading, section.text, section.version, by=last.author if last else None, at=last.at if last else None
    )


# --- recommendations ---


def add_recommendation(
    advice: Advice, *, text: str, by: Person, reason: str = "", refers_to: str = "",
    rests_on: Iterable[Activity] = (), because: str = "",
) -> Recommendation:  # fmt: skip
    """The next recommendation. When the advice was adopted meanwhile its text is kept, and PartGone raised."""
    heard = of_this_council(advice, rests_on)
    made = None
    with transaction.atomic():
        advice = Advice.objects.select_for_update().get(pk=advice.pk)
        if advice.state == AdviceState.DRAFT:
            last = advice.recommendations.aggregate(last=Max("number"))["last"] or 0
            made = Recommendation.objects.create(
                advice=advice, council_id=advice.council_id, number=last + 1, text=text, reason=reason,
                refers_to=refers_to,
            )  # fmt: skip
            made.rests_on.set(heard)
        kept = keep_recommendation(
            advice, made.pk if made else 0, text=text, why=reason, refers_to=refers_to,
            number=made.number if made else 0, based_on=0, became=1 if made else None, reason=because, by=by,
        )  # fmt: skip
        record("recommendation.added" if made else "recommendation.kept", made or kept, by=by)
    if made is None:
        raise fixed_meanwhile(advice)
    return made


def save_recommendation(
    advice: Advice,
    recommendation: Recommendation | None,
    *,
    text: str,
    version: int,
    by: Person,
    reason: str = "",
    refers_to: str = "",
    rests_on: Iterable[Activity] = (),
    because: str = "",
) -> Recommendation:
    """As save_section: on top of the version that the writer saw, and what is submitted is always kept."""
    heard = of_this_council(advice, rests_on)
    typed = {"text": text, "reason": reason, "refers_to": refers_to}
    with transaction.atomic():
        advice = Advice.objects.select_for_update().get(pk=advice.pk)
        current = advice.recommendations.filter(pk=recommendation.pk).first() if recommendation else None
        in_time = (
            current is not None
            and advice.state == AdviceState.DRAFT
            and recommendation_took_its_place(current, typed, heard, version=version, by=by)
        )
        kept = keep_recommendation(
            advice, recommendation.pk if recommendation and recommendation.pk else 0, text=text, why=reason,
            refers_to=refers_to, number=current.number if current else 0, based_on=version,
            became=current.version if current and in_time else None, reason=because, by=by,
        )  # fmt: skip
        if not in_time:
            record("recommendation.kept", kept, by=by)
    if current is None:
        raise PartGone(_("Somebody removed this recommendation while you were writing. Your text is kept."))
    if advice.state != AdviceState.DRAFT:
        raise fixed_meanwhile(advice)
    if not in_time:
        raise StaleVersion(saved_recommendation(current), text=text, why=reason, refers_to=refers_to)
    return current


def recommendation_took_its_place(
    current: Recommendation, typed: dict[str, str], heard: list[Activity], *, version: int, by: Person
) -> bool:
    same_text = all(getattr(current, name) == value for name, value in typed.items())
    if same_text and {one.pk for one in current.rests_on.all()} == {one.pk for one in heard}:
        return True  # such as the same form sent twice
    if current.version != version:
        return False
    for name, value in typed.items():
        setattr(current, name, value)
    current.version += 1
    current.save(update_fields=[*typed, "version"])
    current.rests_on.set(heard)
    record("recommendation.saved", current, by=by)
    return True


def keep_recommendation(advice: Advice, recommendation_id: int, *, by: Person, **kept: Any) -> RecommendationSave:
    return RecommendationSave.objects.create(
        advice=advice, council_id=advice.council_id, recommendation_id=recommendation_id, author=by, **kept
    )


def saved_recommendation(recommendation: Recommendation) -> Saved:
    saves = RecommendationSave.objects.filter(
        recommendation_id=recommendation.pk, became=recommendation.version, automatic=False
    )
    last = saves.select_related("author").order_by("pk").first()
    return Saved(
        "", recommendation.text, recommendation.version, by=last.author if last else None,
        at=last.at if last else None, why=recommendation.reason, refers_to=recommendation.refers_to,
    )  # fmt: skip


def of_this_council(advice: Advice, activities: Iterable[Activity]) -> list[Activity]:
    activities = list(activities)
    if any(activity.council_id != advice.council_id for activity in activities):
        raise Refused(_("Choose what your own council has heard."), field="rests_on")
    return activities
