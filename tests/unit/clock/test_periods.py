"""The periods of law: every row of Appendix B, its validity, and what short periods mean by statute."""

from datetime import date

import pytest

from fuyuantong.clock.periods import (
    Period,
    PeriodNotInForce,
    UnknownPeriod,
    UnreadableWording,
    all_periods,
    find_period,
    term_in_words,
)
from fuyuantong.clock.rule import Source
from fuyuantong.clock.terms import Term, Unit

PREFIXES = {
    "XS": 21, "JY": 3, "JC": 5, "FS": 10, "FY": 12, "TJ": 6, "ZX": 9, "XF": 8, "SJ": 6, "FA": 3, "XX": 8, "TZ": 1,
    "PC": 3, "GK": 1,
}  # fmt: skip
TODAY = date(2026, 11, 22)


def test_every_row_of_the_catalogue_is_in_force_today() -> None:
    keys = [f"{prefix}-{number:02d}" for prefix, count in PREFIXES.items() for number in range(1, count + 1)]

    assert [find_period(key, on=TODAY).key for key in keys] == keys
    assert {period.key for period in all_periods()} == set(keys)


@pytest.mark.parametrize(
    ("key", "term", "basis", "is_verified"),
    [
        ("JY-01", Term(2, Unit.MONTHS), "法释〔2023〕11号第8条（一般不超过）", True),
        ("XS-01", Term(15, Unit.DAYS), "行政诉讼法第67条、第34条", True),
        ("XS-08", Term(-3, Unit.DAYS), "行诉解释第71条", True),
        ("FS-01", Term(10, Unit.WORKING_DAYS), "行政强制法第54条、第69条", True),
        ("FY-11", Term(-5, Unit.WORKING_DAYS), "行政复议法第51条、第88条", True),
        ("TJ-01", Term(30, Unit.DAYS), "特邀调解规定第27条、在线调解规则第24条", True),
        ("SJ-05", Term(48, Unit.HOURS), "社区矫正法第47条", True),
        ("ZX-07", Term(3, Unit.WORKING_DAYS), "法释〔2017〕7号", False),
        ("ZX-03", Term(3, Unit.YEARS), "民诉解释第485条", True),
        ("XX-06", Term(3, Unit.WORKING_DAYS), "行刑反向衔接指引", True),
    ],
)
def test_a_period_says_its_length_and_article(key: str, term: Term, basis: str, is_verified: bool) -> None:
    period = find_period(key, on=TODAY)

    assert (period.term, period.basis, period.is_verified) == (term, basis, is_verified)


def test_the_day_of_the_start_chooses_between_old_and_new_law() -> None:
    assert find_period("FY-06", on=date(2023, 12, 31)).term == Term(10, Unit.DAYS)
    assert find_period("FY-06", on=date(2024, 1, 1)).term == Term(10, Unit.WORKING_DAYS)


def test_a_period_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UnknownPeriod, match="JY-99"):
        find_period("JY-99", on=TODAY)


def test_a_period_not_yet_in_force_is_refused_with_its_days() -> None:
    with pytest.raises(PeriodNotInForce, match="自2023-11-16起施行，起算日为2023-11-15"):
        find_period("JY-01", on=date(2023, 11, 15))


def test_a_period_that_never_covered_the_day_names_every_validity() -> None:
    with pytest.raises(PeriodNotInForce, match="2018-01-01至2023-12-31、2024-01-01起"):
        find_period("FY-02", on=date(2017, 6, 1))


def test_no_two_rows_of_a_period_are_in_force_at_once() -> None:
    rows = [(period.key, period.validity.first, period.validity.last or date.max) for period in all_periods()]

    clashes = [(a, b) for a in rows for b in rows if a[0] == b[0] and a[1] < b[1] <= a[2]]
    assert clashes == []
    assert len({(key, first) for key, first, _ in rows}) == len(rows)


@pytest.mark.parametrize("period", all_periods(), ids=lambda period: f"{period.key} {period.validity}")
def test_a_period_is_what_its_wording_means_in_its_statute(period: Period) -> None:
    assert term_in_words(period.wording, statute=period.statute, on=period.validity.first) == period.term


@pytest.mark.parametrize(
    ("statute", "wording", "on", "term"),
    [
        ("行政处罚法", "7日", TODAY, Term(7, Unit.WORKING_DAYS)),
        ("行政处罚法", "10日", TODAY, Term(10, Unit.DAYS)),
        ("行政处罚法", "7日", date(2021, 7, 14), Term(7, Unit.DAYS)),
        ("行政强制法", "10日", TODAY, Term(10, Unit.WORKING_DAYS)),
        ("行政强制法", "3日内", TODAY, Term(3, Unit.WORKING_DAYS)),
        ("行政强制法", "15日", TODAY, Term(15, Unit.DAYS)),
        ("行政强制法", "30日", TODAY, Term(30, Unit.DAYS)),
        ("行政复议法", "10日", TODAY, Term(10, Unit.WORKING_DAYS)),
        ("行政复议法", "10日", date(2023, 6, 1), Term(10, Unit.DAYS)),
        ("行政复议法", "7日", date(2023, 6, 1), Term(7, Unit.WORKING_DAYS)),
        ("行政复议法", "15日", TODAY, Term(15, Unit.DAYS)),
        ("行政复议法", "5日前", TODAY, Term(-5, Unit.WORKING_DAYS)),
        ("行政许可法", "20日", TODAY, Term(20, Unit.WORKING_DAYS)),
        ("行政许可法", "45日", TODAY, Term(45, Unit.WORKING_DAYS)),
        ("行政诉讼法", "5日", TODAY, Term(5, Unit.DAYS)),
        ("法律援助法", "3日", TODAY, Term(3, Unit.DAYS)),
        ("信访工作条例", "5个工作日", TODAY, Term(5, Unit.WORKING_DAYS)),
        ("行政强制法", "3个月", TODAY, Term(3, Unit.MONTHS)),
        ("民事诉讼法", "2年", TODAY, Term(2, Unit.YEARS)),
        ("社区矫正法", "48小时", TODAY, Term(48, Unit.HOURS)),
    ],
)
def test_short_periods_mean_what_the_statute_says(statute: str, wording: str, on: date, term: Term) -> None:
    assert term_in_words(wording, statute=statute, on=on) == term


@pytest.mark.parametrize("wording", ["", "日", "十日", "15", "15 日", "2周", "-3日"])
def test_words_that_are_no_length_are_refused(wording: str) -> None:
    with pytest.raises(UnreadableWording):
        term_in_words(wording, statute="行政诉讼法", on=TODAY)


def test_a_period_becomes_a_rule_of_law() -> None:
    rule = find_period("JY-01", on=TODAY).as_rule()

    assert (rule.key, rule.source, rule.term) == ("JY-01", Source.LAW, Term(2, Unit.MONTHS))


def test_a_period_becomes_a_ceiling() -> None:
    ceiling = find_period("JY-01", on=TODAY).as_ceiling()

    assert (ceiling.key, ceiling.term) == ("JY-01", Term(2, Unit.MONTHS))
