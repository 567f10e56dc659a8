"""What a decision needs to know of the world outside its matter; whatever it used is written into the record."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.rule import Rule


class World(Protocol):
    """Answer from directory, settings and calendar; a fake in tests, the database in `matters`."""

    calendar: Calendar
    directory_version: int

    def related(self, organ: str, relation: str, *, on: date) -> Sequence[str]:
        """Return the codes of the organs that stand in `relation` to `organ` on that day."""
        ...

    def organs_by_setting(self, key: str, *, near: str) -> Sequence[str]:
        """Return the codes that the setting names for the place of the organ `near`."""
        ...

    def house_rule(self, key: str, *, on: date, near: str) -> Rule:
        """Return the term that the place of the organ `near` sets for itself, as it stands on that day."""
        ...

    def new_uid(self) -> str:
        """Return a fresh UUIDv7."""
        ...

    def take_number(self, serial: str, *, organ: str, on: date) -> str:
        """Return the next number of the organ's serial; called last."""
        ...
