"""A court feeds its register: looked at cell by cell, taken whole or not at all, corrected with a diff."""

from datetime import date
from io import BytesIO

import pytest
from django.db import DatabaseError, connection, transaction
from tests.builders import an_official, an_organ
from tests.suggestions import COURT, FORESTRY, HOUSING, OFFICE
from tests.unit.registers.conftest import HEAD, NOW, ONE, brought, seen_by, the_case

from fuyuantong.matters.models.outbox import Outbox
from fuyuantong.matters.services.actors import By
from fuyuantong.matters.services.setting import set_organs
from fuyuantong.matters.session import acting
from fuyuantong.refusal import Refusal
from fuyuantong.registers.cases.bulletins import IssueSpan, figures_of, quarter_of, sum_of
from fuyuantong.registers.cases.models.case import Appearance, CaseEvent, CourtCase, Defendant, Hearing
from fuyuantong.registers.cases.models.feed import FedRow, Feed
from fuyuantong.registers.cases.models.publication import Bulletin
from fuyuantong.registers.cases.services.feeding import (
    MOST_OPEN,
    bring_feed,
    confirm_feed,
    feed_statements,
    look_again,
    throw_away,
)
from fuyuantong.registers.cases.services.issuing import issue_bulletin
from fuyuantong.registers.cases.staging import counts_of, stated, unmapped

EACH = "送达日期,负责人出庭"

pytestmark = pytest.mark.django_db


@pytest.fixture
def other_court(county):
    return By(an_official(an_organ("410811-court", branch="court")), "410811-court")


@pytest.fixture(autouse=True)
def as_engine(county, other_court):
    """Read everything."""
    with acting():
        yield


def faults(feed):
    return [
        (row.row, fault["column"], fault["detail"]) for row in FedRow.objects.filter(feed=feed) for fault in row.faults
    ]


def test_a_case_is_taken_with_all_that_was_said_of_it(county, feed):
    fed = feed(ONE)
    case = the_case()

    assert (fed.rows, fed.taken, case.court, case.instance) == (1, 1, "河南省温县人民法院", "一审")
    assert list(Defendant.objects.values_list("name", "organ__code", "answered_on__day").order_by("place")) == [
        ("住建局", HOUSING, 16),
        ("林业局", "410825-forestry", None),
    ]
    assert list(Hearing.objects.values_list("heard_on__month", flat=True).order_by("heard_on")) == [4, 5]
    assert list(Appearance.objects.values_list("heard_on__month", "place", "finding").order_by("place")) == [
        (5, 1, "appeared"),
        (5, 2, "absent"),
    ]
    event = CaseEvent.objects.get(case=case)
    assert (event.kind, event.source, event.source_row, event.organ.code) == ("entered", "案件.csv", 2, COURT)
    assert len(event.source_digest) == 64


def test_nothing_is_taken_before_it_is_confirmed_nor_when_thrown_away(county):
    found = brought(county, ONE)

    assert counts_of(found.pk) == {"new": 1, "reopens": 0, "contradicts": 0}
    throw_away(found, by=county.by(COURT), now=NOW)
    assert (CourtCase.objects.count(), Feed.objects.count(), FedRow.objects.count()) == (0, 0, 0)


def test_the_same_file_again_changes_nothing(county, feed):
    feed(ONE)
    again = feed(ONE)

    assert (again.taken, CourtCase.objects.count(), CaseEvent.objects.count()) == (0, 1, 1)


def test_a_name_that_nobody_bears_is_kept_as_it_is(county, feed):
    found = brought(county, ONE.replace("林业局", "邻县林业局"))

    assert unmapped(found.pk, keeper=county.organs[COURT].pk, most=9) == ["邻县林业局"]
    confirm_feed(found, by=county.by(COURT), now=NOW)
    assert Defendant.objects.get(place=2).organ is None


def test_a_correction_says_only_what_changes_and_keeps_before_and_after(county, feed):
    feed(ONE)
    feed(
        "(2026)豫0825行初1号,林业局,行政许可,2026-06-01,J01,2026-03-05,出庭,2026-03-16",
        head=f"案号,被告,案由,结案日期,结案方式,{EACH},答辩日期",
    )
    case, event = the_case(), CaseEvent.objects.get(seq=2)

    assert (case.cause, case.outcome, case.filed_on.isoformat(), case.seq) == ("行政许可", "J01", "2026-03-02", 2)
    assert event.kind == "corrected"
    assert event.changes["cause"] == ["行政处罚", "行政许可"]
    assert event.changes["outcome"] == [None, "J01"]
    assert "filed_on" not in event.changes
    assert Defendant.objects.get().organ.code == "410825-forestry"


