"""Versions of a whole advice: how it stood at a moment that matters, with a name and a reason."""

from django.db import transaction
from django.utils.translation import gettext as _

from advice.frozen import digest, frozen_text
from advice.models import Advice, Version
from portal.access import Refused
from portal.audit import record
from portal.models import Person


@transaction.atomic
def make_version(advice: Advice, *, name: str, reason: str = "", by: Person | None) -> Version:
    """Keep the text as it is now. Nothing changed since the last version: that one, without a new row."""
    advice = Advice.objects.select_for_update().get(pk=advice.pk)
    if not name.strip():
        raise Refused(_("Give the version a name."), field="name")
    text = frozen_text(advice)
    sha256 = digest(text)
    last = advice.versions.order_by("-number").first()
    if last and last.sha256 == sha256:
        return last
    number = last.number + 1 if last else 1
    version = Version.objects.create(
        advice=advice, council_id=advice.council_id, number=number, name=name.strip()[:200], reason=reason.strip(),
        made_by=by, text=text, sha256=sha256,
    )  # fmt: skip
    record("version.made", version, by=by)
    return version
