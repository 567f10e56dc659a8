"""Files are stored by their content before the act that attaches them."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from tests.builders_matters import a_file
from tests.suggestions import a_county, at, replying

from fuyuantong.matters.models.file import Attachment, Blob
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.services import files
from fuyuantong.matters.services.files import BadFile, NotStored, attach, path_of, store_file, well_formed
from fuyuantong.matters.session import acting
from fuyuantong.matters.trails import records_of

NOW = at("2026-08-03")


@pytest.fixture(autouse=True)
def storage(db: None, settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_a_file_is_kept_under_its_digest() -> None:
    digest = store_file(b"paper", mime="text/plain", now=NOW)

    with default_storage.open(path_of(digest)) as kept:
        assert kept.read() == b"paper"
    with acting():
        blob = Blob.objects.get(digest=bytes.fromhex(digest))
    assert (blob.size, blob.mime_found, blob.stored_at) == (5, "text/plain", NOW)


def test_the_same_content_is_stored_once(tmp_path: Path) -> None:
    assert a_file("一份", now=NOW) == a_file("一份", now=NOW)
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_what_a_killed_process_left_half_written_is_written_anew() -> None:
    digest = a_file("一份公函", now=NOW)
    Path(default_storage.path(path_of(digest))).write_bytes(b"half")

    a_file("一份公函", now=NOW)

    with default_storage.open(path_of(digest)) as kept:
        assert kept.read().decode() == "一份公函"


@pytest.mark.parametrize("content", [b"", b"x" * 11])
def test_an_empty_or_too_large_file_is_refused(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 10)

    with pytest.raises(BadFile, match=f"文件为 {len(content)} 字节"):
        store_file(content, mime="text/plain", now=NOW)


@pytest.mark.parametrize("digest", ["AB" * 32, "no digest", "../../etc/passwd", "\x00", "", "ab" * 33])
def test_what_no_file_can_be_called_is_named(digest: str) -> None:
    with pytest.raises(NotStored, match="没有收到文件"):
        well_formed(["ab" * 32, digest])


@pytest.mark.parametrize("digest", ["no digest", "ab" * 32])
def test_what_was_never_stored_is_not_attached(digest: str) -> None:
    uid = replying(a_county(), now=NOW)

    with acting():
        row = Matter.objects.get(uid=uid)
        first = next(records_of(row))
        with pytest.raises(NotStored):
            attach(row, first, [digest])


def test_a_paper_named_twice_is_attached_once() -> None:
    uid, paper = replying(a_county(), now=NOW), a_file("一份", now=NOW)

    with acting():
        row = Matter.objects.get(uid=uid)
        attach(row, next(records_of(row)), [paper, paper])
        (found,) = Attachment.objects.filter(matter=row)
    assert (found.seq, found.name, found.field, found.inner, found.sensitive) == (1, paper[:12], "", False, False)
