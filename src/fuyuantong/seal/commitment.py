"""Commitments: what a record holds instead of a secret, and the keyed index by which a secret is found."""

import hmac as constant_time
import secrets
from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.hmac import HMAC

from fuyuantong.seal.canonical import canonical

SALT_LENGTH: Final = 32
MARK: Final = "$s"


def new_salt() -> bytes:
    """Return 32 fresh random bytes; each value has its own, kept with the ciphertext and destroyed with it."""
    return secrets.token_bytes(SALT_LENGTH)


def hmac_sm3(key: bytes, data: bytes) -> bytes:
    """
    Return the 32 bytes of HMAC-SM3.

    Basis: GM/T 0042-2015; RFC 2104 with a block of 64 bytes.
    """
    state = HMAC(key, hashes.SM3())
    state.update(data)
    return state.finalize()


def commitment(value: object, *, salt: bytes) -> dict[str, str]:
    """
    Return the form in which a record carries a secret: `{"$s": hex of HMAC-SM3(salt, canonical(value))}`.

    The salt makes an identity number impossible to guess from the digest, and its destruction leaves the chain
    whole while nothing can be learned any more.
    Raises: `ValueError` if the salt is not 32 bytes; `NotCanonical` if the value is outside the form.
    Basis: core.md §4, decision 1.
    """
    if len(salt) != SALT_LENGTH:
        raise ValueError(f"salt is {len(salt)} bytes, not {SALT_LENGTH}")
    return {MARK: hmac_sm3(salt, canonical(value)).hex()}


def is_commitment(value: object) -> bool:
    """Say whether a recorded value stands for a secret."""
    return isinstance(value, dict) and value.keys() == {MARK}


def opens(committed: object, *, value: object, salt: bytes) -> bool:
    """Say whether `value` and `salt` are what was committed; compared in constant time."""
    expected = commitment(value, salt=salt)[MARK]
    found = committed.get(MARK) if isinstance(committed, dict) else None
    return isinstance(found, str) and constant_time.compare_digest(found.encode(), expected.encode())


def blind_index(key: bytes, *, kind: str, normalised: str) -> bytes:
    """
    Return the index under which equal secrets of one kind are found: HMAC-SM3(key, kind ‖ 00 ‖ normalised).

    Shape: 32 bytes; kind and value in UTF-8, the zero byte keeps ("ab", "c") apart from ("a", "bc"). Whoever calls
    brings the value into its normal spelling first (upper case, no spaces).
    Raises: `NotCanonical` if either holds NUL or a lone surrogate.
    """
    canonical([kind, normalised])
    return hmac_sm3(key, kind.encode() + b"\0" + normalised.encode())
