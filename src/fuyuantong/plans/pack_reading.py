"""Reading packs strictly: every fault at once, each with file, key and reason."""

import tomllib
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from fuyuantong.catalogue import MECHANISMS
from fuyuantong.clock.terms import BadTerm, Term, Unit
from fuyuantong.organs.vocabulary import Branch, RelationKind
from fuyuantong.plans.organisation import SECTIONS, SeatPart, Section
from fuyuantong.plans.pack import Cadence, Goal, Pack, PackNaming, PackOrgan, PackSeat, PackTask, PackTerm
from fuyuantong.plans.short_names import short_name
from fuyuantong.plans.strict_table import KeyFault, StrictTable
from fuyuantong.plans.wording import WordedDue, WordedTarget, WordedUnit, Wording
from fuyuantong.protocol import Choice
from fuyuantong.reading.values import DueType, Modality, Operator, Period
from fuyuantong.refusal import Refusal

FOLDER: Final = Path(__file__).parent / "packs"
NODE: Final = "node-one"


class BadPack(Refusal):
    """Refuse a pack; `faults` names every key, nothing of it is applied."""

    key = "bad-pack"
    title = "方案包有误"

    def __init__(self, faults: Sequence[KeyFault]) -> None:
        shown = "；".join(str(fault) for fault in faults[:20])
        more = f" 等共 {len(faults)} 处" if len(faults) > 20 else ""
        super().__init__(shown + more, remedy="请逐处改正方案包后再试，写法见 docs/packs.md。")
        self.faults = tuple(faults)


class NoSuchPack(Refusal):
    """There is no pack of that name."""

    key = "no-such-pack"
    title = "没有这个方案包"


def pack_keys() -> list[str]:
    """Return the keys of the packs that come with the system."""
    return sorted(file.stem for file in FOLDER.glob("*.toml"))


def pack_of(key: str) -> Pack:
    """
    Return the pack of a key.

    Raises: `NoSuchPack`; `BadPack` with every fault.
    """
    if key not in pack_keys():
        raise NoSuchPack(f"没有“{key[:60]}”；现有：{'、'.join(pack_keys())}", remedy="请核对名称。", field="key")
    return read_pack(FOLDER / f"{key}.toml")


def read_pack(file: Path) -> Pack:
    """
    Return what a file says. Its form is told in docs/packs.md.

    Raises: `BadPack` with every fault.
    """
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise BadPack([KeyFault(file.name, "", f"不是 TOML 文本：{fault}")]) from fault
    faults: list[KeyFault] = []
    pack = _pack(file.stem, StrictTable(file.name, "", data, faults))
    _check_references(file.name, pack, faults)
    if faults:
        raise BadPack(faults)
    return pack


def _pack(key: str, top: StrictTable) -> Pack:
    if top.text("key", default=...) not in ("", key):
        top.fault("key", f"应与文件名“{key}”相同")
    settings = top.table("settings")
    pack = Pack(
        key=key,
        title=top.text("title", default=...),
        document=top.text("document", default=...),
        issued_on=top.day("issued_on"),
        about=top.text("about", default=...),
        region=top.text("region", default=...),
        office=top.text("office", default=...),
        host=top.text("host", default=...),
        serves=top.text("serves", default=...),
        plan=top.text("plan"),
        above=top.text("above"),
        regions=_regions(top.table("regions")),
        organs=tuple(_organ(table) for table in top.tables("organs", default=...)),
        relations=tuple(_relations(top.table("relations"))),
        mechanisms=settings.texts("mechanisms"),
        basis=settings.text("basis", default=...),
        terms=tuple(_terms(settings.table("terms", default={}))),
        named=tuple(_named(settings.table("organs", default={}))),
        cadences=tuple(_cadence(table) for table in top.tables("cadences")),
        goals=tuple(_goal(table) for table in top.tables("goals")),
        seats=tuple(_seat(table) for table in top.tables("seats")),
        tasks=tuple(_task(table) for table in top.tables("tasks")),
    )
    settings.done()
    top.done()
    return pack


