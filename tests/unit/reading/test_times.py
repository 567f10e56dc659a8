"""Numbers, days, cycles and terms as documents print them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuyuantong.reading.dates import dates_in
from fuyuantong.reading.dues import due_in, due_of_label, dues_in
from fuyuantong.reading.folding import fold
from fuyuantong.reading.numerals import in_chinese, number_of
from fuyuantong.reading.values import Due, DueType, Period, Span, Within

ISSUED = date(2024, 3, 1)


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("12", 12),
        ("十", 10),
        ("二十一", 21),
        ("一百零五", 105),
        ("二〇二一", 2021),
        ("③", 3),
        ("2〇", 20),
        ("x", None),
        ("甲", None),
        ("两", 2),
    ],
)
def test_a_numeral_is_a_number(said: str, number: int | None) -> None:
    assert number_of(said) == number


@given(st.integers(1, 99))
def test_a_number_in_chinese_comes_back(number: int) -> None:
    assert number_of(in_chinese(number)) == number


@given(st.text())
def test_folding_moves_no_character(text: str) -> None:
    assert len(fold(text)) == len(text)


def days(said: str) -> list[str]:
    return [str(found.on) for found in dates_in(fold(said), year=2024, month=3)]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2021年4月30日", "2021-04-30"), ("二〇二一年四月三十日", "2021-04-30"), ("２０２１年４月３０日", "2021-04-30"),
        ("4月30日", "2024-04-30"), ("6月底", "2024-06-30"), ("2月份", "2024-02-29"), ("5月中旬", "2024-05-20"), ("5月上旬", "2024-05-10"),
        ("2025年底", "2025-12-31"), ("2023年年底", "2023-12-31"), ("年底", "2024-12-31"), ("今年底", "2024-12-31"), ("明年6月底", "2025-06-30"),
        ("三季度末", "2024-09-30"), ("2025年第一季度", "2025-03-31"), ("2025年上半年", "2025-06-30"), ("下半年", "2024-12-31"),
        ("本月底", "2024-03-31"), ("2021-04-30", "2021-04-30"), ("2021.4.30", "2021-04-30"), ("2021/4/30", "2021-04-30"),
        ("“十四五”末", "2025-12-31"), ("全年", "2024-12-31"),
    ],
)  # fmt: skip
def test_a_day_is_read(said: str, day: str) -> None:
    assert days(said) == [day]


@pytest.mark.parametrize("said", ["13月底", "2月30日", "2021-13-40", "9999年12月1日"])
def test_a_day_that_does_not_exist_is_none(said: str) -> None:
    assert days(said) == []


def test_without_a_year_of_the_document_half_a_date_is_none() -> None:
    assert [*dates_in("6月底", year=None), *dates_in("明年底", year=None), *dates_in("本月底", year=None)] == []


def label(said: str) -> list[Due]:
    return list(due_of_label(fold(said), Span(0, len(said)), issued_on=ISSUED))


def told(due: Due) -> tuple[str, object, int | None]:
    return due.type.value, (due.on and str(due.on)) or (due.period and due.period.value), due.times


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2024年4月30日前", [("date", "2024-04-30", None)]),
        ("长期坚持", [("long_term", None, None)]),
        ("持续推进", [("long_term", None, None)]),
        ("每季度定期开展", [("period", "quarter", None)]),
        ("定期开展", [("period", None, None)]),
        ("每年至少一次", [("period", "year", 1)]),
        ("6月底前出台，12月底前完成", [("date", "2024-06-30", None), ("date", "2024-12-31", None)]),
        ("2024年6月底前出台，每半年通报一次", [("date", "2024-06-30", None), ("period", "half_year", 1)]),
        ("2024年6月底前完成并长期坚持", [("date", "2024-06-30", None)]),
        ("2024年6月底前完成并定期通报", [("date", "2024-06-30", None)]),
        ("2024年3月至6月", [("date", "2024-06-30", None)]),
        ("2023—2025年", [("date", "2025-12-31", None)]),
        ("即行即办", [("none", None, None)]),
        ("全年", [("date", "2024-12-31", None)]),
    ],
)
def test_a_time_limit_line_is_read(said: str, expected: list[tuple[str, object, int | None]]) -> None:
    assert [told(due) for due in label(said)] == expected


@pytest.mark.parametrize(
    ("said", "period", "times"),
    [
        ("法院每季度通报", Period.QUARTER, None), ("每半年至少召开两次会议", Period.HALF_YEAR, 2), ("每两年评估一次", Period.TWO_YEARS, 1),
        ("原则上一年召开一次", Period.YEAR, None), ("按月报送", Period.MONTH, None), ("实行月通报制度", Period.MONTH, None),
        ("每周调度", Period.WEEK, None), ("逐月汇总", Period.MONTH, None), ("每日报送", Period.DAY, None), ("每两个月会商", Period.TWO_MONTHS, None),
        ("每旬报送", Period.TEN_DAYS, None),
    ],
)  # fmt: skip
def test_a_cycle_is_read(said: str, period: Period, times: int | None) -> None:
    due = due_in(said, Span(0, len(said)), issued_on=ISSUED)

    assert (due.type, due.period) == (DueType.PERIOD, period)
    assert due.times == times or said.startswith("原则上")


def test_a_window_of_a_cycle_is_kept() -> None:
    said = "每年第一季度前将白皮书抄送市政府"

    due = due_in(said, Span(0, len(said)), issued_on=ISSUED)

    assert (due.period, due.window, due.raw) == (Period.YEAR, "第一季度前", "每年第一季度前")


def test_a_cycle_with_a_day_in_it_is_one_due() -> None:
    said = "每年12月底前报送总结"

    assert [due.type for due in dues_in(said, Span(0, len(said)), issued_on=ISSUED)] == [DueType.PERIOD]


@pytest.mark.parametrize(
    ("said", "within"),
    [
        ("应当自收到申请之日起7日内答复", Within(7, "days", "收到申请")),
        ("在收到通知后三个工作日内反馈", Within(3, "working_days", "收到通知")),
        ("应当在二十四小时内通知法院", Within(24, "hours", "")),
    ],
)
def test_a_term_that_runs_from_an_event_is_kept(said: str, within: Within) -> None:
    assert due_in(said, Span(0, len(said)), issued_on=ISSUED).within == within


@pytest.mark.parametrize(
    "said",
    ["自2021年1月1日起施行", "2021年以来败诉率下降", "贯彻《纲要（2015—2020年）》", "近三年内的案件", "从2021年底起"],
)
def test_a_day_that_is_no_deadline_is_none(said: str) -> None:
    assert due_in(fold(said), Span(0, len(said)), issued_on=ISSUED).type is DueType.NONE


@pytest.mark.parametrize(
    ("said", "raw"), [("应当及时通报", "及时"), ("根据工作需要召开", "根据工作需要"), ("建立台账", "")]
)
def test_loose_words_are_kept_as_they_stand(said: str, raw: str) -> None:
    assert due_in(said, Span(0, len(said)), issued_on=ISSUED).raw == raw


def test_up_to_a_year_is_its_last_day() -> None:
    said = "到2025年，出庭率达到100%"

    assert due_in(said, Span(0, len(said)), issued_on=ISSUED).on == date(2025, 12, 31)
