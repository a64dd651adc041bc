"""What is printed once from a frozen text: the frozen row, the row of its PDF, and how its bytes are made.

The makers are imported when they are used: they bring templates and styles that a web worker does not need.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any

from django.db.models import Model, Q, QuerySet

from advice import locks
from advice.enclosures import inside_and_apart
from advice.letter_text import letter_data
from advice.models import LadderLetter, LadderPdf, LargePrint, LetterCopy, LetterPdf, ResponseLetter, ResponsePdf
from councils.pictures import names_in, pictures_for
from portal.documents import keep, read
from portal.models import AuditEvent, Document

TRIES = 3  # of a document that cannot be printed; then the next ones go on without it


@dataclass(frozen=True, slots=True)
class Printable:
    name: str  # in the trail and in the log
    lock: int  # the kind of its advisory locks
    frozen: type[Model]
    printed: type[Model]
    link: str  # from the printed row to the frozen one
    make: Callable[[Any], bytes]
    file_name: Callable[[Any], str]
    waiting: Callable[[Any], Q]  # the messages that wait for it

    def get(self, pk: int) -> Any:
        return self.frozen._default_manager.select_related("council", "authority").get(pk=pk)

    def made(self, pk: int) -> bool:
        return self.printed._default_manager.filter(**{self.link: pk}).exists()

    def missing(self) -> QuerySet[Any]:
        """The frozen rows without this PDF, oldest first."""
        done = self.printed._default_manager.values(self.link)
        return self.frozen._default_manager.exclude(pk__in=done).order_by("pk")

    def stuck(self) -> set[int]:
        """Which frozen rows were tried often enough: somebody has to look (render_letters --again)."""
        about = AuditEvent.objects.filter(
            object_label=self.frozen._meta.label, event__in=[self.failed_event, self.again_event]
        )
        failures: Counter[int] = Counter()
        for pk, event in about.order_by("pk").values_list("object_id", "event"):
            failures[pk] = failures[pk] + 1 if event == self.failed_event else 0
        return {pk for pk, count in failures.items() if count >= TRIES}

    @property
    def failed_event(self) -> str:
        return f"{self.name}.failed"

    @property
    def again_event(self) -> str:
        return f"{self.name}.again"

    def store(self, row: Any) -> Any:
        """Print and keep; the caller has seen to it that nobody else does."""
        owners = {"council_id": row.council_id, "authority_id": row.authority_id}
        document = keep(self.make(row), self.file_name(row), "application/pdf", by=None, **owners)
        return self.printed._default_manager.create(**{self.link: row}, **self.facts(row, document))

    def facts(self, row: Any, document: Document) -> dict[str, Any]:
        facts = {"council_id": row.council_id, "document": document, "renderer": renderer()}
        with_authority = any(field.name == "authority" for field in self.printed._meta.fields)
        return facts | ({"authority_id": row.authority_id} if with_authority else {})


@cache
def renderer() -> str:
    return f"WeasyPrint {version('weasyprint')}"


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
