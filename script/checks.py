"""The steps of script/test, in the environment that it made, with a PostgreSQL and a Valkey of their own."""

import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from portal.catalogs import compile_catalogs
from portal.embedded import ServiceFailed, Services

BIN = Path(sys.executable).parent
PYTEST = [sys.executable, "-m", "pytest"]
WITHOUT_BROWSER_AND_JAVA = ["-m", "not browser and not verapdf"]


def main(arguments: list[str]) -> int:
    compile_catalogs()
    fast = arguments == ["--fast"]
    if arguments and not fast:
        return subprocess.run([*PYTEST, *arguments], check=False).returncode
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="raadportaal-check-") as folder, Services(Path(folder)) as services:
        return run_all(steps(fast), {**os.environ, **services.urls()})


def steps(fast: bool) -> list[tuple[str, list[str], dict[str, str]]]:
    """Name, command and extra environment of every step."""
    manage = [sys.executable, "manage.py"]
    production = {
        "DJANGO_SETTINGS_MODULE": "portal.settings.base",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "portal.example",
    }
    return [
        ("ruff", [f"{BIN}/ruff", "check", "--quiet"], {}),
        ("ruff format", [f"{BIN}/ruff", "format", "--check", "--quiet"], {}),
        ("import contracts", [f"{BIN}/lint-imports", "--no-logo"], {}),
        ("types", [f"{BIN}/mypy"], {}),
        ("migrations", [*manage, "makemigrations", "--check", "--dry-run"], {}),
        ("production settings", [*manage, "check", "--deploy", "--fail-level", "WARNING"], production),
        (
            "tests",
            [
                *PYTEST,
                "-q",
                "-n",
                "2",
                "--dist=worksteal",
                "--durations=10",
                *(WITHOUT_BROWSER_AND_JAVA if fast else []),
            ],
            {},
        ),
    ]


def run_all(wanted: list[tuple[str, list[str], dict[str, str]]], environ: dict[str, str]) -> int:
    """Run every step, also after one that fails, and show the time of each."""
    results = []
    for name, command, extra in wanted:
        print(f"── {name}", flush=True)
        start = time.monotonic()
        code = subprocess.run(command, env={**environ, **extra}, stdin=subprocess.DEVNULL, check=False).returncode
        results.append((name, code, time.monotonic() - start))
    print()
    for name, code, seconds in results:
        print(f"{'✓' if code == 0 else '✗'} {name:<22}{seconds:6.1f} s")
    return 1 if any(code for _, code, _ in results) else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except ServiceFailed as problem:
        sys.exit(f"✗ {problem}")
    except KeyboardInterrupt:
        sys.exit(130)
