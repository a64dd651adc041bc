"""`python -m portal.pdf.press_child`: lays out documents, one after the other, until its input closes.

It holds no secrets and opens no address: its environment is empty, its network is taken away where the system allows
it, and memory, processor time, files and their sizes are bounded. It may fall; the portal does not.
"""

import argparse
import ctypes
import os
import resource
import select
import shutil
import sys
import traceback
from typing import IO, Any

from portal.pdf.wire import receive, send

IDLE = 75  # exit code: nothing was asked for so long that it went home
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
MEGABYTE = 1024 * 1024
FILE_MOST = 8 * MEGABYTE  # the fonts are written to its own folder to be read by Pango
OPEN_FILES = 256


def leave_network() -> bool:
    """A network of its own, in which there is nothing, not even itself. Not every system lets a process do that."""
    user, group = os.getuid(), os.getgid()
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWUSER | CLONE_NEWNET):
        return False
    for name, line in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        try:
            with open(f"/proc/self/{name}", "w") as file:
                file.write(line)
        except OSError:  # then we are nobody in there, which is as well
            pass
    return True


def bound(memory: int) -> None:
    for what, limit in (
        (resource.RLIMIT_AS, memory * MEGABYTE),
        (resource.RLIMIT_FSIZE, FILE_MOST),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (limit, limit))


def bound_time(seconds: float) -> None:
    """Of the processor, for the next document: also when whoever asked is no longer there to look at the clock."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime + seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def serve(asked: IO[bytes], answers: IO[bytes], *, seconds: float, idle: float, network: bool) -> int:
    from portal.pdf.job import Job
    from portal.pdf.typesetting import typeset

    send(answers, {"ready": True, "network": network}, [])
    while True:
        if not select.select([asked], [], [], idle)[0]:
            return IDLE
        message = receive(asked)
        if message is None:
            return 0
        bound_time(seconds)
        failure: dict[str, Any] = {}
        content = b""
        try:
            content = typeset(Job.unpacked(*message))
        except MemoryError:
            failure = {"failed": "memory"}
        except Exception as fault:
            failure = {"failed": "fault", "where": where(fault)}
        send(answers, {**failure, "memory": memory_used()}, [content])
        if failure:
            return 0  # start clean


def where(fault: Exception) -> str:
    """The kind of fault and its place, never its message: that could hold words of the letter."""
    frames = traceback.extract_tb(fault.__traceback__)
    place = f"{os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else ""
    return f"{type(fault).__name__} {place}".strip()


def memory_used() -> int:
    """Megabytes in use now. The highest of getrusage would count what our parent used before it started us."""
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * resource.getpagesize() // MEGABYTE
    except OSError:
        return 0


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--memory", type=int, required=True)
    parser.add_argument("--idle", type=float, required=True)
    parser.add_argument("--folder", required=True, help="of its own; taken away at the end")
    options = parser.parse_args()
    asked = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)  # whoever prints a line does not spoil the answers
    network = not leave_network()
    bound(options.memory)
    try:
        return serve(asked, answers, seconds=options.seconds, idle=options.idle, network=network)
    finally:
        shutil.rmtree(options.folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
