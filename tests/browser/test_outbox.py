"""Saskia holds a message back, writes above it, sees the mail and lets it go; what came back goes on paper."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from portal.mail import compose
from portal.models import Message
from portal.post import BUILDERS, post
from portal.states import MessageState
from portal.topics import ASKED, KINDS, Kind
from tests.factories import PersonFactory

KIND = "test.message"


@pytest.fixture
def messages(monkeypatch, council) -> list[Message]:
    def build(message: Message):
        return compose(message, subject="Onderwerp", template="mail/base", context={}, sender=council.name)

    monkeypatch.setitem(BUILDERS, KIND, build)
    monkeypatch.setitem(KINDS, KIND, Kind(ASKED, "Uitnodiging voor een vergadering"))
    people = [PersonFactory(name=name) for name in ("Nel de Vries", "Piet de Groot")]
    later = timezone.now() + timedelta(minutes=10)
    rows = [post(KIND, one, about=one, cause="meeting:1:0", council_id=council.pk, not_before=later) for one in people]
    Message.objects.filter(pk=rows[1].pk).update(
        state=MessageState.BOUNCED, sent_at=timezone.now(), bounced_at=timezone.now(), problem="DSN 550 5.1.1"
    )
    return rows


def test_a_message_is_held_gets_own_words_and_goes(visit, council, saskia, messages):
    visitor = visit(user=saskia, width=360, javascript=False)
    visitor.open(f"/raad/{council.slug}/")
    visitor.sees("De mail aan Piet de Groot kwam niet aan")
    visitor.follow("Naar Postvak uit")
    visitor.sees("Het adres bestaat niet (550 5.1.1).")
    visitor.follow("Wacht (1)")
    visitor.sees("Gaat weg op")
    visitor.press("Vasthouden", about="Nel de Vries")
    visitor.sees("wacht tot u het laat gaan.", "Vastgehouden")
    visitor.fill("Uw eigen woorden", "Neem uw pas mee.")
    visitor.press("Bewaren en de mail bekijken")
    visitor.sees("Van Adviesraad Testdorp, voor u:", "Neem uw pas mee.", "Zo gaat de mail weg.")
    visitor.press("Laat gaan")
    visitor.sees("gaat nu weg.", "Verstuurd")
    assert "Neem uw pas mee." in mail.outbox[0].body

    visitor.open(f"/raad/{council.slug}/post/?lijst=terug")
    visitor.press("Op papier versturen", about="Piet de Groot")
    visitor.sees("gaat op papier.", "Op papier te versturen")
    assert Message.objects.get(pk=messages[1].pk).state == MessageState.PAPER
