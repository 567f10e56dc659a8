"""Case numbers are read by the grammar of the courts and spelled in one form."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuyuantong.docket.courts import all_courts, court_of
from fuyuantong.docket.numbers import PROVINCES, BadCaseNumber, CaseNumber, OldCaseNumber, case_types, read_case_number
from fuyuantong.docket.outcomes import default_losses, outcomes, outcomes_by_words


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("（2023）豫0825行初12号", (2023, "豫0825", "", "行初", 12, "")),
        ("(2023) 豫０８２５ 行审复 3号", (2023, "豫0825", "", "行审复", 3, "")),
        ("〔2026〕豫08行终31号", (2026, "豫08", "", "行终", 31, "")),
        ("[2019]苏8601行初7号", (2019, "苏8601", "", "行初", 7, "")),
        ("（2023）豫0825执12号之一", (2023, "豫0825", "", "执", 12, "之一")),
        ("（2021）最高法行申9号", (2021, "最高法", "", "行申", 9, "")),
        ("（2021）粤73知行初5号", (2021, "粤73", "知", "行初", 5, "")),
        ("（2022）豫行赔终4号", (2022, "豫", "", "行赔终", 4, "")),
        ("（2020）沪0115行审88号", (2020, "沪0115", "", "行审", 88, "")),
        ("（2024）豫0825破申1号", (2024, "豫0825", "", "破申", 1, "")),
    ],
)
def test_a_number_is_read_in_its_parts(text, parts):
    found = read_case_number(text)

    assert (found.year, found.court, found.special, found.type, found.serial, found.part) == parts


@pytest.mark.parametrize(
    ("text", "instance", "is_litigation"),
    [
        ("（2023）豫0825行初12号", "一审", True),
        ("（2023）豫08行赔终1号", "二审", True),
        ("（2023）豫0825行审9号", "非诉审查", False),
        ("（2023）豫0825行保9号", "保全", False),
    ],
)
def test_the_word_says_what_kind_of_case_it_is(text, instance, is_litigation):
    found = read_case_number(text).case_type

    assert (found.instance, found.is_litigation) == (instance, is_litigation)


def test_a_ruling_of_a_case_belongs_to_its_number():
    assert read_case_number("（2023）豫0825执12号之二").of_case == "（2023）豫0825执12号"


def test_an_old_number_is_kept_as_it_was_written():
    old = read_case_number(" (2013)温行初字第12号")

    assert isinstance(old, OldCaseNumber)
    assert (str(old), old.year, old.of_case) == ("(2013)温行初字第12号", 2013, "（2013）温行初字第12号")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("　", "是空的"),
        ("豫0825行初12号", "应以括号中的四位年份开头"),
        ("（2023）河南行初12号", "法院代字无法识别"),
        ("（2023）豫082行初12号", "法院代字无法识别"),
        ("（2023）豫0825行诉12号", "类型代字“行诉”不在案号规定之内"),
        ("（2023）豫082512号", "法院代字无法识别"),
        ("（2023）豫0825行初012号", "编号应为不以 0 开头的数字"),
        ("（2023）豫0825知民初12", "编号应为不以 0 开头的数字"),
        ("（2023）豫0825", "类型代字“”不在"),
    ],
)
def test_what_is_no_number_is_told_why(text, said):
    with pytest.raises(BadCaseNumber, match=said):
        read_case_number(text)


@given(
    st.builds(
        CaseNumber,
        year=st.integers(2016, 2099),
        court=st.one_of(
            st.just("最高法"), st.from_regex(rf"\A[{PROVINCES}]([0-9]{{2}}|[0-9]{{4}})?\Z").filter(str.isprintable)
        ),
        type=st.sampled_from(sorted(case_types())),
        serial=st.integers(1, 999_999),
        special=st.sampled_from(["", "知"]),
        part=st.sampled_from(["", "之一", "之十二"]),
    ),
    st.sampled_from(["（）", "()", "〔〕", "[]"]),
)
def test_what_is_spelled_is_read_back(number, brackets):
    spelled = str(number).replace("（", brackets[0]).replace("）", brackets[1])

    assert read_case_number(spelled) == number


def test_a_court_is_looked_up_by_its_code_while_it_bears_it():
    court = court_of("豫0825", on=date(2026, 8, 3))

    assert (court.name, court.level, court.above, court.region) == ("河南省温县人民法院", "基层", "豫08", "410825")
    assert court_of("豫0825", on=date(2015, 12, 31)) is None
    assert court_of("豫9999", on=date(2026, 8, 3)) is None


def test_every_row_of_the_table_of_courts_says_on_what_it_rests():
    codes = {court.code for court in all_courts()}

    assert [
        court.code for court in all_courts() if not court.source or (court.above and court.above not in codes)
    ] == []


def test_what_counts_as_lost_is_data():
    assert {"J02", "J07", "A02"} <= default_losses()
    assert not {"J01", "R03", "M01", "X02"} & default_losses()
    assert outcomes()["R05"].is_counted is False
    assert outcomes_by_words()["撤诉"] == outcomes_by_words()["裁定准许撤诉"] == "R03"
