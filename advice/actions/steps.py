"""The steps of a letter after it was sent (verzonden, ontvangen, aangeboden): each with its day and its proof."""

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from advice import locks
from advice.models import LetterCopy, LetterStep
from advice.states import LetterStepKind
from advice.steps import BY_COUNCIL, OF_AUTHORITY, OF_MUNICIPALITY, for_municipality, newest, sent_on
from councils.models import Appointment
from portal.access import Refused
from portal.audit import record
from portal.documents import keep_given
from portal.locks import hold
from portal.models import Person

LONGEST = 300


@transaction.atomic
def record_step(
    copy: LetterCopy, kind: str, *, happened_on: date, by: Person, note: str = "", link: str = "",
    upload: UploadedFile | None = None, by_council: bool | None = None, channel: str = "",
) -> LetterStep:  # fmt: skip
    """Record that this happened on that day. Again the same: the row that is there.

    `by_council`: whose word it is; without it, the authority's when `by` works there. The council gives proof: a note,
    a link or a file. `channel`: how it went, in words; stands before the note.
    """
    hold(locks.STEPS, copy.pk)
    by_council = not works_at(copy, by) if by_council is None else by_council
    note, link = " ".join(note.split()), link.strip()
    refuse_kind(copy, kind, by_council=by_council)
    refuse_day(copy, happened_on)
    refuse_proof(kind, note=note, link=link, has_file=upload is not None, by_council=by_council)
    note = f"{channel}. {note}".strip() if channel else note
    if len(note) > LONGEST:
        raise Refused(_("Write at most %(most)s characters.") % {"most": LONGEST}, field="note")
    known = newest(copy, kind)
    if known:
        same = (known.happened_on, known.note, known.link) == (happened_on, note, link) and upload is None
        if same and known.by_council == by_council:
            return known
        refuse_other(known, kind, by_council=by_council)
    owner = {"council_id": copy.council_id} if by_council else {"authority_id": copy.authority_id}
    step = LetterStep.objects.create(
        copy=copy, council_id=copy.council_id, authority_id=copy.authority_id, kind=kind, happened_on=happened_on,
        note=note, link=link, document=keep_given(upload, field="upload", by=by, **owner), by_council=by_council,
        recorded_by=by,
    )  # fmt: skip
    record(f"letter_step.{kind}", step, by=by)
    return step


@transaction.atomic
def take_back_step(
    copy: LetterCopy, kind: str, *, reason: str, by: Person, by_council: bool | None = None
) -> LetterStep | None:
    """What was recorded is not so, and why. The wrong row stays to be seen. Nothing there: nothing happens."""
    hold(locks.STEPS, copy.pk)
    by_council = not works_at(copy, by) if by_council is None else by_council
    reason = " ".join(reason.split())
    known = newest(copy, kind)
    if known is None:
        return None
    if known.by_council != by_council:
        raise Refused(_("Only who recorded this step can take it back."))
    if not reason:
        raise Refused(_("Write why this step was wrong."), field="reason")
    if len(reason) > LONGEST:
        raise Refused(_("Write at most %(most)s characters.") % {"most": LONGEST}, field="reason")
    step = LetterStep.objects.create(
        copy=copy, council_id=copy.council_id, authority_id=copy.authority_id, kind=kind, happened_on=None,
        note=reason, by_council=by_council, recorded_by=by,
    )  # fmt: skip
    record("letter_step.taken_back", step, by=by)
    return step


def works_at(copy: LetterCopy, by: Person) -> bool:
    return Appointment.objects.current().filter(person=by, authority=copy.authority_id).exists()


def refuse_kind(copy: LetterCopy, kind: str, *, by_council: bool) -> None:
    allowed = BY_COUNCIL | {LetterStepKind.POSTED} if by_council else OF_AUTHORITY
    if kind not in allowed:
        raise Refused(_("This step is recorded by the council."))
    if kind in OF_MUNICIPALITY and not for_municipality(copy):
        raise Refused(_("Only a municipality has a municipal council."))


def refuse_day(copy: LetterCopy, day: date) -> None:
    if day > timezone.localdate():
        raise Refused(_("This day is still to come."), field="happened_on")
    if day < sent_on(copy):
        raise Refused(_("This day lies before the letter of the council."), field="happened_on")


def refuse_proof(kind: str, *, note: str, link: str, has_file: bool, by_council: bool) -> None:
    if kind == LetterStepKind.IN_PROPOSAL and not link:
        raise Refused(_("Give the link to the proposal."), field="link")
    if by_council and kind != LetterStepKind.POSTED and not (note or link or has_file):
        raise Refused(_("Write how we know this, or add a link or a file."), field="note")


def refuse_other(known: LetterStep, kind: str, *, by_council: bool) -> None:
    """Another day or proof takes the place of an entry of one's own only after that was taken back, for a reason."""
    if known.by_council and not by_council and kind in OF_AUTHORITY:
        return
    if known.by_council == by_council:
        raise Refused(_("This step is on file already. Is it wrong? Take it back first."))
    raise Refused(_("The authority has recorded this step itself."))
