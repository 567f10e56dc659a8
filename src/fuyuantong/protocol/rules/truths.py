"""Rules on truth tables: each row holds, and the rows try every value on which a conditional opening depends."""

from collections.abc import Iterator

from fuyuantong.protocol.acts import Move
from fuyuantong.protocol.examples import Truth
from fuyuantong.protocol.faults import Fault
from fuyuantong.protocol.proving import anatomy
from fuyuantong.protocol.proving.configuration import verdict
from fuyuantong.protocol.proving.frame import Frame, Known


def faults(frame: Frame) -> Iterator[Fault]:
    """Yield rows that do not hold, and values that no row tries."""
    moves: dict[str, list[Move]] = {}
    for _, move in anatomy.moves(frame.mechanism):
        moves.setdefault(move.key, []).append(move)
    for number, truth in enumerate(frame.mechanism.truths, 1):
        path = (f"真值表第 {number} 行：{truth.move}",)
        for problem in _row_problems(frame, truth, moves.get(truth.move, [])):
            yield Fault("truth-table", problem, path)
    for key in dict.fromkeys(truth.move for truth in frame.mechanism.truths):
        for move in moves.get(key, []):
            yield from (Fault("truth-table", problem, (f"真值表：{key}",)) for problem in _untried(frame, move))


def _row_problems(frame: Frame, truth: Truth, moves: list[Move]) -> Iterator[str]:
    if not moves:
        yield f"没有“{truth.move}”这一事项"
    yield from (f"没有条件读“{key}”" for key in truth.values if key not in frame.slots)
    for move in moves:
        yield from _untrue(frame, truth, move)


def _untrue(frame: Frame, truth: Truth, move: Move) -> Iterator[str]:
    known: dict[str, Known] = {key: False if key in frame.facts else None for key in frame.slots}
    known |= {**truth.values, **move.sets}
    verdicts = [(opens.mechanism, *verdict(opens.when, known)) for opens in move.opens]
    yield from (f"没有给出“{doubt}”的值" for _, _, doubt in verdicts if doubt)
    opened = [mechanism for mechanism, holds, _ in verdicts if holds]
    if sorted(opened) != sorted(truth.opens):
        yield f"另立的是“{'、'.join(opened) or '无'}”，表中写的是“{'、'.join(truth.opens) or '无'}”"


def _untried(frame: Frame, move: Move) -> Iterator[str]:
    """Find values of what a guarded opening reads, but the move does not set itself, that no row tries."""
    rows = [truth.values for truth in frame.mechanism.truths if truth.move == move.key]
    for key in dict.fromkeys(guard.of for opens in move.opens for guard in opens.when):
        tried = {row.get(key, False if key in frame.facts else None) for row in rows}
        untried = [str(value) for value in frame.domains[key] if value not in tried and key not in move.sets]
        if untried:
            yield f"真值表没有列出“{key}”为{'、'.join(untried)}的情形"
