"""No container engine runs here: the files are read, and every command of the image runs for real without it."""

import os
import re
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import yaml

from portal.embedded import INITDB, Postgres
from tests.database import empty_folder

ROOT = Path(__file__).resolve().parents[1]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ["web", "worker", "print", "beat", "migrate"]
BIN = Path(sys.executable).parent

sys.path.insert(0, str(ROOT / "script"))
import system_packages  # noqa: E402


@pytest.fixture
def image_environ(real_services: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """What a container gets: production settings and nothing of the test settings."""
    (tmp_path / "documents").mkdir()
    (tmp_path / "static").mkdir()
    return {
        **real_services,
        "PATH": f"{BIN}:{os.environ['PATH']}",
        "DJANGO_SETTINGS_MODULE": "portal.settings.base",
        "SECRET_KEY": "k" * 60,
        "ALLOWED_HOSTS": "portaal.voorbeeld.example",
        "STATIC_ROOT": str(tmp_path / "static"),
        "DOCUMENTS_DIR": str(tmp_path / "documents"),
        "EMAIL_URL": "smtp://127.0.0.1:1",
    }


@pytest.fixture
def start(image_environ: dict[str, str], tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen]]:
    running: list[subprocess.Popen] = []

    def start(command: list[str], **environ: str) -> subprocess.Popen:
        with (tmp_path / f"{command[0]}-{len(running)}.log").open("wb") as log:
            process = subprocess.Popen(
                command, cwd=ROOT, env={**image_environ, **environ}, stdout=log, stderr=log, start_new_session=True
            )
        running.append(process)
        return process

    yield start
    for process in running:
        process.terminate()
        assert process.wait(15) in (0, -15, 143)


def health_of(service: str, environ: dict[str, str], *, replace: tuple[str, str] = ("", "")) -> int:
    kind, *words = SERVICES[service]["healthcheck"]["test"]
    command = ["sh", "-c", *words] if kind == "CMD-SHELL" else words
    command = [word.replace(*replace) if replace[0] else word for word in command]
    return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, check=False).returncode


def until_healthy(service: str, environ: dict[str, str], **more) -> None:
    give_up = time.monotonic() + 60
    while health_of(service, environ, **more):
        assert time.monotonic() < give_up, f"{service} did not become healthy"
        time.sleep(0.5)


def test_one_image_runs_as_an_ordinary_user():
    assert {name: SERVICES[name]["image"] for name in OURS} == dict.fromkeys(OURS, "raadportaal")
    dockerfile = (ROOT / "Dockerfile").read_text()
    last_stage = dockerfile[dockerfile.rindex("\nFROM ") :]
    assert "\nUSER portal\n" in last_stage
    assert "useradd --uid 10001" in last_stage
    for name in OURS:
        assert SERVICES[name]["read_only"] is True
        assert SERVICES[name]["cap_drop"] == ["ALL"]
        assert "privileged" not in SERVICES[name]


def test_the_image_has_the_libraries_that_the_set_up_asks_for():
    dockerfile = (ROOT / "Dockerfile").read_text()
    installed = re.search(r"--no-install-recommends \\\n\s+(.*?) \\\n", dockerfile)
    assert installed and installed[1].split() == list(system_packages.FOR_PDF)


def test_the_image_has_the_program_that_makes_the_editor():
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert "npm ci --ignore-scripts\n" in dockerfile  # with the development packages: esbuild is one
    assert dockerfile.index("script/build_assets.py") < dockerfile.index("collectstatic")


def test_the_image_starts_from_pinned_versions_and_copies_no_secret():
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert re.findall(r"^FROM (\S+)", dockerfile, re.M) == [
        "node:24-bookworm-slim",
        "python:3.11-slim-bookworm",
        "python:3.11-slim-bookworm",
    ]
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {".env", ".git", "var", ".venv"} <= set(ignored)
    assert set(re.findall(r"uv==(\S+)", dockerfile)) == {"0.13.9"}
    assert "uv-0.13.9-" in (ROOT / "script" / "setup.py").read_text()


def test_the_image_runs_the_web_server_by_default():
    command = re.findall(r"^CMD (.*)$", (ROOT / "Dockerfile").read_text(), re.M)
    assert [yaml.safe_load(line) for line in command] == [SERVICES["web"]["command"]]


def test_compose_names_six_parts_that_report_their_health():
    assert set(SERVICES) == {"web", "worker", "print", "beat", "db", "valkey", "migrate"}
    assert SERVICES["db"]["image"] == "postgres:18"
    for name in set(SERVICES) - {"migrate"}:
        assert SERVICES[name]["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL"), name
    for name in ("web", "worker", "print", "beat"):
        assert SERVICES[name]["depends_on"] == {
            "migrate": {"condition": "service_completed_successfully"},
            "valkey": {"condition": "service_healthy"},
        }
    assert SERVICES["web"]["ports"] == ["127.0.0.1:8000:8000"]
    assert "ports" not in SERVICES["db"] and "ports" not in SERVICES["valkey"]


