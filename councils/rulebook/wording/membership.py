"""Members, and what comes every year."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from councils.rulebook.sentences import Who, group, say
from councils.rulebook.wording.words import Said, body, days, monthday, months, times, years
from portal.text import listed

members = group("members", later("Members"))


@members("members_min", later("the smallest number of members"))
def members_min(rule: int, who: Who) -> Said:
    text = ngettext("%(n)d member", "%(n)d members", rule) % {"n": rule}
    yield say(_("%(council)s has at least %(members)s."), who, members=text)


@members("members_max", later("the largest number of members"))
def members_max(rule: int, who: Who) -> Said:
    text = ngettext("%(n)d member", "%(n)d members", rule) % {"n": rule}
    yield say(_("%(council)s has at most %(members)s."), who, members=text)


@members("chair_counts_as_member", later("whether the chair counts as a member"))
def chair_counts_as_member(rule: bool, who: Who) -> Said:
    yield say(_("The chair counts as a member.") if rule else _("The chair does not count as a member."))


@members("chair", later("the chair"))
def chair(rule: dict, who: Who) -> Said:
    if "independent" in rule:
        yield say(_("The chair is independent.") if rule["independent"] else _("The chair is one of the members."))
    if "appointed_by" in rule:
        yield say(_("The chair is appointed by %(body)s."), body=body(rule["appointed_by"], who))
    if "vote" in rule:
        yield say(
            {
                "full": _("The chair votes."),
                "tie_only": _("The chair votes only when there are as many votes for as against."),
                "none": _("The chair does not vote."),
            }[rule["vote"]]
        )


@members("secretary", later("the secretary"))
def secretary(rule: dict, who: Who) -> Said:
    if "kind" in rule:
        yield say(
            {
                "official": _("The secretary is employed by the authority and works for the council."),
                "member": _("The secretary is one of the members."),
                "paid_independent": _("The secretary is paid and independent."),
                "volunteer": _("The secretary is a volunteer."),
            }[rule["kind"]]
        )
    if "votes" in rule:
        yield say(_("The secretary votes.") if rule["votes"] else _("The secretary does not vote."))


@members("seats", later("the seats"))
def seats(rule: list[dict], who: Who) -> Said:
    yield say(_("The seats: %(seats)s."), seats=listed([f"{seat['count']} {seat['label']}" for seat in rule]))


@members("seats_equal_over", later("the spread over client groups"))
def seats_equal_over(rule: list[str], who: Who) -> Said:
    yield say(_("The seats are equally spread over %(groups)s."), groups=listed(rule))


@members("client_majority", later("a majority of clients"))
def client_majority(rule: bool, who: Who) -> Said:
    yield say(_("Most members are clients.") if rule else _("Clients need not be the majority."))


@members("appointed_by", later("who appoints members"))
def appointed_by(rule: str, who: Who) -> Said:
    yield say(_("Members are appointed by %(body)s."), body=body(rule, who))


@members("nominated_by", later("who nominates members"))
def nominated_by(rule: str, who: Who) -> Said:
    yield say(_("Members are nominated by %(body)s."), body=body(rule, who))


@members("nomination_binding", later("whether a nomination is binding"))
def nomination_binding(rule: bool, who: Who) -> Said:
    yield say(_("A nomination is binding.") if rule else _("A nomination is not binding."))


@members("term_years", later("how long a membership lasts"))
def term_years(rule: int, who: Who) -> Said:
    yield say(_("A membership lasts %(term)s."), term=years(rule))


@members("max_reappointments", later("reappointment"))
def max_reappointments(rule: int, who: Who) -> Said:
    if rule:
        yield say(_("A member can be reappointed %(times)s."), times=times(rule))
    else:
        yield say(_("A member cannot be reappointed."))


@members("replacement_serves_rest_of_term", later("the term of a replacement"))
def replacement_serves_rest_of_term(rule: bool, who: Who) -> Said:
    if rule:
        yield say(_("Who replaces a member serves the rest of that term."))
    else:
        yield say(_("Who replaces a member starts a new term."))


@members("function_term_years", later("how long a function lasts"))
def function_term_years(rule: int, who: Who) -> Said:
    yield say(_("A function such as chair or secretary lasts %(term)s."), term=years(rule))


@members("vacancy_alarm_months", later("how long a seat may be vacant"))
def vacancy_alarm_months(rule: int, who: Who) -> Said:
    yield say(_("A seat that is vacant for %(term)s asks for action."), term=months(rule))


@members("dismissal_notice_days", later("notice of a dismissal"))
def dismissal_notice_days(rule: int, who: Who) -> Said:
    yield say(_("A dismissal stands on the agenda at least %(term)s before."), term=days(rule))


@members("incompatible_with", later("what a member cannot be"))
def incompatible_with(rule: list[str], who: Who) -> Said:
    yield say(_("A member cannot also be: %(roles)s."), roles="; ".join(rule))


yearly = group("yearly", later("Every year"))


@yearly("annual_report_due", later("the annual report"))
def annual_report_due(rule: str, who: Who) -> Said:
    yield say(_("The annual report is ready on %(day)s at the latest."), day=monthday(rule))


@yearly("work_plan_due", later("the work plan"))
def work_plan_due(rule: str, who: Who) -> Said:
    yield say(_("The work plan is ready on %(day)s at the latest."), day=monthday(rule))


@yearly("budget_due", later("the budget"))
def budget_due(rule: str, who: Who) -> Said:
    yield say(_("The budget is ready on %(day)s at the latest."), day=monthday(rule))


@yearly("subsidy_request_due", later("the subsidy request"))
def subsidy_request_due(rule: str, who: Who) -> Said:
    yield say(_("The subsidy is requested on %(day)s at the latest."), day=monthday(rule))


@yearly("yearly_evaluation", later("an evaluation"))
def yearly_evaluation(rule: bool, who: Who) -> Said:
    if rule:
        yield say(_("The cooperation is evaluated every year."))
    else:
        yield say(_("A yearly evaluation is not needed."))
