"""Laying a made-up document out on pages: 22 lines of 28 characters, nothing parted that belongs together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from fuyuantong.typesetting.blocks import Align, Paragraph, Rule, Run, Sheet
from fuyuantong.typesetting.faces import Face
from fuyuantong.typesetting.lines import Line, atoms, break_lines, pitch
from fuyuantong.typesetting.measures import (
    ASCENT,
    BINDING,
    BOTTOM,
    DOUBLE_GAP,
    IMPRINT_FINE,
    IMPRINT_STRONG,
    INK,
    INK_BELOW,
    LETTER_NUMBER,
    LINE,
    LINES,
    NO_3,
    NO_4,
    NUMBER_BELOW_TYPE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    TOP,
    WIDTH,
    height,
)
from fuyuantong.typesetting.pages import Glyph, Page, Stroke

AGAIN = 2  # lines that go over with a signature
DASH_INK = 0.38  # of its square: how high the dash of a page number stands


@dataclass(frozen=True)
class _Row:
    """A line of text and whose it is; no line is an empty one."""

    paragraph: Paragraph | None = None
    line: Line | None = None
    is_first: bool = False

    @property
    def keeps(self) -> bool:
        return self.paragraph is not None and self.paragraph.keeps


def lay_out(sheet: Sheet) -> list[Page]:
    """Return the pages of a document."""
    first = Page()
    begins = _head(first, sheet)
    sides = _paginate(sheet, first_room=LINES - begins)
    pages = []
    for place, rows in enumerate(sides):
        page = first if place == 0 else Page()
        for at, row in enumerate(rows, start=begins if place == 0 else 0):
            _put_row(page, row, TOP + at * LINE)
        pages.append(page)
        page.number = place + 1 if place or not sheet.foot else None
    used = len(sides[-1]) + (begins if len(sides) == 1 else 0)
    _imprint(pages, sheet, used)
    if sheet.foot:
        _put_rule(first, sheet.foot, PAGE_HEIGHT - sheet.foot.below - _thick(sheet.foot))
    for page in pages:
        _number(page)
    return pages


def _head(page: Page, sheet: Sheet) -> int:
    """Put what stands above the text, and return the first line that is left for it."""
    y = TOP
    if sheet.mark:
        size = height(sheet.mark.size)
        for line in lines_of(sheet.mark):
            _put(page, sheet.mark, line, sheet.mark_top + INK * size)
        y = sheet.mark_top + (INK + INK_BELOW) * size
    for block in sheet.head:
        if isinstance(block, Rule):
            y = _put_rule(page, block, y + block.below) + (LETTER_NUMBER if len(block.weights) > 1 else 0.0)
            continue
        y += block.gap * LINE
        for line in lines_of(block):
            _put(page, block, line, y + (block.line - height(block.size)) / 2 + ASCENT * height(block.size))
            y += block.line
        if block.size == NO_3 and not block.keeps:
            y -= (LINE - height(NO_3)) / 2  # distances are taken from the character, not from its line
    return min(LINES, max(0, ceil((y - TOP) / LINE - 0.05)))


def _paginate(sheet: Sheet, *, first_room: int) -> list[list[_Row]]:
    """Return the rows of each side: a heading goes with its text, a signature with some of it."""
    rows = [row for paragraph in sheet.body for row in _rows(paragraph)]
    closing = [row for paragraph in sheet.closing for row in _rows(paragraph)]
    sides: list[list[_Row]] = []
    room = first_room
    while len(rows) > room:
        cut = room
        while cut > 1 and rows[cut - 1].keeps:
            cut -= 1
        sides.append(rows[:cut])
        rows = _without_space(rows[cut:])
        room = LINES
    if len(rows) + len(closing) > room:
        over = _goes_over(rows)
        sides.append(rows[: len(rows) - over])
        rows = rows[len(rows) - over :]
    return [*sides, [*rows, *closing]]


def _goes_over(rows: Sequence[_Row]) -> int:
    """Return how many of the last rows go over to the next side with what follows them."""
    over = min(AGAIN, len(rows))
    while over < len(rows) and (rows[-over].line is None or rows[-over - 1].keeps):
        over += 1
    return over


def _without_space(rows: list[_Row]) -> list[_Row]:
    while rows and rows[0].line is None:
        rows = rows[1:]
    return rows


def _rows(paragraph: Paragraph) -> Iterator[_Row]:
    for _ in range(paragraph.gap):
        yield _Row()
    for place, line in enumerate(lines_of(paragraph)):
        yield _Row(paragraph, line, is_first=place == 0)


def lines_of(paragraph: Paragraph) -> list[Line]:
    """Return a paragraph in lines."""
    room = WIDTH / pitch(paragraph.size) - paragraph.left - paragraph.right
    return list(
        break_lines(
            atoms(paragraph.runs),
            first=room - paragraph.first,
            rest=room,
            fill=paragraph.align == Align.JUSTIFIED,
        )
    )


def _put_row(page: Page, row: _Row, y: float) -> None:
    if row.paragraph is not None and row.line is not None:
        size = height(row.paragraph.size)
        _put(page, row.paragraph, row.line, y + ASCENT * size, indented=row.is_first)


def _put(page: Page, paragraph: Paragraph, line: Line, y: float, *, indented: bool = True) -> None:
    """Put a line so that its characters stand on `y`."""
    cell = pitch(paragraph.size)
    indent = paragraph.left + (paragraph.first if indented else 0.0)
    if paragraph.align == Align.CENTRE:
        x = BINDING + (WIDTH - line.wide * cell) / 2
    elif paragraph.align == Align.RIGHT:
        x = RIGHT - (line.wide + paragraph.right) * cell
    else:
        x = BINDING + indent * cell
    _put_line(page, paragraph, line, x, y)
    if paragraph.beside:
        for other in break_lines(atoms(paragraph.beside), first=WIDTH, rest=WIDTH, fill=False):
            _put_line(page, paragraph, other, RIGHT - (other.wide + paragraph.right) * cell, y)


def _put_line(page: Page, paragraph: Paragraph, line: Line, x: float, y: float) -> None:
    cell = pitch(paragraph.size)
    page.glyphs += [
        Glyph(one.character, one.face, paragraph.size, x + one.at * cell, y, paragraph.red)
        for one in line.placed
        if one.character != " "
    ]


def _put_rule(page: Page, rule: Rule, y: float) -> float:
    """Put a rule whose upper edge is `y`, and return where its lower edge is."""
    for place, weight in enumerate(rule.weights):
        y += DOUBLE_GAP if place else 0.0
        page.strokes.append(Stroke((PAGE_WIDTH - rule.width) / 2 + _shift(rule), y, rule.width, weight, rule.red))
        y += weight
    return y


def _shift(rule: Rule) -> float:
    """Return how far from the middle of the page a rule stands: one of the type area stands in it."""
    return BINDING - (PAGE_WIDTH - WIDTH) / 2 if rule.width == WIDTH else 0.0


def _thick(rule: Rule) -> float:
    return sum(rule.weights) + DOUBLE_GAP * (len(rule.weights) - 1)


def _imprint(pages: list[Page], sheet: Sheet, used: int) -> None:
    """Put the imprint at the foot of the last side, which is an even one where it must be."""
    if not sheet.imprint:
        return
    texts = [(paragraph, lines_of(paragraph)) for paragraph in sheet.imprint]
    tall = sum(len(lines) * paragraph.line for paragraph, lines in texts)
    # between rules it stands apart; copies of a letter may follow the date, rather than stand alone overleaf
    fits = (LINES - used) * LINE >= tall + (LINE if sheet.even else 0)
    if not fits or (sheet.even and len(pages) % 2):
        pages.append(Page())
    if sheet.even and len(pages) % 2:
        pages.append(Page())
    page, y = pages[-1], BOTTOM - tall
    for place, (paragraph, lines) in enumerate(texts):
        if sheet.even:
            weight = IMPRINT_STRONG if place == 0 else IMPRINT_FINE
            page.strokes.append(Stroke(BINDING, y, WIDTH, weight))
        for at, line in enumerate(lines):
            size = height(paragraph.size)
            _put(page, paragraph, line, y + (paragraph.line - size) / 2 + ASCENT * size, indented=at == 0)
            y += paragraph.line
    if sheet.even:
        page.strokes.append(Stroke(BINDING, BOTTOM - IMPRINT_STRONG, WIDTH, IMPRINT_STRONG))


def _number(page: Page) -> None:
    """Put the number of a page: right on odd ones, left on even ones, one character in."""
    if page.number is None:
        return
    size = height(NO_4)
    (line,) = break_lines(atoms((Run(f"— {page.number} —", Face.SONG),)), first=WIDTH, rest=WIDTH, fill=False)
    x = RIGHT - (line.wide + 1) * size if page.number % 2 else BINDING + size
    _put_line(page, Paragraph((), size=NO_4), line, x, BOTTOM + NUMBER_BELOW_TYPE + DASH_INK * size)
