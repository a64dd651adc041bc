"""Writing, deciding, sending, publishing and answering one advice of data/advices."""

from collections.abc import Iterable
from typing import Any

from advice.actions import answering, deciding, drafting, history, issuing, promising, publishing, saving
from advice.actions.answering import AnswerGiven
from advice.actions.letter_details import details_of, save_details, seen_digest
from advice.demo.requests import set_back
from advice.demo.world import DATA, World, read, upload
from advice.interchange import html_of
from advice.models import Advice, Comment, Commitment, Decision, Letter, Publication, Response
from advice.short_answers import proposed
from advice.states import DocumentKind, Outcome
from consultations.models import CouncilRequest
from portal.models import Person


def write(
    world: World, key: str, *, council: str, by: str, on: int, request: CouncilRequest | None = None,
    authorities: Iterable[str] = (), signed: bool = True,
) -> Advice:  # fmt: skip
    """The whole text of the file. Without a request it is unsolicited and goes to these authorities."""
    facts, author = read(f"advices/{key}.json"), world.people[by]
    if request:
        advice = drafting.start_from_request(request, by=author)
    else:
        advice = start(world, facts, council, list(authorities), author)
    for hint in advice.sections.all():  # the headings that a new advice gets, still empty
        drafting.remove_section(hint, by=author)
    for part in facts["sections"]:
        add_part(world, advice, part, author)
    for part in facts["recommendations"]:
        saving.add_recommendation(
            advice, text=part["text"], reason=part["reason"], refers_to=part.get("refers_to", ""),
            rests_on=[world.activities[name] for name in part.get("heard", [])], by=author,
        )  # fmt: skip
    advice = fill_in(advice, facts, author)
    for said in facts.get("comments", []):
        say(world, advice, said)
    Advice.objects.filter(pk=advice.pk).update(created_at=world.moment(on))
    return advice


def start(world: World, facts: dict[str, Any], council: str, authorities: list[str], author: Person) -> Advice:
    return drafting.start_unsolicited(
        world.councils[council], subject=facts["subject"], by=author,
        authorities=[world.authorities[name] for name in authorities],
        topic=world.topics[f"{authorities[0]}/{facts['topic']}"],
        document=facts.get("document", DocumentKind.ADVICE),
    )  # fmt: skip


def add_part(world: World, advice: Advice, part: dict[str, Any], author: Person) -> None:
    """Some parts had another first text, which somebody improved."""
    heading, text = part["heading"], html_of(part["text"])
    if "first" not in part:
        saving.add_section(advice, heading=heading, text=text, by=author)
        return
    section = saving.add_section(advice, heading=heading, text=html_of(part["first"]), by=author)
    improver = world.people[part["improved_by"]]
    saving.save_section(advice, section, heading=heading, text=text, version=section.version, by=improver)


def fill_in(advice: Advice, facts: dict[str, Any], author: Person) -> Advice:
    details = details_of(advice) | {
        "subject": facts["subject"],
        "tenor": facts["tenor"],
        "plain_summary": facts["plain_summary"],
        "consulted": facts["consulted"],
        "questions": facts.get("questions", []),
    }
    return save_details(advice, details, seen=seen_digest(advice), by=author)


def say(world: World, advice: Advice, said: dict[str, Any]) -> None:
    number = said.get("recommendation")
    comment = drafting.comment(
        advice, text=said["text"], by=world.people[said["by"]],
        recommendation=advice.recommendations.get(number=number) if number else None,
    )  # fmt: skip
    Comment.objects.filter(pk=comment.pk).update(at=world.moment(said["on"], "20:15"))


def decide(
    world: World, advice: Advice, *, by: str, present: int, in_favour: int, against: int = 0, abstained: int = 0,
    on: int | None = None, item: str = "", minority: dict[str, str] | None = None,
) -> Decision:  # fmt: skip
    """In writing on a day, or at an item of a meeting."""
    found = world.items[item] if item else None
    return deciding.record_decision(
        advice, outcome=Outcome.ADOPTED, present=present, in_favour=in_favour, against=against, abstained=abstained,
        meeting=found.meeting if found else None, agenda_item=found,
        decided_on=world.day(on) if on is not None else None, by=world.people[by],
        minority_by=minority["by"] if minority else "", minority_text=minority["text"] if minority else "",
    )  # fmt: skip


def send(world: World, advice: Advice, *, on: int, by: str, published: int | None = None, key: str = "") -> Letter:
    person = world.people[by]
    letter = issuing.issue(advice, by=person, dated_on=world.day(on), looked_at=True)
    if advice.request:
        set_back(advice.request, closed_on=world.day(on))
    if published is not None:
        publishing.publish(letter, by=person, looked_at=True, **proposed(letter))
        Publication.objects.filter(letter=letter).update(published_on=world.day(published))
    world.letters[key] = letter
    return letter


def answer(world: World, key: str, letter: Letter, authority: str, *, decided: int, on: int, by: str) -> Response:
    """The executive answers through its civil servant."""
    facts = read(f"advices/{key}.json")["answers"][authority]
    copy = letter.copies.get(authority=world.authorities[authority])
    response = answering.give_response(
        copy, answers=list(answers_of(world, facts)), decided_on=world.day(decided), dated_on=world.day(on),
        offered_on=world.day(decided), reference=facts["reference"], text=facts["text"], by=world.people[by],
    )  # fmt: skip
    return given_on(world, response, on, facts, by)


def register(world: World, key: str, letter: Letter, authority: str, *, on: int, by: str, original: str) -> Response:
    """The secretary enters the letter that came by post."""
    facts = read(f"advices/{key}.json")["answers"][authority]
    copy = letter.copies.get(authority=world.authorities[authority])
    response = answering.register_response(
        copy, answers=list(answers_of(world, facts)), dated_on=world.day(on), reference=facts["reference"],
        text=facts["text"], original=upload(original), by=world.people[by],
    )  # fmt: skip
    return given_on(world, response, on, facts, by)


def answers_of(world: World, facts: dict[str, Any]) -> Iterable[AnswerGiven]:
    for number, part in enumerate(facts["answers"], 1):
        promised = part.get("commitment")
        yield AnswerGiven(
            number=number,
            verdict=part["verdict"],
            motivation=part.get("motivation", ""),
            decide_by=world.day(part["decide"]) if "decide" in part else None,
            commitment=promised["text"] if promised else "",
            owner=promised["owner"] if promised else "",
            due_on=world.day(promised["due"]) if promised else None,
        )


def given_on(world: World, response: Response, on: int, facts: dict[str, Any], by: str) -> Response:
    """The verb knows only this moment; the promises that were kept get their day and proof."""
    Response.objects.filter(pk=response.pk).update(given_at=world.moment(on), updated_at=world.moment(on))
    for number, part in enumerate(facts["answers"], 1):
        promised = part.get("commitment", {})
        if "done" in promised:
            commitment = Commitment.objects.get(answer__response=response, answer__number=number)
            promising.report_done(
                commitment, done_on=world.day(promised["done"]), proof=promised["proof"], by=world.people[by]
            )
            if "checked_by" in promised:
                promising.check_commitment(commitment, agreed=True, by=world.people[promised["checked_by"]])
    return response


def bring_along(world: World, name: str, *, by: str) -> Advice:
    """A letter from before the portal, with the PDF that was sent."""
    folder = DATA / "history"
    return history.import_advice(read(f"history/{name}.json"), folder=folder, by=world.people[by]).advice
