"""The vault: secrets encrypted apart from the record, bound to their place, and gone when they are erased."""

import secrets
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from fuyuantong.refusal import Refusal
from fuyuantong.seal.canonical import Json, canonical, parse
from fuyuantong.seal.commitment import commitment, new_salt, opens
from fuyuantong.seal.key_ring import KeyRing

NONCE_LENGTH: Final = 12
TAG_LENGTH: Final = 16


class SecretDamaged(Refusal):
    """Say that a stored secret is not what was put there: changed, moved to another place, or not the committed one."""

    key = "secret-damaged"
    title = "密文校验不通过"


class SecretErased(Refusal):
    """Say that a secret was erased and cannot come back."""

    key = "secret-erased"
    title = "内容已依法删除"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a secret belongs; the ciphertext opens nowhere else."""

    matter: str
    field: str
    row_key: str = ""


@dataclass(frozen=True, slots=True)
class Envelope:
    """
    What is stored apart from the record.

    Shape: 32 bytes of salt; nonce (12 bytes) ‖ ciphertext ‖ tag (16 bytes); the id of the key.
    """

    salt: bytes
    cipher: bytes
    key_id: str


ERASED: Final = Envelope(b"", b"", "")


def sm4_gcm_encrypt(plain: bytes, *, key: bytes, nonce: bytes, bound: bytes) -> bytes:
    """
    Return ciphertext ‖ tag of SM4-GCM with `bound` as additional data.

    Basis: GB/T 32907-2016; RFC 8998.
    """
    machine = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    machine.authenticate_additional_data(bound)
    return machine.update(plain) + machine.finalize() + machine.tag


def sm4_gcm_decrypt(cipher: bytes, *, key: bytes, nonce: bytes, bound: bytes) -> bytes:
    """
    Return the plain bytes of ciphertext ‖ tag.

    Raises: `SecretDamaged` if ciphertext, tag, key, nonce or `bound` is not the one used.
    """
    body, tag = cipher[:-TAG_LENGTH], cipher[-TAG_LENGTH:]
    if len(tag) != TAG_LENGTH or len(nonce) != NONCE_LENGTH:
        raise _damaged("密文不完整")
    machine = Cipher(algorithms.SM4(key), modes.GCM(nonce, tag)).decryptor()
    machine.authenticate_additional_data(bound)
    try:
        return machine.update(body) + machine.finalize()
    except InvalidTag:
        raise _damaged("密文、密钥或所属位置不一致") from None


def seal_secret(value: object, *, ring: KeyRing, place: Place) -> tuple[dict[str, str], Envelope]:
    """
    Return what the record carries of a secret, and the envelope that is stored apart.

    Raises: `NotCanonical` if the value or the place is outside the form.
    """
    salt = new_salt()
    return commitment(value, salt=salt), _envelope(canonical(value), salt, ring, place)


def open_secret(envelope: Envelope, *, ring: KeyRing, place: Place, committed: object) -> Json:
    """
    Return the secret of an envelope, proved to be the one the record commits to.

    Raises: `SecretErased`; `NoSuchKey`; `SecretDamaged` if it was changed, moved or exchanged.
    """
    value = recover_secret(envelope, ring=ring, place=place)
    if not opens(committed, value=value, salt=envelope.salt):
        raise _damaged("与记录中的承诺值不一致")
    return value


def recover_secret(envelope: Envelope, *, ring: KeyRing, place: Place) -> Json:
    """
    Return the secret of an envelope without the record that commits to it: for its index and its erasure alone.

    Raises: `SecretErased`; `NoSuchKey`; `SecretDamaged` if it was changed or moved.
    """
    return parse(_plain(envelope, ring, place))


def reencrypted(envelope: Envelope, *, ring: KeyRing, place: Place) -> Envelope:
    """
    Return the envelope under the ring's newest key; salt and commitment stay, so that the trail still verifies.

    Raises: as `open_secret`.
    """
    if envelope.key_id == ring.newest.id:
        return envelope
    return _envelope(_plain(envelope, ring, place), envelope.salt, ring, place)


def _envelope(plain: bytes, salt: bytes, ring: KeyRing, place: Place) -> Envelope:
    nonce = secrets.token_bytes(NONCE_LENGTH)
    key = ring.newest
    return Envelope(
        salt, nonce + sm4_gcm_encrypt(plain, key=key.secret, nonce=nonce, bound=_bound(place, key.id)), key.id
    )


def _plain(envelope: Envelope, ring: KeyRing, place: Place) -> bytes:
    if envelope == ERASED:
        raise SecretErased(
            "该项内容的密文与盐值已删除，无法恢复", basis="个人信息保护法第四十七条", remedy="如需办理，请另行依法收集"
        )
    nonce, body = envelope.cipher[:NONCE_LENGTH], envelope.cipher[NONCE_LENGTH:]
    key = ring.find(envelope.key_id)
    return sm4_gcm_decrypt(body, key=key.secret, nonce=nonce, bound=_bound(place, key.id))


def _bound(place: Place, key_id: str) -> bytes:
    return canonical([place.matter, place.field, place.row_key, key_id])


def _damaged(reason: str) -> SecretDamaged:
    return SecretDamaged(reason, remedy="请勿继续使用该项内容，报安全管理员从备份核对")
