"""The place's key ring: one file, made once, never silently made anew while anything is kept under a lost one."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from fuyuantong.matters.models.secret import Secret
from fuyuantong.matters.session import acting
from fuyuantong.seal.key_ring import BadKeyFile, KeyRing, load_ring, new_ring, rotated, save_ring


def key_ring() -> KeyRing:
    """
    Return the place's key ring, made on first use; read anew when the file changes.

    Raises: `BadKeyFile` if it is damaged, or missing while secrets are kept.
    """
    path = _path()
    if not path.exists():
        _make(path)
    return _ring(path, path.stat().st_mtime_ns)


def add_key(*, made_on: date) -> KeyRing:
    """Return the ring with one more key, by which secrets are kept from now on. Raises: `BadKeyFile`."""
    key_ring()
    path = _path()
    with _alone(path):
        save_ring(rotated(load_ring(path), made_on=made_on), path)
    return key_ring()


def _make(path: Path) -> None:
    with _alone(path):
        if path.exists():
            return
        with acting():
            if Secret.objects.filter(erased_at=None).exists():
                raise BadKeyFile("密钥文件不存在，而库中已有密文", remedy="请由安全管理员从密钥备份恢复，不能重新生成")
        save_ring(new_ring(made_on=timezone.localdate()), path)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep other processes out: of two rings made at once one would be lost, and all that was kept under it."""
    with path.with_name(path.name + ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _path() -> Path:
    return Path(settings.DATA_DIR) / "keys.json"


@lru_cache(maxsize=2)
def _ring(path: Path, stamp: int) -> KeyRing:
    return load_ring(path)
