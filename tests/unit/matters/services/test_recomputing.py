"""A holiday notice changes the clocks that it concerns, by a record with the day they had, and no others."""

import pytest
from tests.suggestions import HOUSING, at, closed, kinds, last, reply, replying, standing

from fuyuantong.matters.database_world import current_calendar
from fuyuantong.matters.models.clock import Clock, ClockState
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.services import engine_records, recomputing, rounds
from fuyuantong.matters.services.engine import lapse_one
from fuyuantong.matters.services.recomputing import recompute_for_calendar
from fuyuantong.matters.services.slips import Note, annotate
from fuyuantong.matters.session import acting

pytestmark = pytest.mark.django_db
EARLIER, MONDAY = at("2026-11-02"), at("2026-11-23")
LATER = at("2026-12-01")
NOTICE = """\
# notice: 国务院办公厅关于2027年部分节假日安排的通知
# number: 国办发明电〔2026〕9号
# issued: 2026-11-30
date,kind,name
2027-01-01,holiday,元旦
2027-01-02,holiday,元旦
2027-01-03,holiday,元旦
"""


@pytest.fixture(autouse=True)
def holidays(settings, tmp_path):
    """Give the place's own folder of notices."""
    settings.DATA_DIR = tmp_path
    (tmp_path / "holidays").mkdir()
    return tmp_path / "holidays"


@pytest.fixture
def notice_of_2027(holidays):
    """Return a way to put the notice of 2027 in its place."""
    return lambda: (holidays / "2027.csv").write_text(NOTICE, encoding="utf-8")


def due(uid, clock="reply"):
    """Return the last day of a clock, as the fold and as the table have it, and whether it is settled."""
    found = standing(uid).situation.clocks[clock]
    with acting():
        kept = Clock.objects.get(matter__uid=uid, name=clock, state=ClockState.RUNNING)
    assert kept.due_on == found.due_on
    return str(found.due_on), not found.provisional


def stale():
    """Return how many living clocks were not yet held against today's calendar."""
    with acting():
        living = Clock.objects.filter(state__in=(ClockState.RUNNING, ClockState.STOPPED), matter__phase=0)
        return living.exclude(calendar_version=current_calendar().version).count()


def test_a_day_that_becomes_a_holiday_moves_the_clock(county, notice_of_2027):
    uid = replying(county, now=MONDAY, reply_by="2027-01-01")
    assert due(uid) == ("2027-01-01", False)
    notice_of_2027()
    recompute_for_calendar(now=LATER)

    assert due(uid) == ("2027-01-04", True)


def test_the_record_keeps_the_day_there_was_and_cites_the_notice(county, notice_of_2027):
    uid = replying(county, now=MONDAY, reply_by="2027-01-01")
    notice_of_2027()
    recompute_for_calendar(now=LATER)

    assert (last(uid).kind, last(uid).resolved["clocks"]["reply"]["was"]) == ("clock-recomputed", "2027-01-01")
    assert last(uid).basis == "国务院办公厅关于2027年部分节假日安排的通知（国办发明电〔2026〕9号）"
    assert last(uid).account == ""


def test_a_day_that_stays_is_settled_by_a_record(county, notice_of_2027):
    uid = replying(county, now=MONDAY, reply_by="2027-01-15")
    notice_of_2027()
    recompute_for_calendar(now=LATER)

    assert (kinds(uid), due(uid)) == (["open", "receive", "clock-recomputed"], ("2027-01-15", True))


def test_a_matter_of_this_year_gets_no_record_and_is_marked_as_checked(county, notice_of_2027):
    uid = replying(county, now=EARLIER, reply_by="2026-11-20")
    notice_of_2027()
    assert stale() > 0
    recompute_for_calendar(now=LATER)

    assert (kinds(uid), stale()) == (["open", "receive"], 0)


def test_only_the_clocks_that_change_stand_in_the_record(county, notice_of_2027):
    uid = replying(county, now=MONDAY, reply_by="2026-12-04")
    notice_of_2027()
    recompute_for_calendar(now=LATER)

    with acting():
        parent = str(Matter.objects.get(uid=uid).parent.uid)
    assert standing(parent).situation.clocks.keys() == {"replies", "collect"}
    assert set(last(parent).resolved["clocks"]) == {"collect"}


