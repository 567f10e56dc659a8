"""Who sees which case, how lists are narrowed, what belongs together, and how long a defendant has to answer."""

from datetime import date

import pytest
from tests.suggestions import COURT, FORESTRY, GOVERNMENT, HOUSING, OFFICE, act, at, drafted
from tests.unit.registers.conftest import NOW, ONE, seen_by

from fuyuantong.clock.calendar import load_calendar
from fuyuantong.docket.appearances import Finding
from fuyuantong.docket.causes import CAUSES
from fuyuantong.matters.services.setting import set_organs
from fuyuantong.matters.session import session_settings
from fuyuantong.matters.sight import reading_as
from fuyuantong.refusal import Refusal
from fuyuantong.registers.cases.answer_clock import answer_clock, last_served_overdue
from fuyuantong.registers.cases.listing import CaseFilters, CasePlace, _rows, cases, count
from fuyuantong.registers.cases.models.case import CaseEvent, CourtCase, Defendant
from fuyuantong.registers.cases.queries import case_by_id, chain_of, matters_naming
from fuyuantong.registers.cases.sight import reading_cases

DB = pytest.mark.django_db
TWO = "（2026）豫0825行初2号,住建局,丙某,政府信息公开,2026-04-02,,,,,2026-06-02,J02,,,,"
THREE = "（2026）豫08行终3号,住建局,丙某,政府信息公开,2026-08-02,,,,,,,,（2026）豫0825行初2号,,"
CALENDAR = load_calendar()


def numbers(reader, **filters):
    return [row.number for row in cases(reader, CaseFilters(**filters)).rows]


@DB
def test_a_court_sees_what_it_keeps_and_a_bureau_its_own_cases(county, feed):
    feed(ONE, TWO, THREE)

    assert len(seen_by(county, COURT, numbers)) == 3
    assert seen_by(county, HOUSING, numbers) == [
        "（2026）豫08行终3号",
        "（2026）豫0825行初2号",
        "（2026）豫0825行初1号",
    ]
    assert seen_by(county, FORESTRY, numbers) == ["（2026）豫0825行初1号"]
    assert len(seen_by(county, GOVERNMENT, numbers)) == 3
    assert len(seen_by(county, OFFICE, numbers)) == 0


@DB
def test_the_second_wall_says_the_same_to_whoever_forgets_the_first(county, feed):
    feed(ONE, TWO)

    def everything(reader):
        return [table.objects.count() for table in (CourtCase, Defendant, CaseEvent)]

    assert seen_by(county, COURT, everything) == [2, 3, 2]
    assert seen_by(county, FORESTRY, everything) == [1, 2, 1]
    assert [table.objects.count() for table in (CourtCase, Defendant, CaseEvent)] == [0, 0, 0]


@DB
def test_who_guides_appearances_sees_as_the_office_of_the_region_does(county, feed):
    since = date(2026, 1, 1)
    set_organs(
        "appearance-guidance",
        [OFFICE],
        region_code="410825",
        basis="方案",
        valid_from=since,
        by=county.people[OFFICE],
        now=NOW,
    )
    feed(ONE)

    assert seen_by(county, OFFICE, numbers) == ["（2026）豫0825行初1号"]
    assert seen_by(county, FORESTRY, numbers, now=at("2026-11-23")) == ["（2026）豫0825行初1号"]
    with reading_as(None, at=NOW) as nobody, reading_cases(nobody) as extended:
        assert numbers(extended) == []


@DB
@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"text": ("丙某", "信息")}, [3, 2]),
        ({"number": "（2026）豫0825行初2号"}, [2]),
        ({"number": "（2026）豫0825行初9号"}, []),
        ({"court": "焦作"}, [3]),
        ({"cause": "处罚"}, [1]),
        ({"outcome": "J02"}, [2]),
        ({"year": 2025}, []),
        ({"state": "open"}, [3, 1]),
        ({"state": "decided"}, [2]),
        ({"answer": "unknown"}, [3]),
        ({"answer": "overdue", "overdue_from": date(2026, 11, 1)}, [1]),
        ({"answer": "running", "overdue_from": date(2026, 11, 1)}, []),
    ],
)
def test_a_list_is_narrowed(county, feed, filters, found):
    feed(ONE, TWO, THREE)

    assert [int(number[-2]) for number in seen_by(county, COURT, lambda reader: numbers(reader, **filters))] == found
    assert seen_by(county, COURT, lambda reader: count(reader, CaseFilters(**filters))) == len(found)


