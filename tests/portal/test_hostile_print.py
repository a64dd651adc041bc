"""What a text may make the printer do: fetch nothing, and fall without harm."""

import io
import os
import struct
import threading
import time
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from weasyprint.urls import URLFetcher

from advice.letter_print import print_letter
from advice.response_print import print_text
from advice.slip_print import print_slips
from portal.pdf import PressFailed, engine, typesetting
from portal.pdf.assets import Assets
from portal.pdf.job import Job
from portal.pdf.press import Press
from tests import printing
from tests.hostile import CORPUS, SECRET, Outside

# WeasyPrint leaves its colour profile open.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")

CREATED = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)


@pytest.fixture
def outside(tmp_path):
    outside = Outside(tmp_path)
    yield outside
    outside.close()


@pytest.fixture
def in_this_process(monkeypatch):
    """The press has no network at all; here the fetcher alone has to hold the door."""
    monkeypatch.setattr(engine, "render", engine.render_here)
    typesetting.sheet(engine.sheet("portal/pdf/sheet.css"))


def document(body: str) -> Job:
    html = f'<html lang="nl"><head><title>Proef</title></head><body>{body}</body></html>'
    return Job(html=html, created=CREATED, sheets=(engine.sheet("portal/pdf/sheet.css"),))


def leaked(content: bytes) -> bool:
    """Is the canary anywhere in the file: its text, its streams unpacked, what is embedded?"""
    with pikepdf.open(io.BytesIO(content)) as file:
        streams = [one.read_bytes() for one in file.objects if isinstance(one, pikepdf.Stream) and readable(one)]
    whole = b"".join([content, *streams])
    return SECRET.encode() in whole or SECRET in printing.text(content)


def readable(stream: pikepdf.Stream) -> bool:
    return str(stream.get("/Filter", "")) in ("", "/FlateDecode")


def recorded(kind, fetched: list[str]):
    class Recorded(kind):
        def fetch(self, url, headers=None):
            response = super().fetch(url, headers)
            fetched.append(url)
            return response

    return Recorded


def test_as_if_nothing_was_cleaned_nothing_is_fetched(outside, in_this_process, monkeypatch):
    fetched: list[str] = []
    monkeypatch.setattr(typesetting, "Assets", recorded(Assets, fetched))
    leaks = []
    for tag, kind in CORPUS:
        content = typesetting.typeset(document(outside.payload(tag, kind)))
        if leaked(content) or printing.embedded(content):
            leaks.append((tag, kind))
    print(f"{len(CORPUS)} payloads: {len(fetched)} fetched, {len(outside.knocks)} knocks, {len(leaks)} leaks")
    assert (fetched, outside.knocks, leaks) == ([], [], [])


def test_control_the_default_fetcher_fetches_on_the_same_corpus(outside, in_this_process, monkeypatch):
    fetching, leaks = 0, 0
    for tag, kind in CORPUS:
        fetched: list[str] = []
        monkeypatch.setattr(typesetting, "Assets", lambda content, seen=fetched: recorded(URLFetcher, seen)(timeout=2))
        content = typesetting.typeset(document(outside.payload(tag, kind)))
        fetching += bool(fetched)
        leaks += leaked(content) or bool(printing.embedded(content))
    print(f"control: {fetching} of {len(CORPUS)} fetched, {len(outside.knocks)} knocks, {leaks} leaks")
    assert fetching >= 60 and leaks >= 10
    assert {"127.0.0.1", "::1"} == set(outside.knocks)


# What has a form of its own: no text that somebody types freely.
KEPT = {
    "date",
    "document",
    "tenor",
    "logo",
    "theme",
    "language",
    "sha256",
    "number",
    "created",
    "response_due",
    "short_url",
}


def with_payload(value, payload: str, fields: set[str], path: str = ""):
    """The same letter with the payload behind every text in it."""
    if isinstance(value, dict):
        return {
            key: one if key in KEPT else with_payload(one, payload, fields, f"{path}.{key}")
            for key, one in value.items()
        }
    if isinstance(value, list):
        return [with_payload(one, payload, fields, path) for one in value]
    if isinstance(value, str):
        fields.add(path.lstrip("."))
        return f"{value} {payload}"
    return value


