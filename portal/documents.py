"""Files: kept once under their SHA-256, served only by the app that links them, under its own rule."""

import hashlib
from urllib.parse import quote

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponseBase
from django.utils.translation import gettext as _

from portal.access import Refused
from portal.models import Document, Person

# What may come in: by ending and by its first bytes.
KINDS = {
    "pdf": ("application/pdf", b"%PDF-"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x03\x04"),
    "odt": ("application/vnd.oasis.opendocument.text", b"PK\x03\x04"),
    "png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    "jpg": ("image/jpeg", b"\xff\xd8\xff"),
    "jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    "txt": ("text/plain", b""),
    "eml": ("message/rfc822", b""),
    "msg": ("application/vnd.ms-outlook", b"\xd0\xcf\x11\xe0"),
}


def keep(
    content: bytes,
    name: str,
    content_type: str,
    *,
    by: Person | None,
    council_id: int | None = None,
    authority_id: int | None = None,
) -> Document:
    """Store the bytes (once) and return a new row for them."""
    document = Document(
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        content_type=content_type,
        name=name[-200:],
        created_by_id=by.pk if by else None,
        council_id=council_id,
        authority_id=authority_id,
    )
    storage = storages["documents"]
    if not storage.exists(document.path):
        storage.save(document.path, ContentFile(content))
    document.save()
    return document


def keep_upload(
    upload: UploadedFile, *, by: Person, council_id: int | None = None, authority_id: int | None = None
) -> Document:
    """Store an uploaded file of a kind we take; refuses others by ending or content."""
    name = upload.name or ""
    ending = name.rpartition(".")[2].lower()
    content = upload.read()
    if ending not in KINDS:
        raise Refused(
            _("The file “%(name)s” is of a kind we cannot take. Choose a PDF, Word or text file.") % {"name": name}
        )
    content_type, start = KINDS[ending]
    if not content:
        raise Refused(_("The file “%(name)s” is empty.") % {"name": name})
    if not content.startswith(start):
        raise Refused(_("The file “%(name)s” is not what its name says.") % {"name": name})
    return keep(content, name, content_type, by=by, council_id=council_id, authority_id=authority_id)


def keep_given(upload: UploadedFile | None, *, field: str, by: Person, **owner: int | None) -> Document | None:
    """The same of a field that may be empty; what is wrong with the file is said at that field."""
    if upload is None:
        return None
    try:
        return keep_upload(upload, by=by, **owner)
    except Refused as refused:
        raise Refused(str(refused), field=field) from refused


def read(document: Document) -> bytes:
    with storages["documents"].open(document.path) as stored:
        return stored.read()


def serve(document: Document, *, name: str = "", inline: bool = False) -> HttpResponseBase:
    """Send a file as a download that no browser runs. The caller has judged who may have it."""
    stored = storages["documents"].open(document.path)
    response = FileResponse(stored, content_type=document.content_type)
    kind = "inline" if inline and document.content_type == "application/pdf" else "attachment"
    response["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(name or document.name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Robots-Tag"] = "noindex"
    return response
