"""What became of the letters: their steps, the draft of an answer, what the council finds, promises, looking back."""

from datetime import date

from advice.actions.answer_drafts import save_response_draft
from advice.actions.approving import ask_approval
from advice.actions.escalating import send_ladder_letter
from advice.actions.looking_back import look_back
from advice.actions.marking import MarkGiven, mark_answers
from advice.actions.promising import check_commitment, finish_commitment, report_progress
from advice.actions.steps import record_step
from advice.demo.world import World
from advice.ladder_text import ready_text
from advice.models import Answer, Commitment, FollowUp, Letter, LetterCopy
from advice.states import LadderKind, LetterStepKind, Mark, Verdict
from councils.actions.councils import change_answer_letter
from councils.states import AnswerForm


def sign_answers(world: World) -> None:
    """Who sign for the executives, and in which form they like to answer."""
    people = world.people
    waterveen = [{"name": "Bauke Sietsema", "role": "secretaris"}, {"name": "Ineke Talsma", "role": "burgemeester"}]
    change_answer_letter(
        world.authorities["waterveen"], form=AnswerForm.LETTER, signatories=waterveen, by=people["monique"]
    )
    change_answer_letter(
        world.authorities["heuvelrode"], form=AnswerForm.TABLE, by=people["bart"],
        signatories=[{"name": "Jurre Blauwhof", "role": "wethouder Sociaal Domein"}],
    )  # fmt: skip


def follow(world: World) -> None:
    vervoer, bijdrage, schuldhulp = (copy_of(world, key) for key in ("wmo-vervoer", "eigen-bijdrage", "schuldhulp"))
    go_on(world, vervoer)
    mark_vervoer(world, vervoer)
    keep_promises(world, vervoer, schuldhulp)
    write_answer(world, bijdrage)
    look_back_on_history(world)
    remind(world, copy_of(world, "mantelzorg"))


def remind(world: World, copy: LetterCopy) -> None:
    """No answer came to this one: a reminder went, and the next step lies ready."""
    ready = ready_text(copy, LadderKind.REMINDER, on=world.today)
    send_ladder_letter(copy, LadderKind.REMINDER, by=world.people["saskia"], **ready)


def copy_of(world: World, key: str, authority: str = "") -> LetterCopy:
    copies = world.letters[key].copies.select_related("letter", "council", "authority")
    return copies.get(authority=world.authorities[authority]) if authority else copies.get()


def go_on(world: World, copy: LetterCopy) -> None:
    """Received, offered (with the answer), sent on to the municipal council, and mentioned in its proposal."""
    people, link = world.people, "https://waterveen.voorbeeld.example/raadsvoorstellen/vervoer"
    record_step(copy, LetterStepKind.RECEIVED, happened_on=world.day(-189), by=people["victor"])
    record_step(
        copy, LetterStepKind.MUNICIPAL_COUNCIL, happened_on=world.day(-188), by=people["saskia"],
        note="Op de lijst van ingekomen stukken",
    )  # fmt: skip
    record_step(copy, LetterStepKind.IN_PROPOSAL, happened_on=world.day(-120), link=link, by=people["victor"])


def mark_vervoer(world: World, copy: LetterCopy) -> None:
    """Every answer is one, but the fourth is only half of one."""
    numbers = Answer.objects.filter(response__copy=copy).order_by("number").values_list("number", flat=True)
    marks = [
        MarkGiven(number, Mark.PARTLY, "Die twee weken staan er al. Wie let erop dat de vervoerder zich eraan houdt?")
        if number == 4 else MarkGiven(number, Mark.ANSWERED)
        for number in numbers
    ]  # fmt: skip
    mark_answers(copy, marks, by=world.people["saskia"])


def keep_promises(world: World, vervoer: LetterCopy, schuldhulp: LetterCopy) -> None:
    """One on its way, one on which municipality and council do not agree."""
    report_progress(
        promise(vervoer, 2), happened_on=world.day(-20), by=world.people["victor"],
        text="De vervoerder test het belbericht nu met veertig reizigers.",
    )  # fmt: skip
    check_commitment(
        promise(schuldhulp, 1), agreed=False, by=world.people["hilde"],
        why="Eén medewerker werkt maar tien uur per week. Er zijn dus niet twee mensen bij.",
    )  # fmt: skip


def promise(copy: LetterCopy, number: int) -> Commitment:
    return Commitment.objects.get(answer__response__copy=copy, answer__number=number)


def write_answer(world: World, copy: LetterCopy) -> None:
    """Half of an answer, that the alderman is asked to read."""
    typed = {
        "text": "U vertelt wat mensen aan de telefoon niet durven zeggen. Daar zijn wij blij mee.",
        "verdict_1": Verdict.ADOPTED, "commitment_1": "Een rekenvoorbeeld in het eerste gesprek",
        "owner_1": "Team Wmo", "due_on_1": date_parts(world, 60),
        "verdict_2": Verdict.ADOPTED,
        "verdict_3": Verdict.REJECTED,
        "motivation_3": "Dit kost ongeveer 240.000 euro per jaar. Dat geld is er nu niet.",
    }  # fmt: skip
    save_response_draft(copy, typed, version=0, by=world.people["victor"])
    ask_approval(copy, by=world.people["victor"])


def date_parts(world: World, offset: int) -> list[str]:
    """As the three boxes of a date send it."""
    day = world.day(offset)
    return [str(day.day), str(day.month), str(day.year)]


def look_back_on_history(world: World) -> None:
    letter = Letter.objects.get(imported=True, council=world.councils["asw"])
    team = Commitment.objects.get(answer__response__copy__letter=letter)
    finish_commitment(
        team, done_on=date(2024, 1, 8), proof="Wij hebben het nummer op een avond gebeld.", by=world.people["saskia"]
    )
    look_back(
        letter, by=world.people["saskia"],
        changed="Er is een avondteam. Bewoners bellen, en er komt iemand.",
        not_changed="In het weekend is het team maar met één persoon.",
    )  # fmt: skip
    FollowUp.objects.filter(letter=letter).update(done_on=world.day(-300))
