"""The world as the database knows it: directory, settings, calendar, numbers. One object serves one transaction."""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property, lru_cache
from pathlib import Path

from django.conf import settings
from uuid_utils.compat import uuid7

from fuyuantong.clock.calendar import BadNotice, Calendar, calendar_of, load_calendar, read_notice
from fuyuantong.clock.rule import Rule
from fuyuantong.matters.numbering import NumberGiven, take_number
from fuyuantong.matters.place_settings import PlaceSettings, settings_of
from fuyuantong.organs import queries as directory
from fuyuantong.organs.edition import Edition, edition_now, posts_held_in, read_organs
from fuyuantong.organs.models import Account, Organ
from fuyuantong.organs.queries import HeldPost
from fuyuantong.organs.vocabulary import RelationKind
from fuyuantong.protocol import Json, Mechanism, Rows, fields
from fuyuantong.protocol.values import is_legible

logger = logging.getLogger(__name__)


class DatabaseWorld:
    """Answer a decision's questions (`protocol.world.World`), each at most once."""

    def __init__(self, *, on: date) -> None:
        self.on = on
        self.numbers_given: dict[str, NumberGiven] = {}
        self._edition: Edition | None = None
        self._organs: dict[str, Organ | None] = {}
        self._related: dict[tuple[str, str, date], Sequence[str]] = {}
        self._posts: dict[tuple[int, datetime], list[HeldPost]] = {}
        self._settings: dict[str, PlaceSettings] = {}

    @cached_property
    def calendar(self) -> Calendar:
        """Return the calendar of today's holiday notices."""
        return current_calendar()

    @property
    def directory_version(self) -> int:
        """Return the version of the directory with which the first posts or organs were read."""
        if self._edition is None:
            self._edition = edition_now()
        return self._edition.version

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
        asked = {code for code in unknown if is_legible(code)}  # the others no organ can have, and no query can name
        kept = self._edition.organs if self._edition else {}
        self._organs.update({code: kept.get(code) for code in unknown})
        if missing := asked - kept.keys():
            self._read(codes=missing)

    def learn_named(self, mechanism: Mechanism, values: Mapping[str, Json]) -> None:
        """Load at once all organs that stand in the organ fields of what was filled in, right or wrong."""
        self.learn(code for found in mechanism.fields for code in _codes(found, values.get(found.key)))

    def codes_of(self, ids: Sequence[int]) -> list[str]:
        """Return the codes of organs by their local ids, in order."""
        kept = self._edition.codes if self._edition else {}
        known = {organ.pk: organ.code for organ in self._organs.values() if organ} | kept
        if unknown := set(ids) - known.keys():
            known |= {organ.pk: organ.code for organ in self._read(ids=unknown)}
        return [known[organ_id] for organ_id in ids]

    def knows_organ(self, code: str) -> bool:
        """Tell whether an organ of that code exists today."""
        self.learn((code,))
        organ = self._organs[code]
        return (
            organ is not None and organ.valid_from <= self.on and (organ.valid_to is None or self.on < organ.valid_to)
        )

    def posts_held(self, account: Account, *, at: datetime) -> list[HeldPost]:
        """Return the posts that an account holds at a moment."""
        asked = (account.pk, at)
        if asked not in self._posts:
            self._posts[asked], edition = posts_held_in(account, at=at)
            self._edition = self._edition or edition
        return self._posts[asked]

    def related(self, organ: str, relation: str, *, on: date) -> Sequence[str]:
        """Return the codes of the organs that stand in `relation` to `organ` on that day."""
        asked = (organ, relation, on)
        if asked not in self._related:
            found = self._found_related(self.organ(organ), relation, on)
            self._organs.update({other.code: other for other in found})
            self._related[asked] = [other.code for other in found]
        return self._related[asked]

    def organs_by_setting(self, key: str, *, near: str) -> Sequence[str]:
        """Return the codes that the setting names for the region of `near`; none when the place sets none."""
        return self._settings_near(near).organs(key, on=self.on)

    def is_on(self, mechanism: str, *, near: str) -> bool:
        """Tell whether the region of `near` lets matters of that mechanism be begun."""
        return self._settings_near(near).is_on(mechanism, on=self.on)

    def house_rule(self, key: str, *, on: date, near: str) -> Rule:
        """Return the term that the region of `near` sets, else the default of the catalogue."""
        return self._settings_near(near).house_rule(key, on=on)

    def new_uid(self) -> str:
        """Return a fresh UUIDv7."""
        return str(uuid7())

    def take_number(self, serial: str, *, organ: str, on: date) -> str:
        """Return the next number of the organ's serial."""
        given = take_number(serial, organ=self.organ(organ), on=on)
        self.numbers_given[given.text] = given
        return given.text

    def _settings_near(self, organ: str) -> PlaceSettings:
        region = self.organ(organ).region_code
        if region not in self._settings:
            self._settings[region] = settings_of(region)
        return self._settings[region]

    def _read(self, *, codes: Iterable[str] = (), ids: Iterable[int] = ()) -> list[Organ]:
        found, edition = read_organs(codes=codes, ids=ids)
        self._edition = self._edition or edition
        self._organs.update({organ.code: organ for organ in found})
        return found

    def _found_related(self, organ: Organ, relation: str, on: date) -> tuple[Organ, ...]:
        edition, asked = self._edition, (organ.code, relation, on)
        if edition and asked in edition.related:
            return edition.related[asked]
        found = directory.related(organ, RelationKind(relation), on=on)
        if edition and edition.version == found.directory_version:
            edition.related[asked] = found.organs
        return found.organs


def current_calendar() -> Calendar:
    """
    Return the packaged notices with those that this place has added; read anew when a file changes.

    One that cannot be read is left out and logged: its year stays as it was, and acts go on.
    """
    folder = Path(settings.DATA_DIR) / "holidays"
    stamps = tuple(sorted((file.name, file.stat().st_mtime_ns) for file in folder.glob("*.csv")))
    return _calendar(folder, stamps)


@lru_cache(maxsize=4)
def _calendar(folder: Path, stamps: tuple[tuple[str, int], ...]) -> Calendar:
    notices = {notice.year: notice for notice in load_calendar().notices}
    for name, _ in stamps:
        try:
            notice = read_notice(folder / name)
        except BadNotice as refusal:
            logger.error("%s：%s", refusal.title, refusal.detail)
        else:
            notices[notice.year] = notice
    return calendar_of(notices.values())


def _codes(found: fields.Field, value: Json) -> Iterator[str]:
    """Yield the texts that stand where organs should, in a field or in the columns of its rows."""
    if isinstance(found, fields.Organ | fields.Organs):
        yield from (code for code in (value if isinstance(value, list) else [value]) if isinstance(code, str))
    elif isinstance(found, Rows) and isinstance(value, list):
        for row in value:
            for column in found.columns:
                yield from _codes(column, row.get(column.key) if isinstance(row, dict) else None)
