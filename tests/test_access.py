"""Every URL of ours × every method it allows × every kind of person → what they get. See tests/access/table.py."""

import importlib
import pkgutil

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import tests.access
from tests.access.table import LOGIN, OK, PEOPLE, Row
from tests.access.world import AUTHORITY_CANARY, COUNCIL_CANARY, build

# allauth brings its own guards and its own tests; these are its names, and a name it adds must be looked at here.
TRUSTED = {
    "account_login", "account_logout", "account_inactive", "account_signup", "account_reauthenticate", "account_email",
    "account_email_verification_sent", "account_confirm_email", "account_set_password", "account_change_password",
    "account_reset_password", "account_reset_password_done", "account_reset_password_from_key",
    "account_reset_password_from_key_done", "account_request_login_code", "account_confirm_login_code",
    "mfa_index", "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp",
    "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes", "set_language",
}  # fmt: skip

ROWS: dict[str, Row] = {}
for module in pkgutil.iter_modules(tests.access.__path__, "tests.access."):
    if module.name not in ("tests.access.table", "tests.access.world"):
        ROWS.update(importlib.import_module(module.name).ROWS)


def names(resolver: URLResolver, namespace: str = "") -> list[str]:
    found = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            found.append(f"{namespace}{entry.name}")
        else:
            found += names(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
    return found


OURS = sorted(set(names(get_resolver())) - TRUSTED)


def test_no_two_urls_have_one_name():
    found = [name for name in names(get_resolver()) if name not in TRUSTED]
    assert [name for name in found if found.count(name) > 1] == []


def test_every_url_has_a_row():
    assert set(OURS) - set(ROWS) == set(), "these URLs have no row in tests/access/"
    assert set(ROWS) - set(OURS) == set(), "these rows have no URL"


@pytest.fixture
def people(fatma, stijn, chair, saskia, olga, victor, bart, former_member, administrator):
    users = [None, fatma, stijn, chair, saskia, olga, victor, bart, former_member, administrator]
    return dict(zip(PEOPLE, users, strict=True))


@pytest.fixture
def world(council, authority, people):
    return build(council, authority, people["secretary"], people["member"], people["civil_servant"])


def what_happened(response) -> object:
    if response.status_code == 302 and response.url.startswith("/account/login/"):
        return LOGIN
    if response.status_code in (403, 404, 405):
        return response.status_code
    return OK if response.status_code < 500 else response.status_code


@pytest.mark.parametrize("name", [name for name in OURS if name in ROWS])
def test_who_gets_in(name, people, world):
    row = ROWS[name]
    url = reverse(name, args=row.args(world)) + row.query
    wrong, leaks = [], []
    for who, user in people.items():
        for method, expected in (("get", row.get), ("post", row.post)):
            client = Client(raise_request_exception=True)
            with transaction.atomic():
                if user:
                    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
                response = client.generic(method.upper(), url) if method == "get" else client.post(url, row.data(world))
                seen = what_happened(response)
                body = b"".join(response) if response.streaming else response.content
                transaction.set_rollback(True)
            wanted = expected[who] if expected else 405
            if seen != wanted:
                wrong.append(f"{who} {method}: {seen}, expected {wanted}")
            if who not in ("member", "chair", "secretary", "official") and COUNCIL_CANARY.encode() in body:
                leaks.append(f"{who} {method} reads what is the council's")
            if who != "civil_servant" and AUTHORITY_CANARY.encode() in body:
                leaks.append(f"{who} {method} reads what is the authority's")
    assert not wrong and not leaks, f"{url}\n" + "\n".join(wrong + leaks)


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_methods_that_no_form_uses_are_refused(method, db):
    for name in ("portal:healthz", "account_login"):
        assert getattr(Client(), method)(reverse(name)).status_code == 405


def test_a_view_without_a_rule_is_refused(rf):
    from django.core.exceptions import PermissionDenied
    from django.http import HttpResponse

    from portal.middleware import DefaultDeny

    def bare(request):
        return HttpResponse("open door")

    with pytest.raises(PermissionDenied):
        DefaultDeny(bare).process_view(rf.get("/"), bare, (), {})
