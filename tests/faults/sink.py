"""An SMTP server that writes down what it accepts, before it says so: else the moment of doubt is invisible."""

import asyncio
import email
import socket
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parseaddr
from threading import Event

from aiosmtpd.controller import Controller


@dataclass
class Sink:
    """received: (recipient, Message-ID) of every accepted mail. `wait` seconds pass between writing down and 250."""

    wait: float = 0.02
    received: list[tuple[str, str]] = field(default_factory=list)
    reached: Event = field(default_factory=Event)
    alarm_at: int = 0
    port: int = 0

    @property
    def recipients(self) -> set[str]:
        return {recipient for recipient, _message_id in self.received}

    @property
    def ids_of(self) -> dict[str, set[str]]:
        ids: dict[str, set[str]] = {}
        for recipient, message_id in self.received:
            ids.setdefault(recipient, set()).add(message_id)
        return ids

    async def handle_DATA(self, server, session, envelope) -> str:
        mail = email.message_from_bytes(envelope.content)
        for recipient in envelope.rcpt_tos:
            self.received.append((parseaddr(recipient)[1], mail["Message-ID"]))
        if self.alarm_at and len(self.received) >= self.alarm_at:
            self.reached.set()
        await asyncio.sleep(self.wait)
        return "250 OK"


@contextmanager
def sink_open(**options):
    sink = Sink(**options)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        sink.port = free.getsockname()[1]
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port, ready_timeout=10)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()
