"""With SECOND_FACTOR_REQUIRED, who acts for a council or an authority sets up the second step before anything else."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse

from tests.access.table import LOGIN
from tests.access.world import build
from tests.test_access import OURS, ROWS

ACTIVATE = "/account/2fa/totp/activate/"


@pytest.fixture(autouse=True)
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def world(council, authority, saskia, fatma, victor, administrator):
    return build(council, authority, saskia, fatma, victor)


def private_addresses(world) -> list[str]:
    """Every URL of ours that asks an anonymous visitor to sign in."""
    rows = {name: ROWS[name] for name in OURS if name in ROWS and ROWS[name].get}
    return [reverse(name, args=row.args(world)) for name, row in rows.items() if row.get["anonymous"] == LOGIN]


@pytest.mark.parametrize("who", ["saskia", "chair", "olga", "victor", "administrator"])
def test_without_the_second_step_every_private_page_leads_to_it(who, world, sign_in, request):
    client = sign_in(request.getfixturevalue(who))
    addresses = private_addresses(world)
    assert len(addresses) > 20
    open_doors = [url for url in addresses if client.get(url).get("Location") != ACTIVATE]
    assert open_doors == []


def test_a_member_needs_no_second_step(fatma, council, sign_in):
    assert sign_in(fatma).get(f"/raad/{council.slug}/").status_code == 200


def test_with_the_second_step_the_room_opens(saskia, council, sign_in):
    TOTP.activate(saskia, generate_totp_secret())
    assert sign_in(saskia).get(f"/raad/{council.slug}/").status_code == 200


def test_public_pages_need_nothing(saskia, council, sign_in):
    assert sign_in(saskia).get(f"/openbaar/{council.slug}/spelregels/").status_code == 200


def test_the_secretary_can_set_it_up_when_she_is_sent_there(saskia, council, client, mailoutbox):
    from allauth.account.models import EmailAddress
    from allauth.mfa.models import Authenticator
    from django.core.cache import cache

    from tests.portal.test_accounts import activate_totp, sign_in_by_code

    cache.clear()
    EmailAddress.objects.create(user=saskia, email=saskia.email, verified=True, primary=True)
    sign_in_by_code(client, saskia)
    assert client.get(f"/raad/{council.slug}/").url == ACTIVATE
    activate_totp(client)
    assert Authenticator.objects.filter(user=saskia, type="totp").exists()
    assert client.get(f"/raad/{council.slug}/").status_code == 200
