"""The press: a warm child that lays out documents, is ended when it passes its limits, and then replaced.

    press().print(job) -> bytes, or PressFailed

One for every process that prints, started at its first document. The child gets plain data over a pipe and knows
nothing of the database, the queue or the other files of the portal.
"""

import logging
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from functools import cache
from typing import Any

from django.conf import settings

from portal.pdf.failing import PressFailed
from portal.pdf.job import Job
from portal.pdf.press_child import IDLE
from portal.pdf.wire import Broken, receive, send

logger = logging.getLogger("portal.press")
START_SECONDS = 60  # on a machine that is busy


class Press:
    def __init__(self) -> None:
        self.pid = os.getpid()  # a fork starts a press of its own
        self.one_at_a_time = threading.Lock()
        self.child: Child | None = None

    def print(self, job: Job) -> bytes:
        with self.one_at_a_time:
            try:
                return self.on_a_warm_child(job)
            except PressFailed as failed:
                self.stop()
                logger.warning("a document could not be printed: %s", failed)
                raise

    def on_a_warm_child(self, job: Job) -> bytes:
        if self.child and not self.child.fit():
            self.stop()
        if self.child is None:
            self.child = Child()
        try:
            return self.child.print(job)
        except WentHome:  # between our look and our question
            self.stop()
            self.child = Child()
            return self.child.print(job)

    def stop(self) -> None:
        if self.child:
            self.child.end()
            self.child = None


class WentHome(Exception):
    """The child had nothing to do for so long that it stopped by itself."""


class Child:
    def __init__(self) -> None:
        self.folder = tempfile.mkdtemp(prefix="press-")
        self.printed, self.memory = 0, 0
        options = [
            f"--seconds={settings.PRESS_SECONDS}", f"--memory={settings.PRESS_MEMORY}",
            f"--idle={settings.PRESS_IDLE}", f"--folder={self.folder}",
        ]  # fmt: skip
        self.process = subprocess.Popen(
            [sys.executable, "-B", "-m", "portal.pdf.press_child", *options],
            cwd=settings.BASE_DIR,
            env=self.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            close_fds=True,
        )
        try:
            header, _parts = self.exchange(None, START_SECONDS)
        except (PressFailed, WentHome):
            self.end()
            raise PressFailed("start") from None
        logger.info("the press started, %s network", "with" if header.get("network") else "without")

    def environment(self) -> dict[str, str]:
        """Nothing of ours: no address of the database, no keys."""
        return {
            "PATH": os.defpath, "LANG": "C.UTF-8", "HOME": self.folder, "TMPDIR": self.folder, "PYTHONUTF8": "1",
        }  # fmt: skip

    def fit(self) -> bool:
        """May it print another one?"""
        alive = self.process.poll() is None
        return alive and self.printed < settings.PRESS_DOCUMENTS and self.memory < settings.PRESS_KEEP

    def print(self, job: Job) -> bytes:
        header, parts = self.exchange(job, settings.PRESS_SECONDS)
        self.printed += 1
        self.memory = int(header.get("memory") or 0)
        if header.get("failed"):
            raise PressFailed(str(header["failed"])[:20], str(header.get("where", ""))[:120])
        if len(parts) != 1 or not parts[0].startswith(b"%PDF-"):
            raise PressFailed("broken")
        return parts[0]

    def exchange(self, job: Job | None, seconds: float) -> tuple[dict[str, Any], list[bytes]]:
        """Ask and wait for the answer; a clock of ours ends the child when it takes too long."""
        late = threading.Event()

        def end() -> None:
            late.set()
            self.process.kill()

        clock = threading.Timer(seconds, end)
        clock.daemon = True
        clock.start()
        try:
            if job:
                header, parts = job.packed()
                send(self.pipe("stdin"), header, parts)
            answer = receive(self.pipe("stdout"))
        except (Broken, OSError):
            answer = None
        finally:
            clock.cancel()
        if answer:
            return answer
        code = self.process.wait(START_SECONDS)
        if code == IDLE:
            raise WentHome
        raise PressFailed("time" if late.is_set() else "fell", f"code {code}")

    def pipe(self, name: str) -> Any:
        return getattr(self.process, name)

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            try:
                if stream:
                    stream.close()
            except OSError:  # what it never read
                pass
        shutil.rmtree(self.folder, ignore_errors=True)


def press() -> Press:
    """Of this process."""
    found = _press()
    if found.pid != os.getpid():  # we are a fork: the child and its pipes belong to another
        _press.cache_clear()
        found = _press()
    return found


@cache
def _press() -> Press:
    return Press()
