"""Blocks: a document as paragraphs and rules in their order, which the layout and Word both follow."""

from dataclasses import KW_ONLY, dataclass
from enum import StrEnum

from fuyuantong.typesetting.faces import Face
from fuyuantong.typesetting.measures import LINE, NO_3


class Align(StrEnum):
    """How lines stand in their width; a justified paragraph's last line begins at the left."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"
    JUSTIFIED = "both"


@dataclass(frozen=True)
class Run:
    """Characters of one typeface."""

    text: str
    face: Face = Face.FANGSONG


@dataclass(frozen=True)
class Paragraph:
    """
    Text in lines. `size` in points; `first` (of the first line), `left` and `right` in characters of that size.

    `beside`: what stands at the right end of the same line. `gap`: empty lines before it. `keeps`: not the last line
    of a page.
    """

    runs: tuple[Run, ...]
    _: KW_ONLY
    align: Align = Align.JUSTIFIED
    size: float = NO_3
    first: float = 0.0
    left: float = 0.0
    right: float = 0.0
    line: float = LINE
    gap: int = 0
    keeps: bool = False
    red: bool = False
    beside: tuple[Run, ...] = ()


@dataclass(frozen=True)
class Rule:
    """Lines across the page, `below` what stands above them: the weights in order, the width in the middle."""

    weights: tuple[float, ...]
    width: float
    below: float
    red: bool = True


@dataclass(frozen=True)
class Sheet:
    """
    A document made up.

    `mark` stands with its ink `mark_top` below the edge of the page; `head` follows it on the first page alone, each
    paragraph by its own gap; `body` and then `closing`, which is not parted and never alone on a page, fill the lines;
    `imprint` stands at the foot of the last page, if `even` on an even one and between rules. A first page with a rule at
    its `foot` has no number.
    """

    title: str
    author: str
    mark: Paragraph | None
    mark_top: float
    head: tuple[Paragraph | Rule, ...]
    body: tuple[Paragraph, ...]
    closing: tuple[Paragraph, ...]
    imprint: tuple[Paragraph, ...]
    even: bool
    foot: Rule | None = None
