"""Fatma wants less mail: on "Mijn post", and with the link in the foot of a mail, without signing in or JavaScript."""

import os
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from advice.actions import proposals
from portal.models import Message, MessageChoice
from tests import factories
from tests.browser.conftest import links_in


def settle(council, fatma, chair, subject: str) -> None:
    """A proposal of Fatma in a text about `subject` is not taken over."""
    draft = factories.AdviceFactory(council=council, subject=subject)
    section = factories.SectionFactory(advice=draft, text="<p>Het busje rijdt niet.</p>")
    proposal = proposals.propose(
        draft, part=section, original="Het busje rijdt niet.", action="replace", text="Het busje rijdt.", why="Beter.",
        by=fatma.person,
    )  # fmt: skip
    proposals.reject(proposal, reason="Het staat er al.", by=chair.person)


def time_passes(**by: int) -> None:
    Message.objects.update(created_at=timezone.now() - timedelta(**by), next_try_at=timezone.now())
    call_command("send_digests", "--apply", verbosity=0)
    call_command("sweep_outbox", "--apply", verbosity=0)


@pytest.mark.parametrize("way", [{"width": 360, "javascript": False}, {"width": 1280, "keyboard": True}])
def test_a_member_gets_what_members_write_once_a_day(visit, council, fatma, chair, way):
    fatmas = visit(user=fatma, **way)
    fatmas.open("/mijn/gegevens/")
    fatmas.follow("Hoe vaak u mail krijgt")
    fatmas.sees("Uitnodiging, wijziging en afzegging van een vergadering", "Deze mail komt altijd")
    fatmas.choose("Eén keer per dag", within="Wat leden schrijven")
    fatmas.press("Mijn keuzes bewaren")
    fatmas.sees("Uw keuzes zijn bewaard.")
    assert MessageChoice.objects.get(person=fatma.person, topic="writing").frequency == "daily"

    settle(council, fatma, chair, "Vervoer naar de dagbesteding")
    settle(council, fatma, chair, "Wachttijd bij het loket")
    assert mail.outbox == []
    time_passes(days=1, minutes=1)
    overview = mail.outbox[-1]
    assert "Vervoer naar de dagbesteding" in overview.body and "Wachttijd bij het loket" in overview.body
    if os.environ.get("PORTAL_SHOTS"):
        page = visit(width=360).page
        page.set_content(overview.alternatives[0].content)
        page.screenshot(path=f"{os.environ['PORTAL_SHOTS']}/overview-{way['width']}.png", full_page=True)
    fatmas.open("/mijn/berichten/")
    fatmas.sees("Er is een antwoord op uw voorstel")

    stranger = visit(**way)  # nobody signed in
    stranger.open(next(link for link in links_in(fatma.email) if "/post-kiezen/" in link))
    stranger.sees("Hoe vaak wilt u deze mail?")
    stranger.choose("Niet", within="Hoe vaak wilt u deze mail?")
    stranger.press("Mijn keuze bewaren")
    stranger.sees("U krijgt hierover geen mail meer.")
    assert MessageChoice.objects.get(person=fatma.person, topic="writing").frequency == "never"
