"""The logo of a council and the pictures of signatures, as letters print them."""

from collections.abc import Iterable, Mapping
from typing import Any

from councils.models import Council, CouncilDocument
from portal.documents import read
from portal.models import Document

LOGO = "logo"


def logo_of(council: Council) -> Document | None:
    found = CouncilDocument.objects.filter(council=council, purpose=LOGO).select_related("document").last()
    return found.document if found else None


def logo_name(council: Council) -> str:
    """What a frozen letter calls it: by its SHA-256, so that a new logo changes no letter that was sent."""
    logo = logo_of(council)
    return f"{logo.sha256}.png" if logo else ""


def names_in(text: Mapping[str, Any]) -> list[str]:
    """The pictures that a letter names: logos of its councils (in a frozen text its senders), and signatures."""
    councils = [one for one in [*(text.get("senders") or []), *(text.get("councils") or [])] if isinstance(one, dict)]
    logos = [one.get("logo", "") for one in councils]
    drawn = [f"{one['signature']}.png" for one in text.get("signatories") or [] if one.get("signature")]
    return list(dict.fromkeys(filter(None, [*logos, *drawn])))


def pictures_for(names: Iterable[str]) -> dict[str, bytes]:
    """The bytes behind `<SHA-256>.png`; bytes are kept as long as there is a portal."""
    wanted = {name.partition(".")[0]: name for name in names}
    found = {one.sha256: one for one in Document.objects.filter(sha256__in=wanted)} if wanted else {}
    return {wanted[sha256]: read(document) for sha256, document in found.items()}
