"""The letters of the ladder, ready to be sent: plain data, Dutch as a letter is. The council may change the words."""

from datetime import date
from typing import Any

from advice.ladder import days_too_late
from advice.letter_print import ADVISING
from advice.letter_text import address_lines, sender, with_article
from advice.models import LadderLetter, Letter, LetterCopy
from advice.states import LadderKind
from councils.states import AuthorityRole, CouncilRole
from portal.models import Person
from portal.pdf.words import capital, dutch_date

SIGNS = {CouncilRole.CHAIR: "voorzitter", CouncilRole.DEPUTY_CHAIR: "plaatsvervangend voorzitter"}


def ready_text(copy: LetterCopy, kind: str, *, on: date) -> dict[str, Any]:
    """Subject and paragraphs, as they are proposed."""
    letter, late = copy.letter, days_too_late(copy.due_on, on)
    ours = f"{what_is(letter)} {letter.reference}"
    day = dutch_date(letter.dated_on.isoformat())
    sent = f"Op {day} stuurden wij u {what_is(letter)} “{letter.subject}” ({letter.reference})."
    rule = f" Dat staat in {article_of(copy)}." if copy.response_article else ""
    last = copy.due_on.isoformat() if copy.due_on else ""
    term = f"U zou uiterlijk {dutch_date(last)} antwoorden.{rule}" if last else ""
    silence = f"Wij hebben nog geen antwoord. Dat is nu {late} {'dag' if late == 1 else 'dagen'} te laat."
    earlier = earlier_steps(copy)
    subject, paragraphs = {
        LadderKind.REMINDER: (
            f"Herinnering: uw antwoord op {ours}",
            [
                f"{sent} {term}", silence,
                "Wilt u ons laten weten wanneer uw antwoord komt? Heeft u meer tijd nodig? Schrijf dan waarom.",
                how_to_answer(letter),
            ],
        ),
        LadderKind.ALDERMAN: (
            f"Geen antwoord op {ours}",
            [
                f"{sent} {term}", f"{silence} {earlier}",
                "De mensen voor wie wij spreken, wachten op uw antwoord. Wij vragen u om ervoor te zorgen dat het er "
                "binnen twee weken is.",
                "Wij praten er graag met u over.",
            ],
        ),
        LadderKind.CLERK: (
            f"Geen antwoord van het college op {ours}",
            [
                f"Op {day} stuurden wij het college {what_is(letter)} “{letter.subject}” ({letter.reference}). "
                f"Het college zou uiterlijk {dutch_date(last)} antwoorden.{rule}",
                f"{silence} {earlier}",
                f"Wij sturen {what_is(letter)} mee, zodat de gemeenteraad weet wat wij schreven. Wilt u deze brief bij "
                "de ingekomen stukken leggen?",
            ],
        ),
        LadderKind.EVALUATION: (
            f"Voorstel voor een gesprek: het uitblijven van een antwoord op {ours}",
            [
                f"{sent} {term}", f"{silence} {earlier}",
                "Wij willen met u bespreken hoe wij met adviezen en antwoorden omgaan. Wat gaat goed, wat kan beter en "
                "wat spreken wij af?",
                "Wij zetten dit graag op de agenda van onze vergadering. Wilt u ons laten weten wie er dan komt?",
            ],
        ),
    }[LadderKind(kind)]  # fmt: skip
    return {"subject": subject[:200], "paragraphs": [" ".join(one.split()) for one in paragraphs if one]}


def what_is(letter: Letter) -> str:
    return "ons advies" if letter.text.get("document", "advice") in ADVISING else "onze brief"


def how_to_answer(letter: Letter) -> str:
    if not letter.text.get("recommendations"):
        return ""
    return "Geef per aanbeveling aan of u die overneemt. Wijkt u af? Leg dan uit waarom."


def article_of(copy: LetterCopy) -> str:
    """As the letter itself says it, with the name of the instrument."""
    terms = copy.letter.text.get("response_due") or []
    terms = terms if isinstance(terms, list) else [terms]
    return next((term["article"] for term in terms if term.get("article")), copy.response_article)


def earlier_steps(copy: LetterCopy) -> str:
    """That a reminder was sent, and when."""
    reminder = LadderLetter.objects.filter(copy=copy, kind=LadderKind.REMINDER).first()
    return f"Op {dutch_date(reminder.dated_on.isoformat())} stuurden wij een herinnering." if reminder else ""


def frozen_ladder(copy: LetterCopy, kind: str, *, subject: str, paragraphs: list[str], on: date) -> dict[str, Any]:
    """Everything that is printed. Dates are ISO strings."""
    letter = copy.letter
    return {
        "kind": kind,
        "council": sender(copy.council, on=on),
        "addressee": addressee(copy, kind),
        "salutation": salutation(copy, kind),
        "subject": subject,
        "paragraphs": paragraphs,
        "date": on.isoformat(),
        "place": copy.council.place,
        "letter": {"reference": letter.reference, "date": letter.dated_on.isoformat(), "subject": letter.subject},
        "your_reference": copy.your_reference,
        "enclosed": [f"{what_is(letter)} {letter.reference}"] if kind == LadderKind.CLERK else [],
        "signatories": signatories(copy, on=on),
        "language": "nl",
    }


def alderman_of(copy: LetterCopy) -> Person | None:
    return holder(copy, AuthorityRole.ALDERMAN)


def holder(copy: LetterCopy, role: str) -> Person | None:
    found = copy.authority.appointments.current().filter(role=role).select_related("person").order_by("pk")
    return next((one.person for one in found if one.person.reachable_by_email), None)


def addressee(copy: LetterCopy, kind: str) -> list[str]:
    office = copy.authority.office
    address = address_lines(office.post_address) if office else []
    if kind == LadderKind.CLERK:
        return [f"Gemeenteraad van {copy.authority.name.removeprefix('Gemeente ')}", "t.a.v. de griffie", *address]
    if kind == LadderKind.ALDERMAN:
        alderman = alderman_of(copy)
        return [copy.authority.addressee, f"t.a.v. {alderman.name if alderman else 'de wethouder'}", *address]
    return [copy.authority.addressee, *address]


def salutation(copy: LetterCopy, kind: str) -> str:
    if kind == LadderKind.CLERK:
        return "Geachte raad,"
    alderman = alderman_of(copy) if kind == LadderKind.ALDERMAN else None
    return f"Geachte {alderman.name}," if alderman else copy.authority.salutation


def signatories(copy: LetterCopy, *, on: date) -> list[dict[str, str]]:
    """The chair of that day; else the deputy; else the secretary."""
    found = {one.role: one.person.name for one in copy.council.memberships.current(on).select_related("person")}
    for role, word in {**SIGNS, CouncilRole.SECRETARY: "secretaris"}.items():
        if role in found:
            return [{"name": found[role], "role": word}]
    return [{"name": capital(with_article(copy.council.name)), "role": ""}]
