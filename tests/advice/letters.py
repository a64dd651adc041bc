"""What the tests about letters share: an advice that is ready to be sent, and letters that were."""

from datetime import date

from advice.frozen import digest, frozen_text
from advice.models import AdoptedText, Decision
from advice.states import AdviceState, Outcome
from tests import factories

DECIDED_ON = date(2026, 9, 1)


def adopted_advice(council, authority, by, **facts):
    """An advice that the council adopted on 1 September 2026."""
    facts = {"subject": "Vervoer naar dagbesteding", "salutation": "Geacht college,", **facts}
    advice = factories.AdviceFactory(council=council, authorities=[authority], **facts)
    factories.SectionFactory(advice=advice, position=1, heading="Aanleiding", text="<p>Het contract stopt.</p>")
    factories.RecommendationFactory(advice=advice, number=1, text="Houd het busje.")
    adopt(advice, by)
    return advice


def adopt(advice, by):
    decision = Decision.objects.create(
        advice=advice, council=advice.council, decided_on=DECIDED_ON, present=5, in_favour=5, against=0, abstained=0,
        outcome=Outcome.ADOPTED, sentence="Aangenomen.", recorded_by=by,
    )  # fmt: skip
    text = frozen_text(advice)
    AdoptedText.objects.create(advice=advice, council=advice.council, decision=decision, text=text, sha256=digest(text))
    advice.state = AdviceState.ADOPTED
    advice.save(update_fields=["state"])
