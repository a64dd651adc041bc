"""What all letters share: who writes, to whom, and who signs. Plain dictionaries for head.html and closing.html."""

from collections.abc import Sequence
from typing import Any, NotRequired, TypedDict

from portal.pdf.words import dutch_date

# What fits an envelope window of 35 by 90 mm: five lines of about 42 characters, or four of 30 in large print.
LINES, LINE_LENGTH = 5, 42
LARGE_LINES, LARGE_LINE_LENGTH = 4, 30
RETURN_LENGTH = 60  # of the sender's line above the address
# What the letterhead holds above the window, in its large type; more names are set small and without logos.
NAME_LINES, NAME_LENGTH = 4, 34
MANY, SMALL_NAME_LENGTH = 3, 44  # three names of one line each stand in the smaller type, with logos
LARGE_CONTACT = 25  # characters of a line beside the name in large print; an e-mail address is not cut in two


class Sender(TypedDict):
    """A council as its letterhead shows it."""

    name: str
    with_article: NotRequired[str]  # "de Cliëntenraad …", for the greeting
    tagline: NotRequired[str]
    logo: NotRequired[str]  # name of a picture that is given to print_letter(images=…)
    contact: NotRequired[list[str]]  # at most four lines beside the name
    return_address: NotRequired[list[str]]
    place: NotRequired[str]
    person: NotRequired[list[str]]  # whom to ask: name and role, telephone, e-mail


class Signatory(TypedDict):
    name: str
    role: NotRequired[str]
    council: NotRequired[str]  # of a joint letter: for which council, where it is not the first
    signature: NotRequired[str]  # SHA-256 of the picture of the signature, given as "<SHA-256>.png"
    adopted_on: NotRequired[str]  # when that other council adopted the text


def letterhead(councils: Sequence[Sender], *, large: bool = False) -> dict[str, Any]:
    """Every sender with name and logo; how to reach the first."""
    first, lengths = councils[0], [len(council["name"]) for council in councils]
    roomy = sum(-(-length // NAME_LENGTH) for length in lengths) <= NAME_LINES
    if len(councils) == MANY and not large:
        roomy = max(lengths) <= SMALL_NAME_LENGTH
    kind = {1: "one", 2: "two", 3: "many"}.get(len(councils), "crowd") if roomy else "crowd"
    with_logo = kind != "crowd" and any(council.get("logo") for council in councils)
    address = ", ".join(first.get("return_address", []))
    if len(address) > RETURN_LENGTH:  # the name stands in the letterhead
        address = address.removeprefix(f"{first['name']}, ")
    return {
        "kind": kind if with_logo else f"{kind} bare",
        "senders": [
            {
                "name": council["name"],
                "logo": f"asset:{council['logo']}" if with_logo and council.get("logo") else "",
                "alt": f"Logo {council['name']}",
            }
            for council in councils
        ],
        "tagline": first.get("tagline", "") if len(councils) == 1 else "",
        "contact": first.get("contact", []),
        "contact_size": "long" if any(len(line) > LARGE_CONTACT for line in first.get("contact", [])) else "",
        "return_line": f"Afzender: {address}" if address else "",
    }


def addressed(lines: Sequence[str]) -> dict[str, Any]:
    """The address, in the largest type with which it stays inside the window."""
    printed = sum(-(-len(line) // LINE_LENGTH) for line in lines)
    roomy = len(lines) <= LARGE_LINES and max(map(len, lines), default=0) <= LARGE_LINE_LENGTH
    return {
        "lines": lines,
        "size": "roomy" if roomy else "full" if printed <= LINES else "tight" if printed == LINES + 1 else "dense",
    }


def references(*pairs: tuple[str, str | Sequence[str] | None]) -> list[dict[str, Any]]:
    """Label and value; a value may be several lines, and without a value there is no label."""
    return [{"label": label, "lines": [value] if isinstance(value, str) else value} for label, value in pairs if value]


def whom_to_ask(council: Sender) -> list[str]:
    """What the letterhead already says is left out."""
    return [line for line in council.get("person", []) if line not in council.get("contact", [])]


def closing(
    senders: str, signatories: Sequence[Signatory], *, leading: str = "", adopted_on: str = ""
) -> dict[str, Any]:
    """Who signs, per council where other councils than the `leading` one sign too. `adopted_on` stands there instead
    of the room for a pen."""
    named: dict[str, list[Signatory]] = {}
    for signatory in signatories:
        named.setdefault(signatory.get("council") or leading, []).append(signatory)
    several = len(named) > 1
    groups = [
        {
            "council": council if several else "",
            "signatories": [signing(one, at, by_hand=not adopted_on) for at, one in enumerate(signing_for)],
            "adopted_on": stated(signing_for, adopted_on if council == leading else ""),
        }
        for council, signing_for in named.items()
    ]
    paired = several and all(len(group["signatories"]) == 1 for group in groups)
    return {
        "greeting": f"Met vriendelijke groet, namens {senders},",
        "groups": groups,
        "size": "single" if len(signatories) == 1 else "paired" if paired else "several",
    }


def signing(signatory: Signatory, at: int, *, by_hand: bool) -> dict[str, Any]:
    picture = signatory.get("signature")
    return {
        "name": signatory["name"],
        "role": signatory.get("role", ""),
        "side": "even" if at % 2 else "odd",
        "picture": f"asset:{picture}.png" if picture else "",
        "by_hand": by_hand and not picture,
    }


def stated(signatories: Sequence[Signatory], adopted_on: str) -> str:
    """The day on which the text was adopted, where not everybody signs with a picture."""
    day = next((one["adopted_on"] for one in signatories if one.get("adopted_on")), adopted_on)
    return dutch_date(day) if day and not all(one.get("signature") for one in signatories) else ""


def article_of(council: Sender) -> str:
    return council.get("with_article") or council["name"]
