"""The registers of which declarations may speak: what is entered there, and what may happen to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from fuyuantong.docket.numbers import BadCaseNumber, opened, read_case_number


@dataclass(frozen=True)
class Register:
    """
    A register that stands above the matters.

    `check`: of the Text fields that name one of its rows; `key_of` gives the one form of such a name. `events`: what
    may happen to a row, with its title; after those in `moving` the row goes on under another name. `standings`: how a
    row may stand, with its title.
    """

    title: str
    check: str
    key_of: Callable[[str], str]
    events: Mapping[str, str]
    moving: frozenset[str]
    standings: Mapping[str, str]


@dataclass(frozen=True)
class RowNow:
    """How a row stands, since when (ISO, "" where nobody said), and the one under whose name it goes on, if it does."""

    standing: str
    since: str = ""
    goes_on: str = ""


def case_key(text: str) -> str:
    """Return the form in which two ways of writing a case number are one."""
    try:
        return read_case_number(text).of_case
    except BadCaseNumber:
        return opened(text)


def event_title(register: str, event: str) -> str:
    """Return what people call an event; its key when there is none."""
    found = REGISTERS.get(register)
    return found.events.get(event, event) if found else event


COURT_CASE: Final = "court-case"
REGISTERS: Final[Mapping[str, Register]] = {
    COURT_CASE: Register(
        title="行政案件登记",
        check="case-number",
        key_of=case_key,
        events={
            "withdrawn": "案件撤诉",
            "ended": "案件审结",
            "transferred": "案件移送",
            "joined": "案件并入他案",
            "renumbered": "案件重新编号",
        },
        moving=frozenset({"transferred", "joined", "renumbered"}),
        standings={
            "pending": "在审",
            "decided": "已审结",
            "withdrawn": "已撤诉",
            "moved": "已移送、并案或者重新编号",
        },
    ),
}
REGISTER_OF_CHECK: Final[Mapping[str, str]] = {found.check: key for key, found in REGISTERS.items()}
"""The register that a Text field with such a check names a row of."""
