"""A file is kept whole or not at all: killed while it is written, or without room on the disk."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from tests.faults.small_disk import fill, small_disk
from tests.suggestions import at

from fuyuantong.matters.models.file import Blob
from fuyuantong.matters.services.files import NotKept, path_of, store_file
from fuyuantong.matters.session import acting
from fuyuantong.seal.digest import sm3

NOW = at("2026-08-03")
SCAN = "送达回证".encode() * 20_000


def stored(digest: bytes) -> bytes | None:
    """Return the content of a file that counts as stored, None when it does not."""
    with transaction.atomic(), acting():
        if not Blob.objects.filter(digest=digest).exists():
            return None
    with default_storage.open(path_of(digest.hex())) as file:
        return file.read()


@pytest.mark.django_db
def test_without_room_on_its_disk_a_file_does_not_count_as_stored(tmp_path: Path, settings: Any):
    with small_disk(tmp_path / "disk", size="1m") as disk:
        settings.MEDIA_ROOT = disk
        filler = fill(disk, leaving=len(SCAN) // 2)
        with pytest.raises(NotKept, match="No space left"):
            store_file(SCAN, mime="image/png", now=NOW)
        assert stored(sm3(SCAN)) is None

        filler.unlink()
        assert stored(bytes.fromhex(store_file(SCAN, mime="image/png", now=NOW))) == SCAN


@pytest.mark.django_db
def test_a_file_left_half_written_is_written_again(tmp_path: Path, settings: Any):
    settings.MEDIA_ROOT = tmp_path
    half = tmp_path / path_of(sm3(SCAN).hex())
    half.parent.mkdir(parents=True)
    half.write_bytes(SCAN[:1000])

    assert stored(bytes.fromhex(store_file(SCAN, mime="image/png", now=NOW))) == SCAN


@pytest.mark.django_db
def test_a_storage_that_cannot_be_written_is_named(tmp_path: Path, settings: Any):
    settings.MEDIA_ROOT = tmp_path / "no-directory"
    settings.MEDIA_ROOT.write_bytes(b"")

    with pytest.raises(NotKept, match="存储不能写入：Not a directory"):
        store_file(SCAN, mime="image/png", now=NOW)
    assert stored(sm3(SCAN)) is None
