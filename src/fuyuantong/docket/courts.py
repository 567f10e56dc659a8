"""The courts by the codes that stand for them in case numbers; a code is looked up, never reckoned from a region."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Court:
    """
    A court under one code for a span of time.

    `above` is the code of the court above it; `region` is empty where a court has none of its own; `source` says on
    what the row rests. `tag`: V seen in the rule, P in published judgments, M only derived from the code of the region.
    """

    code: str
    name: str
    level: str
    above: str
    region: str
    valid_from: date
    valid_to: date | None
    source: str
    tag: str

    @property
    def is_guessed(self) -> bool:
        """Tell whether nobody has seen the code, which follows from the code of the region alone."""
        return self.tag == "M"


def court_of(code: str, *, on: date) -> Court | None:
    """Return the court that bore a code on a day; None for one that the table does not know."""
    found = (
        court
        for court in all_courts()
        if court.code == code and court.valid_from <= on and (court.valid_to is None or on < court.valid_to)
    )
    return next(found, None)


@cache
def all_courts() -> Sequence[Court]:
    """Return every row of the table of courts."""
    with (Path(__file__).parent / "courts.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_court(row) for row in csv.DictReader(file))


def _court(row: dict[str, str]) -> Court:
    end = date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
    return Court(
        row["code"], row["name"], row["level"], row["above"], row["region"], date.fromisoformat(row["valid_from"]), end,
        row["source"], row["tag"],
    )  # fmt: skip
