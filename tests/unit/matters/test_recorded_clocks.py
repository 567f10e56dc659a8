"""One lap of a clock as it was recorded: its steps, its file, and a fresh reckoning beside it."""

import json
from datetime import date

import pytest
from tests.suggestions import COURT, FORESTRY, HOUSING, act, at, replying

from fuyuantong.clock.calendar import load_calendar
from fuyuantong.clock.checking import check
from fuyuantong.clock.running import Stop
from fuyuantong.matters.console.labels import OrganNames
from fuyuantong.matters.queries import NoSuchMatter
from fuyuantong.matters.recorded_clocks import (
    FORMAT,
    NoSuchClock,
    RecordedClock,
    checked,
    named,
    proof_file,
    recorded_clock,
)
from fuyuantong.matters.sight import reading_as

pytestmark = pytest.mark.django_db
MONDAY, LATER = at("2026-11-23"), at("2026-12-01")
NOTICE = "# number: 国办发明电〔2026〕9号\ndate,kind,name\n2027-01-01,holiday,元旦\n2027-01-02,holiday,元旦\n"


@pytest.fixture
def uid(county):
    return replying(county, now=MONDAY, reply_by="2027-01-01")


def read(county, uid: str, *, organ: str = HOUSING, name: str = "reply", lap: int = 1) -> RecordedClock:
    """Read a clock as the head of an organ."""
    names = OrganNames(on=date(2026, 12, 1))
    with reading_as(county.people[organ], at=LATER) as reader:
        return recorded_clock(reader, uid, name=name, lap=lap, names=names)


def test_every_record_that_moved_a_clock_is_a_step_of_it(county, uid):
    found = read(county, uid, name="sign")

    assert [(step.seq, step.doing, step.act, step.organ) for step in found.steps] == [
        (1, "起算", "立项", "系统"),
        (2, "终止", "签收", "住建局"),
    ]
    assert (found.title, found.is_judging, str(found.due_on)) == ("签收", False, "2026-11-26")


def test_the_clock_that_judges_the_holder_says_so(county, uid):
    assert read(county, uid).is_judging


@pytest.mark.parametrize(("name", "lap"), [("reply", 2), ("nothing", 1)])
def test_a_clock_that_never_ran_is_refused(county, uid, name, lap):
    with pytest.raises(NoSuchClock):
        read(county, uid, name=name, lap=lap)


def test_who_does_not_see_the_matter_sees_no_clock_of_it(county, uid):
    with pytest.raises(NoSuchMatter):
        read(county, uid, organ=FORESTRY)


def test_recomputed_by_the_same_calendar_it_comes_out_the_same(county, uid):
    found = checked(read(county, uid, organ=COURT), load_calendar())

    assert (found.same_calendar, found.differences) == (True, ())


def test_a_later_notice_shows_what_will_change(county, uid, tmp_path):
    (tmp_path / "2027.csv").write_text(NOTICE)
    found = checked(read(county, uid), load_calendar(tmp_path))

    assert not found.same_calendar
    assert [(each.title, each.stored, each.found) for each in found.differences] == [
        ("届满日", "2027-01-01", "2027-01-04")
    ]


def test_the_file_is_checked_without_the_database(county, uid):
    data = json.loads(json.dumps(proof_file(read(county, uid), load_calendar())))

    assert (data["format"], data["recorded"]["due_on"], data["notices"]) == (FORMAT, "2027-01-01", [])
    assert check(data, load_calendar()).differences == ()


def test_the_file_brings_the_notices_on_which_the_day_rests(county):
    uid = replying(county, now=at("2026-09-07"), reply_by="2026-10-08")
    data = proof_file(read(county, uid), load_calendar())

    assert [notice["year"] for notice in data["notices"]] == [2026]
    assert {"date": "2026-10-01", "kind": "holiday", "name": "国庆节"} in data["notices"][0]["days"]


def test_who_approved_a_stop_is_called_by_name(county, uid):
    clock = read(county, uid).clock
    stop = Stop(from_on=date(2026, 11, 25), cause="鉴定", approver=COURT)
    stopped = named(type(clock)(**{**vars(clock), "stops": (stop,)}), OrganNames(on=date(2026, 12, 1)))

    assert stopped.stops[0].approver == "法院"


def test_a_stopped_clock_has_no_day_to_compare(county):
    uid = replying(county, now=at("2026-09-07"), reply_by="2026-10-08")
    act(county, uid, "misdirected", now=at("2026-09-08"), reason="不属于本单位职责")

    assert checked(read(county, uid), load_calendar()).differences == ()
