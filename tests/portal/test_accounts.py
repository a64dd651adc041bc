"""The whole way of signing in, through the real addresses of django-allauth."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache

from portal.actions.people import make_account
from tests.factories import MembershipFactory, PersonFactory


@pytest.fixture(autouse=True)
def no_tries_counted():
    """allauth counts tries per address in the cache; each test begins afresh."""
    cache.clear()


@pytest.fixture
def nel(council):
    person = PersonFactory(name="Nel Kok", email="nel@testdorp.test")
    MembershipFactory(person=person, council=council)
    return make_account(person, by=None)


def code_in(letter) -> str:
    return re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", letter.body, re.MULTILINE)[1]


def ask_code(client, email):
    return client.post("/account/login/code/", {"email": email})


def sign_in_by_code(client, user):
    ask_code(client, user.email)
    return client.post("/account/login/code/confirm/", {"code": code_in(mail.outbox[-1])})


def is_signed_in(client) -> bool:
    return client.get("/mijn/gegevens/").status_code == 200


def test_signing_in_with_a_code_from_the_mail(nel, client):
    response = sign_in_by_code(client, nel)
    assert response.status_code == 302 and response.url == "/mijn/"
    assert is_signed_in(client)
    assert mail.outbox[0].to == ["nel@testdorp.test"]


def test_a_wrong_code_does_not_sign_in(nel, client):
    ask_code(client, nel.email)
    client.post("/account/login/code/confirm/", {"code": "AAAA-AAAA"})
    assert not is_signed_in(client)


def test_an_unknown_address_gets_the_same_answer_and_no_mail(nel, client, django_user_model):
    known = ask_code(client, nel.email)
    known_page = client.get(known.url)
    client.cookies.clear()
    unknown = ask_code(client, "niemand@nergens.test")
    assert (unknown.status_code, unknown.url) == (known.status_code, known.url)
    unknown_page = client.get(unknown.url)
    assert unknown_page.status_code == known_page.status_code == 200
    assert [letter.to for letter in mail.outbox] == [["nel@testdorp.test"]]


def test_nobody_signs_up(client, db, django_user_model):
    assert 'action="/account/signup/"' not in client.get("/account/signup/").text
    sentence = "een lange zin die niemand raadt"
    client.post("/account/signup/", {"email": "nieuw@nergens.test", "password1": sentence, "password2": sentence})
    assert not django_user_model.objects.exists()


def test_a_password_is_optional_and_works(nel, client):
    sign_in_by_code(client, nel)
    sentence = "een lange zin die niemand raadt"
    response = client.post("/account/password/set/", {"password1": sentence, "password2": sentence})
    assert response.status_code == 302
    client.logout()
    client.post("/account/login/", {"login": nel.email, "password": sentence})
    assert is_signed_in(client)


def test_signing_out(nel, client):
    sign_in_by_code(client, nel)
    client.get("/account/logout/")
    assert is_signed_in(client), "looking at the page does not sign out"
    client.post("/account/logout/")
    assert not is_signed_in(client)


def test_nobody_changes_the_address_of_an_account_by_herself(nel, client):
    sign_in_by_code(client, nel)
    client.post("/account/email/", {"email": "ander@testdorp.test", "action_add": ""})
    nel.refresh_from_db()
    assert nel.email == "nel@testdorp.test"
    assert [row.email for row in nel.emailaddress_set.all()] == ["nel@testdorp.test"]


def code_of_app(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def activate_totp(client) -> str:
    page = client.get("/account/2fa/totp/activate/", follow=True)
    secret = client.session["mfa.totp.secret"]
    assert page.status_code == 200
    response = client.post("/account/2fa/totp/activate/", {"code": code_of_app(secret)})
    assert response.status_code == 302
    return secret


def test_the_second_step_with_an_app_and_recovery_codes(nel, client):
    from allauth.mfa.models import Authenticator

    sign_in_by_code(client, nel)
    activate_totp(client)
    assert set(Authenticator.objects.filter(user=nel).values_list("type", flat=True)) == {"totp", "recovery_codes"}
    recovery = Authenticator.objects.get(user=nel, type="recovery_codes").wrap().get_unused_codes()
    client.logout()
    response = sign_in_by_code(client, nel)
    assert response.url.startswith("/account/2fa/authenticate/")
    assert not is_signed_in(client), "the code from the mail alone is not enough any more"
    client.post("/account/2fa/authenticate/", {"code": recovery[0]})
    assert is_signed_in(client)
