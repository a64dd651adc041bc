"""A question to nine members, for the tests of opinions: `round` is open for a week."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from advice.actions import deciding, opinions
from advice.models import Opinion
from advice.states import Outcome

PRIVATE = "KANARIEALLEENVOORDEVOORZITTER"


def in_days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


def say(round, person, choice="agree", **more) -> Opinion:
    return opinions.give_opinion(round, choice=choice, by=person, **more)


def adopt(advice, by, **more):
    return deciding.record_decision(
        advice,
        outcome=Outcome.ADOPTED,
        present=6,
        in_favour=6,
        against=0,
        by=by,
        decided_on=timezone.localdate(),
        **more,
    )


def page(client, name, advice, *more) -> str:
    response = client.get(reverse(f"advice:{name}", args=[advice.council.slug, advice.public_id, *more]))
    return response.content.decode()
