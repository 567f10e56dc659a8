"""SM3 digests and the chain of records: which record was changed, lost or put in, and nothing more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from cryptography.hazmat.primitives import hashes

from fuyuantong.seal.canonical import canonical

LENGTH: Final = 32
GENESIS: Final = bytes(LENGTH)

_EMPTY = hashes.Hash(hashes.SM3())


class BreakReason(StrEnum):
    """Why a chain does not hold."""

    GAP = "gap"
    DETACHED = "detached"
    CHANGED = "changed"
    HEAD = "head"

    @property
    def wording(self) -> str:
        return _WORDINGS[self]


_WORDINGS: Final = {
    BreakReason.GAP: "序号不连续：缺少记录或多出记录",
    BreakReason.DETACHED: "与前一记录不衔接：所载前摘要不是前一记录的摘要",
    BreakReason.CHANGED: "内容与摘要不符：记录被改动",
    BreakReason.HEAD: "末条记录与登记的链首不符：尾部缺少记录",
}


class ChainedRecord(NamedTuple):
    """One stored record: its place, its two digests, and the canonical bytes of its body."""

    seq: int
    prev: bytes
    digest: bytes
    content: bytes


@dataclass(frozen=True, slots=True)
class ChainBreak:
    """The first place where a chain does not hold."""

    seq: int
    reason: BreakReason


def sm3(data: bytes) -> bytes:
    """
    Return the 32 bytes of SM3 of `data`.

    Basis: GM/T 0004-2012 (GB/T 32905-2016).
    """
    # A copy of an empty state costs 0.6 µs less than a new one, a third of the digest of a short record.
    state = _EMPTY.copy()
    state.update(data)
    return state.finalize()


def sm3_of(chunks: Iterable[bytes]) -> bytes:
    """Return the 32 bytes of SM3 of what comes piece by piece."""
    state = _EMPTY.copy()
    for chunk in chunks:
        state.update(chunk)
    return state.finalize()


def record_digest(prev: bytes, body: Mapping[str, object]) -> bytes:
    """
    Return the digest that chains a record to the one before it: SM3(prev ‖ canonical(body)).

    Shape: `prev` is the 32 bytes of the previous record's digest, or `GENESIS` (32 zero bytes) for record 1;
    the body follows at once, without separator or length, which `prev`'s fixed length makes unambiguous. The body
    must name what the chain belongs to (matter uid, and the organ for an inner trail), the seq, and everything the
    record says; `prev`, digest and signature are not in it.
    Raises: `ValueError` if `prev` is not 32 bytes; `NotCanonical` if the body is outside the form.
    """
    if len(prev) != LENGTH:
        raise ValueError(f"prev is {len(prev)} bytes, not {LENGTH}")
    return sm3(prev + canonical(dict(body)))


def verify_chain(records: Iterable[ChainedRecord], *, head: bytes) -> ChainBreak | None:
    """
    Return the first break of a chain given in order of seq, or None if it holds up to `head`.

    Shape: seq runs 1, 2, 3 …; `head` is the digest that the matter row keeps of its last record (`GENESIS` when it
    has none), so that a lost tail is found as well; its break is reported at the seq that is missing.
    """
    last_seq, last_digest = 0, GENESIS
    for seq, prev, digest, content in records:
        if seq != last_seq + 1:
            return ChainBreak(seq, BreakReason.GAP)
        if prev != last_digest:
            return ChainBreak(seq, BreakReason.DETACHED)
        if sm3(prev + content) != digest:
            return ChainBreak(seq, BreakReason.CHANGED)
        last_seq, last_digest = seq, digest
    return None if last_digest == head else ChainBreak(last_seq + 1, BreakReason.HEAD)
