"""How the portal and its press talk: a line of JSON with the lengths of what follows, then the bytes.

No pickle: what comes out of a child that laid out a document of others is plain data.
"""

import json
from typing import IO, Any

MOST = 256 * 1024 * 1024  # bytes of one message


class Broken(Exception):
    """The other side stopped in the middle of a message, or says what makes no sense."""


def send(stream: IO[bytes], header: dict[str, Any], parts: list[bytes]) -> None:
    stream.write(json.dumps({**header, "parts": [len(part) for part in parts]}).encode() + b"\n")
    for part in parts:
        stream.write(part)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[dict[str, Any], list[bytes]] | None:
    """None when the other side has gone, with nothing said."""
    line = stream.readline(MOST)
    if not line:
        return None
    try:
        header = json.loads(line)
        lengths = [int(length) for length in header.pop("parts")]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Broken from None
    if any(length < 0 for length in lengths) or sum(lengths) > MOST:
        raise Broken
    return header, [exactly(stream, length) for length in lengths]


def exactly(stream: IO[bytes], length: int) -> bytes:
    content = stream.read(length)
    if len(content) < length:
        raise Broken
    return content
