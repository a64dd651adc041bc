"""The short minutes for the public: published, and never withdrawn in silence."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.actions.correcting import locked
from meetings.minutes import is_public_now
from meetings.minutes_content import digest
from meetings.minutes_public import public_content
from meetings.models import Minutes, PublicMinutes
from meetings.states import MinutesState
from meetings.tasks import render_after_commit
from portal.access import Refused
from portal.audit import record
from portal.models import Person


@transaction.atomic
def publish_minutes(minutes: Minutes, texts: Mapping[int, str], *, by: Person) -> PublicMinutes:
    """`texts`: number of the item → its short text. After a withdrawal this is a next edition."""
    minutes = locked(minutes)
    if minutes.state != MinutesState.ADOPTED:
        raise Refused(_("First the council adopts the minutes. Then they can become public."))
    if is_public_now(minutes):
        raise Refused(_("These minutes are public already. Withdraw them first."))
    adopted = minutes.adopted  # type: ignore[attr-defined]
    content = public_content(adopted, texts)
    edition = PublicMinutes.objects.create(
        adopted=adopted, council_id=minutes.council_id, edition=adopted.publications.count() + 1, content=content,
        sha256=digest(content), published_by=by,
    )  # fmt: skip
    minutes.published_at = edition.published_at
    minutes.save(update_fields=["published_at"])
    record("minutes.published", minutes, by=by)
    render_after_commit(edition)
    return edition


@transaction.atomic
def withdraw_minutes(minutes: Minutes, *, why: str, by: Person) -> Minutes:
    """The page stays and says since when and why they are withdrawn."""
    minutes = locked(minutes)
    if not is_public_now(minutes):
        raise Refused(_("These minutes are not public."))
    if not why.strip():
        raise Refused(_("Say why they are withdrawn. Everyone can read it."), field="why")
    minutes.withdrawn_at, minutes.withdrawn_why = timezone.now(), why.strip()
    minutes.save(update_fields=["withdrawn_at", "withdrawn_why"])
    record("minutes.withdrawn", minutes, by=by)
    return minutes
