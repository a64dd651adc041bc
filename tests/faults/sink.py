"""An SMTP server that writes down what it accepts, before it says so: else the moment of doubt is invisible."""

import asyncio
import email
import socket
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parseaddr
from threading import Event

from aiosmtpd.controller import Controller

OK = "250 OK"


@dataclass
class Sink:
    """received: (recipient, Message-ID) of every accepted mail. `wait` seconds pass between writing down and 250.

    `to_recipient` and `to_data` may answer otherwise: they get the address and how often it was tried before."""

    wait: float = 0.02
    received: list[tuple[str, str]] = field(default_factory=list)
    reached: Event = field(default_factory=Event)
    alarm_at: int = 0
    port: int = 0
    to_recipient: Callable[[str, int], str] = lambda address, tried: OK
    to_data: Callable[[str, int], str] = lambda address, tried: OK
    hangs: Callable[[str, int], bool] = lambda address, tried: False  # accepts, and never says so
    slow: Callable[[str, int], float] = lambda address, tried: 0.0  # more seconds of waiting
    tried: Counter[str] = field(default_factory=Counter)

    @property
    def recipients(self) -> set[str]:
        return {recipient for recipient, _message_id in self.received}

    @property
    def ids_of(self) -> dict[str, set[str]]:
        ids: dict[str, set[str]] = {}
        for recipient, message_id in self.received:
            ids.setdefault(recipient, set()).add(message_id)
        return ids

    async def handle_RCPT(self, server, session, envelope, address: str, options) -> str:
        answer = self.to_recipient(address, self.tried[address])
        if answer == OK:
            envelope.rcpt_tos.append(address)
        else:
            self.tried[address] += 1
        return answer

    async def handle_DATA(self, server, session, envelope) -> str:
        address = envelope.rcpt_tos[0]
        tried = self.tried[address]
        self.tried[address] += 1
        answer = self.to_data(address, tried)
        if answer == OK:
            mail = email.message_from_bytes(envelope.content)
            for recipient in envelope.rcpt_tos:
                self.received.append((parseaddr(recipient)[1], mail["Message-ID"]))
            if self.alarm_at and len(self.received) >= self.alarm_at:
                self.reached.set()
        await asyncio.sleep(3600 if self.hangs(address, tried) else self.wait + self.slow(address, tried))
        return answer


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def sink_open(**options):
    sink = Sink(**{"port": free_port(), **options})
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port, ready_timeout=10)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()
