"""Addresses as they stand in mails and letters."""

from django.conf import settings


def link(path: str) -> str:
    """The full address of a page of the portal."""
    return f"{settings.BASE_URL.rstrip('/')}{path}"
