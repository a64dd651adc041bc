"""What the chair says to the shorter term of an urgent request."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from consultations.actions.handling import lock, need_open, plan_of, tell_contacts
from consultations.models import CouncilRequest
from consultations.planning import Plan, article_of, sum_of
from consultations.recipients import may_agree, speaks_as
from consultations.states import Consent
from portal.access import Refused
from portal.audit import record
from portal.dates import plain_date
from portal.models import Person

ANSWERS = [
    "consent", "consent_on", "consent_by", "consent_recorded_by", "consent_note", "due_on", "due_article", "due_steps",
    "short_notice",
]  # fmt: skip


@transaction.atomic
def answer_urgency(
    part: CouncilRequest, *, consent: str, by: Person, note: str = "", said_by: Person | None = None,
    said_on: date | None = None,
) -> CouncilRequest:  # fmt: skip
    """Agree to less time, or not. The secretary records what the chair said: `said_by` and `said_on`.

    Agreed: the last day becomes that of the urgent term, or the wanted day where the rules know no such term.
    """
    part = lock(part)
    need_open(part)
    speaker, day = said_by or by, said_on or timezone.localdate()
    plan = plan_of(part)
    check(part, plan, consent, note, speaker, day)
    part.consent, part.consent_note, part.consent_on, part.consent_by = consent, note.strip(), day, speaker
    part.consent_recorded_by = by if by != speaker else None
    if consent == Consent.AGREED:
        shorten(part, plan)
    if part.short_notice:
        part.short_notice = f"{part.short_notice} {said_of(part)}"[:300]
    part.save(update_fields=ANSWERS)
    record("consultations.urgency_answered", part, by=by)
    tell_contacts(part, "consultations.urgency_answered", f"council_request:{part.pk}:urgency", by=by)
    return part


def check(part: CouncilRequest, plan: Plan, consent: str, note: str, speaker: Person, day: date) -> None:
    if not part.request.urgent:
        raise Refused(_("This request is not urgent. There is nothing to agree to."))
    if part.consent:
        raise Refused(_("This was answered on %(day)s already.") % {"day": plain_date(part.consent_on)})
    if consent not in Consent.values:
        raise Refused(_("Choose whether you agree."), field="consent")
    if consent == Consent.REFUSED and not note.strip():
        raise Refused(_("Say why you do not agree. The authority reads this."), field="note")
    if consent == Consent.AGREED and part.extended_on:
        raise Refused(_("You took more time already. A shorter term does not go with that."), field="consent")
    if not may_agree(part.council, plan, speaker):
        raise Refused(_("The rules give this to the chair. Say what the chair said."), field="said_by")
    if day > timezone.localdate():
        raise Refused(_("This day lies in the future. Check the date."), field="said_on")
    if day < part.received_on:
        raise Refused(_("This day lies before the request came in. Check the date."), field="said_on")


def shorten(part: CouncilRequest, plan: Plan) -> None:
    """The new last day with its sum; never later than the day that counted."""
    ground = plan.urgent_rule or plan.chair_agrees
    if plan.urgent:
        part.due_on, part.due_article = plan.urgent.day, article_of(plan.urgent)[:200]
        steps = sum_of(plan.urgent)
    elif part.request.wanted_on and (part.due_on is None or part.request.wanted_on < part.due_on):
        part.due_on = part.request.wanted_on
        part.due_article = ((ground.article or ground.instrument) if ground else _("agreed with the chair"))[:200]
        text = _("By this day the authority wants the advice.")
        steps = [{"label": plain_date(part.due_on), "text": text, "article": None}]
    else:
        steps = list(part.due_steps)
    article = ground.article if ground else None
    part.due_steps = [*steps, {"label": plain_date(part.consent_on), "text": said_of(part), "article": article}]


def said_of(part: CouncilRequest) -> str:
    """The sentence of the dossier and the letter. Dutch, as the letter is."""
    with override("nl"):
        facts = {"who": speaks_as(part.council, part.consent_by), "day": plain_date(part.consent_on)}
        if part.consent == Consent.AGREED:
            return _("%(who)s agreed on %(day)s to a shorter term.") % facts
        return _("%(who)s did not agree on %(day)s to a shorter term.") % facts
