"""Run manage.py beside the embedded services: started for the command when the server does not run."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from portal.catalogs import compile_catalogs
from portal.embedded import ServiceFailed, Services

ROOT = Path(__file__).resolve().parents[1]
# Nobody listens there: a command that sends mail fails and tries again when the server, with its mail catcher, runs.
NO_MAIL = "smtp://127.0.0.1:1"


def local_environ(services: Services) -> dict[str, str]:
    """The environment of every process of the portal on this machine."""
    environ = {**os.environ, **services.urls()}
    if "DATABASE_OWNER_URL" not in environ:
        environ["DATABASE_OWNER_URL"] = environ["DATABASE_URL"]
    if "EMAIL_URL" not in environ:
        address = services.home / "run" / "mail-address"
        environ["EMAIL_URL"] = address.read_text() if address.exists() else NO_MAIL
    return environ


def var_folder() -> Path:
    return Path(os.environ.get("VAR_DIR", ROOT / "var"))


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGINT, lambda *_: None)  # the terminal interrupts the command itself
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # by way of stopping the services
    compile_catalogs()
    with Services(var_folder()) as services:
        command = subprocess.Popen([sys.executable, ROOT / "manage.py", *arguments], env=local_environ(services))
        signal.signal(signal.SIGTERM, lambda *_: command.terminate())
        code = command.wait()
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except ServiceFailed as problem:
        sys.stderr.write(f"✗ {problem}\n")
        sys.exit(1)
