"""What goes with the letter: adding it, naming it, its order; and the question before adopting without it.

An attachment that an earlier version had and the text now lacks is left out on purpose or forgotten. Only people know
which of the two: they confirm it by name before the council decides.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import override

from advice.actions.drafting import moved, put_in_order
from advice.actions.saving import PartGone, locked_draft
from advice.models import Advice, Attachment, Comment
from portal.access import Refused
from portal.audit import record
from portal.models import Document, Person


@transaction.atomic
def add_attachment(
    advice: Advice, *, by: Person, title: str = "", text: str = "", document: Document | None = None
) -> Attachment:
    """A file or a text of its own. A file without a title is called as the file is."""
    advice = locked_draft(advice.pk)
    title, text = title.strip(), text.strip()
    if document is None and not text:
        raise Refused(_("Choose a file, or write the text of the attachment."), field="file")
    if not title and document is None:
        raise Refused(_("Fill in the title of the attachment."), field="title")
    last = advice.attachments.aggregate(last=Max("position"))["last"] or 0
    attachment = Attachment.objects.create(
        advice=advice, council_id=advice.council_id, position=last + 1, text=text, document=document,
        title=title or named(document.name if document else ""),
    )  # fmt: skip
    record("attachment.added", attachment, by=by)
    return attachment


def named(file_name: str) -> str:
    """`rittenlijst_2026.pdf` → `rittenlijst 2026`."""
    return file_name.rpartition(".")[0].replace("_", " ").strip()[:200] or file_name[:200]


@transaction.atomic
def change_attachment(attachment: Attachment, *, title: str, text: str = "", by: Person) -> Attachment:
    attachment = of_draft(attachment)
    if not title.strip():
        raise Refused(_("Fill in the title of the attachment."), field="title")
    if attachment.document_id is None and not text.strip():
        raise Refused(_("Write the text of the attachment."), field="text")
    attachment.title, attachment.text = title.strip(), text.strip()
    attachment.save(update_fields=["title", "text"])
    record("attachment.changed", attachment, by=by)
    return attachment


@transaction.atomic
def move_attachment(attachment: Attachment, step: int, *, by: Person) -> Attachment:
    """One place up (-1) or down (1); at the end nothing changes."""
    attachment = of_draft(attachment)
    put_in_order(moved(attachment.advice.attachments.all(), attachment.pk, step), "position")
    record("attachment.moved", attachment, by=by)
    return attachment


@transaction.atomic
def remove_attachment(attachment: Attachment, *, by: Person) -> None:
    """The versions that had it keep it."""
    attachment = of_draft(attachment)
    record("attachment.removed", attachment, by=by)
    attachment.delete()


def of_draft(attachment: Attachment) -> Attachment:
    advice = locked_draft(attachment.advice_id)
    found = advice.attachments.filter(pk=attachment.pk).first()
    if found is None:
        raise PartGone(_("Somebody removed this attachment."))
    return found


# --- left out on purpose? ---------------------------------------------------


@dataclass(frozen=True)
class LeftOut:
    """An attachment of an earlier version that the text now lacks. `key` names it in a form."""

    key: str
    title: str
    version: int


def left_out(advice: Advice) -> list[LeftOut]:
    """What earlier versions had and the text now lacks. What was renamed or replaced is not lacking."""
    now = [signs_of(one.title, one.text, one.document.sha256 if one.document else "")
           for one in advice.attachments.select_related("document")]  # fmt: skip
    found: dict[str, LeftOut] = {}
    for number, had in advice.versions.order_by("-number").values_list("number", "text__attachments"):
        for one in had or []:
            signs = signs_of(one.get("title", ""), one.get("text", ""), (one.get("file") or {}).get("sha256", ""))
            title = title_of(one)
            if signs and not any(signs & here for here in now):
                found.setdefault(title.lower(), LeftOut(title.lower()[:200], title, number))
    return sorted(found.values(), key=lambda one: (one.version, one.title))


def title_of(frozen: dict[str, Any]) -> str:
    return frozen.get("title") or (frozen.get("file") or {}).get("name") or _("Attachment without a title")


def signs_of(title: str, text: str, sha256: str) -> set[str]:
    """By any of these it is the same attachment."""
    found = {"title:" + title.strip().lower(), "text:" + text.strip(), "file:" + sha256}
    return found - {"title:", "text:", "file:"}


@transaction.atomic
def confirm_left_out(advice: Advice, confirmed: Collection[str] = (), *, by: Person) -> None:
    """Refuse until everything that is lacking is confirmed by name. What was confirmed stays with the comments."""
    lacking = left_out(advice)
    unasked = [one.title for one in lacking if one.key not in confirmed]
    if unasked:
        raise Refused(
            _("An earlier version had this attachment: %(titles)s. Was it left out on purpose? Then tick it.")
            % {"titles": "; ".join(unasked)},
            field="attachments_left_out",
        )
    if lacking:
        with override("nl"):
            text = _("Left out on purpose: %(titles)s") % {"titles": "; ".join(one.title for one in lacking)}
        Comment.objects.create(advice=advice, council_id=advice.council_id, author=by, text=text)
        record("attachments.left_out", advice, by=by)
