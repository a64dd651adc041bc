"""How an advice is shown: where it stands, its steps, who does what, and the answers that are still to come."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from advice.linked import relations_to_advice
from advice.models import Advice, Elector, LetterCopy, Recommendation, Section, SectionSave, Vote, WrittenProcedure
from advice.querysets import DUE_ON
from advice.states import ASKS_NO_ANSWER, AdviceState, ResponseState
from advice.steps import on_paper
from portal.dates import day_month


@dataclass(frozen=True)
class Standing:
    """The badge of an advice: its words, tone and icon."""

    label: str
    tone: str
    icon: str


def with_answers(advices: QuerySet[Advice]) -> QuerySet[Advice]:
    """Adds `is_waiting` (an authority has yet to answer), `is_late` (its last day has passed) and `is_lapsed` (the
    letter was corrected or withdrawn before an answer came, or asks none); and `linked_by` (what later letters do to
    it)."""
    copies = LetterCopy.objects.filter(letter__advice=OuterRef("pk"))
    open_copies = copies.unanswered()
    late = open_copies.alias(due=DUE_ON).filter(due__lt=timezone.localdate())
    lapsed = Exists(copies.filter(Q(response__state=ResponseState.LAPSED) | Q(letter__relation__in=ASKS_NO_ANSWER)))
    given = Exists(copies.filter(response__state=ResponseState.FINAL))
    to_post = Exists(open_copies.filter(on_paper()))
    return advices.annotate(
        is_to_post=to_post,
        is_waiting=Exists(open_copies),
        is_late=Exists(late),
        is_lapsed=lapsed & ~given,
        linked_by=relations_to_advice(),
    )


def with_answers_of(advice: Advice, copies: list[LetterCopy]) -> None:
    """What with_answers adds, from copies that are here already."""
    waiting = [copy for copy in copies if not answered(copy) and not copy.has_lapsed]
    today = timezone.localdate()
    advice.is_waiting = bool(waiting)  # type: ignore[attr-defined]
    advice.is_to_post = any(getattr(copy, "to_post", False) for copy in waiting)  # type: ignore[attr-defined]
    advice.is_late = any(copy.due_on and copy.due_on < today for copy in waiting)  # type: ignore[attr-defined]
    lapsed = any(copy.has_lapsed for copy in copies) and not any(answered(copy) for copy in copies)
    advice.is_lapsed = lapsed  # type: ignore[attr-defined]


def in_state(advices: QuerySet[Advice], state: str) -> QuerySet[Advice]:
    """`state` is one of the list: an AdviceState, waiting, late or answered."""
    if state in (AdviceState.DRAFT, AdviceState.VOTING, AdviceState.ADOPTED, AdviceState.DROPPED):
        return advices.filter(state=state)
    issued = advices.filter(state=AdviceState.ISSUED)
    return {
        "waiting": issued.filter(is_waiting=True),
        "late": issued.filter(is_late=True),
        "answered": issued.filter(is_waiting=False, is_lapsed=False),
    }.get(state, advices)


def with_words(advices: QuerySet[Advice], words: str) -> QuerySet[Advice]:
    """Every word stands somewhere: in the subject, the summary, the reference, a part or a recommendation."""
    for word in words.split():
        in_section = Q(heading__icontains=word) | Q(text__icontains=word)
        in_recommendation = Q(text__icontains=word) | Q(reason__icontains=word)
        advices = advices.filter(
            Q(subject__icontains=word)
            | Q(plain_summary__icontains=word)
            | Q(letter__reference__icontains=word)
            | Exists(Section.objects.filter(in_section, advice=OuterRef("pk")))
            | Exists(Recommendation.objects.filter(in_recommendation, advice=OuterRef("pk")))
        )
    return advices


def standing(advice: Advice) -> Standing:
    """Needs with_answers."""
    if advice.state == AdviceState.DRAFT:
        return Standing(_("Draft"), "neutral", "pencil")
    if advice.state == AdviceState.VOTING:
        return Standing(_("Being voted on"), "active", "people")
    if advice.state == AdviceState.ADOPTED:
        return Standing(_("Ready to be sent"), "warning", "send")
    if advice.state == AdviceState.DROPPED:
        return Standing(_("Stopped"), "neutral", "cross")
    if advice.is_late:  # type: ignore[attr-defined]
        return Standing(_("Answer too late"), "danger", "warning")
    if advice.is_waiting and advice.is_to_post:  # type: ignore[attr-defined]
        return Standing(_("Must still go by post"), "warning", "mail")
    if advice.is_waiting:  # type: ignore[attr-defined]
        return Standing(_("Sent"), "active", "send")
    if advice.is_lapsed:  # type: ignore[attr-defined]
        return Standing(_("No answer needed any more"), "neutral", "cross")
    return Standing(_("Answer received"), "safe", "check")


def vote_of(advice: Advice, person_id: int) -> WrittenProcedure | None:
    """The open vote, with what it asks of this person. One query."""
    mine = Vote.objects.filter(procedure=OuterRef("pk"), person=person_id)
    asked = Elector.objects.filter(procedure=OuterRef("pk"), person=person_id, recused_at=None)
    return advice.procedures.filter(closed_at=None).annotate(has_voted=Exists(mine), is_asked=Exists(asked)).first()


# --- the steps ---


def due_on(advice: Advice) -> date | None:
    return advice.request.due_on if advice.request else None


def steps_of(advice: Advice, *, adopted_on: date | None, copies: list[LetterCopy]) -> list[dict[str, str]]:
    """For {% track %}: asked or started, written, adopted, sent, answered."""
    letter = copies[0].letter if copies else None
    wanted = [copy for copy in copies if not copy.has_lapsed]
    answers = [copy.response.dated_on for copy in wanted if answered(copy)]
    all_answered = bool(wanted) and len(answers) == len(wanted)
    last_days = [copy.due_on for copy in wanted if copy.due_on and not answered(copy)]
    written = advice.state in (AdviceState.ADOPTED, AdviceState.ISSUED)
    answered_on = max(filter(None, answers), default=None)
    first = (
        (_("Request received"), True, advice.request.received_on, None)
        if advice.request
        else (_("Started"), True, timezone.localdate(advice.created_at), None)
    )
    return track(
        [
            first,
            (_("Write the advice"), written or advice.state == AdviceState.VOTING, None, None),
            (_("Adopt"), written, adopted_on, None),
            (_("Send"), advice.state == AdviceState.ISSUED, letter.dated_on if letter else None, due_on(advice)),
            (_("Answer of the authority"), all_answered, answered_on, min(last_days, default=None)),
        ]
    )


def answered(copy: LetterCopy) -> bool:
    response = getattr(copy, "response", None)
    return response is not None and response.given_at is not None


def track(steps: list[tuple[str, bool, date | None, date | None]]) -> list[dict[str, str]]:
    shown, now_found = [], False
    for label, done, done_on, due in steps:
        state = "done" if done else "todo"
        if not done and not now_found:
            state, now_found = "now", True
        if not done and due and due < timezone.localdate():
            state = "late"
        if done:
            when = day_month(done_on)
        else:
            when = _("by %(day)s at the latest") % {"day": day_month(due)} if due else ""
        shown.append({"label": label, "state": state, "date_text": when})
    return shown


def people_of(advice: Advice, versions: list[SectionSave]) -> list[dict[str, Any]]:
    """Who started, who wrote along, and who answers questions at the authority."""
    people: dict[int, tuple[Any, str]] = {}
    if advice.created_by:
        people[advice.created_by_id] = (advice.created_by, _("started this advice"))  # type: ignore[index]
    for version in versions:
        people.setdefault(version.author_id, (version.author, _("wrote along")))
    contact = advice.request.request.contact if advice.request else None
    if contact:
        people.setdefault(contact.pk, (contact, _("answers questions about the request")))
    return [{"name": person.name, "initials": person.initials, "role": role} for person, role in people.values()]
