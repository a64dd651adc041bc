"""Pages that everybody may read, and the door."""

from email.message import EmailMessage
from mailbox import Maildir

import pytest

from tests.browser.conftest import code_for, may_sign_in

PAGES = ["/account/login/", "/stijlgids/", "/toegankelijkheid/", "/privacy/", "/beveiliging/"]


@pytest.mark.parametrize("width", [1280, 360])
def test_the_pages_about_the_portal(visit, width, saskia, settings):
    settings.EXAMPLE_INSTALLATION = True  # it has the style guide
    visitor = visit(width=width)
    for page in PAGES:
        visitor.open(page)
    visitor.open("/openbaar/adviesraad-testdorp/spelregels/")
    visitor.sees("Verordening adviesraad Testdorp")
    visitor.open("/zomaar/", status=404)


@pytest.mark.parametrize("keyboard", [False, True], ids=["mouse", "keyboard"])
def test_signing_in_by_a_code_from_the_mail(visit, saskia, keyboard):
    may_sign_in(saskia)
    visitor = visit(width=360, keyboard=keyboard)
    visitor.open("/mijn/")
    visitor.fill("E-mailadres", "saskia@testdorp.test")
    visitor.press("Stuur mij een code")
    visitor.fill("Code uit de e-mail", "AAAA-BBBB")
    visitor.press("Inloggen")
    visitor.sees("Controleer uw antwoorden")
    visitor.fill("Code uit de e-mail", code_for("saskia@testdorp.test"))
    visitor.press("Inloggen")
    visitor.sees("Adviesraad Testdorp")


@pytest.mark.parametrize("width", [1280, 360])
def test_the_mail_catcher(visit, width, settings, tmp_path):
    settings.EXAMPLE_INSTALLATION, settings.VAR_DIR = True, tmp_path
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "Uitnodiging", "post@raad.test", "lid@raad.test"
    message.set_content("Komt u ook?")
    message.add_alternative("<p>Komt u ook?</p>", subtype="html")
    Maildir(tmp_path / "mail").add(message)
    visitor = visit(width=width)
    visitor.open("/voorbeeld/post/")
    visitor.follow("Uitnodiging")
    visitor.sees("Komt u ook?")
