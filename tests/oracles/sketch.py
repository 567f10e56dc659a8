"""A sketch: the drawing board on which a made-up declaration comes together."""

from random import Random
from typing import Any, NamedTuple

from tests.oracles.rulebook import Word
from tests.oracles.spelling import spell

SENDER, RECEIVER, OFFICE, ALL = "sender", "receiver", "office", "members_all"
OPTIONS = ["甲类", "乙类", "丙类"]


class Site(NamedTuple):
    """A station of the sketch: where it stands in the row, its key, its clock and its holder."""

    place: int
    key: str
    clock: str
    holder: str


class Sketch:
    """Collect the words of one declaration, and the choices that all of them share."""

    def __init__(self, rng: Random, *, most: int) -> None:
        self.rng = rng
        self.states: list[Word] = []
        self.clocks: list[Word] = []
        self.requests: list[Word] = []
        self.finals: dict[str, Word] = {}
        self.stations = [f"s{n}" for n in range(1, rng.randint(1, most) + 1)]
        self.options = OPTIONS[: rng.choice([2, 3])]
        self.has_receiver = self.chance(0.85)
        self.is_typed = self.chance(0.5)
        self.awaiting = rng.choice(self.stations) if self.chance(0.45) else ""
        self.by_rows = self.chance(0.3)
        self.at_least = rng.choice([1, 1, 2])
        self.supervises = self.chance(0.5)
        self.records = self.chance(0.3) and self.awaiting != self.stations[-1]

    def chance(self, share: float) -> bool:
        """Return true in this share of all cases."""
        return self.rng.random() < share

    def split(self) -> tuple[list[str], list[str]]:
        """Return the options in two parts, neither empty."""
        cut = self.rng.randrange(1, len(self.options))
        return self.options[:cut], self.options[cut:]

    def asked_at_issue(self) -> list[str]:
        """Return the fields that every matter has from its issue on."""
        asks = ["body", "reply_by", "items"]
        asks += ["to_organ"] if self.has_receiver else []
        asks += ["kind"] if self.is_typed else []
        return asks + (["members"] if self.awaiting and not self.by_rows else [])

    def final(self, key: str, kind: str, *, by: str = "", needs: list[str] | None = None, **members: Any) -> str:
        """Return the key of the ending, which is drawn when it is first wanted; every closer is added."""
        if key not in self.finals:
            self.finals[key] = spell("Final", key=key, title=key, kind=kind, needs=needs or [], **members)
        if by and by not in self.finals[key].setdefault("by", []):
            self.finals[key]["by"].append(by)
        return key

    def refused(self) -> str:
        """Return the ending of whatever is refused."""
        return self.final("refused", "refused", basis="不符合条件")

    def closed(self, holder: str) -> str:
        """Return the ending of a matter that took its course."""
        needs = self.rng.sample(["number", "document:letter", "field:body", "field:items.item"], k=2)
        needs += ["field:items.outcome"] if self.records else []
        return self.final("closed", self.rng.choice(["decided", "accepted"]), by=holder, needs=needs)

    def closing_asks(self) -> list[str]:
        """Return what is asked when a matter is closed."""
        return ["reply", "items.outcome"] if self.records else ["reply"]

    def onward(self, place: int, holder: str) -> str:
        """Return the next station, or the ending when this is the last."""
        return self.stations[place + 1] if place + 1 < len(self.stations) else self.closed(holder)

    def clock(self, key: str, **members: Any) -> str:
        """Return the key of a new clock, of a random length unless one is given."""
        if not members:
            lengths: list[Word] = [
                {"term": "house:term"},
                {"term": "JY-01"},
                {"until": "reply_by", "term": "JY-01"},
                {"term": "house:term", "since": "reply_by"},
                {"term": "house:term", "before": "reply_by"},
            ]
            lengths += [{"cases": self._cases()}] if self.is_typed else []
            members = self.rng.choice(lengths)
        self.clocks.append(spell("Clock", key=key, title=key, **members))
        return key

    def _cases(self) -> list[Word]:
        first, rest = self.split()
        return [
            spell("Term", key="JY-01", when=[guard("kind", *first)]),
            spell("Term", key="JY-02", when=[guard("kind", *rest)]),
        ]


def guard(of: str, *values: str | bool) -> Word:
    """Return a guard."""
    return spell("Is", of=of, values=list(values))


def move(key: str, to: str, *asks: str, **members: Any) -> Word:
    """Return a move."""
    return spell("Move", key=key, title=key, to=to, asks=list(asks), **members)
