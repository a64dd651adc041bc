"""A real Chromium before the portal. Without Chromium or axe these tests fail: they are never skipped."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Browser, sync_playwright

from tests.browser.walk import AXE, Visitor, judged

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox", "--disable-background-networking", "--disable-gpu", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    assert AXE.exists(), "axe-core is not there: run script/setup.py"
    # Playwright keeps an event loop in this thread, and Django refuses the database beside one. Ours is only its pump.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    print(f"\n{len(judged)} pages judged by axe (page and width), {sum(judged.values())} times")


@pytest.fixture
def portal(live_server, settings) -> str:
    """The address of the portal; links in mails lead there too."""
    settings.BASE_URL = live_server.url
    cache.clear()
    return live_server.url


@pytest.fixture
def visit(chromium: Browser, portal: str, sign_in) -> Iterator[Callable[..., Visitor]]:
    """visit(width=360, user=fatma) gives a visitor with a browser of her own."""
    contexts = []

    def start(*, width: int = 1280, user=None, javascript: bool = True, keyboard: bool = False) -> Visitor:
        context = chromium.new_context(
            viewport={"width": width, "height": 800 if width > 600 else 740}, java_script_enabled=javascript,
            locale="nl-NL", timezone_id="Europe/Amsterdam", accept_downloads=True,
        )  # fmt: skip
        contexts.append(context)
        if user:
            cookie = sign_in(user).cookies["session"]
            context.add_cookies([{"name": "session", "value": cookie.value, "url": portal}])
        return Visitor(context.new_page(), portal, javascript=javascript, keyboard=keyboard)

    yield start
    for context in contexts:
        context.close()


def last_mail_to(address: str):
    found = [message for message in mail.outbox if any(address in recipient for recipient in message.to)]
    assert found, f"no mail to {address}; there is mail to {[message.to for message in mail.outbox]}"
    return found[-1]


def may_sign_in(user) -> None:
    """Who accepted an invitation has an address that is known to be hers."""
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


def code_for(address: str) -> str:
    """The sign-in code in the last mail to this address."""
    body = last_mail_to(address).body
    code = re.search(r"^\s*([A-Z0-9]{3,}(?:-[A-Z0-9]{3,})?)\s*$", body, re.MULTILINE)
    assert code, body
    return code[1]


def links_in(address: str) -> list[str]:
    return re.findall(r"https?://[^\s>\"]+", last_mail_to(address).body)


def blank_pdf(path: Path) -> Path:
    """A scan with nothing on it."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path)
    return path


def text_of(pdf: bytes) -> str:
    document = pdfium.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())
