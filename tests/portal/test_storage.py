"""The folder of the documents: written once, whole or not at all, and read-only."""

import stat
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from portal.storage import DocumentStorage


@pytest.fixture
def storage(tmp_path) -> DocumentStorage:
    return DocumentStorage(location=tmp_path)


def test_a_file_can_be_read_and_not_written(storage, tmp_path):
    assert storage.save("ab/cd/abcd", ContentFile(b"brief")) == "ab/cd/abcd"
    path = tmp_path / "ab" / "cd" / "abcd"
    assert path.read_bytes() == b"brief"
    assert stat.S_IMODE(path.stat().st_mode) == 0o440
    assert storage.save("ab/cd/abcd", ContentFile(b"brief")) == "ab/cd/abcd"
    assert [one.name for one in path.parent.iterdir()] == ["abcd"]


def test_a_stop_in_the_middle_leaves_no_half_file(storage, tmp_path):
    class Torn(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"half"
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        storage.save("ab/cd/abcd", Torn(b"brief"))
    assert not storage.exists("ab/cd/abcd")
    assert [path for path in Path(tmp_path).rglob("*") if path.is_file()] == []
