"""Tables on their way in: brought, understood, looked at, taken or thrown away, all of it inside one organ."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from fuyuantong.catalogue import MECHANISMS
from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.desk.ledger.models import PaperColumn, PaperTable
from fuyuantong.desk.ledger.papers.taking import Outcome, look, take
from fuyuantong.desk.ledger.papers.targets import NEEDED, ROLE, guessed, titles
from fuyuantong.desk.ledger.papers.upload import table_in
from fuyuantong.matters.services.actors import By
from fuyuantong.organs.models import Organ
from fuyuantong.organs.queries import names_of
from fuyuantong.protocol import Mechanism
from fuyuantong.protocol.values import is_legible
from fuyuantong.refusal import Refusal
from fuyuantong.seal.digest import sm3

MOST_OPEN = 20


class NoSuchTable(Refusal):
    """Say that there is no such table, or none of this organ."""

    key = "no-such-table"
    title = "没有这张待导入的表"


class AlreadyTaken(Refusal):
    """A table whose rows have become matters stays as it is."""

    key = "already-taken"
    title = "这张表已经补录"


class TooManyTables(Refusal):
    """An organ that leaves many tables lying."""

    key = "too-many-tables"
    title = "待导入的表过多"


def tables_of(organ: int) -> QuerySet[PaperTable]:
    """Return the tables of an organ, the newest first, without their rows."""
    return PaperTable.objects.filter(organ=organ).select_related("account").defer("rows").order_by("-created_at", "pk")


def table_of(organ: int, table: UUID) -> PaperTable:
    """Return a table of an organ. Raises: `NoSuchTable`."""
    found = PaperTable.objects.filter(organ=organ, pk=table).first()
    if found is None:
        raise NoSuchTable("可能已经放弃", remedy="请重新上传。")
    return found


def bring_table(content: bytes, name: str, mechanism: str, *, by: By, now: datetime) -> PaperTable:
    """Keep a table of an organ with what its heads seem to mean. Raises: `BadTable`, `TooManyTables`."""
    found, organ = MECHANISMS[mechanism], Organ.objects.get(code=by.organ)
    if PaperTable.objects.filter(organ=organ, taken_at=None).count() >= MOST_OPEN:
        raise TooManyTables(f"本单位已有 {MOST_OPEN} 张待导入的表", remedy="请先补录或者放弃其中的几张。")
    table = table_in(content)
    kept = PaperColumn.objects.filter(organ=organ, mechanism=mechanism).values_list("head", "meaning")
    meanings = guessed(table.heads, found, kept=dict(kept))
    return PaperTable.objects.create(
        organ=organ,
        account=by.account,
        mechanism=mechanism,
        file_name=name[-200:] if is_legible(name) else "台账",
        file_digest=sm3(content).hex(),
        heads=list(table.heads),
        rows=[[number, list(cells)] for number, cells in table.rows],
        meanings={str(place): target for place, target in sorted(meanings.items())},
        everywhere=_own_part(found, organ, set(meanings.values()), now),
        created_at=now,
    )


def _own_part(mechanism: Mechanism, organ: Organ, known: set[str], now: datetime) -> dict[str, str]:
    """Return the part that begins such matters as played by the organ itself, when no column says who plays it."""
    role = mechanism.role(mechanism.entry().by)
    target = f"{ROLE}{role.key}"
    if target in known or not role.takes(organ.branch):
        return {}
    names = names_of([organ.pk], on=now.astimezone(SHANGHAI).date())
    return {target: names[organ.pk].full} if organ.pk in names else {}


def missing(table: PaperTable) -> list[str]:
    """Return the titles of what a table must say and does not: no column stands for it, and nothing is said for all."""
    known = {*table.meanings.values(), *table.everywhere}
    named = titles(MECHANISMS[table.mechanism])
    lacking = [named[target] for target in NEEDED if target not in known]
    return [*lacking, *(() if any(target.startswith(ROLE) for target in known) else ("各方单位",))]


@transaction.atomic
def understand(
    table: PaperTable,
    meanings: Mapping[int, str],
    everywhere: Mapping[str, str],
    left_out: Iterable[int],
    *,
    by: By,
    now: datetime,
) -> PaperTable:
    """
    Say what the columns stand for, which rows stay out, and look at the rest; the choice is kept for the next table.

    Raises: `AlreadyTaken`.
    """
    _require_open(table)
    known = titles(MECHANISMS[table.mechanism])
    chosen = {place: target for place, target in meanings.items() if target in known and place < len(table.heads)}
    table.meanings = {str(place): target for place, target in sorted(chosen.items())}
    table.everywhere = {target: text for target, text in everywhere.items() if target in known and text}
    numbers = {number for number, _ in table.rows}
    table.left_out = sorted(numbers & set(left_out))
    PaperColumn.objects.bulk_create(
        [
            PaperColumn(organ=table.organ, mechanism=table.mechanism, head=head, meaning=chosen.get(place, ""))
            for place, head in enumerate(table.heads)
            if head and table.heads.index(head) == place
        ],
        update_conflicts=True,
        unique_fields=["organ", "mechanism", "head"],
        update_fields=["meaning"],
    )
    look_at(table, by=by, now=now)
    return table


def look_at(table: PaperTable, *, by: By, now: datetime) -> None:
    """Look at the rows and keep what is wrong with them. Raises: `AlreadyTaken`."""
    _require_open(table)
    table.faults = [] if missing(table) else look(table, by=by, now=now).faults
    table.looked_at = now
    table.save()


def confirm(table: PaperTable, *, by: By, now: datetime) -> Outcome:
    """Take all rows of a table that are not left out, or none when anything is wrong. Raises: `AlreadyTaken`."""
    with transaction.atomic():
        locked = PaperTable.objects.select_for_update().get(pk=table.pk)
        _require_open(locked)
        outcome = take(locked, by=by, now=now)
        locked.faults, locked.taken, locked.looked_at = outcome.faults, outcome.taken, now
        if outcome.taken:
            locked.taken_at, locked.rows = now, []  # what was in the cells lives on in the matters, secrets encrypted
        locked.save()
    return outcome


def throw_away(table: PaperTable) -> None:
    """Throw a table away; nothing of it was taken. Raises: `AlreadyTaken`."""
    _require_open(table)
    table.delete()


def _require_open(table: PaperTable) -> None:
    if table.taken_at is not None:
        raise AlreadyTaken(
            f"“{table.file_name}”中的事项已于 {table.taken_at:%Y-%m-%d} 补录，不能再改",
            remedy="个别事项有误的，请打开该事项办理更正。",
        )
