"""The portal on one's own computer: services, web server, worker, calendar and mail catcher under one supervisor.

script/server calls this in the environment that it made. Every process has a log in var/log; the terminal shows what
happens and, once the web server answers, `Ready:` with the accounts to try.
"""

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from portal.catalogs import compile_catalogs
from portal.embedded import ServiceFailed, Services, locked
from portal.local_manage import ROOT, local_environ, var_folder
from portal.processes import Supervisor

HERE = "127.0.0.1"
READY_PATIENCE = 60.0
RESET = ["postgres", "valkey", "mail", "documents", "static", "log", "schedule", "first-start", "static-from"]


class Stop(Exception):
    """The server cannot go on. The message is one sentence."""


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    # A stop before everything runs goes by way of the same clean-up.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit(0))
    var = var_folder()
    (var / "run").mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        only_one(stack, var)
        if options.reset and not reset(var, ask=not options.yes):
            return 1
        web = stack.enter_context(listen(options.port))
        say("Starting PostgreSQL and Valkey")
        services = stack.enter_context(Services(var))
        mail = stack.enter_context(listen(0))
        address = var / "run" / "mail-address"
        address.write_text(f"smtp://{HERE}:{mail.getsockname()[1]}")
        stack.callback(address.unlink, missing_ok=True)
        url = f"http://{HERE}:{web.getsockname()[1]}"
        environ = {"BASE_URL": url, **local_environ(services)}
        prepare(var, environ, demo=not options.no_demo)
        supervisor = stack.enter_context(Supervisor(var / "log", environ, say))
        say("Starting the web server, worker, calendar and mail catcher")
        start_web(supervisor, var, web, mail)
        wait_until_ready(supervisor, url)
        start_worker(supervisor, var)
        say(f"Logs: {var / 'log'}   Mail: {var / 'mail'}   Stop: Ctrl-C")
        show(f"Ready: {url}")
        show_accounts(environ)
        return keep_running(supervisor, services)


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/server", description="Run Raadportaal on this computer.")
    parser.add_argument("--port", type=int, default=8000, help="8000 unless you say otherwise")
    parser.add_argument("--no-demo", action="store_true", help="start with an empty portal")
    parser.add_argument("--reset", action="store_true", help="throw away all data on this computer first (asks)")
    parser.add_argument("--yes", action="store_true", help="with --reset: do not ask")
    return parser.parse_args(arguments)


def only_one(stack: ExitStack, var: Path) -> None:
    lock = var / "run" / "server.lock"
    try:
        file = stack.enter_context(locked(lock, wait=False))
    except BlockingIOError:
        raise Stop(f"Raadportaal already runs from this folder (process {lock.read_text() or 'unknown'}).") from None
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()


