"""script/server and script/manage on one's own computer: they start, stop, and say in one sentence why not."""

import json
import os
import shutil
import signal
import smtplib
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

import psycopg
import pytest

from portal import embedded
from portal.embedded import Postgres, ServiceFailed, Services, alive
from tests.database import empty_folder

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.slow


@pytest.fixture
def var() -> Iterator[Path]:
    with empty_folder() as folder:
        yield folder


def environ(var: Path) -> dict[str, str]:
    """What a newcomer's terminal has: no addresses of services."""
    told = {"DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "EMAIL_URL"}
    kept = {name: value for name, value in os.environ.items() if name not in told and not name.startswith("PYTEST")}
    return {**kept, "VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "portal.settings.local"}


def run(module: str, *arguments: str, var: Path, prefix: tuple[str, ...] = ()) -> subprocess.CompletedProcess:
    return subprocess.run(
        [*prefix, sys.executable, "-m", module, *arguments],
        cwd=ROOT, env=environ(var), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def processes_of(var: Path) -> list[str]:
    """The command lines of every process that works in this folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
        except OSError:
            continue
        if bytes(var) in words and alive(int(process.name)):
            found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
    return found


class Server:
    """A running script/server, after its set-up."""

    def __init__(self, var: Path, *arguments: str):
        self.port, self.lines = free_port(), []
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "portal.local_server", "--port", str(self.port), *arguments],
            cwd=ROOT, env=environ(var), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip

    def until(self, words: str) -> str:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line.rstrip())
            if words in line:
                return line.rstrip()
        raise AssertionError(f"the server ended before it said {words!r}: {self.lines}")

    def stop(self, number: signal.Signals = signal.SIGTERM) -> float:
        asked = time.monotonic()
        self.process.send_signal(number)
        assert self.process.wait(20) == 0
        took = time.monotonic() - asked
        self.close()
        return took

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)
        if self.process.stdout:
            self.process.stdout.close()


@pytest.fixture
def serve(var: Path) -> Iterator[Callable[..., Server]]:
    servers: list[Server] = []

    def start(*arguments: str) -> Server:
        servers.append(Server(var, *arguments))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


def get(server: Server, path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{server.port}{path}", timeout=20) as answer:
        return answer.read().decode()


def test_the_server_runs_catches_mail_mends_itself_and_keeps_its_data(var: Path, serve):
    server = serve("--no-demo")
    assert server.until("Ready:") == f"Ready: http://127.0.0.1:{server.port}"
    assert get(server, "/healthz/") == "ok"

    host, port = (var / "run" / "mail-address").read_text().removeprefix("smtp://").split(":")
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "post@voorbeeld.example", "fatma@voorbeeld.example", "Uitnodiging Ł"
    mail.set_content("Tot 12 mei.")
    with smtplib.SMTP(host, int(port)) as smtp:
        smtp.send_message(mail, to_addrs=["fatma@voorbeeld.example", "stil@voorbeeld.example"])
    assert [path.read_text().splitlines()[0] for path in (var / "mail" / "new").iterdir()] == [
        "X-Envelope-To: fatma@voorbeeld.example, stil@voorbeeld.example"
    ]
    assert "Uitnodiging Ł" in get(server, "/voorbeeld/post/")

    # A command beside the running server uses its database and leaves it running.
    made = "from portal.models import AuditEvent as A; A.objects.create(event='x', object_label='a.b', object_id=7)"
    assert run("portal.local_manage", "shell", "-c", made, var=var).returncode == 0
    assert get(server, "/healthz/") == "ok"

    # A second copy has to wait its turn.
    second = run("portal.local_server", var=var)
    assert second.returncode == 1
    assert second.stderr == f"✗ Raadportaal already runs from this folder (process {server.process.pid}).\n"

    # What falls is started again.
    beat = next(p for p in Path("/proc").glob("[0-9]*") if is_beat_of(p, var))
    os.kill(int(beat.name), signal.SIGKILL)
    assert "The process beat stopped by itself" in server.until("stopped by itself")

    assert server.stop(signal.SIGINT) < 10
    assert processes_of(var) == []

    again = serve()
    again.until("Ready:")
    assert time.monotonic() - again.started < 60  # 15 s on a quiet machine; other tests share this one
    assert not [line for line in again.lines if "example data" in line]  # the first start chose an empty portal
    count = "from portal.models import AuditEvent as A; print(A.objects.filter(object_id=7).count())"
    assert run("portal.local_manage", "shell", "-v", "0", "-c", count, var=var).stdout == "1\n"
    assert again.stop() < 10
    assert processes_of(var) == []

    kept = run("portal.local_server", "--reset", var=var)
    assert (kept.returncode, kept.stderr) == (
        1,
        "✗ --reset asks before it throws data away; without a terminal, add --yes.\n",
    )
    assert (var / "postgres" / "PG_VERSION").exists()
    fresh = serve("--reset", "--yes", "--no-demo")
    fresh.until("Ready:")
    assert run("portal.local_manage", "shell", "-v", "0", "-c", count, var=var).stdout == "0\n"


def is_beat_of(process: Path, var: Path) -> bool:
    try:
        command = (process / "cmdline").read_bytes()
    except OSError:
        return False
    return b"\0beat\0" in command and bytes(var) in command


def test_a_taken_port_is_said_in_one_sentence(var: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        refused = run("portal.local_server", "--port", port, var=var)
    assert refused.returncode == 1
    assert refused.stderr == f"✗ Port {port} cannot be used: address already in use. Choose another with --port N.\n"
    assert processes_of(var) == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ({"note.txt": "holiday"}, "is no database: put back a copy, or start afresh with script/server --reset."),
        ({"PG_VERSION": "17\n"}, "is of version 17: put back a copy, or start afresh with script/server --reset."),
        ({"PG_VERSION": "18\n"}, "PostgreSQL does not start from"),
    ],
)
def test_a_broken_database_folder_is_said_in_one_sentence(var: Path, content: dict[str, str], sentence: str):
    (var / "postgres").mkdir(mode=0o700)
    for name, text in content.items():
        (var / "postgres" / name).write_text(text)
    refused = run("portal.local_server", "--port", str(free_port()), var=var)
    assert refused.returncode == 1
    assert sentence in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
    assert {path.name for path in (var / "postgres").iterdir()} >= set(content)
    assert processes_of(var) == []


def test_a_full_disk_is_said_in_one_sentence(var: Path):
    # A disk of 8 MB, seen by this process only.
    small = ("unshare", "--user", "--map-root-user", "--mount", "sh", "-c",
             f'mount -t tmpfs -o size=8m none {var} && exec "$@"', "sh")  # fmt: skip
    refused = run("portal.local_server", "--port", str(free_port()), var=var, prefix=small)
    assert refused.returncode == 1
    assert refused.stderr == f"✗ The disk of {var} is full: 8 MB free, 100 MB needed.\n"
    assert len(refused.stderr.splitlines()) == 1


def test_manage_works_without_the_server_and_leaves_nothing_running(var: Path):
    plan = run("portal.local_manage", "showmigrations", "portal", var=var)
    assert plan.stdout.splitlines()[0] == "portal"
    printed = run("portal.local_manage", "shell", "-v", "0", "-c", "import json; print(json.dumps({'a': 1}))", var=var)
    assert json.loads(printed.stdout) == {"a": 1}
    assert run("portal.local_manage", "shell", "-c", "raise SystemExit(7)", var=var).returncode == 7
    assert processes_of(var) == []


def test_a_killed_database_starts_again_with_its_data(var: Path):
    with Services(var, environ={}) as services:
        assert services.postgres
        with psycopg.connect(services.postgres.url("portal_owner")) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        pid = int((services.postgres.data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        while services.postgres.running():
            time.sleep(0.05)
        services.start()
        with psycopg.connect(services.postgres.url("portal_owner")) as connection:
            assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_a_dead_process_that_nobody_buried_does_not_count():
    child = subprocess.Popen(["sleep", "60"])
    assert alive(child.pid)
    child.kill()
    while alive(child.pid):
        time.sleep(0.01)
    assert Path(f"/proc/{child.pid}").exists()  # still listed, as long as nobody waits for it
    child.wait()


def test_the_last_to_leave_stops_the_services(var: Path):
    first, second = Services(var, environ={}), Services(var, environ={})
    with first:
        with second:
            pass
        assert [service.running() for service in first.running] == [True, True]
    assert [service.running() for service in first.running] == [False, False]


def test_a_long_path_gets_a_short_folder_for_its_sockets(var: Path):
    deep = var / ("d" * 60) / ("e" * 60)
    with Services(deep, environ={}) as services:
        assert services.postgres and services.postgres.run.parent == Path("/tmp")
        assert services.postgres.run.stat().st_mode & 0o777 == 0o700
        assert services.postgres.running()
    shutil.rmtree(services.postgres.run)


def test_the_running_portal_owns_nothing(var: Path):
    with (
        Services(var, environ={}) as services,
        psycopg.connect(services.urls()["DATABASE_URL"]) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("CREATE TABLE mine (n int)")


def test_addresses_in_the_environment_are_used_as_they_are(var: Path):
    with Services(var, environ={"DATABASE_URL": "postgresql://db/portal", "REDIS_URL": "redis://queue"}) as services:
        assert services.urls() == {}
    assert not (var / "postgres").exists()


@pytest.mark.skipif(os.getuid() != 0, reason="an ordinary user needs no other user")
def test_root_without_user_namespaces_runs_postgresql_as_somebody_else(var: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(embedded, "namespaces_work", lambda: False)
    with empty_folder() as elsewhere:
        elsewhere.chmod(0o755)
        monkeypatch.setattr(embedded, "OUTSIDE", elsewhere)
        with Services(var, environ={}) as services:
            assert services.postgres
            pid = int((services.postgres.data / "postmaster.pid").read_text().split()[0])
            assert Path(f"/proc/{pid}").stat().st_uid == embedded.first_ordinary_user().pw_uid
            assert services.postgres.data.is_relative_to(elsewhere)
    assert processes_of(elsewhere) == []


def test_a_folder_of_somebody_else_is_not_used(var: Path, monkeypatch: pytest.MonkeyPatch):
    (var / "run").symlink_to("/tmp")
    with pytest.raises(ServiceFailed, match="belongs to somebody else"):
        Services(var, environ={})


def test_the_same_start_twice_changes_nothing(var: Path):
    (var / "run").mkdir()
    server = Postgres(var, embedded.socket_folder(var / "run"), durable=False)
    server.start()
    pid = (server.data / "postmaster.pid").read_text()
    server.start()
    assert (server.data / "postmaster.pid").read_text() == pid
    server.stop()
    assert not server.running()
