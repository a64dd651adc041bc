"""The audit trail: one row inside the transaction of every action."""

from django.db import models

from portal.models import AuditEvent, Person


def record(event: str, obj: models.Model, *, by: Person | None) -> AuditEvent:
    """Write who did `event` to `obj`. `by` is None when the calendar did it."""
    return AuditEvent.objects.create(
        event=event,
        actor_id=by.pk if by else None,
        council_id=owner_id(obj, "council"),
        authority_id=owner_id(obj, "authority"),
        object_label=obj._meta.label,
        object_id=obj.pk,
    )


def owner_id(obj: models.Model, owner: str) -> int | None:
    """The council or authority that a row belongs to; the council or authority itself counts too."""
    if obj._meta.model_name == owner:
        return obj.pk
    return getattr(obj, f"{owner}_id", None)
