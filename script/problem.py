"""What stops a script: one sentence for the person at the terminal."""

import errno
import shutil
import sys
from collections.abc import Callable
from pathlib import Path


class Problem(Exception):
    """The message is the sentence."""


def disk_space(folder: Path, *, megabytes: int) -> None:
    free = shutil.disk_usage(folder).free // 1_000_000
    if free < megabytes:
        raise Problem(f"The disk of {folder} is full: {free} MB free, {megabytes} MB needed.")


def exit_with(main: Callable[[], int]) -> None:
    """Run `main` and exit with its code; a problem becomes its sentence."""
    try:
        code = main()
    except Problem as problem:
        print(f"✗ {problem}", file=sys.stderr)
        code = 1
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        print(f"✗ The disk is full: {error.strerror} ({error.filename}).", file=sys.stderr)
        code = 1
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)
