"""Asking for advice, and the answer."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from councils.rulebook.sentences import Who, group, say
from councils.rulebook.wording.words import Said, monthday, person, weeks
from portal.text import listed

advice = group("advice", later("Asking for advice"))


@advice("advice_term", later("the time for an advice"))
def advice_term(rule: dict, who: Who) -> Said:
    term = weeks(rule["weeks"])
    if "max_weeks" in rule:
        term = _("%(low)d to %(high)d weeks") % {"low": rule["weeks"], "high": rule["max_weeks"]}
    yield say(_("%(council)s gives its advice within %(term)s."), who, term=term)
    if "starts" not in rule:
        yield say(_("When this time starts is not regulated; the portal counts from the date on the request."))
    elif rule["starts"] == "receipt":
        yield say(_("This time starts on the day the request comes in."))
    else:
        yield say(_("This time starts on the date on the request."))
    if rule.get("shorter_only_if_chair_agrees"):
        yield say(_("Less time is possible only if the chair agrees."))
    yield from extension(rule)


def extension(rule: dict) -> Said:
    if not rule.get("extension_weeks"):
        return
    yield say(_("This may take %(weeks)s longer."), weeks=weeks(rule["extension_weeks"]))
    if rule.get("extension_in_writing"):
        yield say(_("That is told in writing."))


@advice("recess", later("a recess"))
def recess(periods: list[dict], who: Who) -> Said:
    for period in periods:
        yield say(
            _("The time for an advice stops from %(first)s to %(last)s."),
            first=monthday(period["from"]),
            last=monthday(period["until"]),
        )


@advice("deadline_on_day_off", later("a last day on a day off"))
def deadline_on_day_off(rule: str, who: Who) -> Said:
    if rule == "next_working_day":
        yield say(_("Is the last day a Saturday, a Sunday or a public holiday? Then the next working day counts."))
    else:
        yield say(_("Is the last day a Saturday, a Sunday or a public holiday? Then it stays the last day."))


@advice("urgent", later("urgent requests"))
def urgent(rule: dict, who: Who) -> Said:
    if not rule.get("allowed", "weeks" in rule):
        yield say(_("Urgent requests are not possible."))
        return
    if "weeks" in rule:
        yield say(_("For an urgent request %(council)s has %(term)s."), who, term=weeks(rule["weeks"]))
    else:
        yield say(_("A request may be urgent. How much time there is then is not regulated."))
    if rule.get("reason_required"):
        yield say(_("The request says why it is urgent."))
    if rule.get("agreed_with"):
        agreed = listed([person(code) for code in rule["agreed_with"]])
        yield say(_("It needs the consent of %(who)s."), who=agreed)


@advice("request_lead_weeks", later("how long before the decision a request comes"))
def request_lead_weeks(rule: int, who: Who) -> Said:
    yield say(_("A request comes at least %(term)s before the decision."), term=weeks(rule))


@advice("may_decline_within_weeks", later("declining to advise"))
def may_decline_within_weeks(rule: int, who: Who) -> Said:
    yield say(_("Within %(term)s %(council)s may say that there will be no advice."), who, term=weeks(rule))


@advice("documents_under_embargo", later("papers under embargo"))
def documents_under_embargo(rule: bool, who: Who) -> Said:
    yield say(_("Papers may be under embargo.") if rule else _("Papers are never under embargo."))


answer = group("answer", later("The answer"))


@answer("response_term", later("the time for an answer"))
def response_term(rule: dict, who: Who) -> Said:
    yield say(_("%(authority)s answers within %(term)s."), who, term=weeks(rule["weeks"]))
    if "starts" not in rule:
        yield say(_("When this time starts is not regulated; the portal counts from the date on the advice."))
    elif rule["starts"] == "receipt":
        yield say(_("This time starts on the day the advice is received."))
    else:
        yield say(_("This time starts on the date on the advice."))
    yield from extension(rule)


@answer("motivation", later("when the answer gives reasons"))
def motivation(rule: str, who: Who) -> Said:
    if rule == "always":
        yield say(_("The answer always gives the reasons."))
    else:
        yield say(_("Does the answer deviate from the advice? Then it says why."))


@answer("motivation_per_part", later("a reason for each recommendation"))
def motivation_per_part(rule: bool, who: Who) -> Said:
    if rule:
        yield say(_("The reason is given for each recommendation."))
    else:
        yield say(_("One reason for the whole advice is enough."))


@answer("copy_to", later("who gets a copy"))
def copy_to(rule: list[str], who: Who) -> Said:
    yield say(_("A copy goes to %(who)s."), who=listed([person(code) for code in rule]))
