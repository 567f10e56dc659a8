"""The county: every declaration that is in force, by key, with what was played of it."""

from collections.abc import Hashable, Mapping
from typing import Any

from tests.oracles.rulebook import Rulebook, Word


class County:
    """Find the declaration behind a key; remember what was played already."""

    def __init__(self, declarations: Mapping[str, Word]) -> None:
        self._books = {key: Rulebook(declaration) for key, declaration in declarations.items()}
        self._children: dict[int, tuple[Word, Rulebook]] = {}
        self.played: dict[Hashable, Any] = {}

    def rulebook(self, which: str | Word) -> Rulebook | None:
        """Return the rulebook of a key, or of a child that is declared on the spot."""
        if isinstance(which, str):
            return self._books.get(which)
        if id(which) not in self._children:
            self._children[id(which)] = (which, Rulebook(which))
        return self._children[id(which)][1]
