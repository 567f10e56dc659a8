"""The secrets of second factors, encrypted under a key ring of their own."""

import base64
import secrets
from pathlib import Path
from typing import Final

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils import timezone

from fuyuantong.seal.key_file import ring_at
from fuyuantong.seal.key_ring import KeyRing
from fuyuantong.seal.vault import NONCE_LENGTH, SecretDamaged, sm4_gcm_decrypt, sm4_gcm_encrypt

_BOUND: Final = b"second-factor"


def kept(text: str) -> str:
    """
    Return a secret as it is kept: the id of the key, a colon, and base64 of nonce ‖ ciphertext ‖ tag.

    Raises: `BadKeyFile`.
    """
    key, nonce = _ring().newest, secrets.token_bytes(NONCE_LENGTH)
    cipher = sm4_gcm_encrypt(text.encode(), key=key.secret, nonce=nonce, bound=_BOUND)
    return f"{key.id}:{base64.b64encode(nonce + cipher).decode('ascii')}"


def opened(text: str) -> str:
    """
    Return a kept secret.

    Raises: `SecretDamaged`, `NoSuchKey`, `BadKeyFile`.
    """
    key_id, _, packed = text.partition(":")
    try:
        both = base64.b64decode(packed, validate=True)
    except ValueError as fault:
        raise SecretDamaged("第二验证的密钥无法读取", remedy="请停用后重新启用第二验证") from fault
    key = _ring().find(key_id)
    plain = sm4_gcm_decrypt(both[NONCE_LENGTH:], key=key.secret, nonce=both[:NONCE_LENGTH], bound=_BOUND)
    return plain.decode()


def _ring() -> KeyRing:
    path = Path(settings.DATA_DIR) / "account_keys.json"
    return ring_at(path, is_needed=_is_needed, made_on=timezone.localdate())


def _is_needed() -> bool:
    return Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).exists()
