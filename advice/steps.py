"""The steps of a letter after it was sent: which there are, who may record them, what stands, and with what proof.

What the post itself knows (sent by mail on …) is read from the outbox; the rest is recorded, each with its day.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from advice.models import LetterCopy, LetterStep
from advice.states import OVERTAKES, LetterStepKind
from councils.models import Appointment
from councils.states import AuthorityKind, AuthorityRole
from portal.dates import plain_date
from portal.models import Message
from portal.states import MessageState

# Its own steps, on which the word of the authority stands above what the council registers for it.
OF_AUTHORITY = {LetterStepKind.RECEIVED, LetterStepKind.OFFERED, LetterStepKind.IN_PROPOSAL}
OF_MUNICIPALITY = {LetterStepKind.MUNICIPAL_COUNCIL, LetterStepKind.IN_PROPOSAL}
BY_COUNCIL = set(LetterStepKind) - {LetterStepKind.POSTED}  # posting is said on the print page


@dataclass(frozen=True)
class Step:
    """One step of one copy as it stands: a row, or what the outbox knows; `earlier` are the rows before it."""

    kind: LetterStepKind
    row: LetterStep | None = None
    mail: Message | None = None
    earlier: list[LetterStep] = field(default_factory=list)
    to_post: bool = False  # lies ready on paper, and nobody has said that it is in the post

    @property
    def day(self) -> date | None:
        if self.row:
            return self.row.happened_on
        return timezone.localdate(self.mail.sent_at) if self.mail and self.mail.sent_at else None

    @property
    def link(self) -> str:
        return self.row.link if self.row else ""


def sent_on(copy: LetterCopy) -> date:
    """The first day on which anything can have happened to it."""
    return min(copy.letter.dated_on, timezone.localdate(copy.letter.issued_at))


def newest(copy: LetterCopy, kind: str) -> LetterStep | None:
    """The row that counts; None when there is none, or when it was taken back."""
    row = LetterStep.objects.filter(copy=copy, kind=kind).order_by("-pk").first()
    return row if row and row.happened_on else None


def for_municipality(copy: LetterCopy) -> bool:
    """Only a municipality has a municipal council to send a copy to."""
    return copy.authority.kind == AuthorityKind.MUNICIPALITY


def steps_of(copy: LetterCopy, rows: Iterable[LetterStep], mails: Iterable[Message]) -> list[Step]:
    """All steps in the order of their way. `rows` and `mails` may be of more copies; each in the order of time."""
    mine = [row for row in rows if row.copy_id == copy.pk]
    mails = list(mails)
    paper = any(
        one.about_id == copy.pk and one.kind == "advice.letter" and one.state == MessageState.PAPER for one in mails
    )
    sent = {one.kind: one for one in mails if one.about_id == copy.pk and one.state == MessageState.SENT}
    found = []
    for kind in LetterStepKind:
        if kind in OF_MUNICIPALITY and not for_municipality(copy):
            continue
        of_kind = [row for row in mine if row.kind == kind]
        stands = of_kind[-1] if of_kind and of_kind[-1].happened_on else None
        earlier = of_kind[:-1] if stands else of_kind
        mail = sent.get(BY_MAIL[kind]) if kind in BY_MAIL and not stands else None
        to_post = kind == LetterStepKind.POSTED and paper and not stands and not mail
        found.append(Step(kind, stands, mail, earlier, to_post))
    return found


BY_MAIL = {LetterStepKind.POSTED: "advice.letter", LetterStepKind.MUNICIPAL_COUNCIL: "advice.letter_copy"}


# --- in lists and figures ----------------------------------------------------


def mails_of(copies: Iterable[LetterCopy]) -> QuerySet[Message]:
    """The mails that prove sending: the letter itself, and the copy to the clerk of this very authority. And the letter
    that lies ready on paper, which proves that it was not sent yet."""
    about = {copy.pk: copy for copy in copies}
    clerks = Q()
    for copy in about.values():
        clerks |= Q(about_id=copy.pk, person__in=clerks_of(copy.authority_id))
    sent = Q(kind="advice.letter") | Q(kind="advice.letter_copy") & clerks
    wanted = Q(state=MessageState.SENT) & sent | Q(state=MessageState.PAPER, kind="advice.letter")
    return Message.objects.filter(wanted, about_id__in=about).order_by("sent_at", "pk")


def clerks_of(authority: object) -> QuerySet:
    """Who is or was its clerk: a mail that was sent stays proof when the clerk has left."""
    return Appointment.objects.filter(authority=authority, role=AuthorityRole.CLERK).values("person")


def day_of(kind: str) -> Subquery:
    """For annotations on LetterCopy: the day of the newest row of this kind; empty when it was taken back."""
    rows = LetterStep.objects.filter(copy=OuterRef("pk"), kind=kind).order_by("-pk")
    return Subquery(rows.values("happened_on")[:1])


def on_paper() -> Exists:
    """For annotations on LetterCopy: its letter lies ready on paper and is not in the post."""
    return Exists(Message.objects.filter(about_id=OuterRef("pk"), kind="advice.letter", state=MessageState.PAPER))


def mailed_to_clerk() -> Exists:
    clerks = clerks_of(OuterRef(OuterRef("authority")))
    mails = Message.objects.filter(
        kind="advice.letter_copy", about_id=OuterRef("pk"), state=MessageState.SENT, person__in=clerks
    )
    return Exists(mails)


def with_steps(copies: QuerySet[LetterCopy]) -> QuerySet[LetterCopy]:
    """Adds `offered_on` (the day), and `to_municipal_council` (whether a copy went there, in any way)."""
    offered = day_of(LetterStepKind.OFFERED)
    recorded = day_of(LetterStepKind.MUNICIPAL_COUNCIL)
    copies = copies.annotate(offered_on=offered, recorded_on=recorded, mailed=mailed_to_clerk())
    return copies.annotate(to_municipal_council=Q(recorded_on__isnull=False) | Q(mailed=True))


# --- in words -----------------------------------------------------------------


def in_words(step: Step, copy: LetterCopy) -> str:
    """What stands of it, as a sentence for every reader; the proof is not in it."""
    day = plain_date(step.day) if step.day else ""
    executive = copy.authority.kind == AuthorityKind.MUNICIPALITY
    done, not_yet = {
        LetterStepKind.POSTED: (_("Sent on %(day)s"), _("Not sent yet")),
        LetterStepKind.RECEIVED: (_("Received on %(day)s"), _("Receipt is not confirmed yet")),
        LetterStepKind.OFFERED: (
            (_("Offered to the executive on %(day)s"), _("Not offered to the executive yet"))
            if executive
            else (_("Offered to the board on %(day)s"), _("Not offered to the board yet"))
        ),
        LetterStepKind.MUNICIPAL_COUNCIL: (
            _("Also sent to the municipal council on %(day)s"),
            _("Not sent to the municipal council yet"),
        ),
        LetterStepKind.IN_PROPOSAL: (
            _("Mentioned in the proposal to the municipal council of %(day)s"),
            _("Not mentioned in a proposal to the municipal council yet"),
        ),
    }[step.kind]
    if step.to_post:
        return _("Must still go by post")
    return done % {"day": day} if day else not_yet


def still_matters(copy: LetterCopy) -> bool:
    """Whether anything still has to be done with it: not with a letter that was withdrawn, replaced, or asks nothing.
    A letter that was answered before is found by `linked_by`, where the page asked for that."""
    return not copy.has_lapsed and not OVERTAKES.intersection(getattr(copy.letter, "linked_by", None) or ())


def for_everyone(steps: list[Step], copy: LetterCopy) -> list[dict[str, str]]:
    """What the public page says: the day and the link, never the proof. Of an old letter only what is
    known, and of one that no longer counts only what was done."""
    asked = not copy.letter.imported and still_matters(copy)
    shown = {LetterStepKind.OFFERED, LetterStepKind.MUNICIPAL_COUNCIL}
    return [
        {"text": in_words(step, copy), "link": step.link if step.kind == LetterStepKind.IN_PROPOSAL else "",
         "state": "done" if step.day else "todo"}
        for step in steps
        if (step.day and step.kind in shown | {LetterStepKind.IN_PROPOSAL})
        or (step.kind in shown and asked)
    ]  # fmt: skip
