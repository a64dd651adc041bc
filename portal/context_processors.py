from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

# The footer links to what this installation has.
FOOTER = [
    (_("Accessibility"), "portal:accessibility"),
    (_("Privacy"), "portal:privacy"),
    (_("Report a security problem"), "portal:security"),
    (_("Check a letter"), "advice:check"),
]


@dataclass(frozen=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True)
class Portal:
    """What every page needs to know of the installation."""

    example: bool
    help_name: str
    help_phone: str

    @property
    def footer(self) -> list[Link]:
        places = [*FOOTER, (_("Caught mail"), "mailcatcher:list")] if self.example else FOOTER
        links = [Link(str(label), url_or_none(name)) for label, name in places]
        return [link for link in links if link.url]


def url_or_none(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def page(request: HttpRequest) -> dict[str, Portal]:
    return {"portal": Portal(settings.EXAMPLE_INSTALLATION, settings.HELP_NAME, settings.HELP_PHONE)}
