"""Declarations that matters run on: found by their digest, published the first time one begins (core.md R9)."""

from functools import lru_cache

from fuyuantong import catalogue
from fuyuantong.matters.models.declaration import Declaration
from fuyuantong.protocol import LANGUAGE, Mechanism
from fuyuantong.protocol.form import from_data, to_data
from fuyuantong.refusal import Refusal


class UnknownMechanism(Refusal):
    """No mechanism has this key."""

    key = "unknown-mechanism"
    title = "没有这个机制"


def current(key: str) -> tuple[Mechanism, str]:
    """
    Return the mechanism of that key (`parent/child` too) as the catalogue has it, and the digest of its declaration.

    A child has the digest of the mechanism that declares it. Publishes the declaration when it is new here.
    Raises: `UnknownMechanism`.
    """
    top_key, _, path = key.partition("/")
    top = catalogue.MECHANISMS.get(top_key)
    if top is None:
        known = "、".join(f"{found.title}（{found.key}）" for found in catalogue.MECHANISMS.values())
        raise UnknownMechanism(f"没有“{top_key}”这个机制；现有：{known}", remedy="请核对机制名称。", field="mechanism")
    found_digest = catalogue.digest_of(top_key)
    publish(top, found_digest)
    return child_of(top, path), found_digest


def publish(mechanism: Mechanism, its_digest: str) -> None:
    """Keep the declaration under its digest for as long as this place exists; again is no harm."""
    if Declaration.objects.filter(digest=bytes.fromhex(its_digest)).exists():
        return
    Declaration.objects.bulk_create(
        [
            Declaration(
                digest=bytes.fromhex(its_digest),
                key=mechanism.key,
                version=mechanism.version,
                language=LANGUAGE,
                body=to_data(mechanism),
            )
        ],
        ignore_conflicts=True,
    )


def declared(key: str, its_digest: bytes) -> Mechanism:
    """Return the mechanism a matter runs on, whatever the catalogue says today."""
    return child_of(_declared(bytes(its_digest)), key.partition("/")[2])


def child_of(top: Mechanism, path: str) -> Mechanism:
    """
    Return the child declared inside an Await, the child of a child by `child/grandchild`, or `top` for no path.

    Raises: `UnknownMechanism`.
    """
    found = top
    for key in path.split("/") if path else ():
        children = {child.key: child for child in found.children()}
        if key not in children:
            raise UnknownMechanism(f"“{found.title}”没有“{key}”这个分项", remedy="请核对机制名称。", field="mechanism")
        found = children[key]
    return found


@lru_cache(maxsize=256)
def _declared(its_digest: bytes) -> Mechanism:
    # content under its digest never changes, so it may be kept for the life of the process
    return from_data(Declaration.objects.get(digest=its_digest).body)