def _regions(table: StrictTable) -> dict[str, str]:
    return {code: table.text(code) for code in table.data}


def _organ(table: StrictTable) -> PackOrgan:
    organ = PackOrgan(
        code=table.text("code", default=...),
        branch=table.term("branch", Branch) or Branch.GOVERNMENT,
        kind=table.text("kind", default=...),
        full=table.text("full", default=...),
        short=table.text("short", default=...),
        node=table.text("node", default=NODE),
        online=table.take("online", bool, default=True),
    )
    table.done()
    return organ


def _relations(table: StrictTable) -> Iterator[tuple[str, RelationKind, str]]:
    for name in table.data:
        holders = table.table(name)
        if name not in set(RelationKind):
            holders.fault("", f"应为 {'、'.join(RelationKind)} 之一")
            continue
        for holder in holders.data:
            yield from ((holder, RelationKind(name), target) for target in holders.texts(holder))


def _terms(table: StrictTable) -> Iterator[PackTerm]:
    for key in table.data:
        row = table.table(key)
        length, unit = row.take("length", int, default=...), row.term("unit", Unit)
        basis = row.text("basis", default=...)
        row.done()
        if unit is None:
            continue
        try:
            yield PackTerm(key=f"house:{key}", term=Term(length, unit), basis=basis)
        except BadTerm as refusal:
            row.fault("length", refusal.detail)


def _named(table: StrictTable) -> Iterator[PackNaming]:
    for key in table.data:
        row = table.table(key)
        yield PackNaming(key=key, organs=row.texts("organs", default=...), basis=row.text("basis", default=...))
        row.done()


def _cadence(table: StrictTable) -> Cadence:
    cadence = Cadence(
        title=table.text("title", default=...),
        clause=table.text("clause", default=...),
        period=table.term("period", Period) if "period" in table.data else None,
        times=table.take("times", int, default=1),
        window=table.text("window"),
        convenors=table.texts("convenors", default=...),
        members=table.texts("members"),
        mechanism=table.text("mechanism"),
        field=table.text("field"),
        value=table.text("value"),
    )
    if cadence.mechanism or cadence.field or cadence.value:
        _check_series(table, cadence)
    table.done()
    return cadence


def _check_series(table: StrictTable, cadence: Cadence) -> None:
    """Find a cadence whose matters there cannot be."""
    mechanism = MECHANISMS.get(cadence.mechanism)
    fields = mechanism.fields if mechanism else ()
    found = next((one for one in fields if one.key == cadence.field and isinstance(one, Choice)), None)
    if mechanism is None:
        table.fault("mechanism", f"没有“{cadence.mechanism}”这个机制")
    elif found is None:
        table.fault("field", f"“{mechanism.title}”没有“{cadence.field}”这个选项字段")
    elif cadence.value not in found.options:
        table.fault("value", f"“{found.title}”没有“{cadence.value}”这一项")


def _goal(table: StrictTable) -> Goal:
    goal = Goal(
        indicator=table.text("indicator", default=...),
        clause=table.text("clause", default=...),
        operator=table.term("operator", Operator, default=Operator.REPORT) or Operator.REPORT,
        value=table.text("value"),
        unit=table.text("unit"),
    )
    table.done()
    return goal


def _seat(table: StrictTable) -> PackSeat:
    seat = PackSeat(
        section=table.term("section", Section) or Section.MEMBER,
        part=table.term("part", SeatPart) or SeatPart.FELLOW,
        theme=table.text("theme"),
        organ=table.text("organ"),
        post=table.text("post"),
        note=table.text("note"),
    )
    if seat.part not in SECTIONS[seat.section].seats:
        table.fault("part", f"“{SECTIONS[seat.section].title}”没有这一席位")
    table.done()
    return seat


