"""`python -m portal.word.child`: reads one Word file from its input and writes JSON. It may fall; the portal does not.

A file of others is taken apart here and nowhere else: with a bound on memory, time and the files it could write.
"""

import json
import resource
import sys

MEMORY = 768 * 1024 * 1024
SECONDS = 20


def bound() -> None:
    for what, limit in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (limit, limit))


def main() -> None:
    bound()
    from portal.word.package import Unfit
    from portal.word.reading import read

    answer: dict[str, object]
    try:
        answer = {"text": read(sys.stdin.buffer.read())}
    except Unfit as unfit:
        answer = {"refused": unfit.code}
    except (MemoryError, RecursionError):
        answer = {"refused": "too_big"}
    except Exception as fault:  # whatever the file is, it is not a text that we can read
        answer = {"refused": "damaged", "fault": f"{type(fault).__name__}: {fault}"[:500]}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
