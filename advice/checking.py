"""Is this file a letter that was sent? Compared by its bytes; of a published letter also by the data inside it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from advice.letter_print import control_code
from advice.letter_text import letter_data
from advice.linked import Notice, notices_in_public
from advice.models import LadderPdf, LargePrint, Letter, LetterCopy, LetterPdf, ResponsePdf
from advice.querysets import LetterCopyQuerySet
from portal.documents import read
from portal.models import Document
from portal.pdf.inside import Inside, look_inside

SAME, DIFFERS, UNKNOWN = "same", "differs", "unknown"
MOST_COUNCILS, MOST_LETTERS = 50, 500


@dataclass(frozen=True)
class Checked:
    """`what`: letter, large, original, answer or ladder. `same_text`: of a file that differs, whether we read in it, in
    its data and on its pages, what was sent. `ended`: that the letter was withdrawn or replaced."""

    state: str
    letter: Letter | None = None
    what: str = ""
    same_text: bool = False
    ended: Notice | None = None


def check_file(content: bytes) -> Checked:
    """Nothing is kept of the file. Of a letter that is not public only its very bytes tell anything."""
    found = by_bytes(hashlib.sha256(content).hexdigest())
    if found:
        letter, what = found
        return Checked(SAME, letter, what, ended=ended_by(letter))
    inside = look_inside(content)
    return by_data(inside) if inside else Checked(UNKNOWN)


def by_bytes(sha256: str) -> tuple[Letter, str] | None:
    documents = list(Document.objects.filter(sha256=sha256).values_list("pk", flat=True))
    if not documents:
        return None
    ways: list[tuple[Any, str, str]] = [
        (LetterPdf, "copy__letter_id", "letter"), (LargePrint, "copy__letter_id", "large"),
        (ResponsePdf, "letter__response__copy__letter_id", "answer"), (LadderPdf, "letter__copy__letter_id", "ladder"),
    ]  # fmt: skip
    letters = Letter.objects.select_related("council", "publication")
    original = letters.filter(original__in=documents).first()
    if original:
        return original, "original"
    for model, path, what in ways:
        pk = model.objects.filter(document__in=documents).values_list(path, flat=True).first()
        if pk:
            return letters.get(pk=pk), what
    return None


def by_data(inside: Inside) -> Checked:
    """The data inside says which letter it would be; whoever changes what is seen may leave the data as it is."""
    data = inside.content
    councils, reference = data.get("councils"), data.get("reference")
    if not isinstance(councils, list) or not isinstance(reference, str):
        return Checked(UNKNOWN)
    names = [one["name"] for one in councils[:MOST_COUNCILS] if isinstance(one, dict) and storable(one.get("name"))]
    if not storable(reference):
        return Checked(UNKNOWN)
    of_council = Q(council__name__in=names) | Q(text__senders__0__name__in=names)  # as it is called now, or was then
    published = Letter.objects.published().select_related("council", "publication")
    letter = published.filter(of_council, reference=reference).order_by("pk").first()
    if letter is None:
        return Checked(UNKNOWN)
    code = code_of(data)
    copies = [copy for copy in copies_of([letter]) if control_code(letter_data(copy)) == code]
    same = any(inside.words in words_of_prints(copy) for copy in copies)
    return Checked(DIFFERS, letter, "letter", same_text=same, ended=ended_by(letter))


def words_of_prints(copy: LetterCopy) -> set[str]:
    """What our own prints of this copy say, as hashes; read in the same way as the file of somebody else."""
    made = [model.objects.filter(copy=copy).select_related("document").first() for model in (LetterPdf, LargePrint)]
    found = [look_inside(read(one.document)) for one in made if one]
    return {inside.words for inside in found if inside}


def storable(text: object) -> bool:
    """A stranger's data may hold a NUL or half a character; a database takes neither."""
    return isinstance(text, str) and "\0" not in text and text.encode("utf-8", "ignore").decode() == text


def code_of(data: dict[str, Any]) -> str:
    try:
        return control_code(data)  # type: ignore[arg-type]
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError):
        return ""


def check_code(reference: str, code: str) -> Checked:
    """The control code that is printed at the end of a public letter, with its reference."""
    wanted = "".join(code.split()).lower()
    published = Letter.objects.published().filter(reference__iexact=reference.strip()).order_by("pk")
    for copy in copies_of(published[:MOST_LETTERS]):  # every council has its 2026-01
        if control_code(letter_data(copy)).replace(" ", "") == wanted:
            return Checked(SAME, copy.letter, "letter", ended=ended_by(copy.letter))
    return Checked(UNKNOWN)


def copies_of(letters: Iterable[Letter]) -> LetterCopyQuerySet:
    related = ["letter__council", "letter__publication", "letter__advice", "authority"]
    return LetterCopy.objects.filter(letter__in=letters).select_related(*related)


def ended_by(letter: Letter) -> Notice | None:
    """Also when the later letter is not public: then only that there is one."""
    return next((notice for notice in notices_in_public(letter) if notice.overtakes), None)
