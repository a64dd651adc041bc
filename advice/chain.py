"""The way of an advice, for every reader: asked, heard, advised, offered, answered, done, looked back; with dates."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from advice.answered import Standing, commitments_of, heard_of
from advice.models import FollowUp, LadderLetter, Letter, LetterCopy, ResponseExtension
from advice.states import LetterStepKind
from advice.step_rows import steps_by_copy
from advice.steps import Step, in_words, still_matters
from portal.dates import month_year, plain_date
from portal.text import listed


@dataclass(frozen=True)
class Way:
    """What is on file of the way of a letter's copies: steps, extensions and letters of the ladder, by copy."""

    steps: dict[int, list[Step]]
    extensions: dict[int, ResponseExtension]
    ladder: dict[int, list[LadderLetter]]
    follow_up: FollowUp | None


def way_of(letter: Letter, copies: list[LetterCopy]) -> Way:
    """In two queries, and one each where more time was taken and where a last day has passed. The letter comes
    with its follow-up, the copies with their responses."""
    extended = [copy for copy in copies if hasattr(copy, "response") and copy.response.extended_until]
    first = {copy: copy.response_due_on or copy.due_on for copy in copies}  # more time does not undo what was sent
    late = [copy for copy, day in first.items() if day and day < timezone.localdate()]
    extensions = ResponseExtension.objects.filter(copy__in=extended).order_by("pk") if extended else []
    ladder: dict[int, list[LadderLetter]] = {}
    if late:
        for one in (
            LadderLetter.objects.filter(copy__in=late).select_related("pdf").defer("text").order_by("dated_on", "pk")
        ):
            ladder.setdefault(one.copy_id, []).append(one)
    follow_up = getattr(letter, "follow_up", None)
    return Way(steps_by_copy(copies), {one.copy_id: one for one in extensions}, ladder, follow_up)


def chain_of(letter: Letter, standings: list[Standing], way: Way) -> list[dict[str, Any]]:
    """The steps of the way of an advice, for components/track_step.html."""
    heard = heard_of(letter)
    asked = (letter.text.get("request") or {}).get("date")
    steps = [
        asked_step(asked) if asked else None,
        step(_("Heard"), "done", listed(lower_first(line) for line in heard))
        if heard
        else step(_("Heard"), "todo", _("This letter does not say with whom we talked.")),
        step(_("Advised"), "done", _("We sent the advice on %(day)s.") % {"day": plain_date(letter.dated_on)}),
        offered_step(letter, standings, way),
        answered_step(standings, way),
        done_step(standings),
        looked_back_step(way.follow_up),
    ]
    return [{**one, "number": number} for number, one in enumerate(filter(None, steps), 1)]


def asked_step(asked: str) -> dict[str, Any]:
    day = plain_date(date.fromisoformat(asked))
    return step(_("Asked"), "done", _("Advice was asked on %(day)s.") % {"day": day})


def offered_step(letter: Letter, standings: list[Standing], way: Way) -> dict[str, Any] | None:
    """Whether the executive saw it. Of an old letter nobody knows, unless that is on file; a withdrawn one need not."""
    found = [(one.copy, offered) for one in standings for offered in way.steps.get(one.copy.pk, [])
             if offered.kind == LetterStepKind.OFFERED]  # fmt: skip
    found = [(copy, offered) for copy, offered in found if offered.day or (not letter.imported and still_matters(copy))]
    if not found:
        return None
    several = len(standings) > 1
    lines = [f"{copy.authority.name if several else ''}: {in_words(offered, copy)}." for copy, offered in found]
    state = "done" if all(offered.day for _copy, offered in found) else "todo"
    return step(_("Offered"), state, " ".join(line.removeprefix(": ") for line in lines))


def looked_back_step(follow_up: FollowUp | None) -> dict[str, Any]:
    label = _("Looked back")
    if follow_up is None:
        return step(label, "todo", "")
    if follow_up.done_on:
        return step(label, "done", _("We looked back on %(day)s.") % {"day": plain_date(follow_up.done_on)})
    return step(label, "todo", _("We look back in %(month)s.") % {"month": month_year(follow_up.due_on)})


def step(label: str, state: str, text: str) -> dict[str, Any]:
    return {"label": label, "state": state, "date_text": text}


def answered_step(standings: list[Standing], way: Way) -> dict[str, Any]:
    states = {standing.state for standing in standings}
    if not states or states == {"none"}:
        return step(_("Answered"), "todo", _("No answer is on file."))
    several = len(standings) > 1
    text = " ".join(how_answered(standing, several=several) + meanwhile(standing, way) for standing in standings)
    if states == {"lapsed"}:
        return step(_("Answered"), "todo", text)
    if states <= {"given", "lapsed"}:
        return step(_("Answered"), "done", text)
    return step(_("Answered"), "late" if "late" in states else "now", text)


def meanwhile(standing: Standing, way: Way) -> str:
    """More time that was taken, and what the council did about the silence."""
    said = []
    extension = way.extensions.get(standing.copy.pk)
    if extension and standing.state != "lapsed":
        facts = {"day": plain_date(extension.extended_on), "until": plain_date(extension.until)}
        said.append(_("More time was taken on %(day)s: until %(until)s.") % facts)
    for letter in way.ladder.get(standing.copy.pk, []):
        said.append(f"{letter.get_kind_display()}: {plain_date(letter.dated_on)}.")
    return "".join(f" {one}" for one in said)


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
    kept = sum(one.is_kept for one in promised)
    text = ngettext("%(kept)s of %(total)s promise is kept.", "%(kept)s of %(total)s promises are kept.", len(promised))
    disputed = sum(one.is_disputed for one in promised)
    if disputed:
        text += " " + _("The council does not agree on %(disputed)s.")
    if kept == len(promised):
        state = "done"
    else:
        state = "late" if any(not one.done_on and one.due_on < timezone.localdate() for one in promised) else "now"
    return step(pgettext("chain", "Done"), state, text % {"kept": kept, "total": len(promised), "disputed": disputed})


def lower_first(line: str) -> str:
    return line[:1].lower() + line[1:]
