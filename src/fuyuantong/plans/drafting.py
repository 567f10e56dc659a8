"""A reading as rows of a draft: one per task, with everything that the document says of it in one wording."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from fuyuantong.plans.short_names import short_name
from fuyuantong.plans.wording import WordedDue, WordedTarget, WordedUnit, Wording
from fuyuantong.reading.dues import dues_in
from fuyuantong.reading.folding import fold
from fuyuantong.reading.reading import digest_of
from fuyuantong.reading.unit_lists import named
from fuyuantong.reading.values import Due, DueType, Obligation, Reading, Span, Target, Unit

LONGEST_RAW = 120
LONGEST_WINDOW = 40
LONGEST_CLAUSE = 60


@dataclass(frozen=True, kw_only=True)
class ReadRow:
    """
    One task as it was read.

    `span` is its sentence or item, `part` the stretch that is this task, `sources` the stretches from which units,
    dues and targets were taken, by the name of the field; `signature` tells it again when the document is read again.
    """

    span: Span
    part: Span
    rule: str
    is_standing: bool
    signature: str
    wording: Wording
    sources: dict[str, tuple[Span, ...]]


def rows_of(reading: Reading) -> tuple[ReadRow, ...]:
    """
    Return the tasks of a document in the order of its text, then nothing twice.

    Obligations that differ in their time alone are one task with several dues; every recurrence that its own text
    names is one more. Duties beside the task list become rows that are standing, those inside a task none.
    """
    folded = fold(reading.text)
    standing = [found for found in reading.standing if not _is_inside(found, reading.obligations)]
    found = [
        *((False, list(same)) for _, same in groupby(reading.obligations, key=_but_for_time)),
        *((True, list(same)) for _, same in groupby(standing, key=_but_for_time)),
    ]
    titles = _titles(reading, (tasks[0] for _, tasks in found))
    rows = [_Row(reading, folded, is_standing, tasks) for is_standing, tasks in found]
    seen: Counter[str] = Counter()
    drafted = []
    for row in rows:
        seen[row.said] += 1
        drafted.append(row.drafted(title=titles.get(row.first.clause, ""), nth=seen[row.said]))
    return tuple(sorted(drafted, key=lambda row: (row.part, row.is_standing)))


def recurrences_in(folded: str, span: Span) -> tuple[Due, ...]:
    """Return how often running text says that something recurs, each cycle once."""
    said = dues_in(folded, span, issued_on=None)
    cycles = {due.period: due for due in reversed(said) if due.type is DueType.PERIOD and due.period is not None}
    return tuple(sorted(cycles.values(), key=lambda due: due.span or span))


def signature_of(text: str, *, nth: int = 1) -> str:
    """Return by what the same words are known again; `nth` sets a task apart whose words occur before."""
    said = "".join(fold(text).split())
    return digest_of(said if nth == 1 else f"{said}#{nth}")


def worded_due(due: Due) -> WordedDue:
    """Return a due as it is kept."""
    within = due.within
    return WordedDue(
        type=due.type,
        on=due.on,
        period=due.period,
        times=due.times,
        window=due.window[:LONGEST_WINDOW],
        within=(within.length, within.unit, within.trigger) if within else None,
        raw="".join(due.raw.split())[:LONGEST_RAW],
    )


def worded_target(target: Target) -> WordedTarget:
    """Return a target as it is kept: its value in the words of a decimal."""
    value = target.value
    said = "" if value is None else str(int(value)) if value.is_integer() else str(value)
    return WordedTarget(indicator=target.indicator, operator=target.operator, value=said, unit=target.unit or "")


class _Row:
    """The obligations of one task."""

    def __init__(self, reading: Reading, folded: str, is_standing: bool, tasks: Sequence[Obligation]) -> None:
        self.first, self.is_standing = tasks[0], is_standing
        self.text = self.first.part.of(reading.text).strip()
        self.said = "".join(fold(self.text).split())
        own = [task.due for task in tasks if _says(task.due)]
        cycles = {due.period for due in own if due.type is DueType.PERIOD}
        more = [due for due in recurrences_in(folded, self.first.part) if due.period not in cycles]
        self.dues = (*own, *more)
        self.units = _each_once((*self.first.units, *self.first.lead))

    def drafted(self, *, title: str, nth: int) -> ReadRow:
        first, units = self.first, self.units
        lead = set(named(first.lead))
        wording = Wording(
            clause=first.clause[:LONGEST_CLAUSE],
            title=short_name(title or self.said, units=named(units)),
            text=self.text,
            units=tuple(WordedUnit(name=_name(unit), is_lead=unit.name in lead) for unit in units),
            dues=tuple(worded_due(due) for due in self.dues),
            targets=tuple(worded_target(target) for target in first.targets),
            modality=first.modality,
        )
        return ReadRow(
            span=first.span,
            part=first.part,
            rule=first.rule,
            is_standing=self.is_standing,
            signature=signature_of(self.said, nth=nth),
            wording=wording,
            sources={
                "units": tuple(unit.span for unit in units),
                "dues": tuple(due.span or first.part for due in self.dues),
                "targets": tuple(target.span for target in first.targets),
            },
        )


def _is_inside(found: Obligation, tasks: Iterable[Obligation]) -> bool:
    return any(task.span.covers(found.span) for task in tasks)


def _but_for_time(task: Obligation) -> tuple[Span, tuple[Unit, ...], tuple[Unit, ...], str]:
    return task.part, task.units, task.lead, task.modality.value


def _titles(reading: Reading, tasks: Iterable[Obligation]) -> dict[str, str]:
    """Return the headings that stand over a single task, by clause."""
    count = Counter(task.clause for task in tasks)
    return {found.clause: found.title for found in reading.headings if found.title and count[found.clause] == 1}


def _says(due: Due) -> bool:
    return due.type is not DueType.NONE or bool(due.raw)


def _each_once(units: Iterable[Unit]) -> tuple[Unit, ...]:
    once: dict[str, Unit] = {}
    for unit in units:
        once.setdefault(unit.name, unit)
    return tuple(once.values())


def _name(unit: Unit) -> str:
    return "".join(unit.name.split())[:LONGEST_RAW]


def spans_as_data(sources: Mapping[str, tuple[Span, ...]]) -> dict[str, list[list[int]]]:
    """Return the stretches as values that JSON knows."""
    return {name: [[span.start, span.end] for span in spans] for name, spans in sources.items()}
