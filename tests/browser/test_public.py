"""Pages that everybody may read, and the door."""

from email.message import EmailMessage
from mailbox import Maildir

import pytest

from councils.actions.members import invite_member
from tests.browser.conftest import code_for, links_in, may_sign_in
from tests.factories import MembershipFactory, PersonFactory

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


@pytest.mark.parametrize("width", [1280, 360])
def test_the_pages_of_an_account(visit, fatma, width):
    may_sign_in(fatma)
    visitor = visit(width=width, user=fatma)
    for page in ("/account/2fa/", "/account/2fa/totp/activate/", "/account/password/set/", "/account/logout/"):
        visitor.open(page)
    visitor.open("/mijn/gegevens/")
    visitor.fill("Telefoonnummer", "0123 45 67 89")
    visitor.press("Opslaan")
    visitor.holds("Telefoonnummer", "0123 45 67 89")


def test_a_page_that_is_not_for_you(visit, fatma, council):
    visitor = visit(width=360, user=fatma)
    visitor.open("/raad/adviesraad-testdorp/beheer/", status=403)
    visitor.open("/raad/elders/", status=404)


def test_an_invited_member_makes_her_account(visit, council, saskia):
    invite_member(
        MembershipFactory(council=council, person=PersonFactory(email="nieuw@testdorp.test")), by=saskia.person
    )
    visitor = visit(width=360)
    visitor.open(next(link for link in links_in("nieuw@testdorp.test") if "/uitnodiging/" in link))
    visitor.press("Mijn account maken")
    visitor.sees("Adviesraad Testdorp")
    visitor.open("/raad/adviesraad-testdorp/")
