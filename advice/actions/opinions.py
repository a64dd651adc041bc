"""The question "What do you think?": asking it, answering it, and what remains when the council has decided.

That a member spoke to the chair alone is told nowhere: the trail holds for every answer the round, without a name.
"""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from advice.actions.saving import locked_draft
from advice.actions.versions import make_version
from advice.models import Advice, MinorityView, Opinion, OpinionRound
from advice.opinions import asked_of, listener_id, one_of_us, totals_of
from advice.states import AdviceState, Choice, EnteredBy
from portal.access import Refused
from portal.audit import record
from portal.dates import day_month
from portal.models import Person
from portal.post import post

# --- asking ---


@transaction.atomic
def open_round(advice: Advice, *, closes_on: date, by: Person) -> OpinionRound:
    """Ask all members what they think, of the text as it is now. One question at a time."""
    advice = locked_draft(advice.pk)
    check_last_day(closes_on)
    texts = [*advice.sections.values_list("text", flat=True), *advice.recommendations.values_list("text", flat=True)]
    if not any(text.strip() for text in texts):
        raise Refused(_("There is no text yet. Write something first, then ask what members think."))
    before = advice.opinion_rounds.filter(closed_at=None).first()
    if before and before.is_open:
        raise Refused(_("The question is open already. You can change the last day."), field="closes_on")
    if before:
        shut(before)
    with override("nl"):
        name = _("Asked to the members")
    members = list(asked_of(advice.council))
    if not members:
        raise Refused(_("The council has no members yet. Add them first."))
    round = OpinionRound.objects.create(
        advice=advice, council_id=advice.council_id, version=make_version(advice, name=name, by=by), opened_by=by,
        closes_on=closes_on, asked=len(members),
    )  # fmt: skip
    record("opinion_round.opened", round, by=by)
    for member in members:
        post("advice.opinion_asked", member, about=round, cause=f"round:{round.pk}", council_id=round.council_id)
    return round


@transaction.atomic
def change_last_day(round: OpinionRound, *, closes_on: date, by: Person) -> OpinionRound:
    """Who said nothing openly hears of it."""
    round = locked_open(round)
    check_last_day(closes_on)
    if round.closes_on == closes_on:
        return round
    round.closes_on = closes_on
    round.save(update_fields=["closes_on"])
    record("opinion_round.last_day_changed", round, by=by)
    tell_who_is_not_heard(round, "advice.opinion_last_day", cause=f"round:{round.pk}:until:{closes_on}")
    return round


@transaction.atomic
def close_round(round: OpinionRound, *, by: Person) -> OpinionRound:
    round = locked_open(round)
    shut(round)
    record("opinion_round.closed", round, by=by)
    return round


@transaction.atomic
def remind(round: OpinionRound) -> int:
    """Once per last day. Also who spoke to the chair alone gets it: the outbox may not tell who did."""
    round = OpinionRound.objects.select_for_update().get(pk=round.pk)
    return tell_who_is_not_heard(round, "advice.opinion_reminder", cause=f"round:{round.pk}:reminder:{round.closes_on}")


def tell_who_is_not_heard(round: OpinionRound, kind: str, *, cause: str) -> int:
    heard = round.opinions.in_the_room().values("person")
    silent = list(asked_of(round.council).exclude(pk__in=heard))
    for member in silent:
        post(kind, member, about=round, cause=cause, council_id=round.council_id)
    return len(silent)


def check_last_day(closes_on: date) -> None:
    if closes_on < timezone.localdate():
        raise Refused(_("The last day has passed already. Choose today or later."), field="closes_on")


def locked_open(round: OpinionRound) -> OpinionRound:
    """The round with its advice locked, so that adopting and answering wait for each other."""
    advice = Advice.objects.select_for_update().get(pk=round.advice_id)
    round = OpinionRound.objects.select_for_update().get(pk=round.pk)
    if advice.state != AdviceState.DRAFT:
        raise Refused(_("The council has decided about this text meanwhile. Your opinion can no longer change it."))
    if not round.is_open:
        raise Refused(
            _("You could say what you think until %(day)s. That day has passed.") % {"day": day_month(round.closes_on)}
            if round.closed_at is None
            else _("The question is closed. Do you still want to say something? Call the secretary.")
        )
    return round


def shut(round: OpinionRound) -> None:
    if round.closed_at is None:
        round.closed_at = timezone.now()
        round.save(update_fields=["closed_at"])


# --- answering ---


@transaction.atomic
def give_opinion(
    round: OpinionRound, *, choice: str, by: Person, text: str = "", only_for_chair: bool = False,
    in_letter: bool = False,
) -> Opinion:  # fmt: skip
    """One per member; the last one counts, until the last day."""
    round = locked_open(round)
    if not asked_of(round.council).filter(pk=by.pk).exists():
        raise Refused(_("Only members of the council say what they think here."))
    check_opinion(choice, text, only_for_chair=only_for_chair, in_letter=in_letter)
    if only_for_chair and listener_id(round.council_id) in (None, by.pk):
        raise Refused(_("There is nobody who reads this for you alone."), field="only_for_chair")
    round.opinions.filter(person=by).exclude(only_for_chair=only_for_chair).delete()
    opinion = keep(
        round, by, choice=choice, text=text.strip(), only_for_chair=only_for_chair, in_letter=in_letter,
        entered_by=by, channel=EnteredBy.SELF,
    )  # fmt: skip
    record("opinion.given", round, by=None)
    return opinion


