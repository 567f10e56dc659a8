"""The place's key ring: one file, made once, never silently made anew while anything is kept under a lost one."""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from fuyuantong.matters.models.secret import Secret
from fuyuantong.matters.session import acting
from fuyuantong.seal.key_file import add_key_at, ring_at
from fuyuantong.seal.key_ring import KeyRing


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


def _is_needed() -> bool:
    with acting():
        return Secret.objects.filter(erased_at=None).exists()


def _path() -> Path:
    return Path(settings.DATA_DIR) / "keys.json"
