"""All questions at once, as the command `rulebook` and the page ask them."""

from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from councils.rulebook import terms, voting
from councils.rulebook.outcome import Outcome
from councils.rulebook.stack import Stack


@dataclass(frozen=True)
class Question:
    request_date: date | None = None
    receipt_date: date | None = None
    issue_date: date | None = None
    meeting_date: date | None = None
    members: int | None = None
    present: int | None = None
    urgent: bool = False

    @property
    def day(self) -> date:
        """The day whose rules count for what is no clock, such as the quorum."""
        return self.meeting_date or self.issue_date or self.receipt_date or self.request_date or localdate()


def answer(stack: Stack, question: Question) -> dict[str, Outcome | None]:
    request = {"request_date": question.request_date, "receipt_date": question.receipt_date}
    book = stack.on(question.day)
    return {
        "advice_due": terms.advice_due(stack, **request, urgent=question.urgent),
        "advice_due_latest": terms.advice_due_latest(stack, **request, urgent=question.urgent),
        "advice_due_extended": terms.advice_due_extended(stack, **request, urgent=question.urgent),
        "decline_until": terms.decline_until(stack, **request),
        "response_due": terms.response_due(stack, issue_date=question.issue_date),
        "response_due_extended": terms.response_due_extended(stack, issue_date=question.issue_date),
        "invitations_out_by": terms.invitations_out_by(stack, meeting_date=question.meeting_date),
        "member_papers_by": terms.member_papers_by(stack, meeting_date=question.meeting_date),
        "quorum_needed": voting.quorum_needed(book, members=question.members),
        "quorum_met": voting.quorum_met(book, members=question.members, present=question.present),
        "term_ends_on": terms.term_ends_on(stack, starts_on=question.request_date),
    }
