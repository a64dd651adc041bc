"""The way of an advice, for every reader: asked, heard, advised, offered, answered, done, looked back; with dates."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from advice.answered import Standing, commitments_of, heard_of
from advice.models import Letter
from portal.dates import plain_date
from portal.text import listed


def chain_of(letter: Letter, standings: list[Standing]) -> list[dict[str, Any]]:
    """The steps of the way of an advice, for components/track_step.html."""
    heard = heard_of(letter)
    steps = [
        step(_("Heard"), "done", listed(lower_first(line) for line in heard))
        if heard
        else step(_("Heard"), "todo", _("This letter does not say with whom we talked.")),
        step(_("Advised"), "done", _("We sent the advice on %(day)s.") % {"day": plain_date(letter.dated_on)}),
        answered_step(standings),
        done_step(standings),
    ]
    asked = (letter.text.get("request") or {}).get("date")
    if asked:
        day = plain_date(date.fromisoformat(asked))
        steps.insert(0, step(_("Asked"), "done", _("Advice was asked on %(day)s.") % {"day": day}))
    return [{**one, "number": number} for number, one in enumerate(steps, 1)]


def step(label: str, state: str, text: str) -> dict[str, Any]:
    return {"label": label, "state": state, "date_text": text}


def answered_step(standings: list[Standing]) -> dict[str, Any]:
    states = {standing.state for standing in standings}
    if not states or states == {"none"}:
        return step(_("Answered"), "todo", _("No answer is on file."))
    text = " ".join(how_answered(standing, several=len(standings) > 1) for standing in standings)
    if states == {"lapsed"}:
        return step(_("Answered"), "todo", text)
    if states <= {"given", "lapsed"}:
        return step(_("Answered"), "done", text)
    return step(_("Answered"), "late" if "late" in states else "now", text)


def how_answered(standing: Standing, *, several: bool) -> str:
    response, due = standing.response, standing.copy.due_on
    who = f"{standing.copy.authority.name}: " if several else ""
    if standing.state == "lapsed":
        return who + _("No answer has to come any more.")
    if response is None:
        if due and standing.state == "late":
            return who + _("The last day was %(day)s.") % {"day": plain_date(due)}
        return who + (_("No later than %(day)s.") % {"day": plain_date(due)} if due else _("Not yet."))
    said = _("Answered on %(day)s.") % {"day": plain_date(response.dated_on)}
    if response.decided_on:
        said = _("Decided on %(decided)s, answered on %(day)s.") % {
            "decided": plain_date(response.decided_on), "day": plain_date(response.dated_on),
        }  # fmt: skip
    if due and response.dated_on and response.dated_on > due:
        said += " " + _("The last day was %(day)s.") % {"day": plain_date(due)}
    return who + said


def done_step(standings: list[Standing]) -> dict[str, Any]:
    responses = [standing.response for standing in standings if standing.response]
    promised = commitments_of(responses)
    if not responses:
        return step(pgettext("chain", "Done"), "todo", "")
    if not promised:
        later = [answer.decide_by for one in responses for answer in one.answers.all() if answer.decide_by]
        if later:
            text = _("A decision follows no later than %(day)s.") % {"day": plain_date(max(later))}
            return step(pgettext("chain", "Done"), "now", text)
        return step(pgettext("chain", "Done"), "done", _("The answer holds no promises to follow."))
    kept = sum(bool(one.done_on) for one in promised)
    text = ngettext("%(kept)s of %(total)s promise is kept.", "%(kept)s of %(total)s promises are kept.", len(promised))
    if kept == len(promised):
        state = "done"
    else:
        state = "late" if any(not one.done_on and one.due_on < timezone.localdate() for one in promised) else "now"
    return step(pgettext("chain", "Done"), state, text % {"kept": kept, "total": len(promised)})


def lower_first(line: str) -> str:
    return line[:1].lower() + line[1:]
