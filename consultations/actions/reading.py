"""Reading what is confidential leaves a trace: who opened it, and when."""

from typing import Any

from django.db import transaction

from consultations.models import AdviceRequest, CouncilRequest
from consultations.states import Visibility
from portal.audit import record
from portal.models import Person


@transaction.atomic
def note_reading(request: AdviceRequest, document: Any, *, by: Person, part: CouncilRequest | None = None) -> None:
    """`document` is the public id of what is opened; `part` is the dossier of a council, else it is read at a desk."""
    papers = request.documents.filter(document__public_id=document, visibility=Visibility.CONFIDENTIAL)
    if papers.exists():
        record("consultations.confidential_opened", part or request, by=by)
