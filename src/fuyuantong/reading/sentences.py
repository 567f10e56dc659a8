"""Where a sentence ends: at 。 ； ！ ？ outside of brackets, titles and quotations."""

import re
from collections.abc import Iterator
from functools import cache

from fuyuantong.reading.values import Span

ENDS = "。；！？"
PAIRS = {"（": "）", "《": "》", "“": "”", "〈": "〉", "〔": "〕", "‘": "’"}
LONGEST_QUOTATION = 120
_SENTENCE_SIGNS = re.compile(f"[{ENDS}{''.join(PAIRS)}]")


def sentences_of(folded: str, within: Span) -> Iterator[Span]:
    """Return the sentences of one paragraph, each with its closing sign, without the spaces around it."""
    start = within.start
    for position in _outside(_SENTENCE_SIGNS, folded, within):
        end = _past_quotation(folded, position + 1, within.end)
        yield from _trimmed(folded, start, end)
        start = end
    yield from _trimmed(folded, start, within.end)


def pieces_of(folded: str, within: Span, *, at: str = "，；") -> Iterator[Span]:
    """Return the stretches between the signs of `at`, outside of brackets, titles and quotations, without the sign."""
    start = within.start
    for position in _outside(_signs(at), folded, within):
        yield from _trimmed(folded, start, position)
        start = position + 1
    yield from _trimmed(folded, start, within.end)


def _outside(signs: re.Pattern[str], folded: str, within: Span) -> Iterator[int]:
    """Return where the signs stand that no bracket encloses."""
    position = within.start
    while found := signs.search(folded, position, within.end):
        position = found.start()
        if folded[position] in PAIRS:
            position = closing(folded, position, within.end)
        else:
            yield position
        position += 1


@cache
def _signs(at: str) -> re.Pattern[str]:
    return re.compile(f"[{at}{''.join(PAIRS)}]")


def closing(folded: str, opened: int, end: int) -> int:
    """Return where the bracket that opens at `opened` closes; `opened` itself if it does not close soon."""
    found = folded.find(PAIRS[folded[opened]], opened + 1, min(end, opened + LONGEST_QUOTATION))
    if found < 0:
        return opened
    # an inner bracket of the same sort: （各县（市、区）政府）
    depth, position = 1, opened + 1
    stop = min(end, opened + 2 * LONGEST_QUOTATION)
    while position < stop:
        if folded[position] == folded[opened]:
            depth += 1
        elif folded[position] == PAIRS[folded[opened]]:
            depth -= 1
            if depth == 0:
                return position
        position += 1
    return found


def _past_quotation(folded: str, position: int, end: int) -> int:
    while position < end and folded[position] in "”）’":
        position += 1
    return position


def _trimmed(folded: str, start: int, end: int) -> Iterator[Span]:
    while start < end and folded[start] == " ":
        start += 1
    while end > start and folded[end - 1] == " ":
        end -= 1
    if end > start:
        yield Span(start, end)