def test_a_case_is_not_reopened_by_the_way(county, feed):
    feed(ONE.replace("未出庭,,,", "未出庭,2026-06-01,J01,"))
    back = ("（2026）豫0825行初1号,清除,清除",)
    head = "案号,结案日期,结案方式"

    assert (feed(*back, head=head).taken, the_case().outcome) == (0, "J01")
    assert feed(*back, head=head, reopen=True).taken == 1
    assert (the_case().decided_on, CaseEvent.objects.get(seq=2).kind) == (None, "reopened")


def test_a_case_that_goes_on_elsewhere_says_so(county, feed):
    feed(ONE)
    feed("（2026）豫0825行初1号,移送,（2026）豫0811行初9号", head="案号,去向,去向案号")

    assert (the_case().passed_key, CaseEvent.objects.get(seq=2).kind) == ("（2026）豫0811行初9号", "transferred")


def test_every_fault_is_told_by_row_and_column_and_nothing_is_taken(county):
    wrong = (
        "豫0825行初2号,住建局,,,,,,,,,,,,,",
        "（2026）豫0825行初3号,住建局,,,2026-3月,,,,,,胜诉,,,,",
        "（2026）豫0825行初4号,住建局；林业局,,,2026-03-02,2026-02-01；2026-03-01；2026-03-01,,,出庭,2026-01-01,,2025-01-01,（2026）豫0825行初4号,,（2026）豫08行终1号",
        "（2026）豫0825行初4号,,,,2027-01-01,,,,,,J01,,,并案,",
        "（2027）豫0825民初4号,住建局,,,,,,,,,,,,,",
        "（2026）豫0825行初5号之一,清除,,,,2026-12-01,2026-03-02；2026-03-02,2026-01-01,出庭／出庭；出庭；出庭,2026-12-31,J01,,,上调,",
    )  # fmt: skip
    found = brought(county, *wrong)

    assert {(row, column) for row, column, _ in faults(found)} == {
        (2, "number"), (3, "filed_on"), (3, "outcome"),
        (4, "served"), (4, "heads"), (4, "decided_on"), (4, "outcome"), (4, "effective_on"), (4, "below"), (4, "passed"),
        (5, "number"), (5, "defendants"), (5, "filed_on"), (5, "decided_on"), (5, "passed_to"),
        (6, "number"), (7, "number"), (7, "defendants"), (7, "served"), (7, "passed"), (7, "answered"), (7, "heads"),
        (7, "decided_on"),
    }  # fmt: skip
    with pytest.raises(Refusal, match="6 行有误"):
        confirm_feed(found, by=county.by(COURT), now=NOW)


def test_the_rows_without_fault_can_be_taken_alone(feed):
    assert feed(ONE, "豫0825行初2号,住建局" + "," * 13, good_only=True).taken == 1
    assert FedRow.objects.get().verdict == "faulty"


def test_only_a_court_feeds_and_only_the_keeper_corrects(county, feed, other_court):
    feed(ONE)
    with pytest.raises(Refusal, match="由人民法院登记"):
        brought(county, ONE, by=county.by(HOUSING))

    assert faults(brought(county, ONE, by=other_court))[0][2] == "由另一法院登记，只能由该法院更正"


def test_what_went_on_since_the_look_must_be_looked_at_again(county, feed):
    waiting = brought(county, ONE.replace("行政处罚", "行政许可"))
    feed(ONE)
    by = county.by(COURT)
    with pytest.raises(Refusal, match="核对之后"):
        confirm_feed(waiting, by=by, now=NOW)
    look_again(waiting, by=by, now=NOW)

    assert counts_of(waiting.pk)["changed"] == 1
    assert confirm_feed(waiting, by=by, now=NOW).taken == 1
    with pytest.raises(Refusal, match="已于"):
        throw_away(waiting, by=by, now=NOW)
    with pytest.raises(Refusal, match="可能已经放弃"):
        throw_away(Feed(), by=by, now=NOW)


def test_a_statement_can_be_fed_without_a_file(county):
    row = stated(1, {"number": "（2026）豫0825行初1号", "defendants": ["住建局"]}, [], today=NOW.date())
    found = feed_statements([row], "登记", by=county.by(COURT), now=NOW)

    assert confirm_feed(found, by=county.by(COURT), now=NOW).taken == 1


