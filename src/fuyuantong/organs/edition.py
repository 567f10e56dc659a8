"""What was read of one version of the directory, kept until there is another: an act asks for the version alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection

from fuyuantong.organs.models import Account, Organ
from fuyuantong.organs.queries import POSTS, HeldPost


@dataclass(frozen=True)
class Edition:
    """The directory at one version as far as it was read here; shared by all who work on it, so never changed."""

    version: int
    organs: dict[str, Organ] = field(default_factory=dict)
    codes: dict[int, str] = field(default_factory=dict)
    related: dict[tuple[str, str, date], tuple[Organ, ...]] = field(default_factory=dict)


def edition_now() -> Edition:
    """Return the edition of the directory as it stands."""
    ((*sign,),) = _rows(f"SELECT log.version, log.written FROM {_LOG}", {})
    return _edition(sign)


def posts_held_in(account: Account, *, at: datetime) -> tuple[list[HeldPost], Edition]:
    """Return the posts that an account holds at a moment (`queries.posts_held`), and the edition that says so."""
    rows = _rows(_POSTS, {"account": account.pk, "at": at})
    return [HeldPost(*post) for *_, post in _parted(rows) if post[0] is not None], _edition(rows[0][:2])


def read_organs(*, codes: Iterable[str] = (), ids: Iterable[int] = ()) -> tuple[list[Organ], Edition]:
    """Return the organs with these codes or local ids, and the edition in which they are kept from now on."""
    rows = _rows(_ORGANS, {"codes": list(codes), "ids": list(ids)})
    edition = _edition(rows[0][:2])
    found = [Organ.from_db(connection.alias, _NAMES, organ) for *_, organ in _parted(rows) if organ[0] is not None]
    edition.organs.update((organ.code, organ) for organ in found)
    edition.codes.update((organ.pk, organ.code) for organ in found)
    return found, edition


# the last edition of each database; a version that was rolled back may come again with other contents, so the
# transaction that wrote it tells them apart
_LAST: dict[str, tuple[tuple[int, str], Edition]] = {}


def _edition(sign: Sequence[Any]) -> Edition:
    version, written = sign[0] or 0, sign[1] or ""
    place = f"{connection.settings_dict['HOST']}/{connection.settings_dict['NAME']}"
    known = _LAST.get(place)
    if known is None or known[0] != (version, written):
        known = _LAST[place] = ((version, written), Edition(version))
    return known[1]


def _parted(rows: Iterable[Sequence[Any]]) -> list[tuple[Any, Any, Sequence[Any]]]:
    return [(version, written, rest) for version, written, *rest in rows]


def _rows(statement: str, values: dict[str, object]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


_FIELDS = Organ._meta.concrete_fields
_NAMES = [field.attname for field in _FIELDS]

# what is read beside it comes from the same statement, hence from the same snapshot; nothing found leaves the version
_LOG = """
    (SELECT 1) AS always LEFT JOIN LATERAL (
        SELECT version, xmin::text AS written FROM directory_change ORDER BY version DESC LIMIT 1
    ) AS log ON true
"""
_POSTS = f"""
    SELECT log.version, log.written, held.* FROM {_LOG} LEFT JOIN ({POSTS}) AS held ON true
    ORDER BY held.on_behalf_of NULLS FIRST, held.tenure_id
"""
_ORGANS = f"""
    SELECT log.version, log.written, {", ".join(f'organ."{field.column}"' for field in _FIELDS)}
    FROM {_LOG} LEFT JOIN organ ON organ.code = ANY(%(codes)s::text[]) OR organ.id = ANY(%(ids)s::bigint[])
"""
