"""The data directory: secrets are made once, and what cannot be used is named."""

import os
from multiprocessing.pool import ThreadPool
from pathlib import Path

import pytest

from fuyuantong.conf import data_dir as module
from fuyuantong.conf.data_dir import DataDirUnusable, data_dir, keep_log_small, kept_secret, make_private_dir


def test_a_secret_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "data" / "key"

    secret = kept_secret(file)

    assert kept_secret(file) == secret
    assert len(secret) >= 64
    assert file.stat().st_mode & 0o777 == 0o600


def test_many_who_ask_at_once_are_given_the_same_secret(tmp_path: Path) -> None:
    with ThreadPool(8) as pool:
        secrets = pool.map(kept_secret, [tmp_path / "key"] * 64)

    assert len(set(secrets)) == 1
    assert [entry.name for entry in tmp_path.iterdir()] == ["key"]


def test_a_secret_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "key").mkdir()

    with pytest.raises(DataDirUnusable):
        kept_secret(tmp_path / "key")


def test_a_directory_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(DataDirUnusable, match="Not a directory"):
        make_private_dir(tmp_path / "file" / "data")


def test_a_new_directory_cannot_be_listed_by_others(tmp_path: Path) -> None:
    assert make_private_dir(tmp_path / "data").stat().st_mode & 0o066 == 0


def test_the_place_is_told_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", "~/府院通")

    assert data_dir() == Path(os.path.expanduser("~/府院通"))


def test_the_place_is_dot_data_by_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DATA_DIR", raising=False)
    monkeypatch.chdir(tmp_path)

    assert data_dir() == tmp_path / ".data"


def test_a_large_log_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST_LOG", 3)
    (tmp_path / "web.log").write_text("long", encoding="utf-8")

    keep_log_small(tmp_path / "web.log")

    assert [entry.name for entry in tmp_path.iterdir()] == ["web.old.log"]
