"""A situation kept as plain data is the same when it is read back."""

import pytest
from tests.unit.protocol.engine.builders import asked, begun, counsel, replying, timed
from tests.unit.protocol.engine.matter import BUREAU, OTHER, Matter

from fuyuantong.protocol import Clock
from fuyuantong.protocol.fold import Situation
from fuyuantong.protocol.snapshot import situation_from, situation_to_data
from fuyuantong.seal.canonical import canonical, parse

WORK = Clock("work", "办理期限", "XS-01", stops=("resting",))


def kept(situation):
    return situation_from(parse(canonical(situation_to_data(situation))), values=situation.values)


@pytest.mark.parametrize(
    "matter",
    [
        replying().ask("urge", {"reason": "已逾期"}),
        replying().lapse("reply", today="2026-10-09"),
        asked(counsel(), BUREAU, OTHER).join(0, "agreed"),
        begun(timed(WORK)).move("rest", {"reason": "鉴定"}, on="2026-08-10"),
        begun(timed(WORK)).move("finish", on="2026-08-10"),
    ],
    ids=["with a request", "lapsed", "with children", "at rest", "closed"],
)
def test_a_situation_reads_back_as_it_was(matter: Matter):
    assert kept(matter.situation) == matter.situation


def test_a_situation_before_its_first_record_reads_back_too():
    assert kept(Situation(uid="matter-1")) == Situation(uid="matter-1")


def test_values_are_kept_apart():
    assert "values" not in situation_to_data(replying().situation)


def test_a_clock_or_child_that_is_no_object_is_refused():
    data = situation_to_data(replying().situation)

    with pytest.raises(KeyError):
        situation_from({**data, "clocks": {"sign": None}}, values={})
    with pytest.raises(KeyError):
        situation_from({**data, "children": {"uid-1": "x"}}, values={})
