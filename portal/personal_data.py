"""Finds what is likely personal data in a text, so that who typed it looks again. It warns; it never blocks."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Dutch numbers, with country code or 0; digits may be parted by spaces, dots or dashes.
PHONE = re.compile(r"(?<![\w+])(?:\+31|0031|0)(?:[\s.\-–()]*\d){9}(?!\d)")
NINE_DIGITS = re.compile(r"(?<!\d)\d(?:[ .]?\d){8}(?!\d)")
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
POSTCODE = r"[1-9]\d{3} ?[A-Z]{2}\b"
ADDRESS = re.compile(rf"\b\d{{1,5}}[a-zA-Z]?(?:,| in|\n)?\s+{POSTCODE}|\b{POSTCODE}(?:,| nr\.?| nummer)?\s*\d{{1,5}}\b")
TITLED = re.compile(
    r"\b(?:[Mm]evrouw|[Mm]eneer|[Dd]e heer|[Dd]hr\.|[Mm]evr\.|[Mm]w\.)\s+"
    r"(?:[A-Z]\.\s?)*(?:(?:[Vv]an|[Dd]e|[Dd]er|[Dd]en|[Tt]en|[Tt]er|’t|'t)\s+)*[A-ZÀ-Þ][\w’'-]+"
)


@dataclass(frozen=True)
class Finding:
    kind: str  # in words
    excerpt: str


def find_personal_data(text: str, names: Iterable[str] = ()) -> list[Finding]:
    """E-mail addresses, account, telephone and citizen service numbers, addresses, and names of people.

    `names` are those that the asker knows; a name behind "mevrouw" or "de heer" is always found.
    """
    found = [Finding(_("an e-mail address"), match) for match in EMAIL.findall(text)]
    accounts = [match for match in IBAN.finditer(text) if is_iban(match[0])]
    found += [Finding(_("an account number"), match[0]) for match in accounts]
    for match in accounts:
        text = text.replace(match[0], " ")
    found += [Finding(_("a telephone number"), match[0].strip()) for match in PHONE.finditer(text)]
    rest = PHONE.sub(" ", text)
    found += [
        Finding(_("a citizen service number (BSN)"), match.group())
        for match in NINE_DIGITS.finditer(rest)
        if is_bsn(re.sub(r"\D", "", match.group()))
    ]
    found += [Finding(_("an address"), " ".join(match[0].split())) for match in ADDRESS.finditer(rest)]
    found += [Finding(_("a name"), name) for name in dict.fromkeys(names_in(rest, names))]
    return list(dict.fromkeys(found))


def names_in(text: str, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        # One word is too common to be a name: "Bos", "Visser".
        if " " in name.strip() and re.search(rf"(?<!\w){re.escape(name.strip())}(?!\w)", text, re.I):
            yield name.strip()
    yield from (" ".join(match[0].split()) for match in TITLED.finditer(text))


def is_bsn(digits: str) -> bool:
    """The eleven test: nine digits, weighed 9 to 2 and the last −1."""
    if len(digits) != 9 or not int(digits):
        return False
    weights = [9, 8, 7, 6, 5, 4, 3, 2, -1]
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11 == 0


def is_iban(account: str) -> bool:
    """The check of ISO 13616: letters as numbers, the first four signs last, one left over 97."""
    signs = account.replace(" ", "")
    if not 15 <= len(signs) <= 34:
        return False
    return int("".join(str(int(sign, 36)) for sign in signs[4:] + signs[:4])) % 97 == 1
