"""Tokens that let a program in: told once to whoever asked for it, and known to us by a digest alone."""

from secrets import token_urlsafe
from typing import Final

from fuyuantong.seal.digest import sm3

RANDOM_BYTES: Final = 32


def new_token() -> str:
    """Return a token that nobody can guess, in characters that an address can hold."""
    return token_urlsafe(RANDOM_BYTES)


def token_digest(token: str) -> bytes:
    """Return by what a token is known."""
    return sm3(token.encode())
