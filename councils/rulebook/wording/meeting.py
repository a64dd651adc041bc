"""Meetings and decisions."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from councils.rulebook.sentences import Who, group, say
from councils.rulebook.wording.words import Said, days, euros, part, times

meetings = group("meetings", later("Meetings"))


@meetings("meetings_per_year_min", later("the number of meetings"))
def meetings_per_year_min(rule: int, who: Who) -> Said:
    yield say(_("%(council)s meets at least %(times)s a year."), who, times=times(rule))


@meetings("meetings_per_year_max", later("the largest number of meetings"))
def meetings_per_year_max(rule: int, who: Who) -> Said:
    yield say(_("%(council)s meets at most %(times)s a year."), who, times=times(rule))


@meetings("meetings_public", later("whether meetings are public"))
def meetings_public(rule: str, who: Who) -> Said:
    yield say(
        {
            "public": _("The meetings are public."),
            "closed": _("The meetings are closed."),
            "per_meeting": _("For each meeting it is decided whether it is public."),
        }[rule]
    )


@meetings("invitation_days", later("when the invitation goes out"))
def invitation_days(rule: int, who: Who) -> Said:
    yield say(_("Members get the invitation and the papers at least %(term)s before a meeting."), term=days(rule))


@meetings("member_papers_days", later("when papers of members are in"))
def member_papers_days(rule: int, who: Who) -> Said:
    yield say(_("Members send their papers to the secretary at least %(term)s before a meeting."), term=days(rule))


@meetings("attendance_minimum", later("how often a member must be present"))
def attendance_minimum(rule: dict, who: Who) -> Said:
    yield say(_("A member is present at %(part)s of the meetings or more."), part=part(rule))


@meetings("attendance_fee", later("the fee for being present"))
def attendance_fee(rule: dict, who: Who) -> Said:
    yield say(
        {
            "per_meeting": _("Members get a fee for each meeting at which they are present."),
            "per_month": _("Members get a fee for each month."),
            "volunteer_allowance": _("Members get a volunteer allowance."),
            "expenses_only": _("Members get back only what they paid themselves."),
            "none": _("Members get no fee."),
        }[rule["scheme"]]
    )
    if "amount" in rule:
        yield say(_("The amount is %(amount)s."), amount=euros(rule["amount"]))


@meetings("represented_by_fellow_member", later("representation by another member"))
def represented_by_fellow_member(rule: bool, who: Who) -> Said:
    if rule:
        yield say(_("A member may be represented by another member."))
    else:
        yield say(_("A member cannot be represented by another member."))


deciding = group("deciding", later("Deciding"))


@deciding("quorum", later("how many members must be present"))
def quorum(rule: dict, who: Who) -> Said:
    if "count" in rule:
        count = rule["count"]
        number = ngettext("%(n)d member is present", "%(n)d members are present", count) % {"n": count}
        yield say(_("%(council)s may decide when %(number)s."), who, number=number)
        return
    of = {
        "sitting_members": _("the members"),
        "seats": _("the seats"),
        "voting_members": _("the voting members"),
    }[rule.get("of", "sitting_members")]
    share = _("more than %(part)s of %(of)s") if rule.get("more_than") else _("at least %(part)s of %(of)s")
    yield say(
        _("%(council)s may decide when %(share)s are present."), who, share=share % {"part": part(rule), "of": of}
    )


@deciding("decides_by", later("how a decision is made"))
def decides_by(rule: str, who: Who) -> Said:
    yield say(
        {
            "consensus": _("%(council)s decides together: nobody is against."),
            "majority": _("%(council)s decides by a majority of the votes."),
            "two_thirds": _("%(council)s decides when two thirds of the votes are in favour."),
        }[rule],
        who,
    )


@deciding("tie", later("as many votes for as against"))
def tie(rule: str, who: Who) -> Said:
    if rule == "chair_decides":
        yield say(_("As many votes for as against? Then the chair decides."))
    else:
        yield say(_("As many votes for as against? Then it is not adopted."))


@deciding("minority_view", later("the view of a minority"))
def minority_view(rule: bool, who: Who) -> Said:
    if rule:
        yield say(_("The view of a minority stands in the advice, if that minority wishes."))
    else:
        yield say(_("The view of a minority does not stand in the advice."))
