"""Readings of short texts, for tests of one construct."""

from fuyuantong.reading.blocks import Paragraph
from fuyuantong.reading.reading import read
from fuyuantong.reading.unit_lists import named
from fuyuantong.reading.values import Obligation, Reading

HEAD = "云川县府院联动实施方案\n2024年3月1日\n"


def reading_of_text(text: str) -> Reading:
    """Return the reading of a plan of invented places, dated the 1st of March 2024, with this body."""
    return read([Paragraph(line) for line in (HEAD + text).split("\n")])


def owed(text: str) -> tuple[Obligation, ...]:
    """Return the obligations of such a plan."""
    return reading_of_text(text).obligations


def units_of(found: Obligation) -> list[str]:
    """Return the names of the units."""
    return list(named(found.units))


def lead_of(found: Obligation) -> list[str]:
    """Return the names of those who lead."""
    return list(named(found.lead))
