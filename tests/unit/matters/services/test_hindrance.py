"""Where the directory lacks an organ the engine waits: the office hears of it once, and it goes on by itself."""

from datetime import date

import pytest
from tests.builders import LONG_AGO, NOW, an_organ
from tests.builders_matters import children, in_the_catalogue, moved
from tests.suggestions import COURT, HOUSING, OFFICE, at, kinds, last, standing

from fuyuantong.matters.models.clock import Deferred
from fuyuantong.matters.models.outbox import Outbox
from fuyuantong.matters.services.acts import open_by_hand
from fuyuantong.matters.services.deferred import open_deferred
from fuyuantong.matters.services.engine import let_lapse
from fuyuantong.matters.session import acting
from fuyuantong.organs.services import relate
from fuyuantong.organs.vocabulary import RelationKind
from fuyuantong.protocol import (
    Await,
    Branch,
    Clock,
    Closing,
    Entry,
    Final,
    Lapse,
    Mechanism,
    Move,
    Organs,
    Role,
    State,
    Tally,
)

pytestmark = pytest.mark.django_db
MONDAY, LATE = at("2026-08-03"), at("2026-08-10")
ABOVE = "410825-above"

_OPINION = Mechanism(
    key="opinion",
    title="意见",
    roles=(Role("asker", "征询单位"), Role("asked", "被征询单位")),
    clocks=(Clock("answer", "答复", "house:sign-for"),),
    entries=(Entry("asked", by="asker", opened=True, carried=("asked",)),),
    states=(
        State("asked", "待答复", holder="asked", judged_by="answer", moves=(Move("agree", "同意", to="agreed"),)),
        Final("agreed", "同意", kind=Closing.ACCEPTED, by=("asked",)),
    ),
)
REPORT = Mechanism(
    key="report",
    title="上报",
    roles=(Role("asker", "上报单位"), Role("above", "上级机关", branches=(Branch.COURT,), via="superior_of:asker")),
    fields=(Organs("asked_organs", "被征询单位"),),
    clocks=(Clock("ask", "上报", "house:sign-for"),),
    entries=(Entry("asking", by="asker"),),
    states=(
        State(
            "asking",
            "待上报",
            holder="asker",
            judged_by="ask",
            moves=(Move("poll", "先征询", to="polling", asks=("asked_organs",)),),
            lapses=(Lapse("ask", to="above"),),
        ),
        Await(
            "polling",
            "征询中",
            holder="asker",
            judged_by="ask",
            child=_OPINION,
            per="asked_organs",
            each="asked",
            ballot=(Tally("otherwise", to="above"),),
            moves=(Move("stop", "不再等待", to="done"),),
        ),
        State("above", "上级处理中", holder="above", review="house:sign-for", moves=(Move("end", "办结", to="done"),)),
        Final("done", "已办结", kind=Closing.DECIDED, by=("above",)),
    ),
)  # fmt: skip


@pytest.fixture
def county(county, monkeypatch):
    in_the_catalogue(REPORT, monkeypatch)
    return county


@pytest.fixture
def asking(county):
    return open_by_hand("report", "上报", by=county.by(COURT), now=MONDAY).matter


@pytest.fixture
def opinion(county, asking):
    moved(county, asking, "poll", now=MONDAY, asked_organs=[HOUSING])
    return children(asking)[0]


def mend(county, *, branch="court"):
    """Put the court's superior into the directory."""
    above = an_organ(ABOVE, branch=branch)
    relate(above, RelationKind.SUPERIOR_OF, county.organs[COURT], effective_on=LONG_AGO, by=None, now=NOW)


def told():
    """Return whom the outbox tells of hindrances, and what."""
    with acting():
        entries = list(Outbox.objects.filter(target="hindered"))
    return [(entry.body["matter"], entry.body["holder"], entry.body["copies"], entry.body["text"]) for entry in entries]


def test_a_lapse_without_its_organ_is_told_to_holder_and_office_once(asking):
    assert [let_lapse(now=LATE), let_lapse(now=LATE)] == [0, 0]

    text = "上报不能自动进入下一环节：“上级机关”在机关名录中没有登记。请核对机关名录和本地设置，更正后自动继续。"
    assert told() == [(asking, COURT, [OFFICE], text)]


def test_a_lapse_goes_on_as_soon_as_the_directory_tells_its_organ(county, asking):
    let_lapse(now=LATE)
    mend(county)

    assert let_lapse(now=LATE) == 1
    assert standing(asking).situation.holder == ABOVE
    assert last(asking).effective_on == date(2026, 8, 6)


def test_a_childs_ending_stands_while_its_parent_waits_for_the_directory(county, asking, opinion):
    moved(county, opinion, "agree", now=MONDAY)

    assert standing(opinion).situation.state == "agreed"
    assert standing(asking).situation.state == "polling"
    assert [(matter, copies) for matter, _, copies, _ in told()] == [(asking, [OFFICE])]


def test_a_childs_ending_stands_while_its_parent_would_go_to_the_wrong_side(county, asking, opinion):
    mend(county, branch="government")
    moved(county, opinion, "agree", now=MONDAY)

    assert (standing(opinion).situation.state, standing(asking).situation.state) == ("agreed", "polling")
    assert [f"“上级机关”须为“院”一方的机关，{ABOVE} 不是" in text for *_, text in told()] == [True]


def test_a_parent_takes_the_ending_later_once_and_from_its_day(county, asking, opinion):
    moved(county, opinion, "agree", now=MONDAY)
    assert open_deferred(now=LATE) == 0
    mend(county)

    assert [open_deferred(now=LATE), open_deferred(now=LATE)] == [1, 0]
    assert kinds(asking)[-1] == "join"
    assert (standing(asking).situation.holder, last(asking).effective_on) == (ABOVE, date(2026, 8, 3))


def test_an_ending_that_waits_is_kept_once(county, opinion):
    moved(county, opinion, "agree", now=MONDAY)
    for _ in range(2):
        open_deferred(now=LATE)

    with acting():
        assert Deferred.objects.filter(done_at=None).count() == 1
    assert len(told()) == 1
