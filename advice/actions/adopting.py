"""The one place where a decision on an advice is written down, however it was taken, and a text adopted."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from advice.actions.joint import ask_councils
from advice.actions.opinions import settle_opinions
from advice.frozen import digest, frozen_text
from advice.models import AdoptedText, Advice, Decision
from advice.states import ARROWS, AdviceState, Manner, Outcome
from councils.ballots import Ballot, Judgement
from portal.access import Refused
from portal.audit import record
from portal.models import Person


def what_is_missing(advice: Advice) -> list[str]:
    """What has to be written before the council can adopt this advice, as sentences."""
    missing = []
    if not advice.subject.strip():
        missing.append(_("The advice has no subject yet."))
    if not advice.authorities.all():
        missing.append(_("It is not clear yet for whom the advice is."))
    recommendations = list(advice.recommendations.all())
    if not recommendations and not any(section.text.strip() for section in advice.sections.all()):
        missing.append(_("There is no text yet: write at least one part or one recommendation."))
    missing += [
        _("Recommendation %(number)d has no text yet.") % {"number": recommendation.number}
        for recommendation in recommendations
        if not recommendation.text.strip()
    ]
    return missing


def move_allowed(advice: Advice, to: AdviceState) -> None:
    """By hand. Out of a vote in writing there is no way but closing or stopping that."""
    if advice.state == AdviceState.VOTING:
        raise Refused(_("The council votes on this text in writing. First close or stop the vote."))
    if to in ARROWS[AdviceState(advice.state)]:
        return
    raise Refused(
        {
            AdviceState.VOTING: _("Only a draft can be put to the vote."),
            AdviceState.ADOPTED: _("Only a draft can be adopted. This advice is no draft any more."),
            AdviceState.DRAFT: _("Only an advice that is adopted and not yet sent can be opened again."),
            AdviceState.DROPPED: _("Only a draft can be stopped."),
        }[to]
    )


def write_decision(
    advice: Advice,
    ballot: Ballot,
    judgement: Judgement,
    *,
    outcome: str,
    by: Person,
    actor: Person | None,
    not_in_favour: Collection[int] | None = None,
    **facts: Any,
) -> Decision:
    """Needs the advice locked and its guards passed. Adopted: the text is frozen with its hash.

    `actor` is None when the calendar closed a vote; `by` then set its closing time. `not_in_favour` are the ids
    of who voted against or abstained, where that is known.
    """
    quorum = judgement.quorum
    decision = Decision.objects.create(
        advice=advice,
        council_id=advice.council_id,
        present=ballot.present,
        in_favour=ballot.in_favour,
        against=ballot.against,
        abstained=ballot.abstained,
        outcome=outcome,
        quorum_needed=quorum.value if quorum else None,
        quorum_article=(quorum.article or "") if quorum else "",
        sentence=judgement.sentence,
        recorded_by=by,
        **facts,
    )
    if outcome == Outcome.ADOPTED:
        settle_opinions(advice, by=actor, not_in_favour=not_in_favour)
        text = text_decided_on(advice, decision)
        adopted = AdoptedText.objects.create(
            advice=advice, council_id=advice.council_id, decision=decision, text=text, sha256=digest(text)
        )
        ask_councils(advice, adopted)
    advice.state = AdviceState.ADOPTED if outcome == Outcome.ADOPTED else AdviceState.DRAFT
    advice.save(update_fields=["state"])
    record(f"advice.{outcome}", advice, by=actor)
    return decision


def text_decided_on(advice: Advice, decision: Decision) -> dict[str, Any]:
    """In writing: the very text that was voted on, with the other views that the vote itself brought."""
    text = frozen_text(advice)
    if decision.manner == Manner.WRITTEN and decision.procedure:
        return decision.procedure.text | {"minority_views": text["minority_views"]}
    return text