def whole_letter() -> dict:
    letter = printing.letter_data("long")
    letter["plain_summary"] = letter.get("plain_summary") or "Kort gezegd."
    letter["minority_views"] = [{"by": "Twee leden", "html": "<p>Anders.</p>"}, {"by": "Een lid", "text": "Nee."}]
    letter["copy_to"], letter["mandate"] = ["de gemeenteraad"], "Namens de adviesraad."
    letter["attachments"] = [{"title": "Bijlage", "html": "<p>Tabel</p>"}, {"title": "Ook", "text": "tekst"}]
    letter["recommendations"] = [{"number": 1, "text": "Doe dit.", "reason": "Daarom.", "refers_to": "artikel 2"}]
    letter["glossary"] = [{"term": "hulp", "explanation": "Uitleg."}]
    return letter


@pytest.mark.slow
def test_through_every_field_of_a_letter_nothing_is_fetched(outside, in_this_process, monkeypatch):
    fetched: list[str] = []
    monkeypatch.setattr(typesetting, "Assets", recorded(Assets, fetched))
    fields: set[str] = set()
    for start in range(0, len(CORPUS), 23):
        payload = "".join(outside.payload(*one) for one in CORPUS[start : start + 23])
        content = print_letter(with_payload(whole_letter(), payload, fields), images=printing.IMAGES)
        assert not leaked(content)
        assert [name.partition("-")[0] for name in printing.embedded(content)] == ["advies"]
    allowed = {"asset:adviesraad.svg", "asset:qr.svg"}
    print(f"{len(CORPUS)} payloads through {len(fields)} fields: {len(set(fetched) - allowed)} fetched")
    assert (set(fetched) - allowed, outside.knocks) == (set(), [])
    assert {
        "sections.html", "recommendations.text", "recommendations.reason", "plain_summary", "minority_views.html",
        "minority_views.by", "minority_views.text", "attachments.html", "attachments.title", "subject", "salutation",
        "authority.addressee", "councils.name", "request.questions", "glossary.explanation", "copy_to",
    } - {"salutation"} <= fields  # fmt: skip


@pytest.mark.slow
def test_through_a_slip_on_paper_nothing_is_fetched(outside, in_this_process, monkeypatch):
    fetched: list[str] = []
    monkeypatch.setattr(typesetting, "Assets", recorded(Assets, fetched))
    slip = {
        "kind": "vote", "council": {"name": "Adviesraad"}, "name": "Lid", "address": ["Straat 1"], "date": "2026-09-01",
        "last_day": "2026-09-15", "about": "Vervoer", "summary": "Kort.", "recommendations": ["Doe dit."],
        "choices": ["Voor", "Tegen"],
    }  # fmt: skip
    payload = "".join(outside.payload(*one) for one in CORPUS[::6])
    hostile = with_payload(slip, payload, set()) | {key: slip[key] for key in ("kind", "date", "last_day")}
    assert not leaked(print_slips([hostile]))
    assert (fetched, outside.knocks) == ([], [])


@pytest.mark.slow
@pytest.mark.parametrize("form", ["letter", "table"])
def test_through_the_answer_of_the_executive_nothing_is_fetched(outside, in_this_process, monkeypatch, form):
    fetched: list[str] = []
    monkeypatch.setattr(typesetting, "Assets", recorded(Assets, fetched))
    text = {
        "authority": {"name": "Gemeente", "executive": "het college"}, "addressee": ["Adviesraad"], "text": "Dank u.",
        "letter": {"reference": "2026-01", "subject": "Vervoer"}, "reference": "G/1", "salutation": "Geachte raad,",
        "signatories": [{"name": "A", "role": "wethouder"}],
        "answers": [{
            "number": 1, "recommendation": "Doe dit.", "motivation": "Omdat.",
            "commitment": {"text": "Wij doen dit", "owner": "Team"},
        }],
    }  # fmt: skip
    fields: set[str] = set()
    payload = "".join(outside.payload(*one) for one in CORPUS[::4])
    hostile = with_payload(text, payload, fields) | {"form": form, "date": "2026-10-01"}
    assert not leaked(print_text(hostile))
    assert (fetched, outside.knocks, len(fields)) == ([], [], 14)


