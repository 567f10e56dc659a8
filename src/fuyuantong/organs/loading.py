"""Loading a directory from a folder of CSV files: everything or nothing, and every fault with its row and column."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.db import transaction

from fuyuantong.organs.models import Account, Organ, OrganRelation, Tenure
from fuyuantong.organs.queries import NoSuchOrgan, names_of, organ_by_code, region_on
from fuyuantong.organs.regions import add_region
from fuyuantong.organs.services import NewOrgan, found_organ, relate
from fuyuantong.organs.staffing import appoint, open_account, open_post, start_of
from fuyuantong.organs.tables import Row, RowFault, read_table
from fuyuantong.organs.vocabulary import RelationKind
from fuyuantong.refusal import Refusal


class BadDirectory(Refusal):
    """Refuse a folder of directory files; `faults` names every row and column, nothing is loaded."""

    key = "bad-directory"
    title = "机构目录文件有误"

    def __init__(self, faults: list[RowFault]) -> None:
        shown = "；".join(str(fault) for fault in faults[:10])
        more = f" 等共 {len(faults)} 处" if len(faults) > 10 else ""
        super().__init__(shown + more, remedy="请逐处改正后重新导入，本次未导入任何内容")
        self.faults = tuple(faults)


class DiffersFromDirectory(Refusal):
    """Refuse a row that says otherwise of something that is already in the directory."""

    key = "differs-from-directory"
    title = "与现有目录不一致"


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows were new, by file."""

    regions: int
    organs: int
    relations: int
    people: int


@dataclass(frozen=True, slots=True)
class _Act:
    """Who loads, and when."""

    by: Account | None
    now: datetime


def load_directory(folder: Path, *, by: Account | None, now: datetime) -> Loaded:
    """
    Load regions.csv, organs.csv, relations.csv and people.csv; what is there already stays as it is.

    Shape: the headers are those of `organs/demo/`, in that order; dates are YYYY-MM-DD, `online` is yes or no. A second
    load of the same folder changes nothing.
    Raises: `BadDirectory` with every fault of all files.
    """
    tables = {name: read_table(folder / f"{name}.csv", columns) for name, (columns, _) in _FILES.items()}
    faults = [fault for _, found in tables.values() for fault in found]
    if faults:
        raise BadDirectory(faults)
    counts = {}
    with transaction.atomic():
        for name, (_, load) in _FILES.items():
            rows, _ = tables[name]
            counts[name] = sum(_load_row(row, load, _Act(by, now), faults) for row in rows)
        if faults:
            raise BadDirectory(faults)
    return Loaded(**counts)


def _load_row(row: Row, load: Callable[[Row, _Act], bool], act: _Act, faults: list[RowFault]) -> bool:
    try:
        with transaction.atomic():
            return load(row, act)
    except Refusal as refusal:
        faults.append(row.fault(refusal.field, refusal.detail))
        return False


def _load_region(row: Row, act: _Act) -> bool:
    on = row.day("valid_from")
    known = region_on(row["code"], on=on)
    if known is None:
        add_region(row["code"], name=row["name"], effective_on=on, by=act.by, now=act.now)
        return True
    _same(row, {"name": known.name})
    return False


def _load_organ(row: Row, act: _Act) -> bool:
    on = row.day("valid_from")
    known = Organ.objects.filter(code=row["code"]).first()
    if known is None:
        found_organ(
            NewOrgan(
                code=row["code"],
                branch=row["branch"],
                kind=row["kind"],
                region_code=row["region_code"],
                full=row["full"],
                short=row["short"],
                node_id=row["node_id"],
                online=row.yes("online"),
            ),
            effective_on=on,
            by=act.by,
            now=act.now,
        )
        return True
    name = names_of([known.pk], on=on).get(known.pk)
    said = {"branch": known.branch, "kind": known.kind, "region_code": known.region_code}
    said |= {"full": name.full, "short": name.short} if name else {"valid_from": known.valid_from.isoformat()}
    _same(row, said)
    return False


def _load_relation(row: Row, act: _Act) -> bool:
    on = row.day("valid_from")
    relation = row.one_of("relation", RelationKind)
    holder, target = _organ(row, "from"), _organ(row, "to")
    known = OrganRelation.objects.filter(from_organ=holder, relation=relation, to_organ=target, valid__contains=on)
    if known.exists():
        return False
    relate(holder, relation, target, effective_on=on, by=act.by, now=act.now)
    return True


def _load_person(row: Row, act: _Act) -> bool:
    since = start_of(row.day("since"))
    organ = _organ(row, "organ")
    account = Account.objects.filter(username=row["username"]).first()
    if account is None:
        account = open_account(row["username"], display_name=row["display_name"], by=act.by, now=act.now)
    _same(row, {"display_name": account.display_name})
    post = open_post(organ, kind=row["post_kind"], title=row["post_title"], by=act.by, now=act.now)
    if Tenure.objects.filter(account=account, post=post, valid__contains=since).exists():
        return False
    appoint(account, post=post, since=since, until=None, by=act.by, now=act.now)
    return True


def _organ(row: Row, column: str) -> Organ:
    try:
        return organ_by_code(row[column])
    except NoSuchOrgan as refusal:
        raise NoSuchOrgan(refusal.detail, remedy=refusal.remedy, field=column) from None


def _same(row: Row, known: Mapping[str, str]) -> None:
    for column, value in known.items():
        if row[column] != value:
            raise DiffersFromDirectory(
                f"现有目录为“{value}”，文件为“{row[column]}”", remedy="更名等变化请另行办理，不经导入", field=column
            )


_FILES: Final = {
    "regions": (("code", "name", "valid_from"), _load_region),
    "organs": (
        ("code", "branch", "kind", "region_code", "full", "short", "node_id", "online", "valid_from"),
        _load_organ,
    ),
    "relations": (("from", "relation", "to", "valid_from"), _load_relation),
    "people": (("username", "display_name", "organ", "post_kind", "post_title", "since"), _load_person),
}
