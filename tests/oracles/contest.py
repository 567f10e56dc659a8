"""The contest: declarations are harmed, and a judge and a proof say each for itself whether the harm strands."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from random import Random
from typing import NamedTuple

from tests.oracles.county import County
from tests.oracles.generated import generate
from tests.oracles.mutants import mutate
from tests.oracles.parts import FOLLOW_UP
from tests.oracles.rulebook import Word
from tests.oracles.strand import Finding, Verdict, judge
from tests.oracles.telling import retell

LARGEST = 400  # situations of a made-up declaration: what many small ones show, few large ones do not show better
SHOWING = frozenset({"example", "uncovered"})

Prover = Callable[[Word, Mapping[str, Word]], frozenset[str]]  # a declaration among others -> the rules it breaks


class Bout(NamedTuple):
    """One harmed declaration and what both said; `seed` makes it again."""

    seed: str
    kind: str
    places: tuple[str, ...]
    declaration: Word
    grave: frozenset[str]
    doubted: bool
    faults: frozenset[str]

    @property
    def outcome(self) -> str:
        """Return what both said, in the words of the table."""
        judged = "strands" if self.grave else "doubtful" if self.doubted else "sound"
        return f"{judged}, {'refused' if self.faults else 'accepted'}"

    @property
    def slipped(self) -> bool:
        """Tell whether the proof accepted what the judge shows to strand."""
        return bool(self.grave) and not self.faults

    @property
    def hid(self) -> bool:
        """Tell whether a strand was refused for its examples alone, although these show all that can be shown."""
        return bool(self.grave - SHOWING) and bool(self.faults) and self.faults <= UNSHOWN

    def __str__(self) -> str:
        return f"{self.seed}: {self.kind} {', '.join(self.places)}; judge {sorted(self.grave)}; proof {sorted(self.faults)}"


UNSHOWN = frozenset({"unshown-move", "unshown-final", "example-does-not-replay", "truth-table"})


def made_up(seed: str, prover: Prover, *, mutants: int, stations: int = 3) -> Iterator[Bout]:
    """Make up one declaration and harm it so many times; nothing when it is not sound to begin with."""
    others = {"follow-up": FOLLOW_UP}
    declaration = generate(Random(seed), most=stations)
    county = County({**others, declaration["key"]: declaration})
    retell(declaration, county=county)
    before = judge(declaration, others, county=county)
    if before.situations <= LARGEST and not before.strands and not prover(declaration, others):
        yield from harmed(declaration, others, prover, before, seeds=[f"{seed}/{n}" for n in range(mutants)])


def harmed(
    declaration: Word, others: Mapping[str, Word], prover: Prover, before: Verdict, *, seeds: Iterable[str]
) -> Iterator[Bout]:
    """Harm a declaration that is sound once for every seed; mostly its examples are told anew for what is left."""
    known = {_sight(finding) for finding in before.findings}
    for seed in seeds:
        rng = Random(seed)
        mutant = mutate({**declaration, "truths": []}, rng)  # truth tables are the proof's own affair
        county = County({**others, declaration["key"]: mutant.declaration})
        told_anew = rng.random() < 0.8
        if told_anew:
            retell(mutant.declaration, county=county)
        verdict = judge(mutant.declaration, others, county=county)
        new = [finding for finding in verdict.findings if _sight(finding) not in known]
        yield Bout(
            seed if told_anew else f"{seed} as it was shown",
            mutant.kind,
            mutant.places,
            mutant.declaration,
            frozenset(finding.rule for finding in new if finding.grave),
            bool(new) or not verdict.whole,
            prover(mutant.declaration, others),
        )


def _sight(finding: Finding) -> tuple[str, str]:
    return finding.rule, finding.where


class Table:
    """The tally of a contest, a line for each kind of harm."""

    OUTCOMES = (
        "strands, refused",
        "strands, accepted",
        "doubtful, refused",
        "doubtful, accepted",
        "sound, refused",
        "sound, accepted",
    )

    def __init__(self) -> None:
        self.lines: dict[str, Counter[str]] = {}
        self.too_strict: Counter[str] = Counter()

    def add(self, bout: Bout) -> None:
        """Count one more bout."""
        self.lines.setdefault(bout.kind, Counter())[bout.outcome] += 1
        if bout.outcome == "sound, refused":
            self.too_strict.update(bout.faults)

    def count(self, *outcomes: str) -> int:
        """Return how many bouts came out like this."""
        return sum(line[outcome] for line in self.lines.values() for outcome in outcomes or self.OUTCOMES)

    def share_too_strict(self) -> float:
        """Return the share of sound mutants that were refused."""
        return self.count("sound, refused") / max(self.count("sound, refused", "sound, accepted"), 1)

    def __str__(self) -> str:
        width = max(map(len, self.lines), default=0)
        heads = "".join(f"{outcome:>20}" for outcome in self.OUTCOMES)
        told = [f"{'harm':<{width}}{heads}"]
        for kind in sorted(self.lines):
            told.append(f"{kind:<{width}}" + "".join(f"{self.lines[kind][outcome]:>20}" for outcome in self.OUTCOMES))
        return "\n".join([*told, f"{'all':<{width}}" + "".join(f"{self.count(o):>20}" for o in self.OUTCOMES)])

    def summary(self) -> str:
        """Return the result in a line."""
        return (
            f"{self.count()} mutants: {self.count('strands, refused')} strand and are refused, "
            f"{self.count('strands, accepted')} strand and are accepted; "
            f"{self.count('sound, refused')} sound ones are refused ({self.share_too_strict():.1%}): {dict(self.too_strict)}"
        )
