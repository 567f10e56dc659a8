"""Breaking a title: between words, lines like a trapezoid or a lozenge. Basis: GB/T 9704—2012 7.3.1."""

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from itertools import accumulate, combinations, pairwise
from typing import TYPE_CHECKING

from fuyuantong.typesetting.lines import LATIN, NO_END, NO_START
from fuyuantong.typesetting.measures import NO_2, WIDTH, height

if TYPE_CHECKING:
    from rjieba import Jieba

MOST = int(WIDTH / height(NO_2))  # characters of 2号 in a line
EASY = 18  # a line that leaves white at both sides
MOST_LINES = 5
LEFT_ALONE = 4  # a line so short looks forgotten
SURE = 1_000_000  # so often that the word is always found

# what the dictionary does not know, and would part
WORDS = ("府院", "府检", "府院联动", "府检联动", "裁执分离", "非诉执行", "司法建议", "检察建议", "应诉", "领导小组")
# a case or document number is read as one word, and so is a number with what it counts: 2026年度, 第3季度
NUMBER = re.compile(r"[（〔]\d{4}[）〕][^，。]{1,20}?号|第?\d+(?:年度?|季度|[月日号件项个%])", re.ASCII)
# places where a reader would pause
BEGINS = ("关于", "推动", "推进", "建立", "开展", "做好", "加强", "规范", "促进", "参加", "第", *"0123456789")
ENDS = ("的", "、", "》", "）", "”", "和", "及", "与")


def break_title(title: str) -> tuple[str, ...]:
    """Return a title in lines; those that the writer parted stay so."""
    return tuple(line for given in title.splitlines() if given.strip() for line in _broken(given.strip()))


def _broken(text: str) -> tuple[str, ...]:
    if len(text) <= EASY:
        return (text,)
    least = -(-len(text) // MOST)
    ways = [
        (_cost(lines), lines)
        for count in range(max(2, least), min(least + 2, MOST_LINES + 1))
        for lines in _ways(text, count)
    ]
    return min(ways)[1] if ways else _by_force(text)


def _ways(text: str, count: int) -> Iterator[tuple[str, ...]]:
    places = [place for place in accumulate(map(len, _dictionary().cut(text))) if _may_part(text, place)]
    whole = [range(found.start() + 1, found.end()) for found in NUMBER.finditer(text)]
    places = [place for place in places if not any(place in inside for inside in whole)]
    for cuts in combinations(places, count - 1):
        lines = tuple(text[start:end] for start, end in pairwise((0, *cuts, len(text))))
        if max(map(len, lines)) <= MOST:
            yield lines


def _may_part(text: str, at: int) -> bool:
    if at == len(text) or text[at] in NO_START or text[at - 1] in NO_END:
        return False
    return not (text[at] in LATIN and text[at - 1] in LATIN)


def _cost(lines: tuple[str, ...]) -> float:
    """Return how bad lines look: no pause between them, one much shorter, an hourglass, more than needed."""
    lengths = [len(line) for line in lines]
    cost = 6.0 * len(lines) + sum(1.2 * (max(lengths) - length) for length in lengths) / len(lines)
    for before, after in pairwise(lines):
        cost += 0.0 if after.startswith(BEGINS) or before.endswith(ENDS) else 4.0
        cost -= 6.0 if after.startswith("关于") else 0.0
        cost += 5.0 if before.endswith(("关于", "未", "不")) or after.startswith("的") else 0.0
    cost += 8.0 * sum(length <= LEFT_ALONE for length in lengths)
    if len(lengths) > 2 and min(lengths[1:-1]) < min(lengths[0], lengths[-1]):
        cost += 8.0
    return cost + 3.0 * (len(set(lengths)) == 1)


def _by_force(text: str) -> tuple[str, ...]:
    return tuple(text[start : start + MOST] for start in range(0, len(text), MOST))


@cache
def _dictionary() -> "Jieba":
    # to load it is a tenth of a start, and few programs draw up documents
    found: Jieba = import_module("rjieba").Jieba()
    for word in WORDS:
        found.add_word(word, SURE, "n")
    return found