@DB
def test_a_list_is_narrowed_to_one_organ_and_turned_page_by_page(county, feed):
    feed(ONE, TWO, THREE)
    housing = CaseFilters(defendant=county.organs[HOUSING].pk)

    def turned(reader):
        first = cases(reader, housing, size=1)
        second = cases(reader, housing, size=1, after=first.after)
        third = cases(reader, CaseFilters(), size=1, after=second.after)
        back = cases(reader, CaseFilters(), size=1, after=third.before)
        start = cases(reader, CaseFilters(), size=1, after=back.before)
        beyond = cases(reader, housing, after=CasePlace(date(2000, 1, 1), 0))
        pages = (first, second, third, back, start)
        return [int(page.rows[0].number[-2]) for page in pages], third.after, start.before, beyond.rows

    assert seen_by(county, COURT, turned) == ([3, 2, 1, 2, 3], None, None, ())
    assert seen_by(county, HOUSING, lambda reader: count(reader, housing)) == 3
    with reading_as(None, at=NOW) as nobody:
        assert (count(nobody, CaseFilters()), cases(nobody, CaseFilters()).rows) == (0, ())


@DB
def test_a_list_that_takes_too_long_says_so():
    with pytest.raises(Refusal, match="查询超过 3 秒"), session_settings({"statement_timeout": "1ms"}):
        _rows("SELECT pg_sleep(9)", {})


@DB
def test_a_dispute_is_followed_through_its_instances(county, feed):
    feed(TWO, THREE)
    feed("（2026）豫08行终3号,重新编号,（2026）豫08行终30号", head="案号,去向,去向案号")
    feed("（2026）豫08行终30号,住建局" + "," * 13)

    def chained(reader):
        whole = case_by_id(cases(reader, CaseFilters(outcome="J02")).rows[0].id)
        return [case.number for case in chain_of(whole.case)], whole.events[0].kind

    chain, kind = seen_by(county, COURT, chained)
    assert sorted(chain) == ["（2026）豫0825行初2号", "（2026）豫08行终30号", "（2026）豫08行终3号"]
    assert kind == "entered"
    with pytest.raises(Refusal, match="无权查看"):
        seen_by(
            county,
            FORESTRY,
            lambda reader: case_by_id(cases(reader, CaseFilters()).rows[0].id if numbers(reader) else 0),
        )


@DB
def test_the_matters_that_name_a_case_are_found(county):
    uid = drafted(county, now=NOW)
    letter = {
        "cause": "见(2026) 豫0825行初2号",
        "kind": "综合治理",
        "problems": [{"problem": "甲", "suggestion": "乙"}],
    }
    more = {"title": "规范", "copied": [], "touches_supervision": False, "contact": "研究室"}
    act(county, uid, "issue", now=NOW, receiver_organs=[HOUSING], reply_by="2026-12-30", **letter, **more)
    with reading_as(county.people[COURT], at=at("2026-11-23")) as reader:
        found = {
            number: len(matters_naming(reader, [number]))
            for number in ("（2026）豫0825行初2号", "（2025）豫0825行初2号")
        }

    assert found == {"（2026）豫0825行初2号": 1, "（2025）豫0825行初2号": 0}


# the time to answer: literals reckoned by hand with the holiday notices of 2026


@pytest.mark.parametrize(
    ("instance", "served", "answered", "is_open", "standing", "due"),
    [
        ("一审", date(2026, 3, 5), None, True, "已逾期未答辩", date(2026, 3, 20)),
        ("一审", date(2026, 9, 18), date(2026, 10, 8), True, "按期答辩", date(2026, 10, 8)),
        ("一审", date(2026, 9, 18), date(2026, 10, 9), False, "逾期答辩", date(2026, 10, 8)),
        ("二审", date(2026, 11, 10), None, True, "期限内", date(2026, 11, 25)),
        ("一审", None, None, True, "未起算", None),
        ("再审", date(2026, 3, 5), None, True, "不适用", None),
        ("一审", date(2026, 3, 5), None, False, "未载明是否答辩", date(2026, 3, 20)),
        ("一审", None, None, False, "未载明是否答辩", None),
        ("一审", date(2016, 3, 5), None, True, "不适用", None),
    ],
)
def test_the_time_to_answer_runs_from_service_and_is_never_guessed(instance, served, answered, is_open, standing, due):
    found = answer_clock(
        instance, served_on=served, answered_on=answered, is_open=is_open, today=date(2026, 11, 22), calendar=CALENDAR
    )

    assert (found.standing.word, found.proof.due_on if found.proof else None) == (standing, due)


def test_the_last_day_of_service_that_is_over_is_found():
    assert last_served_overdue(date(2026, 11, 22), CALENDAR) == date(2026, 11, 5)


def test_findings_say_what_counts_as_having_appeared():
    assert [finding.word for finding in Finding if finding.is_attendance] == ["出庭", "正职出庭"]
    assert "政府信息公开" in CAUSES
