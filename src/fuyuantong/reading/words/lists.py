"""The word lists of the grammar: plain files, words apart by spaces, longer ones tried first."""

from functools import cache
from pathlib import Path


@cache
def words(name: str) -> tuple[str, ...]:
    """
    Return the words of one list, longer ones first.

    Example: `words("unit_endings")` begins with 律师事务所.
    """
    text = (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(sorted(dict.fromkeys(text.split()), key=lambda word: (-len(word), word)))
