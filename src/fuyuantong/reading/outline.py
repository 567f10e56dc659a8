"""The tree of numbered places: headings, items and the paragraphs under them, also where they were run together."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from fuyuantong.reading.marks import Mark, Style, mark_at
from fuyuantong.reading.normalising import NormalText
from fuyuantong.reading.predicates import MODAL
from fuyuantong.reading.sentences import ENDS, sentences_of
from fuyuantong.reading.values import Heading, Span

LONGEST_HEADING = 60
LONGEST_RUN_IN = 42
_INNER = re.compile(
    r"(?<=[。；：！？ ）”])(?=[第一二三四五六七八九十\d①-⑳])|(?=（[一二三四五六七八九十\d]{1,3}）)|(?=[①-⑳])|(?<=[\u4e00-\u9fff])(?<![第一二三四五六七八九十])(?=[二三四五六七八九]{1,2}、)|(?<=[\u4e00-\u9fff])(?=\d{1,2}[.](?:(?!\d)|(?=\d{4}年)))"
)
_NOT_A_MARK = re.compile(r"[项款条目至、，；和及或)）。]")
_BEFORE_REFERENCE = ("第", "条", "款", "项", "、", "和", "至", "及", "（", "见", "附件")
_GIVES_TO = re.compile(r"负责|由|每[年季月半周]")
_BARE_NUMBER = re.compile(
    r"\d{1,2}(?=[\u4e00-\u9fff“《])(?![年月日号时分个件家起名人次项条款万亿元天周季度期届级等类种批户处所位部])"
)
_LABEL_LINE = re.compile(
    r"[〔（]?[\u4e00-\u9fff]{0,6}(?:单位|部门|时限|时间|期限|责任人|领导|责任主体|责任分工|日期)[\u4e00-\u9fff]{0,4}[〕）]? ?："
)
_BRACKET_LINE = re.compile(r"[（〔][^（）〔〕]{2,}(?:（[^（）]*）[^（）]*)*[）〕]。?")
_YEAR = re.compile(r"\d{4}年")
_LABEL_END = "："


@dataclass(frozen=True, kw_only=True)
class Place:
    """
    Keep one paragraph with its number, and the titles of the headings it stands under, outermost first.

    `body` is the paragraph without its mark.
    """

    span: Span
    body: Span
    mark: Mark | None
    clause: str
    level: int
    titles: tuple[str, ...] = ()
    is_heading: bool = False
    row: tuple[Span, ...] = ()
    table: int = -1


def places_of(normal: NormalText, *, begin: int = 0, end: int | None = None) -> tuple[Place, ...]:
    """Return the paragraphs from `begin` to `end`, each with its clause path; tables stay as rows."""
    numbered = list(_numbered(normal, begin=begin, end=len(normal.text) if end is None else end))
    return tuple(_titled(normal.folded, numbered))


def headings_of(places: Sequence[Place], folded: str, text: str) -> tuple[Heading, ...]:
    """Return the tree of numbered places; a run-in title is one as well."""
    found = []
    for place in places:
        if place.mark is None:
            continue
        title = place.body if place.is_heading else run_in_title(folded, place.body)
        said = title.of(text).rstrip("。：； ") if title else ""
        found.append(Heading(place.clause, place.level, place.mark.label, said, place.span))
    return tuple(found)


def run_in_title(folded: str, body: Span) -> Span | None:
    """Return the short first sentence of a numbered paragraph that goes on after it."""
    sentences = list(islice(sentences_of(folded, body), 2))
    if len(sentences) < 2 or folded[sentences[0].end - 1] != "。":
        return None
    first = sentences[0]
    if MODAL.search(folded, first.start, first.end):
        return None
    return first if first.end - first.start <= LONGEST_RUN_IN else None


def _numbered(normal: NormalText, *, begin: int, end: int) -> Iterator[Place]:
    path = _Path()
    for index, stretch in enumerate(normal.stretches):
        if not begin <= stretch.span.start < end:
            continue
        if stretch.rows:
            for row in stretch.rows:
                span = Span(row[0].start, row[-1].end)
                yield Place(span=span, body=span, mark=None, clause=path.clause, level=path.level, row=row, table=index)
            continue
        for span, mark in _split(normal.folded, stretch.span, path):
            clause = path.enter(mark) if mark else path.clause
            body = Span(span.start + (mark.length if mark else 0), span.end)
            yield Place(span=span, body=body, mark=mark, clause=clause, level=path.level)


class _Path:
    """Follow the numbering from mark to mark."""

    def __init__(self) -> None:
        self.stack: list[Mark] = []
        self.last: dict[Style, int] = {}

    def enter(self, mark: Mark) -> str:
        number = mark.number if mark.number else self.last.get(mark.style, 0) + 1
        while self.stack and self.stack[-1].style >= mark.style:
            self.stack.pop()
        self.stack.append(Mark(mark.style, number, mark.length))
        for style in Style:
            # articles and running numbers go on through the chapters
            goes_on = style is Style.ARABIC or (style is Style.ARTICLE and mark.style < Style.ARTICLE)
            if style > mark.style and not goes_on:
                self.last.pop(style, None)
        self.last[mark.style] = number
        return self.clause

    def expects(self, mark: Mark) -> bool:
        if mark.number == 1:
            return not self.stack or self.stack[-1].style is not mark.style or self.last.get(mark.style) is None
        return mark.number is not None and self.last.get(mark.style) == mark.number - 1

    @property
    def clause(self) -> str:
        has_article = any(mark.style is Style.ARTICLE for mark in self.stack)
        shown = [mark for mark in self.stack if not (has_article and mark.style < Style.ARTICLE)]
        return "".join(mark.label for mark in shown)

    @property
    def level(self) -> int:
        return len(self.stack)


def _split(folded: str, span: Span, path: _Path) -> Iterator[tuple[Span, Mark | None]]:
    """Return the pieces of a paragraph that each begin with a mark of their own, in the order of numbering."""
    ahead = _Path()
    ahead.stack, ahead.last = list(path.stack), dict(path.last)
    mark = mark_at(folded, span.start, span.end) or _half_lost(folded, span, ahead)
    if mark:
        ahead.enter(mark)
    start = span.start
    for found in _INNER.finditer(folded, span.start + (mark.length if mark else 0) + 1, span.end):
        position = found.start()
        inner = mark_at(folded, position, span.end)
        if inner is None or not _is_inner(folded, position, inner) or not ahead.expects(inner):
            continue
        yield Span(start, position), mark
        start, mark = position, inner
        ahead.enter(inner)
    yield Span(start, span.end), mark


def _half_lost(folded: str, span: Span, path: _Path) -> Mark | None:
    """Return the number that begins a paragraph without its stop, if it is the one that comes next: 5由县公安局…"""
    found = _BARE_NUMBER.match(folded, span.start, span.end)
    if found is None:
        return None
    mark = Mark(Style.ARABIC, int(found[0]), len(found[0]))
    return mark if path.expects(mark) else None


def _is_inner(folded: str, position: int, mark: Mark) -> bool:
    after = position + mark.length
    if mark.style <= Style.ARTICLE:
        return folded[position - 1] in "。； ：" or mark.style is Style.ARTICLE
    if folded.endswith(_BEFORE_REFERENCE, max(0, position - 2), position) or _NOT_A_MARK.match(folded, after):
        return False
    sign = folded[after : after + 1]
    return "\u4e00" <= sign <= "\u9fff" or sign in "“《" or _YEAR.match(folded, after) is not None


def _titled(folded: str, places: Sequence[Place]) -> Iterator[Place]:
    open_titles: list[tuple[Style, str]] = []
    for index, place in enumerate(places):
        if place.mark is None:
            yield replace(place, titles=tuple(title for _, title in open_titles))
            continue
        while open_titles and open_titles[-1][0] >= place.mark.style:
            open_titles.pop()
        is_heading = _is_heading(folded, places, index)
        yield replace(place, titles=tuple(title for _, title in open_titles), is_heading=is_heading)
        title = place.body if is_heading else run_in_title(folded, place.body)
        open_titles.append((place.mark.style, title.of(folded) if title else ""))


def _is_heading(folded: str, places: Sequence[Place], index: int) -> bool:
    place = places[index]
    said = place.body.of(folded)
    if len(said) > LONGEST_HEADING or any(sign in said[:-1] for sign in ENDS) or said.endswith(("；", _LABEL_END)):
        return False
    if said.endswith("。") and (MODAL.search(said) or _GIVES_TO.search(said) or _is_assigned(folded, places, index)):
        return False
    if place.mark and place.mark.style in (Style.CHAPTER, Style.SECTION, Style.PART):
        return True
    if index + 1 == len(places):
        return False
    after = index + 1
    while after + 1 < len(places) and places[after].mark is None and is_label_line(folded, places[after].span):
        after += 1
    following = places[after]
    if following.row:
        return True
    before = places[index - 1] if index else None
    if before is not None and folded[before.body.end - 1] == "；":
        return False
    if following.mark is None:
        return not is_label_line(folded, following.span) and (not said.endswith("。") or len(said) <= LONGEST_RUN_IN)
    return place.mark is not None and following.mark.style > place.mark.style


def _is_assigned(folded: str, places: Sequence[Place], index: int) -> bool:
    """Say whether a line that assigns stands before the next number."""
    for place in places[index + 1 :]:
        if place.mark is not None or place.row:
            return False
        if is_label_line(folded, place.span):
            return True
    return False


def is_label_line(folded: str, span: Span) -> bool:
    """Say whether a paragraph only assigns what stands before it: 责任单位：…, or one bracket （县法院牵头）."""
    return bool(
        _LABEL_LINE.match(folded, span.start, span.end) or _BRACKET_LINE.fullmatch(folded, span.start, span.end)
    )