def test_a_closed_matter_is_left_alone(county, notice_of_2027):
    uid = closed(county, replying(county, now=MONDAY, reply_by="2027-01-01"), now=MONDAY)
    before = kinds(uid)
    notice_of_2027()

    assert recompute_for_calendar(now=LATER) == 0
    assert kinds(uid) == before


def test_the_same_notice_changes_nothing_a_second_time(county, notice_of_2027):
    replying(county, now=MONDAY, reply_by="2027-01-01")
    notice_of_2027()

    assert [recompute_for_calendar(now=LATER) for _ in range(2)] == [2, 0]


def test_killed_in_the_middle_the_next_round_does_the_rest_and_nothing_twice(county, notice_of_2027, monkeypatch):
    uids = [replying(county, now=MONDAY, reply_by="2027-01-01") for _ in range(3)]
    notice_of_2027()
    monkeypatch.setattr(rounds, "BATCH", 2)
    follow_up, calls = engine_records.follow_up, []

    def killed_at_the_third(*given, **more):
        calls.append(given)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return follow_up(*given, **more)

    monkeypatch.setattr(engine_records, "follow_up", killed_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        recompute_for_calendar(now=LATER)

    assert recompute_for_calendar(now=LATER) == 4
    assert [kinds(uid).count("clock-recomputed") for uid in uids] == [1, 1, 1]
    assert stale() == 0


def test_what_moves_while_it_is_looked_at_waits_for_the_next_round(county, notice_of_2027, monkeypatch):
    uid = replying(county, now=EARLIER, reply_by="2026-11-20")
    notice_of_2027()
    recomputed, to_write = recomputing.recomputed, [uid]

    def while_somebody_writes(situation, calendar, *, on):
        if situation.uid in to_write:
            to_write.clear()
            annotate(uid, Note.REMARK, "已电话沟通。", by=county.by(HOUSING), now=LATER)
        return recomputed(situation, calendar, on=on)

    monkeypatch.setattr(recomputing, "recomputed", while_somebody_writes)
    recompute_for_calendar(now=LATER)

    assert stale() > 0
    assert (recompute_for_calendar(now=LATER), stale()) == (0, 0)


def test_nothing_lapses_by_a_day_that_a_notice_has_moved(county, notice_of_2027):
    uid = replying(county, now=EARLIER, reply_by="2026-12-02")
    assert standing(uid).situation.clocks["silent"].due_on.isoformat() == "2027-01-01"
    notice_of_2027()

    done = [lapse_one(uid, now=at(day)) for day in ("2027-01-02", "2027-01-03", "2027-01-04", "2027-01-05")]
    assert [one and one.record.kind for one in done] == ["clock-recomputed", None, None, "lapse"]


def test_a_notice_that_is_taken_back_moves_the_clock_back(county, holidays, notice_of_2027):
    notice_of_2027()
    uid = replying(county, now=MONDAY, reply_by="2027-01-01")
    (holidays / "2027.csv").unlink()
    recompute_for_calendar(now=LATER)

    assert due(uid) == ("2027-01-01", False)
    assert last(uid).basis == f"节假日安排变动（日历 {current_calendar().version}）"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("2027.csv", "date,kind,name\n2027-02-30,holiday,春节\n"),
        ("2027.csv", ""),
        ("holidays-2027.csv", NOTICE),
        ("2027.csv", "\udcff"),
    ],
)
def test_a_notice_that_cannot_be_read_changes_nothing_and_is_named_in_the_log(county, holidays, caplog, name, words):
    uid = replying(county, now=MONDAY, reply_by="2027-01-01")
    (holidays / name).write_text(words, encoding="utf-8", errors="surrogateescape")

    assert (recompute_for_calendar(now=LATER), stale()) == (0, 0)
    assert due(uid) == ("2027-01-01", False)
    assert f"节假日通知文件有误：{name}" in caplog.text
    reply(county, uid, now=LATER)
