"""Promises (toezeggingen): the authority says how far it is, moves it or calls it done; the council agrees or not.

What was said is a CommitmentReport, written once. The Commitment repeats how it stands, in the same transaction.
"""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from advice.models import Commitment, CommitmentReport
from advice.reaching import people_of_authority
from advice.states import Check, ReportKind
from consultations.recipients import secretaries_of
from portal.access import Refused
from portal.audit import record
from portal.documents import keep_given
from portal.models import Person
from portal.post import post

LONGEST = 300  # of a sentence that a promise repeats


@transaction.atomic
def report_progress(
    commitment: Commitment, *, happened_on: date, text: str, by: Person, link: str = "",
    upload: UploadedFile | None = None,
) -> CommitmentReport:  # fmt: skip
    """The authority says how far it is. Twice the same: the row that is there."""
    commitment = locked(commitment)
    refuse_kept(commitment)
    refuse_day(happened_on, "happened_on")
    text = " ".join(text.split())
    if not text:
        raise Refused(_("Write how far it is."), field="text")
    last = commitment.reports.last()  # type: ignore[attr-defined]
    same = (ReportKind.PROGRESS, happened_on, text, link.strip())
    if last and upload is None and (last.kind, last.happened_on, last.text, last.link) == same:
        return last
    return written(
        commitment, ReportKind.PROGRESS, by=by, by_council=False, happened_on=happened_on, text=text, link=link,
        upload=upload,
    )  # fmt: skip


@transaction.atomic
def move_commitment(
    commitment: Commitment, *, by: Person, due_on: date | None = None, owner: str | None = None, reason: str = ""
) -> Commitment:
    """Another last day, only with a reason, or somebody else who does it. Both sides see what it was."""
    commitment = locked(commitment)
    refuse_kept(commitment)
    due_on, owner = due_on or commitment.due_on, commitment.owner if owner is None else " ".join(owner.split())
    reason = " ".join(reason.split())
    moved, other = due_on != commitment.due_on, owner != commitment.owner
    if not moved and not other:
        raise Refused(_("Nothing has changed. Choose another last day, or name somebody else."), field="due_on")
    if moved and due_on < timezone.localdate():
        raise Refused(_("This day is over. Choose a day that is still to come."), field="due_on")
    if moved and not reason:
        raise Refused(_("Write why the last day moves."), field="reason")
    if not owner:
        raise Refused(_("Write who does what was promised."), field="owner")
    facts: dict[str, Any] = {}
    if moved:
        facts = {"due_before": commitment.due_on, "due_after": due_on}
    if other:
        facts = {**facts, "owner_before": commitment.owner, "owner_after": owner}
    commitment.due_on, commitment.owner = due_on, owner
    commitment.save(update_fields=["due_on", "owner"])
    written(
        commitment, ReportKind.PROGRESS, by=by, by_council=False, happened_on=timezone.localdate(), text=reason,
        event="commitment.moved", **facts,
    )  # fmt: skip
    return commitment


@transaction.atomic
def report_done(
    commitment: Commitment, *, done_on: date, by: Person, proof: str = "", link: str = "",
    upload: UploadedFile | None = None,
) -> Commitment:  # fmt: skip
    """The authority says that it is done, and how one can see that. The council is asked to check it.

    Again while the council has not checked, or agrees: nothing changes.
    """
    commitment = locked(commitment)
    if commitment.awaits_check or commitment.is_kept:
        return commitment
    refuse_without_proof(done_on, proof, link, upload)
    report = written(
        commitment, ReportKind.DONE, by=by, by_council=False, happened_on=done_on, text=proof, link=link, upload=upload,
        event="commitment.reported_done",
    )  # fmt: skip
    stand(commitment, report, check="")
    for person in secretaries_of(commitment.council, but=by):
        post(
            "advice.promise_done", person, about=report, cause=f"promise:report:{report.pk}",
            council_id=commitment.council_id,
        )  # fmt: skip
    return commitment


