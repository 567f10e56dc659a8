"""What a proof answers: faults, each with its rule and the path that fails, in the words of the declaration."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Fault:
    """
    One breach of one rule.

    `path`: the steps from the beginning to the place that fails, or where in the declaration it stands.
    """

    rule: str
    message: str
    path: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the fault as one line for people."""
        return f"[{self.rule}] {self.message}（{' ／ '.join(self.path)}）"


@dataclass(frozen=True)
class Proof:
    """What was found: no fault means proved; `configurations` and `edges` say how much was looked at."""

    faults: tuple[Fault, ...]
    configurations: int
    edges: int


class Titled(Protocol):
    """A word with a key and a title."""

    @property
    def key(self) -> str: ...

    @property
    def title(self) -> str: ...


def named(word: Titled) -> str:
    """Return a word as people and authors know it: `待签收（delivering）`."""
    return f"{word.title}（{word.key}）"
