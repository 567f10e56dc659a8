"""How a case ended (结案方式), and which endings count as lost by the organ that was sued unless a place says otherwise."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    A way in which a case ends.

    `is_loss`: counts as 败诉 by default; `is_counted`: belongs to the cases of which a rate is reckoned; `aliases` are
    other words that feeds use for it.
    """

    code: str
    title: str
    kind: str
    basis: str
    is_loss: bool
    is_counted: bool
    aliases: tuple[str, ...]


WITHDRAWN: Final = frozenset({"R03", "R04"})
"""The endings by which the plaintiff takes the suit back, or is held to."""
GONE: Final = frozenset({"R05", "R07"})
"""The endings after which another court tries the case."""


@cache
def outcomes() -> Mapping[str, Outcome]:
    """Return every way in which a case ends, by its code."""
    with (Path(__file__).parent / "outcomes.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: _outcome(row) for row in csv.DictReader(file)}


@cache
def outcomes_by_words() -> Mapping[str, str]:
    """Return the code for every word that says how a case ended: codes, titles, aliases."""
    return {
        words: outcome.code
        for outcome in outcomes().values()
        for words in (outcome.code, outcome.title, *outcome.aliases)
    }


def default_losses() -> frozenset[str]:
    """Return the codes that count as lost where a place has set nothing. Basis: no statute defines 败诉."""
    return frozenset(code for code, outcome in outcomes().items() if outcome.is_loss)


def _outcome(row: dict[str, str]) -> Outcome:
    aliases = tuple(word for word in row["aliases"].split("|") if word)
    loss, counted = row["loss"] == "yes", row["counted"] == "yes"
    return Outcome(row["code"], row["title"], row["kind"], row["basis"], loss, counted, aliases)
