"""A library of mechanisms: a folder of declarations with the terms, serials and proofs that lie beside them."""

import csv
import pkgutil
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path

from fuyuantong.clock.periods import all_periods
from fuyuantong.clock.rule import Rule, Source
from fuyuantong.clock.terms import Term, Unit
from fuyuantong.protocol.document_kinds import DocumentKind, read_kinds
from fuyuantong.protocol.document_kinds import faults as document_faults
from fuyuantong.protocol.faults import Fault, Proof, named
from fuyuantong.protocol.form import digest
from fuyuantong.protocol.mechanism import Mechanism
from fuyuantong.protocol.proof import prove
from fuyuantong.protocol.proving.anatomy import moves
from fuyuantong.protocol.rules.circles import family, linked
from fuyuantong.protocol.rules.circles import faults as circles

FOLDER = "fuyuantong.mechanisms"
HOUSE = "house:"
EXAMPLES = "_examples"  # a module `x_examples` beside `x` holds walks through the mechanism of `x`, and declares none


class DefinitionError(Exception):
    """Mechanisms that may not load, with all their faults, by key."""

    def __init__(self, faults: Mapping[str, tuple[Fault, ...]]) -> None:
        lines = (f"{key} {fault}" for key, found in faults.items() for fault in found)
        super().__init__("\n".join(("有机制未通过证明：", *lines)))
        self.faults = faults


@dataclass(frozen=True)
class HouseTerm:
    """A term that a place may set for itself: `key` as declarations name it, default length, clause of the plan."""

    key: str
    title: str
    term: Term
    basis: str

    def as_rule(self) -> Rule:
        """Return the rule of a clock that runs by the default."""
        return Rule(key=self.key, title=self.title, source=Source.HOUSE, basis=self.basis, term=self.term)


@dataclass(frozen=True)
class Serial:
    """A serial of official numbers: `pattern` has the places `{place}`, `{year}` and `{n}`."""

    key: str
    title: str
    pattern: str
    basis: str


@dataclass(frozen=True)
class NamedOrgans:
    """Organs that a place names for a part or for copies: `key` as declarations write it after `setting:`."""

    key: str
    title: str
    help: str