def _task(table: StrictTable) -> PackTask:
    text, units, lead = table.text("text", default=...), table.texts("units", default=...), table.texts("lead")
    for name in lead:
        if name not in units:
            table.fault("lead", f"“{name}”不在 units 之中")
    wording = Wording(
        clause=table.text("clause", default=...),
        title=table.text("title", default=short_name(text)),
        text=text,
        units=tuple(WordedUnit(name=name, is_lead=name in lead) for name in units),
        dues=tuple(_due(due) for due in table.tables("dues")),
        targets=tuple(_target(target) for target in table.tables("targets")),
        modality=table.term("modality", Modality, default=Modality.MUST) or Modality.MUST,
    )
    rows, opens = table.texts("rows"), table.text("opens")
    table.done()
    return PackTask(wording=wording, rows=rows, opens=opens)


def _due(table: StrictTable) -> WordedDue:
    on = table.day("on") if "on" in table.data else None
    period = table.term("period", Period) if "period" in table.data else None
    long_term = table.take("long_term", bool, default=False)
    recurs = table.take("recurs", bool, default=False)
    times = table.take("times", int, default=0)
    due = WordedDue(
        type=_due_type(on=on, recurs=bool(period) or recurs, long_term=long_term),
        on=on,
        period=period,
        times=times or None,
        window=table.text("window"),
        raw=table.text("raw"),
    )
    if [on is not None, bool(period) or recurs, long_term].count(True) > 1:
        table.fault("", "on、period（recurs）、long_term 只能写一个")
    if due.type is DueType.NONE and not due.raw:
        table.fault("", "没有写明时限")
    table.done()
    return due


def _due_type(*, on: date | None, recurs: bool, long_term: bool) -> DueType:
    if on is not None:
        return DueType.DATE
    if recurs:
        return DueType.PERIOD
    return DueType.LONG_TERM if long_term else DueType.NONE


def _target(table: StrictTable) -> WordedTarget:
    target = WordedTarget(
        indicator=table.text("indicator", default=...),
        operator=table.term("operator", Operator) or Operator.REPORT,
        value=table.text("value"),
        unit=table.text("unit"),
    )
    table.done()
    return target


def _check_references(file: str, pack: Pack, faults: list[KeyFault]) -> None:
    """Find organs and regions that the pack names and does not know, and things that stand in it twice."""
    codes = [organ.code for organ in pack.organs]
    _check_once(file, "organs", codes, faults)
    _check_once(file, "organs", [organ.full for organ in pack.organs], faults)
    _check_once(file, "tasks", [task.wording.text for task in pack.tasks], faults)
    known = {*codes}
    for at, names in (
        ("office", [pack.office]),
        ("host", [pack.host]),
        ("serves", [pack.serves]),
        *((f"settings.organs.{one.key}", one.organs) for one in pack.named),
        *((f"cadences.{one.title}", (*one.convenors, *one.members)) for one in pack.cadences),
        *((f"seats[{number}].organ", (seat.organ,)) for number, seat in enumerate(pack.seats, start=1)),
        *((f"relations.{relation}", (holder, target)) for holder, relation, target in pack.relations),
    ):
        faults += [KeyFault(file, at, f"organs 中没有“{name}”") for name in names if name and name not in known]
    for region in {pack.region, *(organ.region for organ in pack.organs)} - {*pack.regions, ""}:
        faults.append(KeyFault(file, "regions", f"缺少区划 {region}"))
    if bool(pack.plan) != bool(pack.tasks):
        faults.append(KeyFault(file, "plan", "有任务的方案包须写明方案名称，没有任务的不写"))


def _check_once(file: str, at: str, names: Collection[str], faults: list[KeyFault]) -> None:
    for name in sorted({name for name in names if [*names].count(name) > 1}):
        faults.append(KeyFault(file, at, f"“{name[:40]}”重复"))
