"""A PostgreSQL and a Valkey of its own for every test run, so that runs go side by side in one tree.

Loaded with `-p tests.plugin_db`. With DATABASE_URL set (and DATABASE_OWNER_URL, a role that may create databases)
those are used instead. The workers of pytest-xdist inherit the addresses through the environment.
"""

import fcntl
import os
import shutil
import signal
import tempfile
from pathlib import Path

import pytest

# Before anything of the portal is imported: portal.celery would choose the production settings.
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"

from portal.catalogs import compile_catalogs
from portal.embedded import Services
from tests import database

PREFIX = "raadportaal-test-"
_started: list[tuple[Services, Path]] = []


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config, parser, args):
    # A wrapper runs before the hook of pytest-django, which reads the settings.
    if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
        remove_abandoned()
        start_services()
    if "PYTEST_XDIST_WORKER" not in os.environ:
        compile_catalogs()
    return (yield)


def pytest_configure(config: pytest.Config) -> None:
    # Registered after pytest-django, so that our fixtures replace its own.
    config.pluginmanager.register(database, "portal-database")


def pytest_unconfigure(config: pytest.Config) -> None:
    while _started:
        services, home = _started.pop()
        services.__exit__()
        shutil.rmtree(home, ignore_errors=True)


def start_services() -> None:
    home = Path(tempfile.mkdtemp(prefix=PREFIX, dir=os.environ.get("TEST_SERVICES_DIR")))
    services = Services(home, durable=False)
    services.__enter__()
    _started.append((services, home))
    os.environ.update(services.urls())


def remove_abandoned() -> None:
    """Stop and remove what a killed run left behind: nobody holds its lock any more."""
    for home in Path(os.environ.get("TEST_SERVICES_DIR") or tempfile.gettempdir()).glob(f"{PREFIX}*"):
        lock = home / "run" / "users.lock"
        if not lock.exists() or home.stat().st_uid != os.getuid():
            continue
        with lock.open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            services = Services(home, durable=False, environ={})
            for service in services.running:
                if service.running():
                    service.stop()
            shutil.rmtree(home, ignore_errors=True)


def pytest_sessionstart(session: pytest.Session) -> None:
    # A terminated run still stops its services.
    if _started:
        signal.signal(signal.SIGTERM, lambda *_: pytest.exit("terminated", returncode=143))
