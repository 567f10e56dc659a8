"""The gazetted calendar: what each notice says, what is provisional, what a new notice changes."""

from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import holidays as second_opinion
import pytest

from fuyuantong.clock.calendar import BadNotice, Calendar, days_changed, load_calendar, read_notice

# domain sheet §16, literally: holidays from..to (both included), worked weekend days
GAZETTED = {
    2023: (
        "01-01..01-02 01-21..01-27 04-05..04-05 04-29..05-03 06-22..06-24 09-29..10-06 12-30..12-31",
        "01-28 01-29 04-23 05-06 06-25 10-07 10-08",
    ),
    2024: (
        "01-01..01-01 02-10..02-17 04-04..04-06 05-01..05-05 06-10..06-10 09-15..09-17 10-01..10-07",
        "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    ),
    2025: (
        "01-01..01-01 01-28..02-04 04-04..04-06 05-01..05-05 05-31..06-02 10-01..10-08",
        "01-26 02-08 04-27 09-28 10-11",
    ),
    2026: (
        "01-01..01-03 02-15..02-23 04-04..04-06 05-01..05-05 06-19..06-21 09-25..09-27 10-01..10-07",
        "01-04 02-14 02-28 05-09 09-20 10-10",
    ),
}
HEADER = (
    "# notice: 国务院办公厅关于2027年部分节假日安排的通知\n# number: 试〔2026〕1号\n# checked: yes\ndate,kind,name\n"
)


def days_from(first: date, last: date) -> list[date]:
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]


def gazetted_holidays(year: int) -> list[date]:
    spans = (span.split("..") for span in GAZETTED[year][0].split())
    return [
        day
        for first, last in spans
        for day in days_from(date.fromisoformat(f"{year}-{first}"), date.fromisoformat(f"{year}-{last}"))
    ]


def notice_of_2027(folder: Path, rows: str) -> Path:
    file = folder / "2027.csv"
    file.write_text(HEADER + rows, encoding="utf-8")
    return file


@pytest.mark.parametrize("year", GAZETTED)
def test_the_holidays_are_those_of_the_notice(year: int, calendar: Calendar) -> None:
    assert sorted(day for day in calendar.holidays if day.year == year) == gazetted_holidays(year)


@pytest.mark.parametrize("year", GAZETTED)
def test_the_worked_weekend_days_are_those_of_the_notice(year: int, calendar: Calendar) -> None:
    worked = sorted(f"{day:%m-%d}" for day in calendar.working_weekends if day.year == year)

    assert worked == GAZETTED[year][1].split()


def test_every_year_from_2004_to_2026_has_its_notice(calendar: Calendar) -> None:
    assert sorted(calendar.years) == list(range(2004, 2027))


def test_the_notices_since_2018_were_read_and_are_named(calendar: Calendar) -> None:
    recent = [notice for notice in calendar.notices if notice.year >= 2018]

    assert all(notice.is_checked and notice.number.startswith("国办发明电〔") for notice in recent)
    assert (recent[-1].number, recent[-1].issued) == ("国办发明电〔2025〕7号", "2025-11-04")


def test_every_working_day_since_2018_is_one_for_the_holidays_package(calendar: Calendar) -> None:
    other = second_opinion.country_holidays("CN", years=range(2018, 2027))
    days = days_from(date(2018, 1, 1), date(2026, 12, 31))

    assert [day for day in days if calendar.is_working_day(day) != other.is_working_day(day)] == []


def test_every_working_day_since_2004_is_one_for_chinesecalendar_but_one(calendar: Calendar) -> None:
    days = days_from(date(2004, 1, 1), date(2026, 12, 31))

    # 国办发明电〔2005〕35号: 12月31日（星期六）上班; the package leaves it out
    assert [day for day in days if calendar.is_working_day(day) != chinese_calendar.is_workday(day)] == [
        date(2005, 12, 31)
    ]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 10, 1), "国庆节"),
        (date(2026, 10, 10), "国庆节调休上班"),
        (date(2026, 11, 21), "周末"),
        (date(2026, 11, 20), ""),
    ],
)
def test_an_unusual_day_has_a_name(day: date, name: str, calendar: Calendar) -> None:
    assert calendar.name_of(day) == name


@pytest.mark.parametrize("day", [date(1, 1, 1), date(2003, 12, 31), date(2027, 1, 1), date(9999, 12, 31)])
def test_a_year_without_notice_is_provisional_and_never_an_exception(day: date, calendar: Calendar) -> None:
    assert calendar.is_provisional(day)
    assert calendar.is_working_day(day) == (day.isoweekday() < 6)


def test_a_year_with_notice_is_not_provisional(calendar: Calendar) -> None:
    assert not calendar.is_provisional(date(2026, 12, 31))


def test_a_new_notice_ends_the_provisional_year(calendar: Calendar, tmp_path: Path) -> None:
    notice_of_2027(tmp_path, "2027-01-01,holiday,元旦\n")

    newer = load_calendar(tmp_path)

    assert not newer.is_provisional(date(2027, 1, 1))
    assert not newer.is_working_day(date(2027, 1, 1))
    assert newer.version != calendar.version


