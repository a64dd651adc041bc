"""How many invitations a second, beside bare smtplib with the same mails to the same server."""

import os
import smtplib
import time

import pytest

from meetings.actions.inviting import send_invitations
from portal import post
from portal.models import Message
from portal.post import BUILDERS
from portal.states import MessageState
from portal.tasks import deliver
from tests.factories import CouncilFactory, MeetingFactory, MembershipFactory
from tests.faults.scene import MESSAGES, WORKERS, kill, run, start
from tests.faults.sink import sink_open

pytestmark = pytest.mark.slow

HAND_OVER = """
import django
django.setup()
from portal.models import Message
from portal.post import nudge
for pk in Message.objects.filter(state="waiting").order_by("pk").values_list("pk", flat=True):
    nudge(pk)
"""


def test_invitations_per_second(real_services, monkeypatch, settings):
    monkeypatch.setattr(post, "nudge", lambda message_id: None)
    council = CouncilFactory()
    MembershipFactory.create_batch(MESSAGES, council=council)
    meeting = MeetingFactory(council=council)
    began = time.monotonic()
    send_invitations(meeting, by=council.memberships.first().person, at_once=True)
    figures = {"written in the outbox": time.monotonic() - began}
    built = []
    began = time.monotonic()
    for message in Message.objects.select_related("person"):
        built.append((message.person.email, BUILDERS[message.kind](message).message().as_bytes(linesep="\r\n")))
    figures["built"] = time.monotonic() - began
    with sink_open(wait=0) as sink:
        began = time.monotonic()
        with smtplib.SMTP("127.0.0.1", sink.port) as server:
            for address, mail in built:
                server.sendmail("post@raadportaal.test", [address], mail)
        figures["bare smtplib, one connection"] = time.monotonic() - began
        began = time.monotonic()
        for address, mail in built:
            with smtplib.SMTP("127.0.0.1", sink.port) as server:
                server.sendmail("post@raadportaal.test", [address], mail)
        figures["bare smtplib, a connection for each"] = time.monotonic() - began
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        half = list(Message.objects.order_by("pk").values_list("pk", flat=True)[: MESSAGES // 2])
        began = time.monotonic()
        for pk in half:
            deliver(pk)
        figures["delivered in this process"] = (time.monotonic() - began) * 2
        environment = {**real_services, "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}"}
        run(HAND_OVER, environment=environment)
        worker = start("portal", environment)
        first = MESSAGES - len(half)
        while Message.objects.filter(state=MessageState.WAITING).count() == first:
            time.sleep(0.02)
        began = time.monotonic()
        while Message.objects.exclude(state=MessageState.SENT).exists() and time.monotonic() < began + 120:
            time.sleep(0.02)
        figures[f"delivered by {WORKERS} workers"] = (time.monotonic() - began) * 2
        kill(worker)
    for name, seconds in figures.items():
        print(f"{name}: {MESSAGES / seconds:.0f} a second")
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    assert len(sink.received) == 3 * MESSAGES
    assert MESSAGES / figures["delivered in this process"] > 10