def listen(port: int) -> socket.socket:
    """A listening socket that the processes inherit, so that a taken port shows before anything starts."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HERE, port))
    except (OSError, OverflowError) as error:
        listening.close()
        reason = error.strerror.lower() if isinstance(error, OSError) and error.strerror else error
        raise Stop(f"Port {port} cannot be used: {reason}. Choose another with --port N.") from None
    listening.listen(128)
    return listening


def reset(var: Path, *, ask: bool) -> bool:
    if os.environ.get("DATABASE_URL") or os.environ.get("REDIS_URL"):
        raise Stop("--reset only empties the database of script/server, and DATABASE_URL or REDIS_URL names another.")
    services = Services(var)
    if any(service.running() for service in services.running):
        with services:  # ours to stop when nobody else uses them
            pass
        if any(service.running() for service in services.running):
            raise Stop("A script/manage still uses the database; stop it before --reset.")
    if ask:
        if not sys.stdin.isatty():
            raise Stop("--reset asks before it throws data away; without a terminal, add --yes.")
        if input(f"Throw away all data in {var}? [y/N] ").strip().lower() not in ("y", "yes", "j", "ja"):
            say("Nothing was thrown away")
            return False
    for service in services.running:
        shutil.rmtree(service.data, ignore_errors=True)
    for name in RESET:
        path = var / name
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
    return True


def prepare(var: Path, environ: dict[str, str], *, demo: bool) -> None:
    """Translations, tables, style sheets and, on the first start, the example data."""
    compile_catalogs()
    say("Bringing the tables up to date")
    manage(environ, "migrate", "--verbosity=0")
    if static_changed(var):
        say("Collecting style sheets and fonts")
        manage(environ, "collectstatic", "--noinput", "--clear", "--verbosity=0")
        (var / "static-from").write_text(static_state())
    first_start = var / "first-start"
    if not first_start.exists():
        if demo:
            say("Loading the example data (once)")
            manage(environ, "demo", "--verbosity=0")
        first_start.write_text("with example data\n" if demo else "empty\n")


def manage(environ: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environ, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise Stop(f"manage.py {' '.join(arguments)} failed.\n{done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def static_state() -> str:
    """Changes when a style sheet, script or font changes, or a package that brings its own."""
    files = sorted(path for path in (ROOT / "static").rglob("*") if path.is_file())
    return "\n".join(
        [str((ROOT / "uv.lock").stat().st_mtime_ns), *(f"{path} {path.stat().st_mtime_ns}" for path in files)]
    )


def static_changed(var: Path) -> bool:
    state = var / "static-from"
    return not (state.exists() and (var / "static").exists() and state.read_text() == static_state())


def start_web(supervisor: Supervisor, var: Path, web: socket.socket, mail: socket.socket) -> None:
    python = sys.executable
    supervisor.start(
        "mail", [python, "-m", "portal.mailcatcher", "--fd", str(mail.fileno()), str(var / "mail")], fd=mail.fileno()
    )
    supervisor.start(
        "web",
        [python, "-m", "gunicorn", "portal.wsgi", "--workers=2", f"--bind=fd://{web.fileno()}",
         "--timeout=60", "--graceful-timeout=4", "--access-logfile=-"],
        fd=web.fileno(),
    )  # fmt: skip


def start_worker(supervisor: Supervisor, var: Path) -> None:
    celery = [sys.executable, "-m", "celery", "-A", "portal"]
    worker = [*celery, "worker", "--loglevel=INFO", "--without-gossip"]
    supervisor.start("worker", [*worker, "--concurrency=2", "--queues=celery", "--hostname=worker@%h"])
    supervisor.start("print", [*worker, "--concurrency=1", "--queues=print", "--hostname=print@%h"])
    supervisor.start("beat", [*celery, "beat", "--loglevel=INFO", "--pidfile=", f"--schedule={var / 'schedule'}"])


def wait_until_ready(supervisor: Supervisor, url: str) -> None:
    give_up = time.monotonic() + READY_PATIENCE
    while True:
        supervisor.check()
        try:
            with urllib.request.urlopen(f"{url}/healthz/", timeout=5) as answer:  # noqa: S310
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError) as error:
            if time.monotonic() > give_up:
                raise Stop(f"The web server does not answer: {error}. See {supervisor.logs / 'web.log'}.") from None
        time.sleep(0.2)


def show_accounts(environ: dict[str, str]) -> None:
    try:
        accounts: list[dict[str, Any]] = json.loads(manage(environ, "demo_accounts", "--json"))
    except (Stop, ValueError):
        return
    columns = ["email", "password", "role", "council"]
    rows = [[str(account.get(column) or "") for column in columns] for account in accounts]
    if not rows:
        return
    widths = [max(len(row[n]) for row in [columns, *rows]) for n in range(len(columns))]
    for row in [columns, ["-" * width for width in widths], *rows]:
        show("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def keep_running(supervisor: Supervisor, services: Services) -> int:
    """Until somebody stops us; a service that fell is started again."""
    while True:
        supervisor.check()
        for service in services.running:
            if not service.running():
                say(f"{type(service).__name__} stopped by itself and is started again")
                services.start()
        time.sleep(1)


def say(text: str) -> None:
    show(f"· {text}")


def show(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (Stop, ServiceFailed) as problem:
        sys.stderr.write(f"✗ {problem}\n")
        sys.exit(1)
