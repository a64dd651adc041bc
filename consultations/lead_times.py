"""Does an announced topic leave a council enough time? What its rule book says of the expected dates."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from consultations.models import PolicyTopic
from consultations.planning import article_of
from councils.models import Council
from councils.rulebook import stack_of, terms
from portal.dates import plain_date
from portal.text import weeks


@dataclass(frozen=True)
class Notice:
    """A warning of the rules. Nothing is refused because of it."""

    council: Council
    sentence: str
    article: str


def lead_notices(topic: PolicyTopic, council: Council, *, today: date | None = None) -> list[Notice]:
    """Counted from the day on which the request is expected; from today when that day has passed."""
    expected, decision = topic.request_expected_on, topic.decision_expected_on
    if expected is None or decision is None:
        return []
    start, stack, notices = max(expected, today or localdate()), stack_of(council), []
    lead = stack.on(start).rule("request_lead_weeks")
    if lead and start > (last_day := decision - timedelta(weeks=lead.value)):
        sentence = _("A request comes at least %(term)s before the decision. The last day for it is %(day)s.")
        words = {"term": weeks(lead.value), "day": plain_date(last_day)}
        notices.append(Notice(council, sentence % words, lead.article or lead.instrument))
    due = terms.advice_due(stack, request_date=start, receipt_date=start)
    if due and due.day >= decision:
        sentence = _("Asked on %(start)s, the advice is there by %(due)s. The decision is expected on %(decision)s.")
        words = {"start": plain_date(start), "due": plain_date(due.day), "decision": plain_date(decision)}
        notices.append(Notice(council, sentence % words, article_of(due)))
    return notices
