"""Web pages: the text of their paragraphs and their tables, without menus and scripts."""

from html.parser import HTMLParser

from fuyuantong.reading.blocks import Block, Paragraph, Table

_SILENT = frozenset(
    ("script", "style", "noscript", "nav", "select", "button", "iframe", "svg", "head", "template", "option")
)
_BREAKS = frozenset(
    (
        "p",
        "div",
        "br",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "ul",
        "ol",
        "dd",
        "dt",
        "pre",
        "hr",
        "center",
        "blockquote",
    )
)
LONGEST_CELL = 800
LARGEST_SPAN = 200


def blocks_of_page(page: str) -> tuple[Block, ...]:
    """Return the paragraphs and tables of a web page in their order."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    reader.end_paragraph()
    return tuple(reader.blocks)


class _Grid:
    """Gather the cells of one table; a cell that spans rows or columns stands in each of them."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self.spans: dict[int, tuple[int, str]] = {}
        self.cell: list[str] | None = None
        self.span = (1, 1)
        self.is_layout = False

    def begin_row(self) -> None:
        self.rows.append([])
        self._fill()

    def begin_cell(self, rows: int, columns: int) -> None:
        if not self.rows:
            self.begin_row()
        self.cell, self.span = [], (rows, columns)

    def end_cell(self) -> None:
        if self.cell is None:
            return
        text = " ".join("".join(self.cell).split())
        self.cell = None
        rows, columns = self.span
        for _ in range(columns):
            self.rows[-1].append(text)
            if rows > 1:
                self.spans[len(self.rows[-1]) - 1] = (rows - 1, text)
        self._fill()

    def _fill(self) -> None:
        row = self.rows[-1]
        while (held := self.spans.get(len(row))) and len(row) <= LARGEST_SPAN:
            left, text = held
            if left == 1:
                del self.spans[len(row)]
            else:
                self.spans[len(row)] = (left - 1, text)
            row.append(text)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.line: list[str] = []
        self.silent = 0
        self.grids: list[_Grid] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag == "table":
            for outer in self.grids:
                outer.is_layout = True
                self._spill(outer)
            self.end_paragraph()
            self.grids.append(_Grid())
        elif self.grids and tag == "tr":
            self.grids[-1].begin_row()
        elif self.grids and tag in ("td", "th"):
            self.grids[-1].end_cell()
            said = dict(attrs)
            self.grids[-1].begin_cell(_span(said.get("rowspan")), _span(said.get("colspan")))
        elif tag in _BREAKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag == "table" and self.grids:
            self._end_table(self.grids.pop())
        elif self.grids and tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag in _BREAKS:
            self._break()

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        grid = self.grids[-1] if self.grids else None
        if grid is not None and grid.cell is not None and not grid.is_layout:
            grid.cell.append(data)
        else:
            self.line.append(data)

    def end_paragraph(self) -> None:
        """Close the paragraph that is open."""
        text = " ".join("".join(self.line).split())
        self.line = []
        self.blocks.append(Paragraph(text))

    def _break(self) -> None:
        grid = self.grids[-1] if self.grids else None
        if grid is not None and grid.cell is not None and not grid.is_layout:
            grid.cell.append("\n")
        else:
            self.end_paragraph()

    def _end_cell(self) -> None:
        grid = self.grids[-1]
        if grid.cell is not None and sum(map(len, grid.cell)) > LONGEST_CELL:
            grid.is_layout = True
        if grid.is_layout:
            self._spill(grid)
        grid.end_cell()

    def _spill(self, grid: _Grid) -> None:
        """Give out as paragraphs what stands in the open cell of a table that only lays out the page."""
        for cell in (cell for row in grid.rows for cell in row):
            self.blocks.append(Paragraph(cell))
        grid.rows = [[]]
        for line in "".join(grid.cell or ()).split("\n"):
            self.line.append(line)
            self.end_paragraph()
        if grid.cell is not None:
            grid.cell = []

    def _end_table(self, grid: _Grid) -> None:
        grid.end_cell()
        rows = tuple(tuple(row) for row in grid.rows if any(cell for cell in row))
        if grid.is_layout or not rows or max(map(len, rows)) < 2:
            self.end_paragraph()
            self.blocks += [Paragraph(cell) for row in rows for cell in dict.fromkeys(row) if cell]
        else:
            self.blocks.append(Table(rows))


def _span(said: str | None) -> int:
    return min(int(said), LARGEST_SPAN) if said and said.isdigit() and int(said) else 1