@dataclass(frozen=True)
class Library:
    """What one folder declares; `misplaced` are files that do not say what their name promises."""

    folder: Path
    mechanisms: Mapping[str, Mechanism]
    misplaced: Mapping[str, tuple[Fault, ...]]
    house_terms: Mapping[str, HouseTerm]
    serials: Mapping[str, Serial]
    named_organs: Mapping[str, NamedOrgans]
    proved: Mapping[tuple[str, int], str]
    document_kinds: Mapping[tuple[str, str], DocumentKind]

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """Return the digest of each declaration by its key."""
        return {key: digest(mechanism) for key, mechanism in self.mechanisms.items()}

    @cached_property
    def terms(self) -> frozenset[str]:
        """Return the keys of all periods of law and of the house."""
        return frozenset((*(period.key for period in all_periods()), *self.house_terms))

    def undigested(self) -> frozenset[str]:
        """Return the keys of the mechanisms that changed since they were proved, and of those that lead into them."""
        now = {(key, mechanism.version): self.digests[key] for key, mechanism in self.mechanisms.items()}
        changed = {key for (key, _), _ in now.items() ^ self.proved.items()}
        return frozenset(key for key, found in self.mechanisms.items() if key in changed or linked(found) & changed)

    def prove(self, keys: Collection[str]) -> dict[str, Proof]:
        """Return the proof of each of these mechanisms among all of the library."""
        proofs = {key: prove(self.mechanisms[key], terms=self.terms, mechanisms=self.mechanisms) for key in keys}
        together = [(key, fault) for key, found in self.misplaced.items() for fault in found]
        together += circles(self.mechanisms) if proofs else ()
        together += ((key, fault) for key in keys for fault in self._unserved(self.mechanisms[key]))
        for key, fault in together:
            proof = proofs.get(key, Proof((), 0, 0))
            proofs[key] = Proof((*proof.faults, fault), proof.configurations, proof.edges)
        return proofs

    def _unserved(self, mechanism: Mechanism) -> Iterator[Fault]:
        """Find moves that take a number of a serial that there is not, or count on what no engine here does."""
        for part in family(mechanism):
            for place, move in moves(part):
                path = (named(part), named(place), named(move))
                if move.numbers and move.numbers not in self.serials:
                    yield Fault("unknown-serial", f"没有“{move.numbers}”这一文号序列", path)
                if move.draws or move.enters:
                    yield Fault(
                        "not-executed", "本平台尚不动用资金、不登入名册（draws、enters），办理后什么也不会发生", path
                    )

    def require_proved(self) -> None:
        """Prove whatever is undigested, and look at all documents. Raises: `DefinitionError` with every fault."""
        proofs = self.prove(sorted(self.undigested()))
        faults = {key: proof.faults for key, proof in proofs.items() if proof.faults}
        for (mechanism, key), kind in self.document_kinds.items():
            if found := tuple(document_faults(kind, self._part(mechanism))):
                faults[f"{mechanism} {key}"] = found
        if faults:
            raise DefinitionError(faults)

    def _part(self, key: str) -> Mechanism | None:
        """Return the mechanism, or the child, that a document kind belongs to; None for those of every mechanism."""
        top, _, child = key.partition("/")
        parts = {part.key: part for part in family(self.mechanisms[top])} if top else {}
        return parts[child or top] if parts else None

    def write_proved(self) -> None:
        """Write down the digests of all mechanisms as proved."""
        with (self.folder / "proved.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("key", "version", "digest"))
            writer.writerows((key, found.version, self.digests[key]) for key, found in sorted(self.mechanisms.items()))


def read(package: str = FOLDER) -> Library:
    """
    Return the library of a package: every `MECHANISM` in it at any depth, and the tables beside them.

    Each module declares one; a module `x_examples` only holds the walks through the mechanism of the module `x`.
    """
    folder = Path(next(iter(import_module(package).__path__)))
    declared = list(_declared(package, folder))
    return Library(
        folder=folder,
        mechanisms={found.key: found for _, found in declared},
        misplaced=_misplaced(declared),
        house_terms={term.key: term for term in _house_terms(folder)},
        serials={row["key"]: Serial(**row) for row in read_rows(folder, "serials.csv")},
        named_organs={row["key"]: NamedOrgans(**row) for row in read_rows(folder, "named_organs.csv")},
        proved={(row["key"], int(row["version"])): row["digest"] for row in read_rows(folder, "proved.csv")},
        document_kinds={(kind.mechanism, kind.key): kind for kind in read_kinds(folder)},
    )


def _declared(package: str, folder: Path) -> Iterator[tuple[str, Mechanism]]:
    names = [module.name for module in pkgutil.walk_packages([str(folder)], f"{package}.") if not module.ispkg]
    for name in names:
        if not name.endswith(EXAMPLES) or name.removesuffix(EXAMPLES) not in names:
            yield name.rpartition(".")[2], import_module(name).MECHANISM


def _misplaced(declared: list[tuple[str, Mechanism]]) -> dict[str, tuple[Fault, ...]]:
    """Find files whose name is not their mechanism's key; so no key can stand in two files of one folder either."""
    files: dict[str, list[str]] = {}
    for file, found in declared:
        files.setdefault(found.key, []).append(file)
    return {
        key: (Fault("file-name", f"机制“{key}”须且只能写在 {key.replace('-', '_')}.py", tuple(names)),)
        for key, names in files.items()
        if names != [key.replace("-", "_")]
    }


def _house_terms(folder: Path) -> Iterator[HouseTerm]:
    for row in read_rows(folder, "house_terms.csv"):
        term = Term(int(row["length"]), Unit(row["unit"]))
        yield HouseTerm(f"{HOUSE}{row['key']}", row["title"], term, row["basis"])


def read_rows(folder: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of a table in a folder; none when it is not there."""
    table = folder / name
    if not table.exists():
        return []
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
