"""What a letter has besides its text: for whom, who signs, questions, other views, copies. One form, one save."""

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from advice.actions.saving import locked_draft
from advice.frozen import digest
from advice.models import Advice, MinorityView, Question, Signatory
from portal.audit import record
from portal.models import Person

FIELDS = [
    "subject", "document", "tenor", "laws", "plain_summary", "salutation", "attention_of", "your_reference",
    "consulted", "copy_to",
]  # fmt: skip


class StaleDetails(Exception):
    """Somebody else saved first; `current` is what the letter has now, `changed` the fields that differ from yours."""

    def __init__(self, current: dict[str, Any], changed: list[str]):
        super().__init__(_("Somebody else changed these details while you were writing."))
        self.current = current
        self.changed = changed


def details_of(advice: Advice) -> dict[str, Any]:
    return {
        **{name: plain_value(getattr(advice, name)) for name in FIELDS},
        "authorities": sorted(authority.pk for authority in advice.authorities.all()),
        "joint_with": sorted(advice.joint_with.values_list("pk", flat=True)),
        "questions": [question.text for question in advice.questions.all()],
        "minority_views": list(recorded_views(advice).order_by("pk").values("by", "text")),
        "signatories": [{"name": one.name, "role": one.role} for one in advice.signatories.all()],
    }


def plain_value(value: Any) -> Any:
    return list(value) if isinstance(value, list) else str(value)


def seen_digest(advice: Advice) -> str:
    """What the form carries, so that a save can tell whether its writer saw the newest details."""
    return digest(details_of(advice))


@transaction.atomic
def save_details(advice: Advice, details: Mapping[str, Any], *, seen: str, by: Person) -> Advice:
    """`details` has the keys of details_of; `authorities` and `joint_with` are ids. Raises StaleDetails, then nothing
    has changed."""
    advice = locked_draft(advice.pk)
    current = details_of(advice)
    if digest(current) != seen:
        changed = [name for name in current if name in details and details[name] != current[name]]
        raise StaleDetails(current, changed)
    for name in FIELDS:
        setattr(advice, name, details[name])
    advice.save(update_fields=FIELDS)
    advice.authorities.set(details["authorities"])
    advice.joint_with.set(pk for pk in details.get("joint_with", []) if pk != advice.council_id)
    questions = enumerate(details["questions"], 1)
    rewrite(advice, Question, [{"number": number, "text": text} for number, text in questions])
    recorded_views(advice).delete()
    add_rows(advice, MinorityView, details["minority_views"])
    signatories = enumerate(details["signatories"], 1)
    rewrite(advice, Signatory, [{"position": position, **one} for position, one in signatories])
    record("advice.details_saved", advice, by=by)
    return advice


def recorded_views(advice: Advice) -> QuerySet[MinorityView]:
    """Other views that were recorded or imported. One with an author is that person's: this form never touches it."""
    return MinorityView.objects.filter(advice=advice, author=None)


def rewrite(advice: Advice, model: type[models.Model], rows: list[dict[str, Any]]) -> None:
    model._default_manager.filter(advice=advice).delete()
    add_rows(advice, model, rows)


def add_rows(advice: Advice, model: type[models.Model], rows: list[dict[str, Any]]) -> None:
    model._default_manager.bulk_create(model(advice=advice, council_id=advice.council_id, **row) for row in rows)
