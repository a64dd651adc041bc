"""An expired session costs nothing: what was typed waits for the same person, and for nobody else."""

import re
from html import unescape
from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from advice.models import Advice, SectionSave
from portal import unsent
from tests import factories
from tests.portal.test_account_pages import code_in, current_totp

pytestmark = pytest.mark.django_db
TEXT = "Wij horen dat het busje te laat komt."


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


@pytest.fixture
def page(council, authority):
    advice = factories.AdviceFactory(council=council, authorities=[authority], subject="Vervoer")
    section = factories.SectionFactory(advice=advice, position=1, heading="Aanleiding", text="<p>Oud.</p>")
    address = reverse("advice:edit_section", args=[council.slug, advice.public_id, section.public_id])
    return SimpleNamespace(advice=advice, section=section, address=address)


@pytest.fixture
def fatma(fatma):
    EmailAddress.objects.create(user=fatma, email=fatma.email, verified=True, primary=True)
    return fatma


def form_of(user, **more) -> dict:
    typed = {"heading": "Aanleiding", "text": TEXT, "version": "1"}
    return {**typed, unsent.FIELD: unsent.token_for(user), **more}


def text_of(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


def sign_in_by_code(client: Client, user, mailoutbox, next_url: str = "") -> object:
    client.post(reverse("account_request_login_code"), {"email": user.email, "next": next_url})
    return client.post(reverse("account_confirm_login_code"), {"code": code_in(mailoutbox[-1])})


def is_kept(client: Client) -> bool:
    return unsent.IN_SESSION in client.session


# --- whose text ---


def test_a_token_is_of_one_person_and_tells_nobody_whose(fatma, saskia):
    token = unsent.token_for(fatma)
    assert unsent.is_ours(token) and unsent.is_of(token, fatma) and not unsent.is_of(token, saskia)
    assert fatma.email not in token  # nor her number: random letters and a MAC are all it holds
    assert unsent.token_for(fatma) != token


@pytest.mark.parametrize("token", ["", "x", "a.b.c~d", "~", "a" * 90])
def test_a_token_that_we_did_not_make_is_worth_nothing(fatma, token):
    assert not unsent.is_ours(token) and not unsent.is_of(token, fatma)


def test_every_guarded_form_carries_it_for_who_is_signed_in(page, sign_in, fatma):
    html = sign_in(fatma).get(page.address).content.decode()
    token = html.split(f'name="{unsent.FIELD}" value="')[1].split('"')[0]
    assert unsent.is_of(token, fatma)


# --- from typing to saved ---


def test_a_text_sent_while_signed_out_is_there_after_signing_in_by_code(page, client, fatma, mailoutbox):
    sent = client.post(page.address, form_of(fatma))
    assert (sent.status_code, sent.url) == (302, "/account/login/?next=/bewaarde-tekst/")
    done = sign_in_by_code(client, fatma, mailoutbox, "/bewaarde-tekst/")
    back = client.get(done.url, follow=True)
    assert "U was uitgelogd. Uw tekst is bewaard." in text_of(back) and TEXT in text_of(back)
    assert f'action="{page.address}"' in text_of(back)
    fields = dict(back.context["unsent"].fields)
    assert fields == {"heading": "Aanleiding", "text": TEXT, "version": "1"}
    again = client.post(page.address, fields)
    assert again.status_code == 302
    page.section.refresh_from_db()
    assert page.section.text == f"<p>{TEXT}</p>"
    assert not is_kept(client)


def test_whichever_way_she_comes_in_the_text_is_found_once(page, client, fatma, mailoutbox):
    client.post(page.address, form_of(fatma))
    sign_in_by_code(client, fatma, mailoutbox)
    assert client.get(reverse("portal:home")).url == "/bewaarde-tekst/"
    assert TEXT in text_of(client.get("/bewaarde-tekst/"))
    assert client.get(page.address).status_code == 200  # she is not held there
    assert is_kept(client)


def test_a_stale_text_meets_the_conflict_page_and_is_not_lost(page, client, fatma, saskia, mailoutbox):
    from advice.actions import saving

    client.post(page.address, form_of(fatma))
    saving.save_section(
        page.advice, page.section, heading="Aanleiding", text="<p>Ander.</p>", version=1, by=saskia.person
    )
    sign_in_by_code(client, fatma, mailoutbox)
    back = client.get("/bewaarde-tekst/")
    assert client.post(page.address, dict(back.context["unsent"].fields)).status_code == 409
    assert SectionSave.objects.get(author=fatma.person).text == f"<p>{TEXT}</p>"
    assert not is_kept(client)


def test_a_text_that_did_not_arrive_keeps_waiting(page, client, fatma, mailoutbox):
    client.post(page.address, form_of(fatma))
    sign_in_by_code(client, fatma, mailoutbox)
    client.get("/bewaarde-tekst/")
    Advice.objects.filter(pk=page.advice.pk).update(council=factories.CouncilFactory())
    assert client.post(page.address, form_of(fatma)).status_code == 404
    assert is_kept(client)


def test_she_can_throw_it_away(page, client, fatma, mailoutbox):
    client.post(page.address, form_of(fatma))
    sign_in_by_code(client, fatma, mailoutbox)
    assert client.post("/bewaarde-tekst/").status_code == 302
    assert not is_kept(client)


def test_the_second_factor_comes_first_and_the_text_after_it(page, client, saskia, mailoutbox, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    EmailAddress.objects.create(user=saskia, email=saskia.email, verified=True, primary=True)
    client.post(page.address, form_of(saskia))
    sign_in_by_code(client, saskia, mailoutbox, "/bewaarde-tekst/")
    assert client.get("/bewaarde-tekst/").url == reverse("mfa_activate_totp")
    secret = re.search(r'portal-secret">(\w+)<', client.get(reverse("mfa_activate_totp")).content.decode())[1]
    done = client.post(reverse("mfa_activate_totp"), {"code": current_totp(secret)})
    assert done.status_code == 302, text_of(done)
    assert client.get(reverse("portal:home")).url == "/bewaarde-tekst/"
    assert TEXT in text_of(client.get("/bewaarde-tekst/"))


def test_a_gate_that_came_up_while_she_typed_keeps_the_text(page, sign_in, saskia, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    client = sign_in(saskia)
    assert client.post(page.address, form_of(saskia)).url == reverse("mfa_activate_totp")
    assert client.session[unsent.IN_SESSION]["path"] == page.address


# --- hostile ---


def test_another_person_on_this_device_never_sees_it(page, client, fatma, saskia, mailoutbox):
    EmailAddress.objects.create(user=saskia, email=saskia.email, verified=True, primary=True)
    client.post(page.address, form_of(fatma))
    done = sign_in_by_code(client, saskia, mailoutbox, "/bewaarde-tekst/")
    seen = client.get(done.url, follow=True)
    assert TEXT not in text_of(seen)
    assert not is_kept(client)


@pytest.mark.parametrize(
    "token", ["", "nonsense", "YWJj.1sdfgh.Zm9vYmFy~c2lnbmF0dXJl"], ids=["none", "nonsense", "made up"]
)
def test_a_stranger_fills_no_sessions(page, client, token):
    for number in range(50):
        answer = Client().post(page.address, {"text": f"{TEXT} {number}", unsent.FIELD: token})
        assert answer.url.startswith("/account/login/?next=/raad/")
    assert Session.objects.count() == 0


def test_one_token_keeps_only_a_few_texts_an_hour(page, fatma):
    form = form_of(fatma)
    kept = [is_kept_after(Client(), page.address, form) for _ in range(unsent.MOST_PER_TOKEN + 5)]
    assert kept == [True] * unsent.MOST_PER_TOKEN + [False] * 5


def is_kept_after(client: Client, address: str, form: dict) -> bool:
    client.post(address, form)
    return is_kept(client)


@pytest.mark.parametrize(
    "path",
    ["https://elders.test/x", "//elders.test/x", "/\\elders.test", "javascript:alert(1)", "/openbaar/", "/healthz/",
     "/account/login/", "/bestaat-niet/", "", "/privacy/"],
)  # fmt: skip
def test_a_tampered_path_is_dropped(page, sign_in, fatma, path):
    client = sign_in(fatma)
    session = client.session
    session[unsent.IN_SESSION] = {"token": unsent.token_for(fatma), "path": path, "fields": [["text", TEXT]]}
    session.save()
    assert client.get("/bewaarde-tekst/").url == reverse("portal:home")
    assert not is_kept(client)


@pytest.mark.parametrize("broken", [{}, {"token": 1}, {"token": "x", "path": "/mijn/", "fields": [["a"]]}])
def test_a_broken_session_is_dropped(sign_in, fatma, broken):
    client = sign_in(fatma)
    session = client.session
    session[unsent.IN_SESSION] = {"broken": True, **broken}
    session.save()
    assert client.get("/bewaarde-tekst/").status_code == 302
    assert not is_kept(client)


@pytest.mark.parametrize(
    ("more", "content_type"),
    [
        ({"text": "x" * 200_001}, None),
        ({"password": "geheim"}, None),
        ({"password1": "geheim"}, None),
        ({"code": "ABCD-EFGH"}, None),
        ({}, "application/json"),
    ],
    ids=["too much", "password", "new password", "code", "no form"],
)
def test_what_is_never_kept(page, client, fatma, more, content_type):
    form = form_of(fatma, **more)
    client.post(page.address, form, **({"content_type": content_type} if content_type else {}))
    assert not is_kept(client)


def test_the_drafts_that_a_page_keeps_by_itself_are_not_kept_here(page, client, fatma):
    client.post(f"{page.address}bewaren/", form_of(fatma), headers={"Accept": "application/json"})
    assert not is_kept(client)


def test_a_form_on_another_site_keeps_nothing_and_leaves_the_session(page, client, strict, fatma):
    for visitor in (client, strict):
        visitor.post(page.address, form_of(fatma), headers={"Sec-Fetch-Site": "cross-site"})
        assert "session" not in visitor.cookies


def test_signing_in_is_never_kept(client, fatma):
    client.post(reverse("account_login"), form_of(fatma, login=fatma.email, password="geheim"))
    client.post(reverse("account_request_login_code"), form_of(fatma, email="onbekend@nergens.test"))
    assert not is_kept(client)


# --- a form that we cannot trust ---


@pytest.fixture
def strict(page):
    return Client(enforce_csrf_checks=True)


def test_a_form_from_before_signing_in_again_gives_the_text_back(page, strict, fatma):
    strict.force_login(fatma, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = strict.post(page.address, form_of(fatma))
    assert answer.status_code == 403
    assert TEXT in text_of(answer) and "csrfmiddlewaretoken" in text_of(answer)
    assert SectionSave.objects.count() == 0
    csrf = text_of(answer).split('name="csrfmiddlewaretoken" value="')[-1].split('"')[0]
    again = {**dict(answer.context["unsent"].fields), "csrfmiddlewaretoken": csrf}
    assert strict.post(page.address, again).status_code == 302
    assert SectionSave.objects.get().text == f"<p>{TEXT}</p>"


def test_without_session_and_cookie_the_text_waits_for_signing_in(page, strict, fatma):
    assert strict.post(page.address, form_of(fatma)).url == "/account/login/?next=/bewaarde-tekst/"
    assert strict.session[unsent.IN_SESSION]["fields"][1] == ["text", TEXT]


def test_a_form_of_somebody_else_shows_nothing(page, strict, fatma, saskia):
    strict.force_login(saskia, backend="allauth.account.auth_backends.AuthenticationBackend")
    for form in (form_of(fatma), {"text": TEXT}, form_of(fatma, **{unsent.FIELD: "x"})):
        answer = strict.post(page.address, form)
        assert answer.status_code == 403
        assert TEXT not in text_of(answer) and "Verstuur het nog een keer" in text_of(answer)