def test_through_the_press_nothing_is_fetched_either(outside):
    press = Press()
    try:
        content = press.print(document("".join(outside.payload(*one) for one in CORPUS)))
    finally:
        press.stop()
    assert not leaked(content) and outside.knocks == []


# --- what wants to take all time or memory ----------------------------------


def giant_png() -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


DOUBLING = "".join(f"--v{n}: var(--v{n + 1}) var(--v{n + 1});" for n in range(30))
HEAVY = {
    "deep nesting": "<div>" * 20_000,
    "deep quotes": "<blockquote><p>x" * 3_000,
    "long table": "<table>" + "<tr><td>x</td></tr>" * 200_000 + "</table>",
    "wide table": "<table><tr>" + "<td>x</td>" * 20_000 + "</tr></table>",
    "colspan": '<table><tr><td colspan="1000000000" rowspan="1000000000">x</td></tr></table>',
    "a billion pixels": '<div style="width: 1000000000px; height: 1000000000px">x</div>',
    "a billion points": '<p style="font-size: 1000000000pt">x</p>',
    "pages of one pixel": "<style>@page { size: 1px 1px; margin: 0 }</style>" + "<p>woord</p>" * 500,
    "columns": '<div style="columns: 1000000">' + "<p>x</p>" * 100 + "</div>",
    "doubling variables": f"<style>:root {{ {DOUBLING} --v30: x }} p::before {{ content: var(--v0) }}</style><p>x</p>",
    "svg that uses itself": '<svg width="9" height="9"><g id="a"><use href="#a"/></g><use href="#a"/></svg>',
    "svg that doubles": '<svg width="9" height="9"><defs><g id="g0"><rect width="1" height="1"/></g>'
    + "".join(f'<g id="g{n}"><use href="#g{n - 1}"/><use href="#g{n - 1}"/></g>' for n in range(1, 30))
    + '</defs><use href="#g29"/></svg>',
    "svg pattern in itself": '<svg width="9" height="9"><pattern id="p" width="1" height="1"><rect width="9" height="9"'
    ' fill="url(#p)"/></pattern><rect width="9" height="9" fill="url(#p)"/></svg>',
    "giant picture": '<img src="asset:giant.png" alt="">',
    "a word without end": "x" * 5_000_000,
}  # fmt: skip


class Watch(threading.Thread):
    """The highest use of memory of the child, in megabytes."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.status, self.most, self.done = Path(f"/proc/{pid}/statm"), 0, threading.Event()
        self.start()

    def run(self) -> None:
        while not self.done.wait(0.02):
            try:
                pages = int(self.status.read_text().split()[1])
            except (OSError, IndexError):
                return
            self.most = max(self.most, pages * os.sysconf("SC_PAGESIZE") // 2**20)


@pytest.mark.slow
@pytest.mark.parametrize("name", HEAVY)
def test_what_takes_all_is_ended_and_the_next_letter_prints(settings, name):
    settings.PRESS_SECONDS = 4.0
    press = Press()
    try:
        press.print(document("<p>warm</p>"))
        watch = Watch(press.child.process.pid)
        heavy = document(HEAVY[name])
        heavy.images["giant.png"] = giant_png()
        started = time.monotonic()
        try:
            outcome = f"{len(press.print(heavy))} bytes"
        except PressFailed as failed:
            outcome = str(failed)
        seconds = time.monotonic() - started
        watch.done.set()
        settings.PRESS_SECONDS = 30.0
        after = press.print(document("<p>de volgende brief</p>"))
    finally:
        press.stop()
    print(f"{name}: {outcome}, {seconds:.1f} s, {watch.most} MB")
    assert seconds < 7
    assert watch.most <= settings.PRESS_MEMORY
    assert "de volgende brief" in printing.text(after)
