"""Showing where searched words stand in a text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

AROUND: Final = 24
MOST: Final = 2


def marked(text: str, words: Sequence[str]) -> SafeString:
    """Return a text, escaped, with the words in it marked, whatever their case."""
    parts = _anywhere(words).split(text)
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", part) if place % 2 else part,) for place, part in enumerate(parts))
    )


def snippets(text: str, words: Sequence[str], *, beside: Iterable[str]) -> list[SafeString]:
    """Return the first places of a text where words stand, a few characters around each; not what is shown `beside`."""
    shown = set(beside)
    found = (_around(line, words) for line in text.split("\n") if line not in shown)
    return [marked(piece, words) for piece in _some(piece for piece in found if piece)]


def _around(line: str, words: Sequence[str]) -> str:
    first = _anywhere(words).search(line)
    if first is None:
        return ""
    begin, end = max(0, first.start() - AROUND), first.end() + AROUND
    return ("…" if begin else "") + line[begin:end] + ("…" if end < len(line) else "")


def _some(pieces: Iterator[str]) -> Iterator[str]:
    seen: set[str] = set()
    for piece in pieces:
        if piece not in seen:
            seen.add(piece)
            yield piece
        if len(seen) == MOST:
            return


def _anywhere(words: Sequence[str]) -> re.Pattern[str]:
    # the longest first, so that one word does not hide another that begins with it
    return re.compile("(" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")", re.IGNORECASE)
