"""The authority asks: a draft that is saved at each step, and sent to one or several councils."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import recipients
from consultations.models import AdviceRequest, CouncilRequest, RequestDocument
from consultations.planning import article_of, plan_for, sum_of
from consultations.states import Visibility
from councils.models import Authority, Council
from portal.access import Refused
from portal.audit import record
from portal.models import Document, Person
from portal.post import post
from portal.text import listed


@dataclass(frozen=True)
class Missing:
    """What a draft still lacks, and the step where it is filled in."""

    step: str
    sentence: str


@transaction.atomic
def start_request(authority: Authority, *, by: Person, **facts: object) -> AdviceRequest:
    """A draft with its first answers."""
    request = AdviceRequest.objects.create(authority=authority, created_by=by, **{"contact": by, **facts})
    record("consultations.request_started", request, by=by)
    return request


@transaction.atomic
def save_request(
    request: AdviceRequest, *, by: Person, councils: Iterable[Council] | None = None,
    also_for: Iterable[Authority] | None = None, **facts: object,
) -> AdviceRequest:  # fmt: skip
    """Save the answers of one step."""
    request = lock_draft(request)
    for name, value in facts.items():
        setattr(request, name, value)
    if facts:
        request.save(update_fields=list(facts))
    if councils is not None:
        request.wanted_councils.set(councils)
    if also_for is not None:
        request.also_for.set(one for one in also_for if one.pk != request.authority_id)
    record("consultations.request_saved", request, by=by)
    return request


@transaction.atomic
def add_document(
    request: AdviceRequest, document: Document, *, title: str, by: Person, visibility: str = Visibility.OPEN,
    embargo_until: date | None = None,
) -> RequestDocument:  # fmt: skip
    request = lock_draft(request)
    if visibility == Visibility.EMBARGO and embargo_until is None:
        raise Refused(_("Fill in until which day the embargo lasts."), field="embargo_until")
    paper = RequestDocument.objects.create(
        request=request, document=document, title=title or document.name, visibility=visibility,
        embargo_until=embargo_until if visibility != Visibility.OPEN else None,
    )  # fmt: skip
    record("consultations.document_added", request, by=by)
    return paper


@transaction.atomic
def remove_document(paper: RequestDocument, *, by: Person) -> None:
    request = lock_draft(paper.request)
    paper.delete()
    record("consultations.document_removed", request, by=by)


@transaction.atomic
def discard_request(request: AdviceRequest, *, by: Person) -> None:
    """Throw a draft away. What was sent can only be withdrawn."""
    request = lock_draft(request)
    record("consultations.request_discarded", request, by=by)
    request.documents.all().delete()
    request.delete()


@transaction.atomic
def submit_request(request: AdviceRequest, *, by: Person) -> list[CouncilRequest]:
    """Send the request to its councils: each gets its own dates by its own rule book, and keeps its own state."""
    request = lock_draft(request)
    councils = list(request.wanted_councils.order_by("name"))
    lacking = missing_in(request, councils=councils)
    if lacking:
        raise Refused(_("Not everything is filled in yet: %(what)s") % {"what": " ".join(m.sentence for m in lacking)})
    need_advisers(request, councils)
    today = timezone.localdate()
    request.submitted_at, request.letter_date = timezone.now(), today
    request.contact = request.contact or by
    request.save(update_fields=["submitted_at", "letter_date", "contact"])
    record("consultations.request_submitted", request, by=by)
    parts = [lay_before(request, council, received_on=today, by=by) for council in councils]
    post(
        "consultations.request_sent", by, about=request, cause=f"request:{request.pk}:sent",
        authority_id=request.authority_id,
    )  # fmt: skip
    for authority, person in recipients.officers_along(request, but=by):
        post(
            "consultations.request_along", person, about=request, cause=f"request:{request.pk}:along",
            authority_id=authority.pk,
        )  # fmt: skip
    return parts


def need_advisers(request: AdviceRequest, councils: list[Council]) -> None:
    """Every council advises one of who asks, and everyone who asks along has a council among them."""
    askers = request.askers()
    advising = set(Council.objects.advising_any(askers).values_list("pk", flat=True))
    strangers = [council.name for council in councils if council.pk not in advising]
    if strangers:
        raise Refused(
            _("%(councils)s no longer advises %(authority)s. Choose another council.")
            % {"councils": listed(strangers), "authority": listed(askers)}
        )
    chosen = {council.pk for council in councils}
    for authority in askers[1:]:
        if not Council.objects.advising(authority).filter(pk__in=chosen).exists():
            raise Refused(
                _("No council that you chose advises %(authority)s. Choose one, or ask without %(authority)s.")
                % {"authority": authority}
            )


def lay_before(
    request: AdviceRequest, council: Council, *, received_on: date, by: Person, but: Person | None = None
) -> CouncilRequest:
    """The request as it lies with one council, with the dates of its rule book; its secretary and chair hear of it."""
    plan = plan_for(council, request_date=request.letter_date, receipt_date=received_on, wanted_on=request.wanted_on)
    part = CouncilRequest.objects.create(
        request=request,
        council=council,
        received_on=received_on,
        due_on=plan.due.day if plan.due else None,
        due_article=article_of(plan.due)[:200] if plan.due else "",
        due_steps=sum_of(plan.due),
        decline_until=plan.decline_until.day if plan.decline_until else None,
        short_notice=plan.short_notice[:300],
    )
    record("consultations.request_received", part, by=by)
    for person in recipients.leaders_of(council, but=but):
        post(
            "consultations.request_received", person, about=part, cause=f"council_request:{part.pk}:received",
            council_id=council.pk,
        )  # fmt: skip
    return part


def missing_in(request: AdviceRequest, *, councils: Iterable[Council]) -> list[Missing]:
    """What must be there before a request can be sent, in the order of the steps."""
    wanted = [
        (request.subject, "subject", _("Fill in the subject.")),
        (request.summary, "summary", _("Tell what it is about.")),
        (request.questions, "summary", _("Ask at least one question.")),
        (request.changeable, "room", _("Tell what can still be changed.")),
        (list(councils), "planning", _("Choose the council that you ask.")),
        (not request.urgent or request.urgency_reason.strip(), "planning", _("Say why it cannot wait.")),
        (not request.urgent or request.wanted_on, "planning", _("Fill in by which day you want the advice.")),
    ]
    return [Missing(step, sentence) for value, step, sentence in wanted if not value]


def lock_draft(request: AdviceRequest) -> AdviceRequest:
    request = AdviceRequest.objects.select_for_update(of=("self",)).select_related("authority").get(pk=request.pk)
    if not request.is_draft:
        raise Refused(_("This request has been sent. It cannot be changed any more."))
    return request
