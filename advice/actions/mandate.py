"""Urgent cases: the board decides by mandate, and the council says at its next meeting whether it agrees."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from advice.actions.adopting import move_allowed, what_is_missing, write_decision
from advice.actions.attachments import confirm_left_out
from advice.actions.deciding import day_of, meeting_was_held
from advice.models import Advice, Decision, Ratification
from advice.states import AdviceState, Manner, Outcome
from councils.ballots import Ballot, Judgement
from councils.models import Council
from councils.rules import LEADING
from meetings.actions.agenda import add_item
from meetings.models import AgendaItem, Meeting
from meetings.states import Aim, MeetingState
from portal.access import Refused
from portal.audit import record
from portal.models import Person
from portal.post import post
from portal.text import listed


def board_of(council: Council, on: date | None = None) -> list[Person]:
    """Chair, deputy chair and secretary of that day, each once."""
    holders = council.memberships.current(on).filter(role__in=LEADING).select_related("person")
    return sorted({holder.person for holder in holders}, key=lambda person: (person.name, person.pk))


@transaction.atomic
def decide_by_mandate(
    advice: Advice,
    *,
    reason: str,
    agreed: Iterable[Person],
    by: Person,
    decided_on: date | None = None,
    attachments_left_out: Collection[str] = (),
) -> Decision:
    """The board adopts the text in the name of the council. It stands; the next meeting ratifies it or not."""
    advice = Advice.objects.select_for_update(of=("self",)).select_related("council", "request").get(pk=advice.pk)
    move_allowed(advice, AdviceState.ADOPTED)
    missing = what_is_missing(advice)
    if missing:
        raise Refused(" ".join(missing))
    decided_on = day_of(advice, None, None, decided_on or timezone.localdate())
    if not reason.strip():
        raise Refused(_("Say why this could not wait for a meeting."), field="reason")
    board, agreed = board_of(advice.council, decided_on), list(agreed)
    if not agreed:
        raise Refused(_("Say who of the board agreed."), field="agreed")
    if not set(agreed) <= set(board):
        raise Refused(_("Choose people who were on the board that day."), field="agreed")
    if 2 * len(set(agreed)) <= len(board):  # one of three is not the board
        raise Refused(
            _("More than half of the board must agree. Otherwise it is no decision of the board."), field="agreed"
        )
    confirm_left_out(advice, attachments_left_out, by=by)
    decision = write_decision(
        advice,
        Ballot(present=len(agreed), in_favour=len(agreed), against=0, abstained=0),
        Judgement(True, False, None, True, mandate_sentence(agreed, board)),
        outcome=Outcome.ADOPTED,
        by=by,
        actor=by,
        manner=Manner.MANDATE,
        mandate_reason=reason.strip(),
        decided_on=decided_on,
    )
    tell_members(decision, but=by)
    return decision


def tell_members(decision: Decision, *, but: Person) -> None:
    """Everyone in the room hears what was decided without them."""
    seats = decision.advice.council.memberships.current()
    for person in Person.objects.filter(pk__in=seats.values("person")).exclude(pk=but.pk).order_by("pk"):
        cause = f"decision:{decision.pk}"
        post("advice.mandate_taken", person, about=decision, cause=cause, council_id=decision.council_id)


def mandate_sentence(agreed: list[Person], board: list[Person]) -> str:
    with override("nl"):
        said = _("Decided by the board, by mandate. %(names)s agreed.") % {
            "names": listed(sorted(person.name for person in agreed))
        }
        others = len(board) - len(agreed)
        if not others:
            return said
        more = ngettext("%d member of the board did not.", "%d members of the board did not.", others) % others
        return f"{said} {more}"


@transaction.atomic
def ratify(
    decision: Decision, *, ratified: bool, by: Person, meeting: Meeting | None = None, decided_on: date | None = None,
    note: str = "",
) -> Ratification:  # fmt: skip
    """What the council said of it. Written once; not ratified changes nothing that was sent, and is shown."""
    advice = Advice.objects.select_for_update(of=("self",)).select_related("council").get(pk=decision.advice_id)
    if decision.manner != Manner.MANDATE:
        raise Refused(_("Only a decision by mandate has to be ratified."))
    if Ratification.objects.filter(decision=decision).exists():
        raise Refused(_("What the council said of it is recorded already."))
    if meeting is not None:
        decided_on = meeting_was_held(advice, meeting, decided_on)
    if decided_on is None:
        raise Refused(_("Choose the meeting, or fill in the day of the decision."), field="decided_on")
    if decided_on > timezone.localdate():
        raise Refused(_("A decision cannot lie in the future."), field="decided_on")
    if decided_on < decision.decided_on:
        raise Refused(_("The council cannot ratify before the board decided."), field="decided_on")
    if not ratified and not note.strip():
        raise Refused(_("Say why the council does not agree."), field="note")
    found = Ratification.objects.create(
        decision=decision, council_id=decision.council_id, meeting=meeting, decided_on=decided_on, ratified=ratified,
        note=note.strip(), recorded_by=by,
    )  # fmt: skip
    record("decision.ratified" if ratified else "decision.not_ratified", decision, by=by)
    return found


def next_meeting(council: Council) -> Meeting | None:
    coming = council.meetings.filter(starts_at__gt=timezone.now())
    return coming.filter(state__in=[MeetingState.PLANNED, MeetingState.INVITED]).order_by("starts_at").first()


@transaction.atomic
def put_on_agenda(decision: Decision, *, by: Person) -> AgendaItem:
    """An item on the agenda of the next meeting, once."""
    Advice.objects.select_for_update().get(pk=decision.advice_id)
    meeting = next_meeting(decision.council)
    if meeting is None:
        raise Refused(_("There is no meeting planned yet. First plan one."))
    with override("nl"):
        title = _("Ratify: %(subject)s") % {"subject": decision.advice.subject}
    there = meeting.agenda_items.filter(title=title[:200]).first()
    return there or add_item(meeting, title=title[:200], aim=Aim.DECIDE, minutes=5, by=by)
