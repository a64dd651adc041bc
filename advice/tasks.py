"""What the worker does for a letter: make its PDF, once, from the frozen text."""

from celery import shared_task
from django.db import connection, transaction
from django.utils import timezone

from advice.enclosures import inside_and_apart
from advice.letter_text import letter_data
from advice.models import LetterCopy, LetterPdf
from portal.documents import keep, read
from portal.models import Message
from portal.post import nudge
from portal.states import MessageState

RENDERING = 7001  # the class of our advisory locks
WITH_PDF = ["advice.letter", "advice.letter_copy"]


@shared_task(acks_late=True, autoretry_for=(Exception,), retry_backoff=5, retry_backoff_max=300, max_retries=6)
def render_copy(copy_id: int) -> str:
    """Make and store the PDF of one copy. Twice is harmless; a failure leaves nothing behind and is tried again."""
    if LetterPdf.objects.filter(copy=copy_id).exists():
        return "already there"
    with transaction.atomic():
        if not alone(copy_id):
            return "somebody else is at it"
        copy = LetterCopy.objects.select_related("letter__council", "authority", "council").get(pk=copy_id)
        if LetterPdf.objects.filter(copy=copy).exists():
            return "already there"
        store_pdf(copy)
    tell_waiting(copy)
    return "made"


def alone(copy_id: int) -> bool:
    """Hold the right to render this copy until the transaction ends. Rows that are written once cannot be locked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [RENDERING, copy_id % 2**31])
        return cursor.fetchone()[0]


def store_pdf(copy: LetterCopy) -> LetterPdf:
    # Laying out takes some 80 MB that a web worker should not carry: only loaded where it is used.
    import weasyprint

    from advice.letter_print import print_letter

    name = f"{copy.letter.slug}.pdf"
    inside, _apart = inside_and_apart(copy.letter.text)
    content = print_letter(letter_data(copy), files={one.sha256: read(one) for one in inside})
    owners = {"council_id": copy.council_id, "authority_id": copy.authority_id}
    document = keep(content, name, "application/pdf", by=None, **owners)
    return LetterPdf.objects.create(
        copy=copy, council_id=copy.council_id, document=document, renderer=f"WeasyPrint {weasyprint.__version__}"
    )


def tell_waiting(copy: LetterCopy) -> None:
    """The messages that waited for this PDF go now, not at their next try."""
    waiting = Message.objects.filter(state=MessageState.WAITING)
    of_copy = waiting.filter(kind__in=WITH_PDF, about_id=copy.pk)
    of_letter = waiting.filter(kind="advice.letter_receipt", about_id=copy.letter_id)
    for message in of_copy | of_letter:
        Message.objects.filter(pk=message.pk, state=MessageState.WAITING).update(next_try_at=timezone.now())
        transaction.on_commit(lambda pk=message.pk: nudge(pk), robust=True)
