"""What letters of a council carry besides words: its logo, and the signatures of who sign."""

import hashlib

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from councils.models import Council, CouncilDocument, Membership
from councils.pictures import LOGO
from portal.access import Refused
from portal.audit import record
from portal.documents import keep
from portal.models import Document, Person
from portal.pictures import as_png

LOGO_WITHIN, SIGNATURE_WITHIN = (800, 800), (1000, 400)  # pixels: over 300 to the inch where they are printed


@transaction.atomic
def set_logo(council: Council, upload: UploadedFile, *, by: Person) -> Document:
    """Letters that were sent keep the logo they were sent with."""
    content = as_png(upload, within=LOGO_WITHIN)
    council = Council.objects.select_for_update().get(pk=council.pk)
    document = kept(content, "logo.png", council.pk, by=by)
    CouncilDocument.objects.filter(council=council, purpose=LOGO).delete()
    CouncilDocument.objects.create(council=council, document=document, purpose=LOGO)
    record("council_logo_set", council, by=by)
    return document


@transaction.atomic
def remove_logo(council: Council, *, by: Person) -> None:
    council = Council.objects.select_for_update().get(pk=council.pk)
    removed, _of_each = CouncilDocument.objects.filter(council=council, purpose=LOGO).delete()
    if not removed:
        raise Refused(_("There is no logo."))
    record("council_logo_removed", council, by=by)


@transaction.atomic
def set_signature(membership: Membership, upload: UploadedFile, *, by: Person) -> Document:
    content = as_png(upload, within=SIGNATURE_WITHIN, trim=True)
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    membership.signature = kept(content, "handtekening.png", membership.council_id, by=by)
    membership.save(update_fields=["signature"])
    record("member_signature_set", membership, by=by)
    return membership.signature


@transaction.atomic
def remove_signature(membership: Membership, *, by: Person) -> None:
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if membership.signature_id is None:
        raise Refused(_("There is no picture of a signature."))
    membership.signature = None
    membership.save(update_fields=["signature"])
    record("member_signature_removed", membership, by=by)


def kept(content: bytes, name: str, council_id: int, *, by: Person) -> Document:
    """The row that is there for these bytes, or a new one."""
    known = Document.objects.filter(sha256=hashlib.sha256(content).hexdigest(), council_id=council_id, name=name)
    return known.first() or keep(content, name, "image/png", by=by, council_id=council_id)
