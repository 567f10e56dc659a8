"""What reading a file yields before any grammar: paragraphs and tables in their order."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Paragraph:
    """Keep one line or paragraph of a file as it was found."""

    text: str


@dataclass(frozen=True)
class Table:
    """Keep one table: cells by row; a cell that spans rows stands in each of them."""

    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | Table
