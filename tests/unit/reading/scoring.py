"""Our own labelled plans and how a reading of them is scored, in all and by construct."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fuyuantong.reading.reading import read
from fuyuantong.reading.sources.files import blocks_of_file
from fuyuantong.reading.unit_lists import named
from fuyuantong.reading.values import Due, Obligation, Reading

PLANS = Path(__file__).parent / "plans"
START = 12  # characters by which a found obligation is known again


@dataclass(frozen=True)
class Label:
    """Keep one labelled obligation: how it begins, who leads, who is responsible, its due, the values of its targets."""

    clause: str
    start: str
    lead: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    due: str = "none"
    values: tuple[float, ...] = ()


@dataclass
class Labels:
    """Keep the labels of one document; `neutral` ones neither help nor hurt."""

    front: dict[str, str] = field(default_factory=dict)
    owed: list[Label] = field(default_factory=list)
    neutral: list[str] = field(default_factory=list)
    negative: list[str] = field(default_factory=list)


@dataclass
class Tally:
    """Count hits, what was said and what is true."""

    hit: float = 0
    said: float = 0
    true: float = 0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall, 1 where there was nothing to find."""
        return 2 * self.hit / (self.said + self.true) if self.said + self.true else 1.0


@dataclass
class Score:
    """Keep the tallies of one or more documents, and what was missed or wrong."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def add(self, construct: str, *, hit: float, said: float, true: float) -> None:
        """Count into one construct."""
        tally = self.tallies.setdefault(construct, Tally())
        tally.hit, tally.said, tally.true = tally.hit + hit, tally.said + said, tally.true + true

    def told(self) -> str:
        """Return the scores as one line a construct."""
        return "\n".join(
            f"{name:<12}{tally.f1:.3f}   {tally.hit:g} of {tally.true:g}, {tally.said:g} said"
            for name, tally in sorted(self.tallies.items())
        )


def names() -> list[str]:
    """Return the names of the labelled documents: odd ones are there to learn from, even ones to be measured on."""
    return sorted(path.stem for path in PLANS.glob("*.tsv"))


def reading_of(name: str) -> Reading:
    """Return the reading of one labelled document."""
    path = next(path for path in PLANS.glob(f"{name}.*") if path.suffix != ".tsv")
    return read(blocks_of_file(path.read_bytes()))


def labels_of(name: str) -> Labels:
    """Return the labels of one document."""
    labels = Labels()
    for line in (PLANS / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        kind, *cells = line.split("\t")
        if kind == "+":
            labels.owed.append(_label(cells))
        elif kind in "~?":
            labels.neutral.append(cells[0])
        elif kind == "-":
            labels.negative.append(cells[0])
        else:
            labels.front[kind] = cells[0]
    return labels


def score(reading: Reading, labels: Labels, into: Score, *, name: str) -> None:
    """Compare a reading with its labels, construct by construct."""
    pairs, free = _paired(reading, labels.owed)
    wrong = [found for found in free if not _is_any(found, reading, labels.neutral)]
    into.add("obligation", hit=len(pairs), said=len(pairs) + len(wrong), true=len(labels.owed))
    missed = [label for label in labels.owed if not any(label is known for known, _ in pairs)]
    into.faults += [f"{name} missed {label.clause} {label.start}" for label in missed]
    into.faults += [f"{name} wrong {found.clause} {squeezed(found.span.of(reading.text))[:30]}" for found in wrong]
    for label, found in pairs:
        _score_pair(label, found, into, name=name)
    for key, value in labels.front.items():
        said = squeezed(str(_front(reading)[key] or ""))
        into.add(key, hit=said == squeezed(value), said=1, true=1)
        if said != squeezed(value):
            into.faults.append(f"{name} {key} {said} instead of {value}")


def squeezed(text: str) -> str:
    """Return a text without its spaces."""
    return "".join(text.split())


def _label(cells: Sequence[str]) -> Label:
    clause, start, lead, units, due, values = [*cells, *[""] * (6 - len(cells))]
    return Label(
        clause,
        start,
        frozenset(_names(lead)),
        frozenset(_names(units)),
        due or "none",
        tuple(float(value) for value in values.split()),
    )


def _names(units: str) -> Iterator[str]:
    depth, name = 0, ""
    for sign in units.strip():
        depth += {"（": 1, "）": -1}.get(sign, 0)
        if sign == "、" and depth == 0:
            yield name
            name = ""
        else:
            name += "、" if sign == "&" else sign
    if name:
        yield name


def _paired(reading: Reading, owed: Sequence[Label]) -> tuple[list[tuple[Label, Obligation]], list[Obligation]]:
    free = list(reading.obligations)
    pairs = []
    for label in sorted(owed, key=lambda label: -len(label.units)):
        same = [found for found in free if _begins(found, reading, label.start)]
        if same:
            best = max(
                same, key=lambda found: (len(label.units & set(named(found.units))), _due(found.due) == label.due)
            )
            free.remove(best)
            pairs.append((label, best))
    return pairs, free


def _begins(found: Obligation, reading: Reading, start: str) -> bool:
    width = min(START, len(squeezed(start)))
    heads = (squeezed(span.of(reading.text))[:width] for span in (found.span, found.part))
    return squeezed(start)[:width] in heads


def _is_any(found: Obligation, reading: Reading, starts: Sequence[str]) -> bool:
    return any(_begins(found, reading, start) for start in starts)


def _score_pair(label: Label, found: Obligation, into: Score, *, name: str) -> None:
    for construct, true, said in (("units", label.units, named(found.units)), ("lead", label.lead, named(found.lead))):
        into.add(construct, hit=len(true & set(said)), said=len(said), true=len(true))
        if true != set(said):
            into.faults.append(
                f"{name} {construct} {label.clause} {label.start}: {'、'.join(said)} instead of {'、'.join(sorted(true))}"
            )
    due = _due(found.due)
    into.add(f"due {label.due.split()[0]}", hit=due == label.due, said=1, true=1)
    if due != label.due:
        into.faults.append(f"{name} due {label.clause} {label.start}: {due} instead of {label.due}")
    if label.values:
        values = [target.value for target in found.targets]
        hit = sum(value in values for value in label.values)
        into.add("targets", hit=hit, said=hit, true=len(label.values))
        if hit < len(label.values):
            into.faults.append(f"{name} targets {label.clause} {label.start}: {values} instead of {label.values}")


def _due(due: Due) -> str:
    return " ".join(str(part) for part in (due.type, due.on, due.period) if part)


def _front(reading: Reading) -> Mapping[str, object]:
    front = reading.front
    return {"title": front.title, "number": front.doc_number, "date": front.issued_on}
