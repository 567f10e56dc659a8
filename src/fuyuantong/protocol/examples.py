"""Words of showing: walks and truth tables that tests, guide and training data replay."""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field

from fuyuantong.protocol.fields import Json


@dataclass(frozen=True)
class Do:
    """Example step: the holder makes a move; values not given are taken from the fields' samples."""

    move: str
    values: Mapping[str, Json] = field(default_factory=dict)


def do(*moves: str) -> tuple[Do, ...]:
    """Return the example steps of moves made one after another, with sampled values."""
    return tuple(Do(move) for move in moves)


@dataclass(frozen=True)
class Passes:
    """Example step: the clock passes, and the engine takes its lapse or a window opens or shuts."""

    clock: str


@dataclass(frozen=True)
class Endings:
    """Example step: the children end, in the order of `per`, with these finals."""

    finals: tuple[str, ...]

    def __init__(self, *finals: str) -> None:
        object.__setattr__(self, "finals", finals)


@dataclass(frozen=True)
class Asks:
    """Example step: a party makes a request; a `demand` and `rows` take effect, a `grants` waits for its move."""

    request: str
    values: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True)
class Declines:
    """Example step: the holder refuses the open request, with a reason."""

    request: str


@dataclass(frozen=True)
class Hears:
    """Example step: a register tells what happened to the row that the matter names, and the engine obeys."""

    register: str
    event: str


Step = Do | Passes | Endings | Asks | Declines | Hears


@dataclass(frozen=True)
class Example:
    """A walk from an entry to the state `ends`, replayed by tests, guide page and training data."""

    title: str
    steps: tuple[Step, ...]
    _: KW_ONLY
    ends: str
    entry: str = ""  # the first entry when empty
    carried: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True)
class Truth:
    """One row of a truth table for a conditional duty: with these values the move opens these mechanisms."""

    move: str
    values: Mapping[str, str | bool]
    opens: tuple[str, ...]
