"""What a council does with a request, and how it ends."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import recipients
from consultations.models import CouncilRequest, RequestQuestion
from consultations.planning import article_of, plan_for, sum_of
from consultations.states import ARROWS, Consent, RequestState
from meetings.actions.agenda import add_item
from meetings.models import AgendaItem, Meeting
from meetings.states import Aim, MeetingState
from portal.access import Refused
from portal.audit import record
from portal.dates import plain_date
from portal.models import Person
from portal.post import post


@transaction.atomic
def accept(part: CouncilRequest, *, by: Person) -> CouncilRequest:
    """The council takes the request in hand."""
    part = lock(part)
    move(part, RequestState.ACCEPTED)
    part.accepted_on, part.handled_by = timezone.localdate(), by
    part.save(update_fields=["state", "accepted_on", "handled_by"])
    record("consultations.request_accepted", part, by=by)
    return part


@transaction.atomic
def decline(part: CouncilRequest, *, reason: str, by: Person) -> CouncilRequest:
    """The council gives no advice, and says why. After the term of the rule book it may too; the note stays."""
    part = lock(part)
    move(part, RequestState.DECLINED)
    close(part, reason, by)
    part.close_note = late_note(part)
    part.save(update_fields=["state", "closed_on", "close_reason", "close_note", "handled_by"])
    record("consultations.request_declined", part, by=by)
    tell_contacts(part, "consultations.request_declined", f"council_request:{part.pk}:declined", by=by)
    return part


def late_note(part: CouncilRequest) -> str:
    """What the rule book says of declining today; empty when it is in time or not regulated."""
    if part.decline_until is None or timezone.localdate() <= part.decline_until:
        return ""
    rule = plan_of(part).decline_until
    article = article_of(rule) if rule else _("the rules")
    return _("Declined after the last day for it, %(day)s (%(article)s).") % {
        "day": plain_date(part.decline_until),
        "article": article,
    }


@transaction.atomic
def extend(part: CouncilRequest, *, reason: str, by: Person) -> CouncilRequest:
    """More time for the advice: once, in writing, where the rule book allows it."""
    part = lock(part)
    need_open(part)
    if part.extended_on:
        raise Refused(
            _("The term was extended on %(day)s. That can be done once.") % {"day": plain_date(part.extended_on)}
        )
    later = plan_of(part).extended
    if later is None:
        raise Refused(_("The rules of your council do not allow more time. Ask the authority for a later date."))
    if not reason.strip():
        raise Refused(_("Say why you need more time."), field="reason")
    part.extended_on, part.extension_reason = timezone.localdate(), reason.strip()
    part.due_on, part.due_article, part.due_steps = later.day, article_of(later)[:200], sum_of(later)
    part.save(update_fields=["extended_on", "extension_reason", "due_on", "due_article", "due_steps"])
    record("consultations.request_extended", part, by=by)
    tell_contacts(part, "consultations.request_extended", f"council_request:{part.pk}:extended", by=by)
    return part


@transaction.atomic
def ask_question(part: CouncilRequest, *, question: str, by: Person) -> RequestQuestion:
    """A question back to the authority. It stays on file with its answer; the term goes on."""
    part = lock(part)
    need_open(part)
    if not question.strip():
        raise Refused(_("Write down your question."), field="question")
    asked = RequestQuestion.objects.create(council_request=part, question=question.strip(), asked_by=by)
    record("consultations.question_asked", part, by=by)
    tell_contacts(part, "consultations.question_asked", f"question:{asked.pk}:asked", by=by, about=asked)
    return asked


@transaction.atomic
def place_on_agenda(
    part: CouncilRequest, *, meeting: Meeting, by: Person, item: AgendaItem | None = None
) -> CouncilRequest:
    """Link the request to an item of a planned meeting; without an item a new one is made at the end."""
    part = lock(part)
    need_open(part)
    if meeting.council_id != part.council_id or (item is not None and item.meeting_id != meeting.pk):
        raise Refused(_("Choose a meeting of your own council."), field="meeting")
    if meeting.state not in (MeetingState.PLANNED, MeetingState.INVITED) or meeting.ends_at <= timezone.now():
        raise Refused(_("This meeting is over or cancelled. Choose another one."), field="meeting")
    part.agenda_item = item or add_item(meeting, title=part.request.subject, aim=Aim.DISCUSS, minutes=20, by=by)
    part.save(update_fields=["agenda_item"])
    record("consultations.request_on_agenda", part, by=by)
    return part


@transaction.atomic
def withdraw(part: CouncilRequest, *, reason: str, by: Person) -> CouncilRequest:
    """The authority takes its request back from this council; the secretary registers it when that came by mail."""
    part = lock(part)
    move(part, RequestState.WITHDRAWN)
    close(part, reason, by)
    part.save(update_fields=["state", "closed_on", "close_reason", "handled_by"])
    record("consultations.request_withdrawn", part, by=by)
    for person in recipients.leaders_of(part.council, but=by):
        post(
            "consultations.request_withdrawn", person, about=part, cause=f"council_request:{part.pk}:withdrawn",
            council_id=part.council_id,
        )  # fmt: skip
    return part


@transaction.atomic
def mark_advised(part: CouncilRequest, *, by: Person) -> CouncilRequest:
    """Called when the letter is issued. A second letter, or one on a closed request, changes nothing."""
    part = lock(part)
    if not part.is_open:
        return part
    move(part, RequestState.ADVISED)
    part.closed_on = timezone.localdate()
    part.save(update_fields=["state", "closed_on"])
    record("consultations.request_advised", part, by=by)
    return part


# --- what the verbs share -------------------------------------------------------------------------------------------


def lock(part: CouncilRequest) -> CouncilRequest:
    locked = CouncilRequest.objects.select_for_update(of=("self",))
    return locked.select_related("request__authority", "council").get(pk=part.pk)


def move(part: CouncilRequest, to: RequestState) -> None:
    """Follow an arrow of the request, or say why it does not exist."""
    if to not in ARROWS[RequestState(part.state)]:
        raise Refused(
            _("A request that is “%(now)s” cannot become “%(to)s”.")
            % {"now": part.get_state_display().lower(), "to": to.label.lower()}
        )
    part.state = to


def need_open(part: CouncilRequest) -> None:
    if not part.is_open:
        raise Refused(_("This request is closed: %(state)s.") % {"state": part.get_state_display().lower()})


def close(part: CouncilRequest, reason: str, by: Person) -> None:
    if not reason.strip():
        raise Refused(_("Give the reason. It stays with the request."), field="reason")
    part.closed_on, part.close_reason, part.handled_by = timezone.localdate(), reason.strip(), by


def plan_of(part: CouncilRequest):
    """The dates of the rule book for this request, as the clocks stood when it came in."""
    return plan_for(
        part.council,
        request_date=part.request.letter_date,
        receipt_date=part.received_on,
        wanted_on=part.request.wanted_on,
        hurried=part.consent == Consent.AGREED,
    )


def tell_contacts(
    part: CouncilRequest, kind: str, cause: str, *, by: Person, about: CouncilRequest | RequestQuestion | None = None
) -> None:
    for person in recipients.contacts_of(part.request, but=by):
        post(kind, person, about=about or part, cause=cause, authority_id=part.authority_id)
    if about is None:  # a question is for who leads; what becomes of the request is for all who ask
        for authority, person in recipients.officers_along(part.request, but=by):
            post(kind, person, about=part, cause=cause, authority_id=authority.pk)
