"""The world as the database knows it: directory, settings, calendar, numbers. One object serves one transaction."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from django.conf import settings
from uuid_utils.compat import uuid7

from fuyuantong.clock.calendar import Calendar, load_calendar
from fuyuantong.clock.rule import Rule
from fuyuantong.matters.numbering import take_number
from fuyuantong.matters.place_settings import house_rule, organs_set
from fuyuantong.organs import queries as directory
from fuyuantong.organs.models import Organ
from fuyuantong.organs.vocabulary import RelationKind


class DatabaseWorld:
    """Answer a decision's questions (`protocol.world.World`), each at most once."""

    def __init__(self, *, on: date) -> None:
        self.on = on
        self._organs: dict[str, Organ | None] = {}

    @cached_property
    def calendar(self) -> Calendar:
        """Return the calendar of today's holiday notices."""
        return current_calendar()

    @cached_property
    def directory_version(self) -> int:
        """Return the version of the directory that this transaction sees."""
        return directory.directory_version()

    def organ(self, code: str) -> Organ:
        """Return the organ with that code. Raises: `KeyError` when there is none."""
        self.learn((code,))
        found = self._organs[code]
        if found is None:
            raise KeyError(code)
        return found

    def learn(self, codes: Iterable[str]) -> None:
        """Load several organs at once."""
        unknown = {code for code in codes if code not in self._organs}
        if unknown:
            found = {organ.code: organ for organ in Organ.objects.filter(code__in=unknown)}
            self._organs.update({code: found.get(code) for code in unknown})

    def codes_of(self, ids: Sequence[int]) -> list[str]:
        """Return the codes of organs by their local ids, in order."""
        unknown = set(ids) - {organ.pk for organ in self._organs.values() if organ}
        if unknown:
            self._organs.update({organ.code: organ for organ in Organ.objects.filter(pk__in=unknown)})
        by_id = {organ.pk: organ.code for organ in self._organs.values() if organ}
        return [by_id[organ_id] for organ_id in ids]

    def knows_organ(self, code: str) -> bool:
        """Tell whether an organ of that code exists today."""
        self.learn((code,))
        organ = self._organs[code]
        return (
            organ is not None and organ.valid_from <= self.on and (organ.valid_to is None or self.on < organ.valid_to)
        )

    def related(self, organ: str, relation: str, *, on: date) -> Sequence[str]:
        """Return the codes of the organs that stand in `relation` to `organ` on that day."""
        found = directory.related(self.organ(organ), RelationKind(relation), on=on)
        return [other.code for other in found.organs]

    def organs_by_setting(self, key: str, *, near: str) -> Sequence[str]:
        """Return the codes that the setting names for the region of `near`; none when the place sets none."""
        return organs_set(key, region_code=self.organ(near).region_code, on=self.on)

    def house_rule(self, key: str, *, on: date, near: str) -> Rule:
        """Return the term that the region of `near` sets, else the default of the catalogue."""
        return house_rule(key, region_code=self.organ(near).region_code, on=on)

    def new_uid(self) -> str:
        """Return a fresh UUIDv7."""
        return str(uuid7())

    def take_number(self, serial: str, *, organ: str, on: date) -> str:
        """Return the next number of the organ's serial."""
        return take_number(serial, organ=self.organ(organ), on=on)


def current_calendar() -> Calendar:
    """Return the packaged notices with those that this place has added; read anew when a file changes."""
    folder = Path(settings.DATA_DIR) / "holidays"
    stamps = tuple(sorted((file.name, file.stat().st_mtime_ns) for file in folder.glob("*.csv")))
    return _calendar(folder, stamps)


@lru_cache(maxsize=4)
def _calendar(folder: Path, stamps: tuple[tuple[str, int], ...]) -> Calendar:
    return load_calendar(folder) if stamps else load_calendar()
