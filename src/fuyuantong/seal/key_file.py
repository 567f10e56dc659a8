"""The file of a key ring: made once, read anew when it changes, never silently made anew while it is needed."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from pathlib import Path

from fuyuantong.seal.key_ring import BadKeyFile, KeyRing, load_ring, new_ring, rotated, save_ring, without_key


def ring_at(path: Path, *, is_needed: Callable[[], bool], made_on: date) -> KeyRing:
    """
    Return the key ring kept in a file, made on first use.

    Raises: `BadKeyFile` if it is damaged, or missing while `is_needed` says that something is kept under it.
    """
    if not path.exists():
        _make(path, is_needed, made_on)
    return _ring(path, path.stat().st_mtime_ns)


def add_key_at(path: Path, *, made_on: date) -> None:
    """Add a key to the ring in a file, by which things are kept from now on. Raises: `BadKeyFile`."""
    with _alone(path):
        save_ring(rotated(load_ring(path), made_on=made_on), path)


def remove_key_at(path: Path, key_id: str) -> None:
    """Take an old key off the ring in a file for good. Raises: `NoSuchKey`, `BadKeyFile`."""
    with _alone(path):
        save_ring(without_key(load_ring(path), key_id), path)


def _make(path: Path, is_needed: Callable[[], bool], made_on: date) -> None:
    with _alone(path):
        if path.exists():
            return
        if is_needed():
            raise BadKeyFile("密钥文件不存在，而库中已有密文", remedy="请由安全管理员从密钥备份恢复，不能重新生成")
        save_ring(new_ring(made_on=made_on), path)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep other processes out: of two rings made at once one would be lost, and all that was kept under it."""
    with path.with_name(path.name + ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@lru_cache(maxsize=4)
def _ring(path: Path, stamp: int) -> KeyRing:
    return load_ring(path)
