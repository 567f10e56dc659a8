"""A line of the ledger as plain values, for sheets and print."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from fuyuantong.desk.lines import Line

Cell = str | date | None


def _due(line: Line) -> Cell:
    return line.left.due_on if line.left else None


VALUES: Final[Mapping[str, Callable[[Line], Cell]]] = {
    "number": lambda line: line.number,
    "title": lambda line: line.title,
    "mechanism": lambda line: line.mechanism,
    "holder": lambda line: line.holder.short if line.holder else "",
    "state": lambda line: line.state,
    "due": _due,
    "initiator": lambda line: line.initiator.short if line.initiator else "",
    "opened": lambda line: line.opened_on,
    "to_do": lambda line: line.to_do if line.is_open else "",
    "closed": lambda line: line.closed_on,
    "region": lambda line: line.region,
    "provenance": lambda line: line.provenance or "网上办理",
}


def time_left_of(line: Line) -> str:
    """Return the words beside a due date; of a closed matter that it is closed."""
    if not line.is_open:
        return "已办结"
    return line.left.words if line.left else "不计时"
