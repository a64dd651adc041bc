"""The local mail server of the example installation: every message becomes a file in a Maildir, none leaves.

Run by script/server: python -m portal.mailcatcher --fd N MAILDIR, where N is a listening socket it inherits.
"""

import argparse
import asyncio
import mailbox
import socket
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default as modern
from pathlib import Path
from typing import Any

from django.conf import settings


class Catcher:
    """What aiosmtpd calls for every message."""

    def __init__(self, folder: Path):
        self.maildir = maildir(folder)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        recipients = ", ".join(envelope.rcpt_tos).encode()
        # Who really got it, which To does not always tell.
        self.maildir.add(b"X-Envelope-To: " + recipients + b"\r\n" + envelope.original_content)
        return "250 Kept on this computer"


def maildir(folder: Path) -> mailbox.Maildir:
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    return mailbox.Maildir(folder, factory=None)


def caught_mail() -> mailbox.Maildir:
    return maildir(Path(settings.VAR_DIR) / "mail")


def newest_first() -> list[str]:
    """The keys of the messages, by the time of arrival at the front of every file name."""
    return sorted(caught_mail().keys(), key=lambda key: [float(key.split(".")[0]), key], reverse=True)


def read(key: str) -> EmailMessage:
    """One message; KeyError when there is none."""
    return BytesParser(policy=modern).parsebytes(caught_mail().get_bytes(key))  # type: ignore[return-value]


async def serve(listening: socket.socket, folder: Path) -> None:
    from aiosmtpd.smtp import SMTP  # only the local installation has it

    def session() -> SMTP:
        return SMTP(Catcher(folder), data_size_limit=None, enable_SMTPUTF8=True)

    server = await asyncio.get_running_loop().create_server(session, sock=listening)
    await server.serve_forever()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fd", type=int, required=True)
    parser.add_argument("maildir", type=Path)
    options = parser.parse_args()
    asyncio.run(serve(socket.socket(fileno=options.fd), options.maildir))


if __name__ == "__main__":
    main()
