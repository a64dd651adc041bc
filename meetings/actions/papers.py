"""The papers of an agenda item, each with who may read it and from when."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.actions.agenda import lock, need_open
from meetings.models import AgendaItem, AgendaPaper
from meetings.states import PaperVisibility
from portal.access import Refused
from portal.audit import record
from portal.models import Document, Person


@transaction.atomic
def add_paper(
    item: AgendaItem, document: Document, *, by: Person, title: str = "", visibility: str = PaperVisibility.OPEN,
    embargo_until: date | None = None,
) -> AgendaPaper:  # fmt: skip
    need_open(item.meeting)
    check_embargo(visibility, embargo_until)
    paper = AgendaPaper.objects.create(
        item=item, document=document, title=title or name_of(document), visibility=visibility, added_by=by,
        embargo_until=embargo_until if visibility == PaperVisibility.EMBARGO else None,
    )  # fmt: skip
    record("agenda_paper.added", item, by=by)
    return paper


@transaction.atomic
def add_papers(
    item: AgendaItem, documents: Iterable[Document], *, by: Person, visibility: str = PaperVisibility.OPEN,
    embargo_until: date | None = None,
) -> list[AgendaPaper]:  # fmt: skip
    return [
        add_paper(item, document, visibility=visibility, embargo_until=embargo_until, by=by) for document in documents
    ]


@transaction.atomic
def change_paper(
    paper: AgendaPaper, *, title: str, visibility: str, embargo_until: date | None, by: Person
) -> AgendaPaper:
    check_embargo(visibility, embargo_until, earlier=paper.embargo_until)
    paper.title, paper.visibility = title, visibility
    paper.embargo_until = embargo_until if visibility == PaperVisibility.EMBARGO else None
    paper.save(update_fields=["title", "visibility", "embargo_until"])
    record("agenda_paper.changed", paper.item, by=by)
    return paper


@transaction.atomic
def remove_paper(paper: AgendaPaper, *, by: Person) -> None:
    need_open(lock(paper.item.meeting))
    record("agenda_paper.removed", paper.item, by=by)
    paper.delete()


def check_embargo(visibility: str, until: date | None, *, earlier: date | None = None) -> None:
    if visibility != PaperVisibility.EMBARGO:
        return
    if until is None:
        raise Refused(_("Fill in the last day on which the paper is confidential."), field="embargo_until")
    if until < timezone.localdate() and until != earlier:
        raise Refused(_("This day is over. Choose a later day, or make the paper open."), field="embargo_until")


def name_of(document: Document) -> str:
    """The name of a file without its ending: a title that can be read aloud."""
    name = document.name.rpartition(".")[0] or document.name
    return name.replace("_", " ").strip()[:200] or document.name
