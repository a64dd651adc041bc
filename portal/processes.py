"""Child processes that start together, start again when they fall, and stop together."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from portal.embedded import ServiceFailed

STOP_PATIENCE = 6.0
FALLS, FALL_WINDOW = 5, 60.0  # a process that falls so often within so many seconds will not stand
PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Also when the supervisor itself is killed, its children stop."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    name: str
    command: list[str]
    fd: int | None
    process: subprocess.Popen | None = None
    falls: list[float] = field(default_factory=list)
    restart_at: float = 0.0


class Supervisor:
    def __init__(self, logs: Path, environ: dict[str, str], say: Callable[[str], None]):
        self.logs, self.environ, self.say = logs, environ, say
        self.children: list[Child] = []

    def __enter__(self) -> "Supervisor":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self, name: str, command: list[str], *, fd: int | None = None) -> None:
        child = Child(name, command, fd)
        self.children.append(child)
        (self.logs / f"{name}.log").write_text("")
        self._spawn(child)

    def _spawn(self, child: Child) -> None:
        with (self.logs / f"{child.name}.log").open("ab") as log:
            child.process = subprocess.Popen(
                child.command, env=self.environ, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, pass_fds=() if child.fd is None else (child.fd,),
                preexec_fn=die_with_parent,  # safe: this program has one thread
            )  # fmt: skip

    def check(self) -> None:
        """Start again what fell; give up when it keeps falling."""
        now = time.monotonic()
        for child in self.children:
            if child.process is not None and (code := child.process.poll()) is not None:
                self._fell(child, code, now)
            if child.process is None and now >= child.restart_at:
                self._spawn(child)

    def _fell(self, child: Child, code: int, now: float) -> None:
        child.process = None
        child.falls = [*(fall for fall in child.falls if now - fall < FALL_WINDOW), now]
        if len(child.falls) >= FALLS:
            log = self.logs / f"{child.name}.log"
            last = [line for line in log.read_text(errors="replace").splitlines() if line.strip()][-1:]
            raise ServiceFailed(f"The process {child.name} keeps stopping: {''.join(last)} (all of it in {log})")
        wait = 2.0 ** (len(child.falls) - 1)
        self.say(f"The process {child.name} stopped by itself (code {code}) and starts again in {wait:.0f} s")
        child.restart_at = now + wait

    def stop(self) -> None:
        """Ask all, with their own children, to stop; end what does not within some seconds."""
        running = [child.process for child in self.children if child.process and child.process.poll() is None]
        for process in running:
            process.terminate()
        give_up = time.monotonic() + STOP_PATIENCE
        for process in running:
            try:
                process.wait(max(0.0, give_up - time.monotonic()))
            except subprocess.TimeoutExpired:
                pass
            try:
                os.killpg(process.pid, signal.SIGKILL)  # what the process left behind in its group
            except ProcessLookupError:
                pass
            process.wait()
        self.children.clear()
