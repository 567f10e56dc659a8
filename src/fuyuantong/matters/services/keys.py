"""The place's key ring: one file, made once, never silently made anew while anything is kept under a lost one."""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from fuyuantong.matters.models.secret import Secret
from fuyuantong.matters.session import acting
from fuyuantong.refusal import Refusal
from fuyuantong.seal.key_file import add_key_at, remove_key_at, ring_at
from fuyuantong.seal.key_ring import KeyRing, without_key


class KeyInUse(Refusal):
    """A key under which something is kept is not destroyed."""

    key = "key-in-use"
    title = "密钥仍在使用"
    remedy = "请先更换密钥并重新加密：fyt key rotate。"


def key_ring() -> KeyRing:
    """
    Return the place's key ring, made on first use; read anew when the file changes.

    Raises: `BadKeyFile` if it is damaged, or missing while secrets are kept.
    """
    return ring_at(_path(), is_needed=_is_needed, made_on=timezone.localdate())


def add_key(*, made_on: date) -> KeyRing:
    """Return the ring with one more key, by which secrets are kept from now on. Raises: `BadKeyFile`."""
    key_ring()
    add_key_at(_path(), made_on=made_on)
    return key_ring()


def destroy_key(key_id: str) -> None:
    """
    Take a key off the ring for good: what an older backup holds under it can never be read again.

    Raises: `NoSuchKey`; `BadKeyFile` for the key in use; `KeyInUse` while something here is kept under it.
    """
    ring = key_ring()
    without_key(ring, key_id)
    with acting():
        kept = Secret.objects.filter(erased_at=None, key_id=key_id).count()
    if kept:
        raise KeyInUse(f"仍有 {kept} 项保密内容使用密钥 {key_id}")
    remove_key_at(_path(), key_id)


def _is_needed() -> bool:
    with acting():
        return Secret.objects.filter(erased_at=None).exists()


def _path() -> Path:
    return Path(settings.DATA_DIR) / "keys.json"