@transaction.atomic
def enter_opinion(
    round: OpinionRound, *, person: Person, choice: str, channel: str, by: Person, text: str = "",
    in_letter: bool = False,
) -> Opinion:  # fmt: skip
    """What the secretary heard from a member, disclosed as such; the member hears of it. Never over one's own words.

    Nothing here is for the chair alone. What a member said to the chair alone stays beside it, unknown to who enters.
    """
    round = locked_open(round)
    if not asked_of(round.council).filter(pk=person.pk).exists():
        raise Refused(_("Choose a member of the council."), field="person")
    if channel == EnteredBy.SELF:
        raise Refused(_("Choose how you heard it."), field="channel")
    check_opinion(choice, text, only_for_chair=False, in_letter=in_letter)
    if round.opinions.in_the_room().filter(person=person, channel=EnteredBy.SELF).exists():
        raise Refused(
            _("%(name)s has said something already. Only %(name)s can change that.") % {"name": person.name},
            field="person",
        )
    opinion = keep(
        round, person, choice=choice, text=text.strip(), only_for_chair=False, in_letter=in_letter, entered_by=by,
        channel=channel,
    )  # fmt: skip
    record("opinion.entered", round, by=by)
    cause = f"opinion:{opinion.pk}:{opinion.given_at.isoformat()}"
    post("advice.opinion_entered", person, about=opinion, cause=cause, council_id=round.council_id)
    return opinion


def check_opinion(choice: str, text: str, *, only_for_chair: bool, in_letter: bool) -> None:
    if choice not in Choice.values:
        raise Refused(_("Choose one of the four answers."), field="choice")
    if only_for_chair and in_letter:
        raise Refused(
            _("Choose one of the two: only for the chair, or in the letter. What is in the letter everybody reads."),
            field="in_letter",
        )
    if not text.strip() and only_for_chair:
        raise Refused(_("Write what the chair should know."), field="text")
    if not text.strip() and in_letter:
        raise Refused(_("Write what should stand in the letter."), field="text")


def keep(round: OpinionRound, person: Person, *, only_for_chair: bool, **given: object) -> Opinion:
    own = {"council_id": round.council_id, "given_at": timezone.now()}
    opinion, _new = Opinion.objects.update_or_create(
        round=round, person=person, only_for_chair=only_for_chair, defaults={**given, **own}
    )
    return opinion


# --- when the council has decided ---


@transaction.atomic
def settle_opinions(advice: Advice, *, by: Person | None, not_in_favour: Collection[int] | None = None) -> None:
    """The advice is adopted: other views go in the letter, what was for the chair alone goes, totals remain.

    `not_in_favour` are the ids of who voted against or abstained in a written procedure; without one it is who said no.
    To be called before the text is frozen.
    """
    for opinion in last_opinions(advice):
        said_no = opinion.choice == Choice.DISAGREE
        outvoted = said_no if not_in_favour is None else opinion.person_id in not_in_favour
        if opinion.in_letter and opinion.text and outvoted:
            into_the_letter(advice, opinion, by=by)
    forget_private(advice, by=by)


def last_opinions(advice: Advice) -> list[Opinion]:
    """Of each member the last one: who asked for the letter at first and not later does not stand in it."""
    opinions = Opinion.objects.filter(round__advice=advice).select_related("person")
    opinions = opinions.order_by("round", "-only_for_chair", "pk")
    return list({opinion.person_id: opinion for opinion in opinions}.values())


def into_the_letter(advice: Advice, opinion: Opinion, *, by: Person | None) -> None:
    """In its author's words, without a name until the author chooses to sign."""
    if MinorityView.objects.filter(advice=advice, author=opinion.person).exists():
        return
    view = MinorityView.objects.create(
        advice=advice, council_id=advice.council_id, author=opinion.person, by=one_of_us(), text=opinion.text,
        entered_by=opinion.entered_by, channel=opinion.channel,
    )  # fmt: skip
    record("minority_view.in_letter", view, by=by)
    post("advice.own_view", opinion.person, about=view, cause=f"view:{view.pk}", council_id=advice.council_id)


@transaction.atomic
def forget_private(advice: Advice, *, by: Person | None) -> int:
    """Close what was asked, keep the totals, delete what was for the chair alone. Tells how many rounds it settled."""
    rounds = list(advice.opinion_rounds.select_for_update().filter(totals__isnull=True))
    for round in rounds:
        round.totals = totals_of(round)
        round.closed_at = round.closed_at or timezone.now()
        round.save(update_fields=["totals", "closed_at"])
        round.opinions.filter(only_for_chair=True).delete()
        record("opinion_round.settled", round, by=by)
    return len(rounds)
