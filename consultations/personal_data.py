"""Finds what is likely personal data in a text, so that who typed it looks again. It warns; it never blocks."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Dutch numbers, with country code or 0; digits may be parted by spaces, dots or dashes.
PHONE = re.compile(r"(?<![\d+])(?:\+31|0031|0)(?:[\s.\-–()]*\d){9}(?!\d)")
NINE_DIGITS = re.compile(r"(?<!\d)\d(?:[ .]?\d){8}(?!\d)")


@dataclass(frozen=True)
class Finding:
    kind: str  # in words
    excerpt: str


def find_personal_data(text: str) -> list[Finding]:
    """E-mail addresses, telephone numbers and citizen service numbers (BSN)."""
    found = [Finding(_("an e-mail address"), match) for match in EMAIL.findall(text)]
    phones = [match.group().strip() for match in PHONE.finditer(text)]
    found += [Finding(_("a telephone number"), phone) for phone in phones]
    rest = PHONE.sub(" ", text)
    found += [
        Finding(_("a citizen service number (BSN)"), match.group())
        for match in NINE_DIGITS.finditer(rest)
        if is_bsn(re.sub(r"\D", "", match.group()))
    ]
    return list(dict.fromkeys(found))


def is_bsn(digits: str) -> bool:
    """The eleven test: nine digits, weighed 9 to 2 and the last −1."""
    if len(digits) != 9 or not int(digits):
        return False
    weights = [9, 8, 7, 6, 5, 4, 3, 2, -1]
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11 == 0
