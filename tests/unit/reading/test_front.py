"""The first page: title, number, issuers, date."""

from datetime import date

import pytest

from fuyuantong.reading.blocks import Paragraph
from fuyuantong.reading.reading import read
from fuyuantong.reading.values import DocumentKind, Front

BODY = "一、总体要求\n坚持依法行政。\n二、任务\n（一）县法院应当通报。"


def front(head: str, body: str = BODY) -> Front:
    return read([Paragraph(line) for line in f"{head}\n{body}".split("\n")]).front


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("云川县府院联动实施方案", "云川县府院联动实施方案"),
        ("关于印发云川县府院联动\n实施方案的通知\n各乡镇：\n现印发给你们。\n2024年3月1日\n云川县府院联动实施方案", "云川县府院联动实施方案"),
        ("关于印发《云川县府院联动工作规则（试行）》的通知\n各乡镇人民政府，县直各单位：", "云川县府院联动工作规则（试行）"),
        ("云川县人民政府\n云川县人民法院\n关于建立府院联动机制的意见", "云川县人民政府 云川县人民法院 关于建立府院联动机制的意见"),
        ("云川县关于进一步完善行政争议多元化解工作若干问题的\n实施意见", "云川县关于进一步完善行政争议多元化解工作若干问题的实施意见"),
        ("云川县人民政府关于做好府院联动工作的通知\n各乡镇人民政府，县直各单位：", "云川县人民政府关于做好府院联动工作的通知"),
        ("无题的一段话。", ""),
        ("县司法局\n实施方案", "实施方案"),
    ],
)  # fmt: skip
def test_the_title_is_that_of_the_plan_itself(head: str, title: str) -> None:
    assert front(head).title == title


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("云政办发〔2024〕18号", "云政办发〔2024〕18号"), ("云政办[2024]18号", "云政办〔2024〕18号"), ("云政办（2024）18号", None),
        ("文号：云法发〔2024〕3号", "云法发〔2024〕3号"), ("云法制发〔20241", "云法制发〔2024〕1号"), ("按照云政办发〔2024〕18号文件要求", None),
        ("云川县人民政府令\n第12号", "云川县人民政府令第12号"), ("第12号", None),
    ],
)  # fmt: skip
def test_the_number_is_read_also_where_signs_are_lost(line: str, number: str | None) -> None:
    assert front(f"{line}\n云川县府院联动实施方案").doc_number == number


@pytest.mark.parametrize(
    ("head", "tail", "day"),
    [
        ("云川县实施方案\n2024年3月1日", "", date(2024, 3, 1)),
        ("云川县实施方案\n（2024年3月1日）", "", date(2024, 3, 1)),
        ("云川县实施方案", "二〇二四年三月一日", date(2024, 3, 1)),
        ("云川县实施方案\n201843", "", date(2018, 4, 3)),
        ("云川县实施方案\n20240301", "", date(2024, 3, 1)),
        ("云川县实施方案\n2018112", "", None),
        ("云川县实施方案\n2018999", "", None),
        ("云川县实施方案\n县府院联动联席会议办公室 2024年3月1日", "", date(2024, 3, 1)),
        ("云川县实施方案", "云川县人民政府办公室 2024年3月5日印发", date(2024, 3, 5)),
        ("云川县实施方案\n来源：县政府 发布日期：2024-03-07 11:37", "", date(2024, 3, 7)),
        ("云川县实施方案\n时间：2024年内", "", None),
        ("云川县实施方案", "", None),
    ],
)
def test_the_day_of_issue_is_read(head: str, tail: str, day: date | None) -> None:
    assert front(head, f"{BODY}\n{tail}").issued_on == day


def test_the_issuers_sign_above_the_day() -> None:
    head = "云川县实施方案\n云川县人民政府 云川县人民法院\n云川县人民检察院\n2024年3月1日"

    assert front(head).issuers == ("云川县人民政府", "云川县人民法院", "云川县人民检察院")


def test_without_a_signature_the_title_names_the_issuers() -> None:
    assert front("云川县人民政府 云川县人民法院关于建立府院联动机制的意见").issuers == (
        "云川县人民政府",
        "云川县人民法院",
    )


def test_rules_are_told_from_plans_and_news() -> None:
    news = "府院携手谱新篇\n本报记者 赵某某 通讯员 钱某某\n近年来，法院化解争议。孙某某 摄"

    assert front("云川县行政应诉工作办法", "第一条 完。").kind is DocumentKind.RULES
    assert front("云川县实施方案").kind is DocumentKind.PLAN
    assert front(news, "").kind is DocumentKind.NEWS


def test_what_follows_the_plan_is_imprint() -> None:
    text = f"云川县实施方案\n{BODY}\n抄送：县委办公室。\n版权所有：云川县人民政府"

    reading = read([Paragraph(line) for line in text.split("\n")])

    assert [sentence.rule for sentence in reading.sentences[-2:]] == ["imprint", "imprint"]


def test_a_notice_with_numbers_of_its_own_before_the_plan_is_cover() -> None:
    head = "关于印发方案的通知\n各乡镇：\n一、抓好落实。\n二、按时报送。\n2024年3月1日\n云川县府院联动实施方案"

    reading = read([Paragraph(line) for line in f"{head}\n{BODY}".split("\n")])

    assert [found.clause for found in reading.obligations] == ["二(一)"]
