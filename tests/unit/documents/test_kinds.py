"""What mechanisms call for is there."""

from collections.abc import Iterator

from fuyuantong import catalogue
from fuyuantong.protocol import Mechanism
from fuyuantong.protocol.proving.anatomy import moves


def wordless(key: str, mechanism: Mechanism) -> Iterator[str]:
    """Yield the moves that draw up a document for which no words are declared."""
    known = {kind.key for kind in catalogue.document_kinds(key)}
    yield from (f"{key} {move.key}: {move.drafts}" for _, move in moves(mechanism) if move.drafts not in {"", *known})
    for child in mechanism.children():
        yield from wordless(f"{key}/{child.key}", child)


def test_every_document_that_a_move_draws_up_has_its_words() -> None:
    assert [found for key, mechanism in catalogue.MECHANISMS.items() for found in wordless(key, mechanism)] == []
