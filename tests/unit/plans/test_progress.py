"""How a due item stands, and why in one sentence."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from fuyuantong.plans.evidence import BY_HAND, Query, Source
from fuyuantong.plans.progress import Facts, Judgment, Progress, Tally, judge, worst

TWO = Query(source=Source.MATTERS, mechanism="conference", number=2)
IN_TIME = Query(source=Source.MATTERS, mechanism="conference", percent=90)
BESIDE = Query(source=Source.MATTERS, mechanism="conference", beside="出庭应诉率不低于90%")
HALF = Fraction(1, 2)
RETURNS = Query(source=Source.RETURNS, named="函告")
SECOND_QUARTER = Facts(
    query=TWO,
    what="联席会议",
    tally=Tally(),
    starts_on=date(2021, 4, 1),
    due_on=date(2021, 6, 30),
    today=date(2021, 4, 30),
)
PAST = replace(SECOND_QUARTER, today=date(2021, 7, 3))


def stands(facts: Facts) -> tuple[str, str]:
    found = judge(facts, margin=HALF)
    return found.progress.value, found.why


@pytest.mark.parametrize(
    ("facts", "progress", "why"),
    [
        (SECOND_QUARTER, "on-track", "“联席会议”0 件，要求 2 件，2021-06-30 到期。"),
        (
            replace(SECOND_QUARTER, today=date(2021, 5, 31)),
            "at-risk",
            "“联席会议”0 件，要求 2 件；时间已过 67%，完成 0%。",
        ),
        (
            replace(SECOND_QUARTER, today=date(2021, 6, 29), tally=Tally(found=1)),
            "on-track",
            "“联席会议”1 件，要求 2 件，2021-06-30 到期。",
        ),
        (replace(SECOND_QUARTER, tally=Tally(found=3)), "done", "“联席会议”3 件，要求 2 件，已达到要求。"),
        (replace(PAST, tally=Tally(found=1)), "overdue", "“联席会议”1 件，要求 2 件，已逾期 3 天。"),
        (replace(PAST, tally=Tally(found=2)), "done", "“联席会议”2 件，要求 2 件，已达到要求。"),
    ],
)
def test_a_number_of_matters_is_wanted(facts, progress, why):
    assert stands(facts) == (progress, why)


@pytest.mark.parametrize(
    ("tally", "today", "progress", "why"),
    [
        (Tally(), date(2021, 4, 30), "on-track", "没有到期的“联席会议”，2021-06-30 到期。"),
        (Tally(), date(2021, 7, 3), "done", "没有到期的“联席会议”，已达到要求。"),
        (
            Tally(fell_due=10, in_time=8),
            date(2021, 7, 3),
            "overdue",
            "到期的“联席会议”10 件，按期办结 8 件（80%），要求 90%，已逾期 3 天。",
        ),
        (
            Tally(fell_due=10, in_time=9),
            date(2021, 6, 30),
            "on-track",
            "到期的“联席会议”10 件，按期办结 9 件（90%），要求 90%，2021-06-30 到期。",
        ),
    ],
)
def test_a_share_in_time_is_wanted(tally, today, progress, why):
    assert stands(replace(SECOND_QUARTER, query=IN_TIME, tally=tally, today=today)) == (progress, why)


def test_a_share_of_nothing_is_always_reached():
    query = replace(IN_TIME, percent=0)

    assert judge(replace(PAST, query=query, tally=Tally(fell_due=1)), margin=HALF).progress is Progress.DONE


@pytest.mark.parametrize(
    ("today", "shown_on", "progress", "why"),
    [
        (
            date(2021, 4, 30),
            None,
            "on-track",
            "“联席会议”1 件，要求 1 件，已够；“出庭应诉率不低于90%”须人工核定。",
        ),
        (
            date(2021, 7, 3),
            None,
            "overdue",
            "“联席会议”1 件，要求 1 件，已够；“出庭应诉率不低于90%”须人工核定，已逾期 3 天。",
        ),
        (
            date(2021, 7, 3),
            date(2021, 6, 30),
            "on-track",
            "“联席会议”1 件，要求 1 件；“出庭应诉率不低于90%”已于 2021-06-30 举证，待领导小组办公室确认。",
        ),
    ],
)
def test_a_level_that_nothing_computes_is_left_to_people(today, shown_on, progress, why):
    facts = replace(SECOND_QUARTER, query=BESIDE, tally=Tally(found=1), today=today, shown_on=shown_on)

    assert stands(facts) == (progress, why)


@pytest.mark.parametrize(
    ("query", "today", "shown_on", "progress", "why"),
    [
        (BY_HAND, date(2021, 4, 30), None, "by-hand", "须由责任单位举证，2021-06-30 到期。"),
        (
            RETURNS,
            date(2021, 4, 30),
            None,
            "by-hand",
            "报送的材料（函告）尚不能自动计算，须由责任单位举证，2021-06-30 到期。",
        ),
        (BY_HAND, date(2021, 7, 3), None, "overdue", "尚未举证，已逾期 3 天。"),
        (BY_HAND, date(2021, 7, 3), date(2021, 7, 1), "on-track", "已于 2021-07-01 举证，待领导小组办公室确认。"),
    ],
)
def test_without_anything_to_count_evidence_is_shown_by_hand(query, today, shown_on, progress, why):
    facts = replace(SECOND_QUARTER, query=query, what="", today=today, shown_on=shown_on)

    assert stands(facts) == (progress, why)


@pytest.mark.parametrize(
    ("today", "progress", "why"),
    [
        (date(2021, 4, 30), "on-track", "“联席会议”2 件，要求 2 件，2021-06-30 到期。"),
        (
            date(2021, 7, 3),
            "overdue",
            "“联席会议”2 件，要求 2 件；长期任务应于 2021-06-30 前复核，尚未复核。",
        ),
    ],
)
def test_what_has_no_end_is_done_only_when_it_was_reviewed(today, progress, why):
    facts = replace(SECOND_QUARTER, tally=Tally(found=2), today=today, is_review=True)

    assert stands(facts) == (progress, why)


@pytest.mark.parametrize(
    ("is_confirmed", "why"),
    [(True, "2021-06-01 由领导小组办公室确认完成。"), (False, "2021-06-01 按办理情况认定完成。")],
)
def test_what_is_done_says_by_whom(is_confirmed, why):
    facts = replace(PAST, done_on=date(2021, 6, 1), is_confirmed=is_confirmed)

    assert stands(facts) == ("done", why)


def test_a_place_may_call_it_a_risk_earlier():
    assert judge(SECOND_QUARTER, margin=Fraction(1, 10)).progress is Progress.AT_RISK


def test_the_whole_stands_as_its_worst_part():
    late = Judgment(progress=Progress.OVERDUE, why="晚", share=Fraction(1, 2))
    later = Judgment(progress=Progress.OVERDUE, why="更晚")

    assert worst([Judgment(progress=Progress.DONE, why="好"), late, later]) is later
