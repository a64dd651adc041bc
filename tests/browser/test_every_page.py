"""Every page of the access table, on a wide and on a small screen, seen by who may do most there."""

import pytest
from django.urls import reverse

from tests.access.table import OK
from tests.access.world import build
from tests.test_access import OURS, ROWS

FULLEST_FIRST = ["secretary", "civil_servant", "administrator", "anonymous"]
# The mail catcher does not exist outside the example installation; test_public.py looks at it.
APPS = sorted({name.split(":")[0] for name in OURS if ":" in name} - {"mailcatcher"})


@pytest.fixture
def people(saskia, victor, administrator) -> dict:
    return {"secretary": saskia, "civil_servant": victor, "administrator": administrator, "anonymous": None}


@pytest.fixture
def world(council, authority, saskia, fatma, victor):
    return build(council, authority, saskia, fatma, victor)


def pages_of(app: str, world) -> list[tuple[str, str]]:
    """Who looks, and at which address."""
    found = []
    for name in OURS:
        row = ROWS.get(name)
        if name.startswith(f"{app}:") and row and row.get:
            who = next((person for person in FULLEST_FIRST if row.get[person] == OK), None)
            if who:
                found.append((who, reverse(name, args=row.args(world)) + row.query))
    return found


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("app", APPS)
def test_every_page_is_in_order(visit, people, world, app, width, settings):
    settings.EXAMPLE_INSTALLATION = True  # it has a few pages more
    visitors, faults, seen = {}, [], 0
    for who, address in pages_of(app, world):
        if who not in visitors:
            visitors[who] = visit(width=width, user=people[who])
        visitor = visitors[who]
        answer = visitor.page.request.get(visitor.base_url + address)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        try:
            visitor.open(address, status=answer.status)
        except AssertionError as fault:
            faults.append(f"{who} {fault}")
            visitor.faults.clear()
        seen += 1
    assert not faults, "\n\n".join(faults)
    print(f"{app}: {seen} pages at {width} px")
    assert seen
