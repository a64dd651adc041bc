"""Inviting as its people do it: Saskia by the keyboard, Fatma on an old phone, Gerda without e-mail."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from meetings.models import InvitationRound
from portal.models import Message
from portal.tasks import deliver
from tests import factories
from tests.browser.conftest import links_in, text_of


def test_inviting_with_an_undo_answering_and_the_post(visit, council, saskia, fatma, settings):
    settings.MEETING_UNDO_MINUTES = 5
    meeting = factories.MeetingFactory(council=council, title="Vergadering van maart")
    gerda = factories.PersonFactory(name="Gerda Post", without_email=True)
    factories.MembershipFactory(council=council, person=gerda)

    secretary = visit(user=saskia, keyboard=True)
    secretary.open(f"{meeting.get_absolute_url()}uitnodigen/")
    secretary.press("Verder: controleren")
    secretary.sees("3 mensen krijgen een uitnodiging", "1 persoon krijgt post op papier")
    secretary.press("Uitnodigingen versturen")
    secretary.sees("De uitnodigingen gaan om")
    secretary.press("Ongedaan maken")
    secretary.sees("Er is niets verstuurd")
    secretary.open(f"{meeting.get_absolute_url()}uitnodigen/")
    secretary.press("Verder: controleren")
    secretary.press("Uitnodigingen versturen")
    with time_machine.travel(InvitationRound.objects.latest("pk").sends_at + timedelta(seconds=1)):
        for message in Message.objects.filter(state="waiting"):
            deliver(message.pk)

    member = visit(width=360, javascript=False)
    member.open(next(link for link in links_in(fatma.email) if "/antwoord/" in link))
    member.choose("Nee, ik kom niet", within="Komt u?")
    member.press("Antwoord versturen")
    member.sees("nee, ik kom niet", "U hoeft verder niets te doen.")

    secretary.open(meeting.get_absolute_url())
    assert "Gerda Post" in text_of(secretary.download("Uitnodigingsbrieven printen (pdf)"))
    secretary.follow("Ze zijn op de post")
    secretary.fill_date("Op welke dag ging het op de post?", timezone.localdate())
    secretary.press("Op de post gedaan")
    secretary.sees("1 brief is op de post.", "Alle brieven zijn op de post.")
    row = ".portal-people__item:has-text('Gerda Post')"
    secretary.page.locator(f"{row} summary").press("Enter")
    secretary.press("Komt", "Gerda Post", within=row)
    secretary.sees("ingevuld door de secretaris")
    assert meeting.invitees.get(person=gerda).answer == "accepted"
