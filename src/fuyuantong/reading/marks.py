"""The numbering marks of official documents: 一、 （一） 1. （1） ① 第X条, also half-lost ones."""

import re
from dataclasses import dataclass
from enum import IntEnum

from fuyuantong.reading.numerals import CIRCLED, in_chinese, number_of


class Style(IntEnum):
    """Rank the styles of numbering from outer to inner. Basis: 党政机关公文格式 GB/T 9704—2012 7.3.3."""

    PART = 0
    CHAPTER = 1
    SECTION = 2
    ARTICLE = 3
    CHINESE = 4
    CHINESE_IN_BRACKETS = 5
    ARABIC = 6
    ARABIC_IN_BRACKETS = 7
    CIRCLED = 8


@dataclass(frozen=True)
class Mark:
    """Keep one mark: its style, its number (None where damage took it away) and how many characters it takes."""

    style: Style
    number: int | None
    length: int

    @property
    def label(self) -> str:
        """Return the mark as a clause path names it."""
        return label_of(self.style, self.number or 0)


_CN = "[一二三四五六七八九十百零〇两]{1,5}"
_N = rf"(?:{_CN}|\d{{1,3}})"
_PATTERNS: tuple[tuple[Style, re.Pattern[str]], ...] = (
    (Style.PART, re.compile(rf"第 ?(?P<n>{_N}) ?[编部]分?(?=[ ：])")),
    (Style.CHAPTER, re.compile(rf"第 ?(?P<n>{_N}) ?章(?! ?第)")),
    (Style.SECTION, re.compile(rf"第 ?(?P<n>{_N}) ?节")),
    (Style.ARTICLE, re.compile(rf"第 ?(?P<n>{_N}) ?条(?![第（规之]|的|款)[ ：、]?")),
    (Style.CHINESE, re.compile(rf"(?P<n>{_CN}) ?[、.](?!\d)")),
    (Style.CHINESE, re.compile(r"(?P<n>[一二三四五六七八九十]{1,3}) (?=[\u4e00-\u9fff“]{2,30}$)")),
    (Style.CHINESE_IN_BRACKETS, re.compile(rf"（ ?(?P<n>{_CN}) ?）[、.]?|（(?P<m>{_CN}) ?(?=[\u4e00-\u9fff]{{2}})")),
    (Style.CHINESE_IN_BRACKETS, re.compile(rf"(?P<n>{_CN}) ?）[、.]?")),
    (Style.CHINESE_IN_BRACKETS, re.compile(r"(?P<n>)）[、.]?(?=[\u4e00-\u9fff])")),
    (Style.ARABIC_IN_BRACKETS, re.compile(r"（ ?(?P<n>\d{1,2}) ?）[、.]?|(?P<m>\d{1,2}) ?）[、.]?")),
    (
        Style.ARABIC,
        re.compile(
            r"(?P<n>\d{1,3}) ?(?:[、]|[.](?!\d)|[.](?=\d{4} ?年))|(?P<m>\d{1,2}) +(?=[\u4e00-\u9fff“《])(?!\d+ ?[年月日])"
        ),
    ),
    (Style.CIRCLED, re.compile(rf"(?P<n>[{CIRCLED}])[、.]?")),
)
_START = re.compile(rf"[第（）一二三四五六七八九十百零〇两\d{CIRCLED}]")


def mark_at(folded: str, start: int = 0, end: int | None = None) -> Mark | None:
    """Return the mark that stands at `start` of a folded text, or None."""
    stop = len(folded) if end is None else end
    if start >= stop or not _START.match(folded, start):
        return None
    for style, pattern in _PATTERNS:
        if found := pattern.match(folded, start, stop):
            said = found["n"] or found.groupdict().get("m") or ""
            space = 1 if folded[found.end() : found.end() + 1] == " " and found.end() < stop else 0
            return Mark(style, number_of(said) if said else None, found.end() - start + space)
    return None


def label_of(style: Style, number: int) -> str:
    """
    Return a number as a clause path names it.

    Example: （三） is (三), 3. is 3, 第五条 is 第五条.
    """
    chinese = in_chinese(number) if number < 100 else str(number)
    named = {
        Style.PART: f"第{chinese}部分",
        Style.CHAPTER: f"第{chinese}章",
        Style.SECTION: f"第{chinese}节",
        Style.ARTICLE: f"第{chinese}条",
        Style.CHINESE: chinese,
        Style.CHINESE_IN_BRACKETS: f"({chinese})",
        Style.ARABIC: str(number),
        Style.ARABIC_IN_BRACKETS: f"({number})",
        Style.CIRCLED: CIRCLED[number - 1] if 0 < number <= len(CIRCLED) else str(number),
    }
    return named[style]
