"""When no answer comes (rappel): a reminder, a letter to the alderman, a copy to the clerk, a talk about it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from advice import locks
from advice.actions.issuing import office_of
from advice.answered import standing_of
from advice.frozen import digest
from advice.ladder import steps_for
from advice.ladder_text import frozen_ladder, holder
from advice.models import LadderLetter, LetterCopy
from advice.states import LadderKind
from advice.tasks import ask_to_render_ladder
from councils.states import AuthorityRole
from meetings.actions.agenda import add_item
from meetings.models import Meeting
from meetings.states import Aim
from portal.access import Refused
from portal.audit import record
from portal.locks import hold
from portal.models import Person
from portal.post import post

LONGEST_SUBJECT = 200


@transaction.atomic
def send_ladder_letter(
    copy: LetterCopy, kind: str, *, subject: str, paragraphs: list[str], by: Person, meeting: Meeting | None = None
) -> LadderLetter:
    """Send this step: its letter is frozen and goes by mail or in the print run. Each kind once; again: the one that
    is there. `meeting`: on whose agenda the evaluation comes."""
    hold(locks.LADDER, copy.pk)
    known = LadderLetter.objects.filter(copy=copy, kind=kind).first()
    if known:
        return known
    if kind not in steps_for(copy):
        raise Refused(_("This step is not there for this authority."))
    refuse_unless_late(copy)
    subject, paragraphs = " ".join(subject.split()), [one.strip() for one in paragraphs if one.strip()]
    if not subject or len(subject) > LONGEST_SUBJECT:
        raise Refused(_("Fill in a subject of at most 200 characters."), field="subject")
    if not paragraphs:
        raise Refused(_("Write what you want to say."), field="text")
    today = timezone.localdate()
    text = frozen_ladder(copy, kind, subject=subject, paragraphs=paragraphs, on=today)
    letter = LadderLetter.objects.create(
        copy=copy, council_id=copy.council_id, authority_id=copy.authority_id, kind=kind, dated_on=today, text=text,
        sha256=digest(text), sent_by=by,
    )  # fmt: skip
    record(f"ladder.{kind}", letter, by=by)
    if meeting and kind == LadderKind.EVALUATION:
        title = _("Evaluation: the answer to advice %(reference)s") % {"reference": copy.letter.reference}
        add_item(meeting, title=title, aim=Aim.DISCUSS, minutes=20, by=by)
    post(
        "advice.ladder", recipient(copy, kind, by=by), about=letter, cause=f"ladder:{letter.pk}",
        council_id=copy.council_id, authority_id=copy.authority_id,
    )  # fmt: skip
    transaction.on_commit(lambda: ask_to_render_ladder(letter.pk), robust=True)
    return letter


def refuse_unless_late(copy: LetterCopy) -> None:
    """The letter says that the last day has passed and that there is no answer: that has to be so."""
    copy = LetterCopy.objects.select_related("letter", "response", "authority").get(pk=copy.pk)
    standing = standing_of(copy, copy.letter)
    if standing.state == "given":
        raise Refused(_("There is an answer already."))
    if standing.state == "lapsed":
        raise Refused(_("No answer has to come any more."))
    if standing.state != "late":
        raise Refused(_("The last day for the answer has not passed yet."))


def recipient(copy: LetterCopy, kind: str, *, by: Person) -> Person:
    """The alderman or the clerk, where the portal knows their address; else the mailbox of the authority."""
    role = {LadderKind.ALDERMAN: AuthorityRole.ALDERMAN, LadderKind.CLERK: AuthorityRole.CLERK}.get(LadderKind(kind))
    return (holder(copy, role) if role else None) or office_of(copy.authority, by=by)
