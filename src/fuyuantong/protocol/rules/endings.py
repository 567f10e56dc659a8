"""Rules on closing: who may end a matter, on what evidence, and how an ending by lapse is lifted."""

from collections.abc import Iterator

from fuyuantong.protocol.acts import Lapse, Move, Request
from fuyuantong.protocol.faults import Fault, named
from fuyuantong.protocol.mechanism import Closing, Final, Mechanism, Tally
from fuyuantong.protocol.proving import anatomy
from fuyuantong.protocol.proving.anatomy import Step
from fuyuantong.protocol.rules.clocks import gives_reason

BY_EVIDENCE = frozenset({Closing.ACCEPTED, Closing.DECIDED})


def faults(mechanism: Mechanism) -> Iterator[Fault]:
    """Yield each way of closing that nobody answers for."""
    finals = {final.key: final for final in anatomy.finals(mechanism)}
    for step in anatomy.steps(mechanism):
        if step.to in finals:
            problems = _problems(mechanism, step, finals[step.to])
            yield from (Fault(rule, problem, step.path) for rule, problem in problems)


def _problems(mechanism: Mechanism, step: Step, final: Final) -> Iterator[tuple[str, str]]:
    if isinstance(step.act, Lapse) and not final.set_aside:
        yield "lapse-final", f"因逾期而{named(final)}的，须写明凭什么撤销（set_aside）"
    if final.kind in BY_EVIDENCE:
        yield from _unaccepted(mechanism, step, final)
    elif isinstance(step.act, Move | Request) and not final.basis and not gives_reason(mechanism, step.asks):
        yield "closing-reason", f"以{named(final)}结束须填写理由，或写明依据"


def _unaccepted(mechanism: Mechanism, step: Step, final: Final) -> Iterator[tuple[str, str]]:
    """Find closings that are not made, on evidence, by a role that may close."""
    makers = _makers(step)
    if not makers or not makers <= set(final.by):
        yield "closing-by", f"{named(final)}只能由{'、'.join(final.by) or '写明的办结方'}作出"
    drafts = isinstance(step.act, Move) and step.act.drafts
    if isinstance(step.act, Move | Request) and not drafts and not gives_reason(mechanism, step.asks):
        yield "closing-evidence", f"以{named(final)}办结须填写或附上凭据"


def _makers(step: Step) -> set[str]:
    """Return the roles that make a step; nobody makes a lapse. A ballot closes for who collects, on the endings."""
    if isinstance(step.act, Move | Tally):
        return {step.place.holder}
    return set(step.act.by) if isinstance(step.act, Request) else set()