@pytest.mark.parametrize(("rows", "said"), [((HEAD,), "没有内容"), (("被告,原告", "住建局,甲某"), "没有“案号”这一列")])
def test_a_file_without_cases_is_refused(county, rows, said):
    with pytest.raises(Refusal, match=said):
        brought(county, *rows[1:], head=rows[0])


def test_a_court_does_not_leave_files_lying(county):
    for _ in range(MOST_OPEN):
        brought(county, ONE)
    with pytest.raises(Refusal, match="20 个待导入"):
        brought(county, ONE)


def test_what_was_said_stays(county, feed):
    feed(ONE)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE case_event SET kind = 'x'")


def test_an_old_number_is_kept_as_it_was_written(feed):
    feed("(2013)温行初字第12号,住建局" + "," * 13)
    case = CourtCase.objects.get()

    assert (case.number, case.number_key, case.is_old) == ("(2013)温行初字第12号", "（2013）温行初字第12号", True)


def test_a_file_that_breaks_off_leaves_nothing(county):
    broken = f"{HEAD}\n{ONE}\n".encode() + b"\xff\xff\xff\n"
    with pytest.raises(Refusal, match="编码"):
        bring_feed(BytesIO(broken), "案件.csv", by=county.by(COURT), now=NOW)

    assert (Feed.objects.count(), FedRow.objects.count()) == (0, 0)


def test_a_quarter_is_told_organ_by_organ_and_frozen_when_it_is_issued(county, feed):
    feed(
        ONE,
        "（2026）豫0825行初2号,住建局,丙某,处罚,2026-04-01,,,2026-06-30,正职出庭,,,,,,",
        "（2026）豫0825行初3号,邻县某局,丁某,处罚,2026-04-01,,,2026-06-29；2026-07-01,有正当理由未出庭／出庭,,,,,,",
    )
    by, quarter = county.by(COURT), IssueSpan(2026, 2)
    ground = {
        "region_code": "410825",
        "basis": "方案",
        "valid_from": NOW.date(),
        "by": county.people[COURT],
        "now": NOW,
    }
    set_organs("appearance-copies", [OFFICE], **ground)
    issued = issue_bulletin(quarter, by=by, now=NOW)

    assert [
        (row["name"], row["cases"], row["attended"], row["hearings"], row["excused"]) for row in issued.figures
    ] == [
        ("住建局", 2, 2, 3, 0),
        ("林业局", 1, 0, 2, 0),
        ("邻县某局", 1, 0, 1, 1),
    ]
    total = sum_of(figures_of(quarter, keeper=county.organs[COURT].pk))
    assert (total.cases, total.attended, total.rate, total.absent, total.unsaid) == (4, 2, "50.0%", 1, 2)
    with pytest.raises(Refusal, match="与已发布的相同"):
        issue_bulletin(quarter, by=by, now=NOW)
    feed("（2026）豫0825行初1号,出庭；出庭", head="案号,负责人出庭")
    assert issue_bulletin(quarter, by=by, now=NOW).edition == 2
    assert Bulletin.objects.get(edition=1).figures == issued.figures
    first, second = Outbox.objects.filter(target="appearance-bulletin").order_by("pk")
    assert (first.body["copies"], first.body["text"]) == (
        sorted((FORESTRY, HOUSING, OFFICE)),
        "2026 年第二季度负责人出庭应诉情况通报",
    )
    assert second.body["text"].endswith("（第 2 版）")
    assert seen_by(county, OFFICE, lambda reader: Bulletin.objects.count()) == 2


@pytest.mark.parametrize(
    ("quarter", "said"), [(IssueSpan(2026, 4), "还没有结束"), (IssueSpan(2026, 1), "没有登记开庭")]
)
def test_there_is_nothing_to_issue(county, quarter, said):
    with pytest.raises(Refusal, match=said):
        issue_bulletin(quarter, by=county.by(COURT), now=NOW)


def test_a_quarter_has_its_days():
    quarter = quarter_of(date(2026, 11, 22))

    assert (str(quarter), quarter.first, quarter.last) == ("2026 年第四季度", date(2026, 10, 1), date(2026, 12, 31))
    assert (IssueSpan(2026, 2).last, sum_of([]).rate) == (date(2026, 6, 30), "")
