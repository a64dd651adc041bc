"""The press: the same bytes from a child that stays warm, has limits, no network and no secrets, and may fall."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from portal import checks, pdf
from portal.pdf import PressFailed, engine, wire
from portal.pdf import press as press_module
from portal.pdf.job import Job
from portal.pdf.press import Child, Press
from portal.pdf.typesetting import typeset
from tests.printing import text

# WeasyPrint leaves its colour profile open.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")

CREATED = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
LEAVES = "from portal.pdf.press_child import leave_network; import sys; sys.exit(0 if leave_network() else 1)"
CAN_LEAVE = subprocess.run([sys.executable, "-c", LEAVES], check=False).returncode == 0


def job(body: str, **more) -> Job:
    html = f'<html lang="nl"><head><title>Proef</title></head><body>{body}</body></html>'
    return Job(html=html, created=CREATED, sheets=(engine.sheet("portal/pdf/sheet.css"),), **more)


@pytest.fixture
def press():
    press = Press()
    yield press
    press.stop()


def child_of(press: Press) -> int:
    return press.child.process.pid


def test_the_same_bytes_as_without_a_press(press):
    attached = (pdf.Attached("gegevens.json", b'{"a": 1}', "De gegevens"),)
    one = job("<h1>Łukasik</h1><p>tekst</p>", attachments=attached, theme=":root { --accent: #17506b }")
    assert press.print(one) == typeset(one)
    assert press.print(one) == typeset(one)


def test_a_job_travels_whole():
    one = job(
        "<p>x</p>", tighter="<p>y</p>", theme="p {}", images={"a.svg": b"<svg/>", "b.png": b"\x89"},
        attachments=(pdf.Attached("a.csv", b"a;b", "Cijfers", "Data"), pdf.Attached("b", b"", "Leeg")),
    )  # fmt: skip
    assert Job.unpacked(*one.packed()) == one


def test_it_stays_warm_and_is_replaced_after_so_many(press, settings):
    settings.PRESS_DOCUMENTS = 2
    pids = []
    for _number in range(3):
        press.print(job("<p>x</p>"))
        pids.append(child_of(press))
    assert pids[0] == pids[1] != pids[2]
    assert not Path(f"/proc/{pids[0]}").exists()


def test_who_took_much_memory_is_replaced(press, settings):
    settings.PRESS_KEEP = 1
    press.print(job("<p>x</p>"))
    first = child_of(press)
    assert 50 < press.child.memory < 150
    press.print(job("<p>x</p>"))
    assert child_of(press) != first


def test_a_fork_has_a_press_of_its_own(monkeypatch):
    ours = press_module.press()
    assert press_module.press() is ours
    monkeypatch.setattr(ours, "pid", -1)
    assert press_module.press() is not ours


def test_it_holds_no_secrets_and_no_open_doors(press, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://canary")
    with socket.socket() as door, open("/etc/hostname") as file:
        os.set_inheritable(door.fileno(), True)
        os.set_inheritable(file.fileno(), True)
        press.print(job("<p>x</p>"))
        proc = Path(f"/proc/{child_of(press)}")
        names = {line.split("=")[0] for line in (proc / "environ").read_text().split("\0") if line}
        open_files = [os.readlink(one) for one in (proc / "fd").iterdir()]
        control = subprocess.run(
            [sys.executable, "-c", "import os; print(*[os.readlink(f'/proc/self/fd/{n}') for n in range(30)"
             " if os.path.exists(f'/proc/self/fd/{n}')]); print(os.environ['DATABASE_URL'])"],
            close_fds=False, check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
    assert names == {"PATH", "LANG", "HOME", "TMPDIR", "PYTHONUTF8"}
    kinds = {one.split(":")[0] for one in open_files}
    assert kinds == {"pipe", "/dev/null"}, open_files
    assert "postgresql://canary" in control and "/etc/hostname" in control  # another child would have had both


@pytest.mark.skipif(not CAN_LEAVE, reason="this system lets no process leave the network")
def test_it_is_alone_in_its_network(press):
    press.print(job("<p>x</p>"))
    assert os.readlink(f"/proc/{child_of(press)}/ns/net") != os.readlink("/proc/self/ns/net")
    routes = Path(f"/proc/{child_of(press)}/net/route").read_text().splitlines()
    assert len(routes) <= 1  # the heading
    assert checks.press_has_no_network() == []


CONNECT = """
import socket, sys
from portal.pdf.press_child import leave_network
if sys.argv[2] == "leave":
    leave_network()
socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=3)
"""


@pytest.mark.skipif(not CAN_LEAVE, reason="this system lets no process leave the network")
def test_without_network_not_even_this_machine_is_there():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        stayed, left = (
            subprocess.run([sys.executable, "-c", CONNECT, port, how], capture_output=True, check=False).returncode
            for how in ("stay", "leave")
        )
    assert (stayed, left) == (0, 1)


def test_the_check_says_where_it_cannot_leave(monkeypatch):
    monkeypatch.setattr(checks, "LEAVE", "import sys; sys.exit(1)")
    (warning,) = checks.press_has_no_network()
    assert warning.id == "portal.W001"


# --- what passes its limits -------------------------------------------------


def test_who_takes_too_long_is_ended_and_the_next_one_prints(press, settings):
    settings.PRESS_SECONDS = 1.0
    press.print(job("<p>warm</p>"))
    first = child_of(press)
    started = time.monotonic()
    with pytest.raises(PressFailed) as failed:
        press.print(job("<table>" + "<tr><td>x</td></tr>" * 20_000 + "</table>"))
    assert failed.value.why == "time"
    assert time.monotonic() - started < 3
    assert not Path(f"/proc/{first}").exists()
    settings.PRESS_SECONDS = 30
    assert "hierna" in text(press.print(job("<p>hierna</p>")))


def test_who_takes_too_much_memory_falls_and_the_next_one_prints(press, settings):
    settings.PRESS_MEMORY = 350
    with pytest.raises(PressFailed) as failed:
        press.print(job("<table>" + "<tr><td>x</td></tr>" * 30_000 + "</table>"))
    assert failed.value.why in ("memory", "fell")
    assert "hierna" in text(press.print(job("<p>hierna</p>")))


def test_a_fault_of_the_document_tells_its_place_and_not_its_words(press):
    with pytest.raises(PressFailed) as failed:
        press.print(Job(html="", created=CREATED, sheets=("@font-face { font-family: geheim } " * 2,)))
    assert failed.value.why == "fault"
    assert str(failed.value).startswith("fault ValueError typesetting.py:")
    assert "geheim" not in str(failed.value)


def test_killed_between_two_documents_nobody_notices(press):
    press.print(job("<p>x</p>"))
    os.kill(child_of(press), signal.SIGKILL)
    time.sleep(0.2)
    assert "daarna" in text(press.print(job("<p>daarna</p>")))


def test_killed_halfway_is_a_failure_and_the_next_one_prints(press):
    press.print(job("<p>x</p>"))
    killer = threading.Timer(0.3, os.kill, [child_of(press), signal.SIGKILL])
    killer.start()
    with pytest.raises(PressFailed) as failed:
        press.print(job("<table>" + "<tr><td>x</td></tr>" * 20_000 + "</table>"))
    assert str(failed.value) == "fell code -9"
    assert "daarna" in text(press.print(job("<p>daarna</p>")))


def test_without_work_it_goes_home_and_comes_back(press, settings):
    settings.PRESS_IDLE = 0.2
    press.print(job("<p>x</p>"))
    first = press.child
    first.process.wait(10)
    press.child.fit = lambda: True  # as if it went between our look and our question
    assert "terug" in text(press.print(job("<p>terug</p>")))
    assert press.child is not first
    assert not Path(first.folder).exists()


def test_its_folder_goes_with_it(press):
    press.print(job("<p>x</p>"))
    folder = Path(press.child.folder)
    assert list(folder.iterdir())
    press.stop()
    assert not folder.exists()


def test_a_child_that_cannot_start_says_so(press, monkeypatch):
    monkeypatch.setattr(Child, "environment", lambda self: {"PYTHONHOME": "/nowhere"})
    with pytest.raises(PressFailed, match="start"):
        press.print(job("<p>x</p>"))


@pytest.mark.parametrize(
    "answer", [b"nonsense\n", b'{"parts": [-1]}\n', b'{"parts": [9]}\nkort', b'{"parts": [99999999999]}\n', b"[]\n"]
)
def test_an_answer_without_sense_is_refused(tmp_path, answer):
    file = tmp_path / "answer"
    file.write_bytes(answer)
    with file.open("rb") as stream, pytest.raises(wire.Broken):
        wire.receive(stream)
