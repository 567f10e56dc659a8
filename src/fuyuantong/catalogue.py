"""The only module that knows which mechanisms exist; it loads none that is not proved."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from fuyuantong.protocol import library
from fuyuantong.protocol.document_kinds import DocumentKind
from fuyuantong.protocol.form import to_data
from fuyuantong.protocol.library import HouseTerm, NamedOrgans, Serial
from fuyuantong.protocol.mechanism import Mechanism
from fuyuantong.seal.canonical import canonical

_LIBRARY: Final = library.read()
_LIBRARY.require_proved()

MECHANISMS: Final[Mapping[str, Mechanism]] = _LIBRARY.mechanisms


def mechanism(key: str) -> Mechanism:
    """Return the mechanism of that key, or the child of `parent/child`. Raises: `KeyError`."""
    top, _, rest = key.partition("/")
    found = MECHANISMS[top]
    for name in rest.split("/") if rest else ():
        found = {child.key: child for child in found.children()}[name]
    return found


def by_digest(digest: str) -> Mechanism:
    """Return the mechanism whose declaration has this digest today. Raises: `KeyError`."""
    return MECHANISMS[{its: key for key, its in _LIBRARY.digests.items()}[digest]]


def digest_of(key: str) -> str:
    """Return the digest of the declaration of that key today. Raises: `KeyError`."""
    return _LIBRARY.digests[key]


def house_terms() -> Mapping[str, HouseTerm]:
    """Return the terms that places may set for themselves, by the key that declarations use: `house:sign-for`."""
    return _LIBRARY.house_terms


def serials() -> Mapping[str, Serial]:
    """Return the serials of official numbers by the key that moves use."""
    return _LIBRARY.serials


def named_organs() -> Mapping[str, NamedOrgans]:
    """Return for what places name organs, by the key that declarations use: `setting:leading-group`."""
    return _LIBRARY.named_organs


def users_of(name: str) -> tuple[str, ...]:
    """Return the titles of the mechanisms that speak of a name anywhere. Example: `house:sign-for`."""
    return tuple(found.title for key, found in MECHANISMS.items() if f'"{name}"' in _spelled(key))


@cache
def _spelled(key: str) -> str:
    return canonical(to_data(MECHANISMS[key])).decode()


def document_kinds(mechanism: str) -> tuple[DocumentKind, ...]:
    """Return the kinds of documents that matters of a mechanism may need, its own before those of all."""
    return tuple(kind for of in (mechanism, "") for (owner, _), kind in _LIBRARY.document_kinds.items() if owner == of)