def test_a_new_notice_changes_every_day_of_its_year(calendar: Calendar, tmp_path: Path) -> None:
    notice_of_2027(tmp_path, "2027-01-01,holiday,元旦\n")

    assert days_changed(calendar, load_calendar(tmp_path)) == frozenset(days_from(date(2027, 1, 1), date(2027, 12, 31)))


def test_a_notice_taken_back_changes_the_same_days(calendar: Calendar, tmp_path: Path) -> None:
    notice_of_2027(tmp_path, "2027-01-01,holiday,元旦\n")
    newer = load_calendar(tmp_path)

    assert days_changed(newer, calendar) == days_changed(calendar, newer)


def test_a_new_notice_may_change_the_december_before(calendar: Calendar, tmp_path: Path) -> None:
    notice_of_2027(tmp_path, "2026-12-31,holiday,元旦\n2027-01-01,holiday,元旦\n")

    changed = days_changed(calendar, load_calendar(tmp_path))

    assert min(changed) == date(2026, 12, 31)
    assert len(changed) == 366


def test_a_corrected_notice_replaces_the_whole_year(calendar: Calendar, tmp_path: Path) -> None:
    corrected = (Path(__file__).parents[3] / "src/fuyuantong/clock/holidays/2026.csv").read_text(encoding="utf-8")
    corrected = corrected.replace("2026-10-10,working weekend,国庆节\n", "2026-10-08,holiday,国庆节\n")
    (tmp_path / "2026.csv").write_text(corrected, encoding="utf-8")

    assert days_changed(calendar, load_calendar(tmp_path)) == {date(2026, 10, 8), date(2026, 10, 10)}


def test_the_same_data_have_the_same_version(calendar: Calendar, tmp_path: Path) -> None:
    assert load_calendar(tmp_path) == calendar
    assert days_changed(calendar, load_calendar(tmp_path)) == frozenset()


def test_a_notice_saved_by_a_spreadsheet_is_read(tmp_path: Path) -> None:
    file = tmp_path / "2027.csv"
    file.write_bytes((HEADER.replace("\n", ",,\n") + "2027-01-01,holiday,元旦\r\n\r\n").encode("utf-8-sig"))
    file.write_text(file.read_text(encoding="utf-8").replace("date,kind,name,,", "date,kind,name"), encoding="utf-8")

    notice = read_notice(file)

    assert (notice.number, notice.is_checked, len(notice.days)) == ("试〔2026〕1号", True, 1)


def test_a_notice_without_a_title_is_named_by_its_year(tmp_path: Path) -> None:
    (tmp_path / "2027.csv").write_text("date,kind,name\n", encoding="utf-8")

    notice = read_notice(tmp_path / "2027.csv")

    assert (notice.title, notice.is_checked) == ("国务院办公厅 2027 年节假日安排通知", False)


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ("2027-02-30,holiday,春节\n", "第5行 date 列：“2027-02-30”不是日期"),
        ("2027/1/1,holiday,元旦\n", "第5行 date 列：“2027/1/1”不是日期"),
        ("2026-12-24,holiday,元旦\n", "第5行 date 列：2026-12-24 不属于 2027 年的通知"),
        ("2028-01-01,holiday,元旦\n", "第5行 date 列：2028-01-01 不属于 2027 年的通知"),
        ("2027-01-01,off,元旦\n", "第5行 kind 列：“off”应为 holiday 或 working weekend"),
        ("2027-01-04,working weekend,元旦\n", "第5行 kind 列：2027-01-04 不是周末"),
        ("2027-01-01,holiday\n", "第5行：应有 date、kind、name 三列"),
        ("2027-01-01,holiday,元旦\n2027-01-01,holiday,元旦\n", "第6行 date 列：2027-01-01 重复"),
    ],
)
def test_a_fault_in_a_notice_is_named_with_its_line(rows: str, fault: str, tmp_path: Path) -> None:
    with pytest.raises(BadNotice) as refused:
        read_notice(notice_of_2027(tmp_path, rows))

    assert fault in refused.value.detail


def test_every_fault_of_a_notice_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(BadNotice) as refused:
        read_notice(notice_of_2027(tmp_path, "x,holiday,元旦\n2027-01-01,holiday,元旦\ny,holiday,元旦\n"))

    assert "第5行" in refused.value.detail
    assert "第7行" in refused.value.detail


@pytest.mark.parametrize("text", ["", "# number: 1\n", "day,kind,name\n"])
def test_a_notice_without_its_columns_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "2027.csv").write_text(text, encoding="utf-8")

    with pytest.raises(BadNotice, match="首行应为 date,kind,name"):
        load_calendar(tmp_path)


@pytest.mark.parametrize("name", ["holidays.csv", "27.csv", "0000.csv", "2027 (1).csv"])
def test_a_notice_under_another_name_than_its_year_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(HEADER, encoding="utf-8")

    with pytest.raises(BadNotice, match="文件名应为年份"):
        load_calendar(tmp_path)


def test_a_notice_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "2027.csv").write_bytes((HEADER + "2027-01-01,holiday,元旦\n").encode("gbk"))

    with pytest.raises(BadNotice, match="不是 UTF-8 编码"):
        load_calendar(tmp_path)
