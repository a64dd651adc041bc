"""What the tests about answers and public pages share: letters that were sent, and answers to them."""

from datetime import timedelta

from django.utils import timezone

from advice.actions.answering import AnswerGiven, give_response
from advice.actions.issuing import issue
from advice.actions.publishing import publish
from advice.models import Advice, Answer, Letter, LetterCopy, Publication, Response
from advice.states import AdviceState, ResponseState, Verdict
from tests import factories
from tests.advice.letters import adopt


def sent(council, authority, by, *, published: bool = False, **facts) -> LetterCopy:
    """A letter of today with two recommendations, the first resting on something heard."""
    facts = {"subject": "Vervoer naar dagbesteding", **facts}
    advice = factories.AdviceFactory(council=council, authorities=[authority], **facts)
    factories.SectionFactory(advice=advice, position=1)
    first = factories.RecommendationFactory(advice=advice, number=1, text="Houd het busje.")
    factories.RecommendationFactory(advice=advice, number=2, text="Betaal vrijwilligers.")
    first.rests_on.add(factories.ActivityFactory(council=council, heard="Mevrouw Jansen wacht op haar busje."))
    letter = send(advice, by, published=published)
    return letter.copies.select_related("letter__council", "council", "authority").get()


def send(advice: Advice, by, *, published: bool) -> Letter:
    adopt(advice, by.person)
    letter = issue(advice, by=by.person)
    if published:
        publish(letter, by=by.person)
    return letter


def answered(copy: LetterCopy, by, *answers: AnswerGiven, **facts) -> Response:
    today = timezone.localdate()
    found = answers or (AnswerGiven(1, Verdict.ADOPTED), AnswerGiven(2, Verdict.REJECTED, "Dit is te duur."))
    days = {"dated_on": today, "decided_on": today, "offered_on": today}
    return give_response(copy, answers=found, by=by.person, **{**days, **facts})


def many_letters(council, authority, number):
    """Letters as rows, without the work of issuing each; every other one is answered."""
    start = Letter.objects.count()
    serials = range(start + 1, start + number + 1)
    advices = Advice.objects.bulk_create(
        [Advice(council=council, subject=f"Advies {serial}", state=AdviceState.ISSUED) for serial in serials]
    )
    text = {
        "plain_summary": "Wij vragen u om de wachttijd korter te maken. " * 5,
        "sections": [{"heading": "Aanleiding", "html": "<p>" + "Jongeren wachten lang op hulp. " * 60 + "</p>"}],
        "recommendations": [{"number": 1, "text": "Maak de wachttijd korter."}],
    }
    letters = Letter.objects.bulk_create(
        Letter(
            advice=advice, council=council, year=2026, serial=serial, reference=f"2026-{serial:04}",
            slug=f"2026-{serial:04}", dated_on=timezone.localdate(), subject=advice.subject, text=text, sha256="a" * 64,
        )
        for advice, serial in zip(advices, serials, strict=True)
    )  # fmt: skip
    copies = LetterCopy.objects.bulk_create(
        LetterCopy(
            letter=letter,
            council=council,
            authority=authority,
            response_due_on=timezone.localdate() + timedelta(days=20),
        )
        for letter in letters
    )
    responses = Response.objects.bulk_create(
        Response(
            copy=copy, council=council, authority=authority, state=ResponseState.FINAL,
            dated_on=timezone.localdate(), given_at=timezone.now(),
        )
        for copy in copies[::2]
    )  # fmt: skip
    Answer.objects.bulk_create(Answer(response=one, number=1, verdict=Verdict.ADOPTED) for one in responses)
    Publication.objects.bulk_create(
        Publication(letter=letter, council=council, published_on=timezone.localdate()) for letter in letters
    )
    return copies
