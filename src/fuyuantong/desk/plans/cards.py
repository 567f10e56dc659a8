"""The rows of a draft, and the obligations of a published version, as cards beside the text."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from fuyuantong.desk.organ_tags import OrganTag, tags_by_id
from fuyuantong.desk.plans.text_view import Anchor
from fuyuantong.plans.models.draft import Correction, DraftRow
from fuyuantong.plans.models.plan import PlanVersion
from fuyuantong.plans.pairing import differing, is_changed
from fuyuantong.plans.spoken import MODALITY_TITLES, said_due, said_target
from fuyuantong.plans.unit_organs import organs_of_units
from fuyuantong.plans.vocabulary import DECISION_TITLES, Decision
from fuyuantong.plans.wording import Wording
from fuyuantong.reading.values import Modality, Span

STANDING = "standing"
FIELD_TITLES = {
    "clause": "条款号", "title": "名称", "text": "内容", "units": "责任单位", "dues": "完成时限", "targets": "指标",
    "modality": "语气",
}  # fmt: skip
MOST_OF_A_GROUP = 3
NOTHING: Mapping[int, Wording] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Said:
    """A value of a card, and where in the text its words stand."""

    words: str
    raw: str = ""
    at: int | None = None


@dataclass(frozen=True, slots=True)
class UnitSaid:
    """A unit as the document writes it, with the organs that it is."""

    raw: str
    is_lead: bool
    organs: tuple[OrganTag, ...]
    at: int | None = None

    @property
    def shown(self) -> tuple[OrganTag, ...]:
        """Return the organs to be shown by name; of a large group none."""
        return self.organs if len(self.organs) <= MOST_OF_A_GROUP else ()


@dataclass(frozen=True, slots=True)
class Card:
    """One row of a draft as its page shows it."""

    row: DraftRow
    wording: Wording
    units: tuple[UnitSaid, ...]
    dues: tuple[Said, ...]
    targets: tuple[Said, ...]
    corrected: tuple[str, ...]
    change: str = ""

    @property
    def anchor(self) -> Anchor:
        """Return the task as the text knows it."""
        row = self.row
        return Anchor(f"r{row.pk}", Span(row.span_start, row.span_end), row.sources)

    @property
    def waits(self) -> bool:
        """Say whether the row still waits for a decision."""
        return self.row.decision == Decision.OPEN and not self.row.is_standing

    @property
    def state(self) -> str:
        """Return what has been decided, for people."""
        if self.row.is_standing and self.row.decision == Decision.OPEN:
            return "未列入"
        return DECISION_TITLES[Decision(self.row.decision)]

    @property
    def force(self) -> str:
        """Return the force of the task when it is not the usual one."""
        return "" if self.wording.modality is Modality.MUST else MODALITY_TITLES[self.wording.modality]

    @property
    def unmapped(self) -> tuple[str, ...]:
        """Return the names of units that lead to no organ."""
        return tuple(unit.raw for unit in self.units if not unit.organs)


@dataclass(slots=True)
class Group:
    """The rows of one chapter."""

    key: str
    title: str
    cards: list[Card] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        """Return by what the page knows the chapter."""
        return f"c{self.cards[0].row.pk}"

    @property
    def waiting(self) -> int:
        """Return how many rows of the chapter wait."""
        return sum(card.waits for card in self.cards)


def cards_of(
    version: PlanVersion, rows: Iterable[DraftRow], *, on: date, before: Mapping[int, Wording] = NOTHING
) -> list[Card]:
    """
    Return the cards of rows, with the organs that their units mean on a day.

    `before`: what the obligations in force say, by their ids; then each card says what it is against them.
    """
    worded = [(row, Wording.from_data(row.wording)) for row in rows]
    names = (unit.name for _, wording in worded for unit in wording.units)
    organs = organs_of_units(names, region_code=version.plan.region_code, on=on)
    tags = tags_by_id({organ for found in organs.values() for organ in found}, on=on)
    return [
        _card(row, wording, organs, tags, change=change_of(wording, before.get(row.continues_id)) if before else "")
        for row, wording in worded
    ]


def groups_of(version: PlanVersion, cards: Iterable[Card]) -> list[Group]:
    """Return the cards by the chapters of the text; what stands beside the task list comes last."""
    titles = [(heading["clause"], heading["text"]) for heading in version.headings if heading["text"]]
    groups: dict[str, Group] = {}
    beside = Group(STANDING, "其他要求（不列入台账，可逐条列入）")
    for card in cards:
        if card.row.is_standing and card.row.decision != Decision.CONFIRMED:
            beside.cards.append(card)
            continue
        key, title = chapter_of(card.wording.clause, titles)
        groups.setdefault(key, Group(key, title)).cards.append(card)
    return [*groups.values(), beside] if beside.cards else list(groups.values())


def chapter_of(clause: str, titles: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Return clause and title of the heading under which a clause stands; of a task with a heading, the one above."""
    above = [(key, title) for key, title in titles if clause.startswith(key) and key != clause]
    key, title = max(above, key=lambda found: len(found[0]), default=("", "正文"))
    return key, f"{key} {title}".strip()


def _card(
    row: DraftRow, wording: Wording, organs: Mapping[str, Sequence[int]], tags: Mapping[int, OrganTag], *, change: str
) -> Card:
    read = Wording.from_data(row.read) if row.read else wording
    return Card(
        row=row,
        wording=wording,
        units=tuple(
            UnitSaid(
                raw=unit.name,
                is_lead=unit.is_lead,
                organs=tuple(tags[organ] for organ in organs[unit.name] if organ in tags),
                at=_at(row, "units", [one.name for one in read.units], unit.name),
            )
            for unit in wording.units
        ),
        dues=tuple(Said(said_due(due), due.raw, _at(row, "dues", read.dues, due)) for due in wording.dues),
        targets=tuple(Said(said_target(aim), "", _at(row, "targets", read.targets, aim)) for aim in wording.targets),
        corrected=tuple(told_correction(one) for one in row.corrections.all()),
        change=change,
    )


def _at(row: DraftRow, name: str, values: Sequence[object], value: object) -> int | None:
    """Return where the words of a value stand, if it is one that was read."""
    spans = row.sources.get(name, ())
    place = values.index(value) if value in values else len(spans)
    return spans[place][0] if place < len(spans) else None


def told_correction(one: Correction) -> str:
    """Return what a correction changed, for people."""
    return f"{FIELD_TITLES[one.field]}：{told_value(one.field, one.before)} → {told_value(one.field, one.after)}"


def told_value(name: str, value: object) -> str:
    """Return a field of a wording, as kept, for people."""
    if name in ("units", "dues", "targets"):
        empty = Wording(clause="", title="", text="").as_data()
        wording = Wording.from_data({**empty, name: value})
        said = {
            "units": [f"{unit.name}{'（牵头）' if unit.is_lead else ''}" for unit in wording.units],
            "dues": [said_due(due) for due in wording.dues],
            "targets": [said_target(target) for target in wording.targets],
        }[name]
        return "、".join(said) or "无"
    if name == "modality":
        return MODALITY_TITLES[Modality(str(value))]
    return str(value) or "无"


def change_of(wording: Wording, before: Wording | None) -> str:
    """Return what a task is against the version in force: 新增, 有变化, 未变."""
    if before is None:
        return "新增"
    return "有变化" if is_changed(differing(before, wording)) else "未变"