@transaction.atomic
def finish_commitment(
    commitment: Commitment, *, done_on: date, proof: str, by: Person, link: str = "",
    upload: UploadedFile | None = None,
) -> Commitment:  # fmt: skip
    """The council itself saw that it is done, and how it knows; so it agrees. Again: nothing changes."""
    commitment = locked(commitment)
    if commitment.is_kept:
        return commitment
    refuse_without_proof(done_on, proof, link, upload)
    report = written(
        commitment, ReportKind.DONE, by=by, by_council=True, happened_on=done_on, text=proof, link=link, upload=upload,
        event="commitment.done",
    )  # fmt: skip
    stand(commitment, report, check=Check.AGREED)
    return commitment


@transaction.atomic
def check_commitment(
    commitment: Commitment, *, agreed: bool, by: Person, why: str = "", seen: int | None = None
) -> Commitment:
    """Does the council agree that it is done? `seen`: the report that was read; another one has to be read first.

    Again the same: nothing changes. The council may come back on it; what it said before stays to be read.
    """
    commitment = locked(commitment)
    if commitment.done_on is None:
        raise Refused(_("Nobody has said yet that this is done."))
    last = commitment.reports.filter(kind=ReportKind.DONE).last()  # type: ignore[attr-defined]
    if seen is not None and last and last.pk != seen:
        raise Refused(_("There is a newer message about this promise. Read it first."))
    check = Check.AGREED if agreed else Check.DISAGREED
    why = " ".join(why.split())
    if commitment.check_by_council == check:
        return commitment
    if not agreed and not why:
        raise Refused(_("Write why you do not agree."), field="why")
    kind = ReportKind.AGREED if agreed else ReportKind.DISAGREED
    report = written(
        commitment, kind, by=by, by_council=True, happened_on=timezone.localdate(), text=why,
        event=f"commitment.{kind}",
    )  # fmt: skip
    commitment.check_by_council = check
    commitment.save(update_fields=["check_by_council"])
    for person in [] if agreed else people_of_authority(commitment.answer.response.copy, but=by):
        post(
            "advice.promise_disputed", person, about=report, cause=f"promise:report:{report.pk}",
            authority_id=commitment.authority_id,
        )  # fmt: skip
    return commitment


# --- what they share --------------------------------------------------------


def locked(commitment: Commitment) -> Commitment:
    related = Commitment.objects.select_for_update(of=("self",)).select_related(
        "council",
        "authority",
        "answer__response__copy__authority__office",
        "answer__response__copy__letter__advice__request__request",
    )
    return related.get(pk=commitment.pk)


def refuse_kept(commitment: Commitment) -> None:
    if commitment.is_kept:
        raise Refused(_("This promise has been kept, and the council agrees. It can no longer change."))


def refuse_day(day: date, field: str) -> None:
    if day > timezone.localdate():
        raise Refused(_("This day is still to come."), field=field)


def refuse_without_proof(done_on: date, proof: str, link: str, upload: UploadedFile | None) -> None:
    refuse_day(done_on, "done_on")
    if not proof.strip() and not link.strip() and upload is None:
        raise Refused(_("Write how we know that it is done. Or give a link or a file."), field="proof")


def stand(commitment: Commitment, report: CommitmentReport, *, check: str) -> None:
    """The promise repeats what was said last."""
    commitment.done_on, commitment.check_by_council = report.happened_on, check
    document = report.document.name if report.document else ""
    commitment.proof = (report.text or report.link or document)[:LONGEST]
    commitment.save(update_fields=["done_on", "proof", "check_by_council"])


def written(
    commitment: Commitment, kind: str, *, by: Person, by_council: bool, happened_on: date, text: str = "",
    link: str = "", upload: UploadedFile | None = None, event: str = "commitment.progress", **facts: Any,
) -> CommitmentReport:  # fmt: skip
    owner = {"council_id": commitment.council_id} if by_council else {"authority_id": commitment.authority_id}
    report = CommitmentReport.objects.create(
        commitment=commitment, council_id=commitment.council_id, authority_id=commitment.authority_id, kind=kind,
        by_council=by_council, happened_on=happened_on, text=" ".join(text.split()), link=link.strip(),
        document=keep_given(upload, field="upload", by=by, **owner), reported_by=by, **facts,
    )  # fmt: skip
    record(event, commitment, by=by)
    return report
