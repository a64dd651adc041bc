"""The menu says where one is: the part of the page, and home only at home."""

import re

import pytest
from django.urls import reverse


def lit(client, url: str) -> set[str]:
    page = client.get(url).content.decode()
    return set(re.findall(r'class="portal-nav__link" href="([^"]+)" aria-current="page"', page))


@pytest.mark.parametrize(
    ("name", "under"),
    [
        ("councils:room", "councils:room"),
        ("advice:list", "advice:list"),
        ("advice:commitments", "advice:list"),
        ("councils:rulebook", None),
    ],
)
def test_the_menu_lights_up_the_part_of_the_page(client, council, saskia, name, under):
    client.force_login(saskia)

    found = lit(client, reverse(name, args=[council.slug]))

    assert found == ({reverse(under, args=[council.slug])} if under else set())