def test_the_printer_reaches_the_database_and_the_queue_and_nothing_else():
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert SERVICES["print"]["networks"] == SERVICES["db"]["networks"] == SERVICES["valkey"]["networks"] == ["inside"]
    assert SERVICES["web"]["networks"] == ["outside", "inside"]
    assert SERVICES["print"]["mem_limit"] == "1g"
    assert set(SERVICES["print"]["environment"]) == {
        "SECRET_KEY", "BASE_URL", "DATABASE_URL", "REDIS_URL", "PRESS_IDLE",
    }  # fmt: skip
    assert "--queues=print" in SERVICES["print"]["command"]
    assert "--queues=celery" in SERVICES["worker"]["command"]


def test_only_migrate_holds_the_password_of_the_owner():
    holders = [name for name in OURS if "OWNER" in str(SERVICES[name]["environment"])]
    assert holders == ["migrate"]
    for name in OURS:
        assert SERVICES[name]["environment"]["DATABASE_URL"].startswith("postgresql://portal_app:")


def test_every_variable_is_in_the_example_file():
    used = set(re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text()))
    example = (ROOT / ".env.example").read_text()
    assert used == set(re.findall(r"^(\w+)=", example, re.M))
    assert re.findall(r"^(\w+(?:SECRET_KEY|PASSWORD)\w*)=.+$", example, re.M) == []


def test_the_database_is_made_as_on_a_developers_machine():
    arguments = shlex.split(SERVICES["db"]["environment"]["POSTGRES_INITDB_ARGS"])
    assert set(arguments) == {a for a in INITDB if a.startswith(("--encoding", "--locale", "--builtin"))}


class WithoutRoles(Postgres):
    def _make_roles(self) -> None:
        """The image makes them from deploy/roles.sql."""


@pytest.mark.slow
def test_the_roles_of_the_image_migrate_and_run(image_environ: dict[str, str]):
    with empty_folder() as home:
        server = WithoutRoles(home, home, durable=False)
        server.start()
        try:
            psql = [str(server.bin / "psql"), "-h", str(home), "-U", "postgres", "-v", "ON_ERROR_STOP=1"]
            passwords = {"PORTAL_OWNER_PASSWORD": "owner-secret", "PORTAL_APP_PASSWORD": "app-secret"}
            environ = {**image_environ, **passwords}
            subprocess.run([*psql, "-c", "CREATE DATABASE portal"], env=environ, check=True, capture_output=True)
            subprocess.run([*psql, "-d", "portal", "-f", ROOT / "deploy" / "roles.sql"], env=environ, check=True)
            urls = {"DATABASE_URL": server.url("portal_app"), "DATABASE_OWNER_URL": server.url("portal_owner")}
            subprocess.run(SERVICES["migrate"]["command"], cwd=ROOT, env={**environ, **urls}, check=True)
            with psycopg.connect(urls["DATABASE_URL"]) as connection:
                assert connection.execute("SELECT count(*) FROM portal_auditevent").fetchone() == (0,)
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute("DELETE FROM portal_auditevent")
        finally:
            server.stop()


@pytest.mark.slow
def test_the_web_server_of_the_image_answers(start, image_environ: dict[str, str]):
    subprocess.run(
        ["python", "manage.py", "collectstatic", "--noinput", "--verbosity=0"],
        cwd=ROOT, env={**image_environ, "DATABASE_URL": "postgresql:///none"}, check=True,
    )  # fmt: skip
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    environ = {**image_environ, "HEALTHCHECK_URL": f"http://{address}/healthz/"}
    assert health_of("web", environ) == 1
    start([word.replace("0.0.0.0:8000", address) for word in SERVICES["web"]["command"]])
    until_healthy("web", environ)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["worker", "print"])
def test_the_worker_of_the_image_answers(start, image_environ: dict[str, str], name):
    assert health_of(name, image_environ, replace=("--timeout=10", "--timeout=1")) != 0
    start(SERVICES[name]["command"])
    until_healthy(name, image_environ, replace=("--timeout=10", "--timeout=3"))


@pytest.mark.slow
def test_the_calendar_of_the_image_writes_its_schedule(start, image_environ: dict[str, str], tmp_path: Path):
    folder = ("/tmp", str(tmp_path))
    assert health_of("beat", image_environ, replace=folder) == 1
    start([word.replace(*folder) for word in SERVICES["beat"]["command"]])
    until_healthy("beat", image_environ, replace=folder)
