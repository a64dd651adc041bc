"""Looking back (terugblik), and the decision that would follow later."""

from datetime import date
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from advice.following_up import a_year_after
from advice.models import Answer, FollowUp, LaterDecision, Letter, Response
from advice.states import ResponseState, Verdict
from portal.access import Refused
from portal.audit import record
from portal.models import Person


@transaction.atomic
def choose_day(letter: Letter, *, due_on: date, by: Person) -> FollowUp:
    """When the council looks back on this letter. Once it did, the day stays."""
    follow_up = locked(letter)
    if follow_up.done_on:
        raise Refused(_("You have looked back on this advice already."))
    if due_on < timezone.localdate():
        raise Refused(_("This day is over. Choose a day that is still to come."), field="due_on")
    if follow_up.due_on == due_on:
        return follow_up
    follow_up.due_on = due_on
    follow_up.save(update_fields=["due_on"])
    record("follow_up.day_chosen", follow_up, by=by)
    return follow_up


@transaction.atomic
def look_back(letter: Letter, *, changed: str, not_changed: str, by: Person, seen: str | None = None) -> FollowUp:
    """What changed for people and what did not. It can be written anew later; `seen` is the digest of what was read."""
    follow_up = locked(letter)
    changed, not_changed = changed.strip(), not_changed.strip()
    if not changed and not not_changed:
        raise Refused(_("Write what has changed, or what has not changed."), field="changed")
    if follow_up.done_on and (follow_up.changed, follow_up.not_changed) == (changed, not_changed):
        return follow_up
    if seen is not None and seen != digest(follow_up):
        raise Refused(_("Somebody else wrote this too, meanwhile. Compare the two texts and save again."))
    event = "follow_up.changed" if follow_up.done_on else "follow_up.done"
    follow_up.changed, follow_up.not_changed = changed, not_changed
    follow_up.done_on = follow_up.done_on or timezone.localdate()
    follow_up.recorded_by = by
    follow_up.save()
    record(event, follow_up, by=by)
    return follow_up


def digest(follow_up: FollowUp | None) -> str:
    if follow_up is None:
        return digest_of("", "")
    return digest_of(follow_up.changed, follow_up.not_changed)


def digest_of(changed: str, not_changed: str) -> str:
    return sha256(f"{changed}\0{not_changed}".encode()).hexdigest()[:16]


def locked(letter: Letter) -> FollowUp:
    """The one row of this letter, held until the end. The letter itself is written once and cannot be locked."""
    FollowUp.objects.get_or_create(
        letter=letter, defaults={"council_id": letter.council_id, "due_on": a_year_after(letter.dated_on)}
    )
    return FollowUp.objects.select_for_update(of=("self",)).get(letter=letter)


@transaction.atomic
def record_decision(
    answer: Answer, *, verdict: str, decided_on: date, text: str, by: Person, link: str = ""
) -> LaterDecision:
    """The authority would decide later, and did. Twice the same: the row that is there; another one corrects it."""
    response = Response.objects.select_for_update(of=("self",)).get(pk=answer.response_id)
    if answer.verdict != Verdict.LATER or response.state != ResponseState.FINAL:
        raise Refused(_("No decision was to follow on this recommendation."))
    text, link = " ".join(text.split()), link.strip()
    if verdict not in Verdict.values or verdict == Verdict.LATER:
        raise Refused(_("Choose what was decided."), field="verdict")
    if decided_on > timezone.localdate():
        raise Refused(_("This day is still to come."), field="decided_on")
    if not text:
        raise Refused(_("Write how you know this."), field="text")
    last = answer.later_decisions.last()  # type: ignore[attr-defined]
    if last and (last.verdict, last.decided_on, last.text, last.link) == (verdict, decided_on, text, link):
        return last
    decision = LaterDecision.objects.create(
        answer=answer, council_id=response.council_id, authority_id=response.authority_id, verdict=verdict,
        decided_on=decided_on, text=text, link=link, recorded_by=by,
    )  # fmt: skip
    record("answer.decided", decision, by=by)
    return decision
