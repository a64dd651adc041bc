"""The files that go with a letter: inside its PDF, or beside it in the mail where they are too large for that."""

from typing import Any

from django.urls import reverse

from advice.letter_text import letter_data
from advice.models import LetterCopy, LetterPdf
from consultations.models import RequestDocument
from portal.models import Document

INSIDE_MOST = 8_000_000  # bytes together inside one PDF: it has to pass a mailbox and stay quick to open
MAIL_MOST = 16_000_000  # bytes that we attach to one mail; what is more stands behind the link in it


def documents_of(text: dict[str, Any]) -> list[Document]:
    """The files that a frozen text names, in its order; only with the very bytes that it names."""
    named = [one["file"] for one in text.get("attachments") or [] if one.get("file")]
    if not named:
        return []
    found = {str(one.public_id): one for one in Document.objects.filter(public_id__in=[f["public_id"] for f in named])}
    documents = [found.get(file["public_id"]) for file in named]
    return [one for one, file in zip(documents, named, strict=True) if one and one.sha256 == file["sha256"]]


def inside_and_apart(text: dict[str, Any]) -> tuple[list[Document], list[Document]]:
    """Which go inside the PDF and which beside it: in order, as long as there is room."""
    inside: list[Document] = []
    apart: list[Document] = []
    room = INSIDE_MOST
    for document in documents_of(text):
        if document.size <= room:
            room -= document.size
            inside.append(document)
        else:
            apart.append(document)
    return inside, apart


def with_links(data: dict[str, Any], name: str, *args: object) -> dict[str, Any]:
    """The same data with the address of every file of an attachment, for a page."""
    linked = [
        {**one, "url": reverse(name, args=[*args, one["file"]["public_id"]])} if one.get("file") else one
        for one in data.get("attachments") or []
    ]
    return {**data, "attachments": linked} if linked else data


def page_data(copy: LetterCopy) -> dict[str, Any]:
    """The text of a letter as a page shows it, to the council and to the authority that got this copy."""
    data = with_links(dict(letter_data(copy)), "advice:letter_attachment", copy.letter.council.slug, copy.public_id)
    return with_gone_sources(data)


def with_gone_sources(data: dict[str, Any]) -> dict[str, Any]:
    """Marks the sources whose document is no longer with any request: that is shown, not hidden."""
    advised = data.get("recommendations") or []
    named = {source["document"] for one in advised for source in one.get("sources") or [] if source.get("document")}
    if not named:
        return data
    there = RequestDocument.objects.filter(document__public_id__in=named).values_list("document__public_id", flat=True)
    gone = named - {str(public_id) for public_id in there}
    marked = [
        {**one, "sources": [{**source, "gone": source.get("document") in gone} for source in one.get("sources") or []]}
        for one in advised
    ]
    return {**data, "recommendations": marked}


def record_of(copy: LetterCopy) -> Document | None:
    """The bytes that are this copy: its own PDF that was brought along, else the original of the letter, else our
    print of it. None as long as that is not made."""
    pdf = LetterPdf.objects.select_related("document").filter(copy=copy).first()
    if copy.letter.original and not (pdf and pdf.brought):
        return copy.letter.original
    return pdf.document if pdf else None
