"""What a recommendation rests on besides what was heard: a document of the request, a page, a book."""

from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from advice.actions.saving import PartGone, locked_draft
from advice.models import Recommendation, Source
from advice.states import SourceKind
from consultations.models import RequestDocument
from portal.access import Refused
from portal.audit import record
from portal.models import Person


@transaction.atomic
def add_source(
    recommendation: Recommendation,
    *,
    kind: str,
    by: Person,
    title: str = "",
    request_document: RequestDocument | None = None,
    url: str = "",
    place: str = "",
) -> Source:
    """The title of a document is kept with it: it stays when the document is gone."""
    advice = locked_draft(recommendation.advice_id)
    if not advice.recommendations.filter(pk=recommendation.pk).exists():
        raise PartGone(_("Somebody removed this recommendation."))
    if kind == SourceKind.REQUEST_DOCUMENT:
        asked = advice.request.request_id if advice.request else None
        if request_document is None or request_document.request_id != asked:
            raise Refused(_("Choose a document of the request."), field="request_document")
        title, url = request_document.title, ""
    elif kind == SourceKind.LINK:
        if not url.strip():
            raise Refused(_("Fill in the address of the page."), field="url")
        title, request_document = title.strip() or urlsplit(url).netloc, None
    else:
        request_document, url = None, ""
    if not title.strip():
        raise Refused(_("Fill in what the source is called."), field="title")
    last = recommendation.sources.aggregate(last=Max("position"))["last"] or 0
    source = Source.objects.create(
        recommendation=recommendation, council_id=advice.council_id, position=last + 1, kind=kind,
        title=title.strip()[:300], request_document=request_document, url=url.strip(), place=place.strip(),
    )  # fmt: skip
    record("source.added", source, by=by)
    return source


@transaction.atomic
def remove_source(source: Source, *, by: Person) -> None:
    locked_draft(source.recommendation.advice_id)
    found = Source.objects.filter(pk=source.pk).first()
    if found is None:
        raise PartGone(_("Somebody removed this source."))
    record("source.removed", found, by=by)
    found.delete()
