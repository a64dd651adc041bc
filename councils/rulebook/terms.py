"""The last days that follow from the rule book. Each function answers None when the matter is not regulated."""

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from councils.rulebook.clocks import ADVICE, REQUEST, day_text, run, start_by_date, start_of
from councils.rulebook.outcome import Outcome, Step
from councils.rulebook.stack import Found, RuleBook, Stack

# --- what a request starts -----------------------------------------------------------------------------------------


def advice_due(
    stack: Stack, *, request_date: date | None, receipt_date: date | None = None, urgent: bool = False
) -> Outcome | None:
    """Last day of the advice term; of a range (4 to 6 weeks) the earliest."""
    return _advice(stack, request_date, receipt_date, urgent)


def advice_due_latest(
    stack: Stack, *, request_date: date | None, receipt_date: date | None = None, urgent: bool = False
) -> Outcome | None:
    """Last day of the range, where the instrument names one."""
    return _advice(stack, request_date, receipt_date, urgent, latest=True)


def advice_due_extended(
    stack: Stack, *, request_date: date | None, receipt_date: date | None = None, urgent: bool = False
) -> Outcome | None:
    """Last day after the extension that the rule book allows. Of a range the extension follows the shortest term."""
    return _advice(stack, request_date, receipt_date, urgent, extended=True)


def _advice(
    stack: Stack,
    request_date: date | None,
    receipt_date: date | None,
    urgent: bool,
    *,
    latest: bool = False,
    extended: bool = False,
) -> Outcome | None:
    start = start_of(stack, "advice_term", request_date, receipt_date, REQUEST)
    term = start and start.book.rule("advice_term")
    if not start or not term:
        return None
    hurry, remark = _urgent(start.book) if urgent else (None, None)
    weeks, extension = (hurry.value if hurry else term.value)["weeks"], 0
    assumed = [remark] if remark else []
    if latest:
        if hurry or "max_weeks" not in term.value:
            return None
        weeks = term.value["max_weeks"]
    if extended:
        extension = term.value.get("extension_weeks", 0)
        if not extension:
            return None
        if hurry:
            assumed.append(_("An urgent term may be extended in the same way."))
        elif "max_weeks" in term.value:
            assumed.append(_("The extension follows the shortest term of the range."))
    text = _("So long does the council have for its advice.")
    return run(start, hurry or term, weeks, text=text, extension=extension, recess=True, assumed=assumed)


def _urgent(book: RuleBook) -> tuple[Found | None, str | None]:
    """The rule that replaces the advice term of an urgent request, or why it does not."""
    found = book.rule("urgent")
    if found is None or not found.value.get("allowed", "weeks" in found.value):
        return None, _("An urgent request is not regulated: the ordinary term counts.")
    if "weeks" not in found.value:
        return None, _("The rule for urgent requests names no term: the ordinary term counts.")
    return found, None


def decline_until(stack: Stack, *, request_date: date | None, receipt_date: date | None = None) -> Outcome | None:
    """Last day on which the council may decline. Recess stops the advice term only, not this one."""
    start = start_of(stack, "advice_term", request_date, receipt_date, REQUEST) or start_by_date(
        stack, request_date, receipt_date, REQUEST
    )
    found = start and start.book.rule("may_decline_within_weeks")
    if not start or not found:
        return None
    if start.book.rule("advice_term"):
        assumed = _("The term for declining starts on the same day as the advice term.")
    else:
        assumed = _("The term for declining starts on the date of the request.")
    return run(start, found, found.value, text=_("Within this term the council may decline."), assumed=[assumed])


# --- what an issued advice starts ----------------------------------------------------------------------------------


def response_due(stack: Stack, *, issue_date: date | None, receipt_date: date | None = None) -> Outcome | None:
    """Last day for the answer. `receipt_date` is the day on which the authority received the advice."""
    return _response(stack, issue_date, receipt_date)


def response_due_extended(stack: Stack, *, issue_date: date | None, receipt_date: date | None = None) -> Outcome | None:
    return _response(stack, issue_date, receipt_date, extended=True)


def _response(
    stack: Stack, issue_date: date | None, receipt_date: date | None, *, extended: bool = False
) -> Outcome | None:
    start = start_of(stack, "response_term", issue_date, receipt_date, ADVICE)
    found = start and start.book.rule("response_term")
    if not start or not found:
        return None
    extension = found.value.get("extension_weeks", 0) if extended else 0
    if extended and not extension:
        return None
    text = _("So long does the authority have for its answer.")
    return run(start, found, found.value["weeks"], text=text, extension=extension)


# --- counted back from a meeting, and the end of a membership ------------------------------------------------------


def invitations_out_by(stack: Stack, *, meeting_date: date | None) -> Outcome | None:
    return _days_before(stack, "invitation_days", meeting_date, _("Then the invitation and the papers are out."))


def member_papers_by(stack: Stack, *, meeting_date: date | None) -> Outcome | None:
    return _days_before(stack, "member_papers_days", meeting_date, _("Then papers of members reach the secretary."))


def _days_before(stack: Stack, key: str, meeting_date: date | None, text: str) -> Outcome | None:
    """Counting back never shifts for a day off (Algemene termijnenwet art. 1 lid 2): that would be too late."""
    found = meeting_date and stack.on(meeting_date).rule(key)
    if not meeting_date or not found:
        return None
    days = found.value
    label = ngettext("− %(count)d day", "− %(count)d days", days) % {"count": days}
    steps = (Step(day_text(meeting_date), _("The meeting.")), Step(label, text, found.article))
    return Outcome(meeting_date - timedelta(days=days), found.article, found.instrument, found.assumed, steps)


def term_ends_on(stack: Stack, *, starts_on: date | None) -> Outcome | None:
    """Last day of a membership that starts on `starts_on`. Terms of years do not shift for a day off."""
    found = starts_on and stack.on(starts_on).rule("term_years")
    if not starts_on or not found:
        return None
    years = found.value
    try:
        anniversary = starts_on.replace(year=starts_on.year + years)
    except ValueError:  # from 29 February to a year without one: the last full day is 28 February
        anniversary = date(starts_on.year + years, 3, 1)
    label = ngettext("+ %(count)d year", "+ %(count)d years", years) % {"count": years}
    steps = (
        Step(day_text(starts_on), _("The membership starts.")),
        Step(label, _("So long is a term. Its last day is the day before."), found.article),
    )
    return Outcome(anniversary - timedelta(days=1), found.article, found.instrument, found.assumed, steps)
