"""Requests for advice, as they came in on their day."""

from typing import Any

from advice.demo.world import World, read, upload
from consultations.actions import (
    accept,
    add_document,
    answer_question,
    ask_question,
    decline,
    extend,
    place_on_agenda,
    register_request,
    start_request,
    submit_request,
    withdraw,
)
from consultations.actions.requests import lay_before
from consultations.models import AdviceRequest, CouncilRequest, RequestQuestion
from consultations.states import Channel
from portal.audit import record
from portal.documents import keep_upload
from portal.models import Person

FORM = ["subject", "reference", "summary", "questions", "changeable", "fixed", "groups", "laws", "planning_note"]


def draft(world: World, key: str) -> AdviceRequest:
    """As the civil servant fills it in, not sent yet."""
    facts = read("requests.json")[key]
    by, authority = world.people[facts["by"]], world.authorities[facts["authority"]]
    request = start_request(
        authority, by=by, topic=world.topics.get(f"{facts['authority']}/{facts['topic']}"),
        wanted_on=world.day(facts["wanted"]) if "wanted" in facts else None,
        decision_on=world.day(facts["decision"]) if "decision" in facts else None,
        **{name: facts[name] for name in FORM if name in facts},
    )  # fmt: skip
    request.wanted_councils.set(world.councils[name] for name in facts["councils"])
    request.also_for.set(world.authorities[name] for name in facts.get("with", []))
    for paper in facts.get("papers", []):
        document = keep_upload(upload(paper["file"]), by=by, authority_id=authority.pk)
        add_document(request, document, title=paper["title"], by=by)
    return request


def ask(world: World, key: str, *, on: int) -> CouncilRequest:
    """A request of an earlier day: what submit_request does, with that day instead of today."""
    request = draft(world, key)
    AdviceRequest.objects.filter(pk=request.pk).update(
        created_at=world.moment(on - 3), submitted_at=world.moment(on), letter_date=world.day(on)
    )
    request.refresh_from_db()
    by = request.created_by
    record("consultations.request_submitted", request, by=by)
    councils = request.wanted_councils.order_by("name")
    parts = [lay_before(request, council, received_on=world.day(on), by=by) for council in councils]
    world.requests[key] = parts[0]
    return parts[0]


def ask_today(world: World, key: str) -> list[CouncilRequest]:
    request = draft(world, key)
    return submit_request(request, by=request.created_by)


def register(world: World, *, on: int) -> CouncilRequest:
    """The joint authority does not take part: the secretary registers its mail, with the mail itself."""
    council, by = world.councils["cwiv"], world.people["janwillem"]
    part = register_request(
        council, authority=world.authorities["veenrand"], subject="Laatste ronde van de energietoeslag",
        reference="WIV-0061", received_on=world.day(on), letter_date=world.day(on), channel=Channel.EMAIL, by=by,
        original=keep_upload(upload("energietoeslag.eml"), by=by, council_id=council.pk),
        topic=world.topics["veenrand/Inkomensondersteuning"], laws=["participatiewet"],
        questions=["Wie moet de toeslag krijgen?", "Hoe voorkomen wij dat mensen de toeslag mislopen?"],
        summary="De vraag kwam per mail. Het bestuur denkt aan een grens van 110 procent van het minimum.",
        contact_details="Bestuursbureau Veenrand, 085 - 000 00 06",
    )  # fmt: skip
    AdviceRequest.objects.filter(pk=part.request_id).update(created_at=world.moment(on), submitted_at=world.moment(on))
    return part


# --- what the council did with it; the verbs know only today, so their dates are set back ---


def set_back(part: CouncilRequest, **dates: Any) -> CouncilRequest:
    CouncilRequest.objects.filter(pk=part.pk).update(**dates)
    part.refresh_from_db()
    return part


def take_on(world: World, part: CouncilRequest, *, on: int, by: Person) -> CouncilRequest:
    return set_back(accept(part, by=by), accepted_on=world.day(on))


def refuse(world: World, part: CouncilRequest, *, on: int, by: Person, reason: str) -> None:
    set_back(decline(part, reason=reason, by=by), closed_on=world.day(on))


def take_back(world: World, part: CouncilRequest, *, on: int, by: Person, reason: str) -> None:
    set_back(withdraw(part, reason=reason, by=by), closed_on=world.day(on))


def take_longer(world: World, part: CouncilRequest, *, on: int, by: Person, reason: str) -> None:
    set_back(extend(part, reason=reason, by=by), extended_on=world.day(on))


def ask_back(world: World, part: CouncilRequest, *, on: int, by: Person, question: str) -> RequestQuestion:
    asked = ask_question(part, question=question, by=by)
    RequestQuestion.objects.filter(pk=asked.pk).update(asked_at=world.moment(on))
    return asked


def reply(world: World, asked: RequestQuestion, *, on: int, by: Person, answer: str) -> None:
    answer_question(asked, answer=answer, by=by)
    RequestQuestion.objects.filter(pk=asked.pk).update(answered_at=world.moment(on))


def on_agenda(world: World, part: CouncilRequest, item: str, *, by: Person) -> None:
    found = world.items[item]
    place_on_agenda(part, meeting=found.meeting, item=found, by=by)
