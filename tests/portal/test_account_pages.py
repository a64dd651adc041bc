"""Signing in by code, the second step and its codes: every page of django-allauth in our frame and in our Dutch."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.urls import reverse

FRAME = '<main class="portal-main portal-main--narrow"'
FAMILIAR = re.compile(r"\b(je|jij|jouw)\b", re.IGNORECASE)
UNTRANSLATED = (
    "Sign In",
    "Confirm",
    "Password Reset",
    "Two-Factor",
    "Authenticator App",
    "Authenticator code",
    "Recovery",
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def saskia(saskia):
    """With her address confirmed, as the invitation leaves it."""
    EmailAddress.objects.create(user=saskia, email=saskia.email, verified=True, primary=True)
    return saskia


def readable(response, status: int = 200) -> str:
    """The page, after checking that it is ours: our frame, one h1, formal Dutch."""
    assert response.status_code == status
    page = response.content.decode()
    words = re.sub(r"<[^>]+>", " ", page)
    assert FRAME in page
    assert page.count("<h1") == 1
    assert FAMILIAR.search(words) is None
    assert [word for word in UNTRANSLATED if word in words] == []
    return page


def code_in(mail) -> str:
    return re.search(r"^([A-Z0-9]{4}-?[A-Z0-9]{4}|\w{6,10})$", mail.body, re.MULTILINE).group(1)


def current_totp(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_sign_in_asks_for_one_address_and_then_the_code(client, saskia, mailoutbox):
    page = readable(client.get(reverse("account_login")))
    assert f'action="{reverse("account_request_login_code")}"' in page

    sent = client.post(reverse("account_request_login_code"), {"email": saskia.email}, follow=True)
    readable(sent)
    assert len(mailoutbox) == 1
    assert FAMILIAR.search(mailoutbox[0].body) is None
    assert "Dit is uw code om in te loggen:" in mailoutbox[0].body

    wrong = readable(client.post(reverse("account_confirm_login_code"), {"code": "ZZZZ-ZZZZ"}))
    assert "De code klopt niet. Kijk nog eens goed." in wrong
    assert "<title>Fout: Vul de code in" in wrong

    done = client.post(reverse("account_confirm_login_code"), {"code": code_in(mailoutbox[0])})
    assert done.status_code == 302
    assert client.session["_auth_user_id"] == str(saskia.pk)


def test_an_unknown_address_gets_the_same_page_and_no_mail(client, saskia, mailoutbox):
    known = readable(client.post(reverse("account_request_login_code"), {"email": saskia.email}, follow=True))
    client.logout()
    unknown = readable(
        client.post(reverse("account_request_login_code"), {"email": "niemand@testdorp.test"}, follow=True)
    )

    hide = [saskia.email, "niemand@testdorp.test"]
    for word in hide:
        known, unknown = known.replace(word, "…"), unknown.replace(word, "…")
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    assert token.sub("", known) == token.sub("", unknown)
    assert [mail.to for mail in mailoutbox] == [[saskia.email]]


def test_an_empty_address_is_asked_for_in_a_sentence(client):
    page = readable(client.post(reverse("account_request_login_code"), {"email": ""}))

    assert "Vul uw e-mailadres in." in page
    assert "Controleer uw antwoorden" in page
    assert 'href="#id_email"' in page


def test_a_wrong_password_opens_the_password_part(client, saskia):
    page = readable(client.post(reverse("account_login"), {"login": saskia.email, "password": "niet goed"}))

    assert 'id="wachtwoord" open' in page
    assert "Het e-mailadres of het wachtwoord klopt niet." in page


def test_nobody_signs_up_without_invitation(client):
    page = readable(client.get(reverse("account_signup")))

    assert "Een account krijgt u op uitnodiging" in page


@pytest.fixture
def signed_in(client, saskia):
    saskia.set_password("een lange zin om te onthouden")
    saskia.save()
    client.post(reverse("account_login"), {"login": saskia.email, "password": "een lange zin om te onthouden"})
    assert client.session["_auth_user_id"] == str(saskia.pk)
    client.post(reverse("account_reauthenticate"), {"password": "een lange zin om te onthouden"})
    return client


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("mfa_index", "Mijn account"),
        ("mfa_activate_totp", "Tweede stap instellen"),
        ("account_change_password", "Wachtwoord wijzigen"),
        ("account_logout", "Wilt u uitloggen?"),
        ("account_reauthenticate", "Laat eerst zien dat u het bent"),
        ("account_reset_password", "Wachtwoord vergeten"),
    ],
)
def test_pages_of_the_account(signed_in, name, words):
    assert words in readable(signed_in.get(reverse(name)))


def test_the_second_step_is_set_up_used_and_has_spare_codes(signed_in, saskia):
    page = readable(signed_in.get(reverse("mfa_activate_totp")))
    secret = re.search(r'portal-secret">(\w+)<', page).group(1)

    assert "Vul de code in." in readable(signed_in.post(reverse("mfa_activate_totp"), {"code": ""}))
    done = signed_in.post(reverse("mfa_activate_totp"), {"code": current_totp(secret)}, follow=True)
    codes = readable(done)
    assert codes.count("<code>") == 10
    assert Authenticator.objects.filter(user=saskia).count() == 2
    readable(signed_in.get(reverse("mfa_generate_recovery_codes")))
    readable(signed_in.get(reverse("mfa_deactivate_totp")))
    assert "Codes bekijken" in readable(signed_in.get(reverse("mfa_index")))

    signed_in.logout()
    password = "een lange zin om te onthouden"
    second = signed_in.post(reverse("account_login"), {"login": saskia.email, "password": password}, follow=True)
    assert "Tweede stap" in readable(second)
    spare = re.search(r"<code>(\w+)</code>", codes).group(1)
    signed_in.post(reverse("mfa_authenticate"), {"code": spare})
    assert signed_in.session["_auth_user_id"] == str(saskia.pk)
