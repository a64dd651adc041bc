"""The letters and answers that are printed once from a frozen text, and how their bytes are made.

The makers are imported when they are used: they bring templates and styles that a web worker does not need.
"""

from typing import Any

from django.db.models import Q

from advice import locks
from advice.enclosures import inside_and_apart
from advice.letter_text import letter_data
from advice.models import LadderLetter, LadderPdf, LargePrint, LetterCopy, LetterPdf, ResponseLetter, ResponsePdf
from councils.pictures import names_in, pictures_for
from portal.documents import read
from portal.printable import Printable

# --- the letter, in ordinary and in large print -----------------------------


def print_copy(copy: LetterCopy, **changes: Any) -> bytes:
    from advice.letter_print import print_letter

    inside, _apart = inside_and_apart(copy.letter.text)
    data: Any = {**letter_data(copy), **changes}
    images = pictures_for(names_in(copy.letter.text))
    return print_letter(data, images=images, files={one.sha256: read(one) for one in inside})


def print_large(copy: LetterCopy) -> bytes:
    return print_copy(copy, large=True)


def waiting_for_copy(copy: LetterCopy) -> Q:
    of_copy = Q(kind__in=["advice.letter", "advice.letter_copy"], about_id=copy.pk)
    return of_copy | Q(kind="advice.letter_receipt", about_id=copy.letter_id)


# --- the answer, and the letter when no answer comes ------------------------


def print_answer(letter: ResponseLetter) -> bytes:
    from advice.response_print import print_response  # type: ignore[import-untyped,unused-ignore]

    return print_response(letter)


def print_ladder(letter: LadderLetter) -> bytes:
    from advice.ladder_print import print_ladder_letter  # type: ignore[import-untyped,unused-ignore]

    return print_ladder_letter(letter)


LETTER = Printable(
    "letter_pdf", locks.LETTER_PDF, LetterCopy, LetterPdf, "copy", print_copy,
    lambda copy: f"{copy.letter.slug}.pdf", waiting_for_copy,
)  # fmt: skip
LARGE = Printable(
    "large_print", locks.LARGE_PRINT, LetterCopy, LargePrint, "copy", print_large,
    lambda copy: f"{copy.letter.slug}-groot.pdf", lambda copy: Q(kind="advice.large_print", about_id=copy.pk),
)  # fmt: skip
ANSWER = Printable(
    "answer_pdf", locks.ANSWER_PDF, ResponseLetter, ResponsePdf, "letter", print_answer,
    lambda letter: f"antwoord-{letter.response.copy.letter.slug}.pdf",
    lambda letter: Q(kind="advice.response_letter", about_id=letter.pk),
)  # fmt: skip
LADDER = Printable(
    "ladder_pdf", locks.LADDER_PDF, LadderLetter, LadderPdf, "letter", print_ladder,
    lambda letter: f"{letter.kind}-{letter.copy.letter.slug}.pdf".replace("_", "-"),
    lambda letter: Q(kind="advice.ladder", about_id=letter.pk),
)  # fmt: skip
