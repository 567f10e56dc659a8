"""A file is kept whole or not at all."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from fuyuantong.conf.durable_files import DurableFiles


def kept(place: Path) -> dict[str, bytes]:
    """Return what lies in a storage."""
    return {str(file.relative_to(place)): file.read_bytes() for file in place.rglob("*") if file.is_file()}


def test_a_file_lies_under_its_name(tmp_path: Path):
    assert DurableFiles(tmp_path).save("files/ab/abc", ContentFile(b"scan")) == "files/ab/abc"
    assert kept(tmp_path) == {"files/ab/abc": b"scan"}


def test_of_a_file_that_breaks_off_nothing_is_left(tmp_path: Path):
    class Broken(ContentFile):
        def chunks(self, chunk_size: int | None = None):
            yield b"half"
            raise OSError("the line is cut")

    with pytest.raises(OSError, match="the line is cut"):
        DurableFiles(tmp_path).save("files/ab/abc", Broken(b"half of it"))
    assert kept(tmp_path) == {}
