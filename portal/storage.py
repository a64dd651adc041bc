"""Where documents lie: a folder in which a file is written once, whole or not at all."""

import os
import tempfile
from pathlib import Path

from django.core.files import File
from django.core.files.storage import FileSystemStorage

READ_ONLY = 0o440


class DocumentStorage(FileSystemStorage):
    """The name of a file is the hash of its bytes, so a name that exists is that file.

    The bytes go to a file beside it, reach the disk, and get their name in one step: a machine that stops in between
    leaves no half document under a good name.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def _save(self, name: str, content: File) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=target.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(beside, READ_ONLY)
            os.replace(beside, target)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
        return name
