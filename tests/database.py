"""Fixtures of the test database: made and migrated by the owner, used by the runtime role without privileges."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit, urlunsplit

import pytest
import redis

# Filled by the migrations, so they stay between tests.
KEPT_TABLES = {"django_migrations", "django_content_type", "auth_permission"}
_NON_EMPTY = "SELECT 1 WHERE EXISTS (SELECT 1 FROM {})"


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker) -> Iterator[None]:
    """Make this worker's database with the owner's connection; the default alias meets it as the runtime role."""
    from django.db import connections
    from django.test import TransactionTestCase

    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    default, owner = connections["default"], connections["owner"]
    original_name = owner.settings_dict["NAME"]
    owner.settings_dict["TEST"]["NAME"] = f"test_{original_name}_{worker}"
    with django_db_blocker.unblock():
        name = owner.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        owner.close()
    default.settings_dict["NAME"] = name
    cleanup = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda self: empty_tables()
    yield
    TransactionTestCase._fixture_teardown = cleanup
    with django_db_blocker.unblock():
        default.close()
        owner.creation.destroy_test_db(original_name, verbosity=0)


def owner_connection():
    """A connection of the owner beside Django's own, which a test may not touch."""
    from django.db import connections

    owner = connections["owner"]
    connection = owner.get_new_connection(owner.get_connection_params())
    connection.autocommit = True
    return connection


def empty_tables() -> None:
    """Empty every table as the owner, around the triggers of tables that are written once."""
    with owner_connection() as connection:
        connection.execute("SET lock_timeout = '15s'")
        tables = [row[0] for row in connection.execute(
            "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
        ).fetchall() if row[0] not in KEPT_TABLES]  # fmt: skip
        filled = [table for table in tables if connection.execute(_NON_EMPTY.format(table)).fetchone()]
        if not filled:
            return
        triggers = connection.execute(
            "SELECT quote_ident(relname), quote_ident(tgname) FROM pg_trigger"
            " JOIN pg_class ON pg_class.oid = tgrelid WHERE tgenabled = 'A' AND NOT tgisinternal"
        ).fetchall()
        with connection.transaction():
            for table, trigger in triggers:
                connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
            connection.execute(f"TRUNCATE {', '.join(filled)} CASCADE")
            for table, trigger in triggers:
                connection.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}")


def with_database(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


@pytest.fixture
def real_services(transactional_db, tmp_path: Path) -> dict[str, str]:
    """The environment of a real process (a Celery worker, a web server) that works on the data of this test."""
    from django.db import connections

    name = connections["default"].settings_dict["NAME"]
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    number = int(worker.removeprefix("gw") or 0) + 1
    redis_url = os.environ["REDIS_URL"].split("?")[0] + f"?db={number}"
    redis.Redis.from_url(redis_url).flushdb()
    return {
        **{key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")},
        "DJANGO_SETTINGS_MODULE": "portal.settings.local",
        "DATABASE_URL": with_database(os.environ["DATABASE_URL"], name),
        "DATABASE_OWNER_URL": with_database(os.environ["DATABASE_OWNER_URL"], name),
        "REDIS_URL": redis_url,
        "VAR_DIR": str(tmp_path / "var"),
    }


@pytest.fixture
def start_worker(real_services: dict[str, str], tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen]]:
    """`start_worker(EMAIL_URL=…)` starts a real Celery worker and returns its process once it takes tasks."""
    processes: list[subprocess.Popen] = []

    def start(concurrency: int = 1, **environ: str) -> subprocess.Popen:
        log = tmp_path / f"worker-{len(processes)}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "portal", "worker", "-c", str(concurrency), "-l", "INFO",
                 "--without-gossip", "--without-mingle", "-Q", "celery,print",
                 "-n", f"test{len(processes)}-{os.getpid()}@%h"],
                env={**real_services, **environ}, stdout=output, stderr=output, start_new_session=True,
            )  # fmt: skip
        processes.append(process)
        give_up = time.monotonic() + 60
        while " ready." not in log.read_text(errors="replace"):
            if process.poll() is not None or time.monotonic() > give_up:
                pytest.fail(f"the Celery worker did not start:\n{log.read_text(errors='replace')}")
            time.sleep(0.1)
        return process

    yield start
    for process in processes:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def empty_folder() -> Iterator[Path]:
    """A folder with a short path: a unix socket has room for 107 bytes."""
    with TemporaryDirectory(prefix="raadportaal-own-") as folder:
        yield Path(folder)
