"""Invitations on paper, for the members without e-mail: one file with a letter and an answer slip for each.

Plain data in. The wording around it is Dutch, because a letter is Dutch content, not interface."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NotRequired, TypedDict

from django.utils.html import linebreaks

from portal import pdf
from portal.pdf.letterhead import Sender, Signatory, addressed, article_of, closing, letterhead, references, whom_to_ask
from portal.pdf.words import dutch_date

COMING = ["Ja, ik kom.", "Nee, ik kom niet."]
NEEDS = [
    "vervoer van huis en terug",
    "stukken in grote letters",
    "iemand die de stukken met mij doorleest",
    "een plek voor mijn rolstoel",
    "ringleiding of schrijftolk",
    "een tolk, taal:",
    "mijn begeleider komt mee",
    "eten of drinken dat ik mag hebben",
]


class Member(TypedDict):
    name: str
    address: list[str]  # the lines under the name
    salutation: NotRequired[str]  # "Beste mevrouw Öztürk,"
    large: NotRequired[bool]


class Fact(TypedDict):
    label: str  # "Wanneer", "Waar", "Online", "Vervoer"
    value: str


class AgendaItem(TypedDict):
    number: int | str
    title: str
    aim: NotRequired[str]


class InvitationData(TypedDict):
    """One letter to one member. All dates are ISO strings."""

    council: Sender
    member: Member
    subject: str  # "Uitnodiging voor de vergadering van 22 september"
    date: str
    meeting: str  # on the slip: "Vergadering van dinsdag 22 september 2026, 19.30 uur"
    facts: list[Fact]
    agenda: list[AgendaItem]
    intro: NotRequired[str]  # plain text
    asks: NotRequired[list[str]]
    answer_by: NotRequired[str | None]
    reference: NotRequired[str]
    phone: NotRequired[str]
    coming: NotRequired[list[str]]
    needs: NotRequired[list[str]]
    ticked: NotRequired[list[str]]  # of the needs, what was said before
    other: NotRequired[str]
    signatories: NotRequired[list[Signatory]]
    theme: NotRequired[str]


def print_invitations(
    invitations: Sequence[InvitationData],
    *,
    images: dict[str, bytes] | None = None,
    created: datetime | None = None,
    two_sided: bool = False,
) -> bytes:
    """One file, a letter per member, each from a new page (from a new sheet with `two_sided`). Who reads large print
    gets it; those letters come last, and the file is then joined for the printer and no longer tagged."""
    if not invitations:
        raise ValueError("nobody to print an invitation for")
    groups = [
        [invitation for invitation in invitations if bool(invitation["member"].get("large")) is large]
        for large in (False, True)
    ]
    files = [
        pdf.render(
            "meetings/pdf/invitation.html",
            {"letters": [letter_context(invitation) for invitation in group], "two_sided": two_sided},
            title=group[0]["subject"],
            author=group[0]["council"]["name"],
            subject="Uitnodigingen per post",
            created=created or datetime.fromisoformat(group[0]["date"]).replace(tzinfo=UTC),
            images=images,
            accent=group[0].get("theme", ""),
            large=large,
        )
        for large, group in zip((False, True), groups, strict=True)
        if group
    ]
    return files[0] if len(files) == 1 else pdf.join(files, two_sided=two_sided)


def letter_context(invitation: InvitationData) -> dict[str, Any]:
    council, member, phone = invitation["council"], invitation["member"], invitation.get("phone", "")
    day, answer_by = dutch_date(invitation["date"]), invitation.get("answer_by")
    send_to = council.get("return_address", [])  # the name alone is no address
    until = f", uiterlijk {dutch_date(answer_by)}" if answer_by else ""
    return {
        "sender": council["name"],
        "running": f"{member['name']}, {day}",
        "head": letterhead([council]),
        "to": addressed([member["name"], *member["address"]]),
        "refs": references(
            ("Datum", day),
            ("Ons kenmerk", invitation.get("reference")),
            ("Antwoord graag uiterlijk", dutch_date(answer_by) if answer_by else None),
            ("Vragen?", whom_to_ask(council)),
        ),
        "subject": invitation["subject"],
        "salutation": member.get("salutation", ""),
        "intro": pdf.print_html(linebreaks(invitation.get("intro", ""), autoescape=True)),
        "facts": invitation["facts"],
        "asks": invitation.get("asks", []),
        "agenda": invitation["agenda"],
        "closing": closing(article_of(council), invitation.get("signatories", [])),
        "send_back": f"Stuur deze bladzijde terug{until}." + (f" Bellen mag ook: {phone}." if phone else ""),
        "send_to": ", ".join(send_to) if len(send_to) > 1 else "",
        "slip_about": invitation["meeting"],
        "coming": invitation.get("coming", COMING),
        "needs": invitation.get("needs", NEEDS),
        "ticked": invitation.get("ticked", []),
        "other": invitation.get("other", ""),
        "member": member["name"],
    }
