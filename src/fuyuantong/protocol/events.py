"""Matters that are events in time: people come together on a day, at a place."""

from dataclasses import KW_ONLY, dataclass
from enum import StrEnum


class Holding(StrEnum):
    """Whether an event takes place, as far as is known; the terms are those of RFC 5545 for STATUS."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True)
class Event:
    """
    Say that a matter is an event.

    `on`: the Date field that says on which day, `begins` and `ends`: the Time fields that say from when to when, `place`:
    the Text field that says where. `series`: the Choice field by
    which events of one kind come again; from the place's cadence of that kind its `convenor` (an Organ field) and its
    `members` (an Organs field) are proposed to who prepares one. `attendance`: the Choice column `"ROWS.COLUMN"`
    of who came, by which they are counted. `tentative`: states in which the day is only proposed, or given up and not yet
    set anew. An ending that is neither accepted, decided nor settled means that the event is cancelled.
    """

    on: str
    _: KW_ONLY
    begins: str = ""
    ends: str = ""
    place: str = ""
    series: str = ""
    convenor: str = ""
    members: str = ""
    attendance: str = ""
    tentative: tuple[str, ...] = ()
