"""The pages of the register: a court brings its cases in and corrects them, a bureau reads its own."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from tests.builders import an_account
from tests.desk.case_pages import address, case_page, imported, upload
from tests.suggestions import COURT, FORESTRY, HOUSING, OFFICE
from tests.unit.registers.conftest import HEAD, ONE

from fuyuantong.desk.cases.shown import changes_of, written
from fuyuantong.matters.session import acting
from fuyuantong.registers.cases.columns import BY_KEY, read_cell
from fuyuantong.registers.cases.models.case import CourtCase
from fuyuantong.registers.cases.models.feed import Feed

pytestmark = pytest.mark.django_db
NO_ONE = "00000000-0000-0000-0000-000000000000"
FOREIGN = "（2026）豫0825行初3号,邻县某局,丁某,政府信息公开,2026-09-02,,,,,,,,（2026）豫0825行初2号,,"
SECOND = "（2026）豫08行终9号,住建局,甲某,行政处罚,2026-11-02,2026-11-10,,,,,,,（2026）豫0825行初1号,,"


def test_a_file_is_looked_at_and_then_taken(of):
    court = of(COURT)
    text = upload(court, ONE, FOREIGN)

    assert "新登记 <b>2</b> 件，更正 <b>0</b> 件" in text
    assert "按原名保存，这些单位看不到案件：邻县某局" in text
    assert "还没有案件" in court.get("/cases").content.decode()
    assert "已登记或者更正 2 个案件" in court.post(address(), follow=True).content.decode()
    assert "共 <b>2</b> 件" in court.get("/cases").content.decode()


def test_every_wrong_cell_is_told_and_the_good_rows_can_be_taken_alone(of):
    court = of(COURT)
    text = upload(court, ONE, "豫0825行初2号,住建局,,,明年,,,,,,,,,,", head=HEAD)

    assert "应以括号中的四位年份开头" in text
    assert "“明年”不是日期" in text
    assert "1 行有误" in court.post(address()).content.decode()
    assert "已登记或者更正 1 个案件" in court.post(address(), {"good_only": "1"}, follow=True).content.decode()


def test_a_correction_shows_what_it_changes_before_and_after_it_is_taken(of):
    court = of(COURT)
    imported(court, ONE)
    corrected = ("（2026）豫0825行初1号,行政许可,2026-06-01,判决撤销,违反法定程序,否",)
    text = upload(court, *corrected, head="案号,案由,结案日期,结案方式,败诉原因,被告改变行为")

    assert "案由：行政处罚 → <b>行政许可</b>" in text
    court.post(address())
    page = case_page(court)
    assert "结案方式：（无） → <b>判决撤销</b>" in page
    assert "<dt>败诉原因</dt><dd>违反法定程序</dd>" in page
    assert "<dt>被告改变行为</dt><dd>否</dd>" in page
    assert '已结：<b>判决撤销</b> <span class="tag">败诉</span>' in page


def test_an_ending_is_taken_back_only_when_that_is_said(of):
    court = of(COURT)
    imported(court, ONE.replace("未出庭,,,", "未出庭,2026-06-01,J01,"))

    assert "有 1 行撤销已有的结案" in upload(court, "（2026）豫0825行初1号,清除,清除", head="案号,结案日期,结案方式")
    assert "已登记或者更正 1 个案件" in court.post(address(), {"reopen": "on"}, follow=True).content.decode()
    assert "撤销结案" in case_page(court)


def test_a_case_shows_its_defendants_with_their_time_to_answer(of):
    court = of(COURT)
    imported(court, ONE, SECOND)
    page = case_page(court)

    assert "答辩与举证（XS-01）" in page
    assert "按期答辩" in page
    assert "未出庭" in page
    assert "（2026）豫08行终9号" in page
    assert "二审" in case_page(court, "（2026）豫08行终9号")


def test_a_number_that_was_not_fed_is_told_as_such(of):
    court = of(COURT)
    imported(court, FOREIGN)
    page = case_page(court, "（2026）豫0825行初3号")

    assert "未登记，或者您看不到" in page
    assert "送达日期不明，不作推定" in page


def test_a_bureau_sees_its_own_cases_and_feeds_none(of):
    imported(of(COURT), ONE, SECOND, FOREIGN)
    bureau = of(FORESTRY)

    assert "共 <b>1</b> 件" in bureau.get("/cases").content.decode()
    with acting():
        foreign = CourtCase.objects.get(number_key="（2026）豫0825行初3号").pk
    assert "没有这个案件" in bureau.get(f"/cases/{foreign}").content.decode()
    assert "案件由人民法院登记" in upload(bureau, ONE)
    assert "没有这个待导入的文件" in of(HOUSING).get(address()).content.decode()
    assert "还没有案件" in of(OFFICE).get("/cases").content.decode()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("q=(2026)豫0825行初1号", "共 <b>1</b> 件"),
        ("holder=住建局&state=open", "共 <b>2</b> 件"),
        ("instance=二审", "共 <b>1</b> 件"),
        ("state=lost", "没有符合条件的案件"),
        ("instance=三审", "没有“三审”这一选项"),
        ("answer=overdue", "共 <b>1</b> 件"),
        ("year=2025", "没有符合条件的案件"),
        ("year=今年", "不是年份"),
        ("outcome=胜诉", "没有“胜诉”这一选项"),
        ("after=2026-01-01_x", "页码有误"),
        ("after=明天_1", "页码有误"),
        ("holder=无此局", "没有名称含“无此局”的单位"),
    ],
)
def test_the_list_is_narrowed_or_says_what_it_does_not_understand(of, query, said):
    court = of(COURT)
    imported(court, ONE, SECOND, FOREIGN)
    text = court.get(f"/cases?{query}", headers={"HX-Request": "true"}).content.decode()

    assert said in text
    assert "<html" not in text


def test_the_list_is_turned_page_by_page(of, monkeypatch):
    monkeypatch.setattr("fuyuantong.desk.cases.pages.SIZE", 1)
    court = of(COURT)
    imported(court, ONE, SECOND)
    first = court.get("/cases").content.decode()
    onward = first.split('rel="next" href="')[1].split('"')[0]
    second = court.get(onward).content.decode()

    assert ("行终9号" in first, "行初1号" in second) == (True, True)
    assert "行终9号" in court.get(second.split('rel="prev" href="')[1].split('"')[0]).content.decode()


def test_the_list_and_the_template_are_workbooks(of, monkeypatch):
    court = of(COURT)
    imported(court, ONE, SECOND, FOREIGN)
    sheet = load_workbook(BytesIO(b"".join(court.get("/cases/export?year=2026").streaming_content))).active
    template = load_workbook(BytesIO(court.get("/cases/feeds/template").content))

    heads, appeal, *_, first = ([cell.value for cell in row] for row in sheet.iter_rows(min_row=3))
    assert (heads[0], appeal[0]) == ("案号", "（2026）豫08行终9号")
    said = ("2026-03-05；2026-03-06", "2026-03-16；", "2026-04-08；2026-05-08", "出庭；未出庭")
    place = heads.index("送达日期")
    assert (heads[place + 1 : place + 4], tuple(first[place : place + 4])) == (
        ["答辩日期", "开庭日期", "负责人出庭"],
        said,
    )
    assert template.sheetnames == ["填写", "填写说明"]
    monkeypatch.setattr("fuyuantong.desk.cases.pages.MOST_EXPORTED", 1)
    assert "案件超过 1 件" in court.get("/cases/export").content.decode()


def test_a_large_file_that_lies_on_the_disk_is_read_alike(of, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0

    assert "新登记 <b>1</b> 件" in upload(of(COURT), ONE)


def test_the_template_can_be_brought_back_filled_in(of):
    court = of(COURT)
    book = load_workbook(BytesIO(court.get("/cases/feeds/template").content))
    book["填写"].append(["（2026）豫0825行初7号", None, "行政处罚", None, "甲某", "住建局"])
    filled = BytesIO()
    book.save(filled)
    file = SimpleUploadedFile("案件.xlsx", filled.getvalue())

    assert "新登记 <b>1</b> 件" in court.post("/cases/feeds", {"file": file}, follow=True).content.decode()


def test_a_file_can_be_looked_at_again_or_thrown_away(of):
    court = of(COURT)
    upload(court, ONE)

    assert "已按现在的登记内容重新核对" in court.post(f"{address()}/again", follow=True).content.decode()
    assert "没有登记任何案件" in court.post(f"{address()}/away", follow=True).content.decode()
    assert "没有收到文件" in court.post("/cases/feeds").content.decode()


def test_a_bulletin_is_issued_and_read_by_those_of_whom_it_tells(of):
    court, bureau = of(COURT), of(HOUSING)
    imported(court, ONE.replace("2026-05-08", "2026-06-08"))

    assert "2026 年第二季度" in court.get("/cases/bulletins?span=2026-2").content.decode()
    assert "还没有发布过通报" in bureau.get("/cases/bulletins").content.decode()
    issued = court.post("/cases/bulletins", {"span": "2026-2"}, follow=True)
    assert "已发布2026 年第二季度负责人出庭应诉情况通报" in issued.content.decode()
    assert "与已发布的相同" in court.post("/cases/bulletins", {"span": "2026-2"}).content.decode()
    imported(court, "（2026）豫0825行初1号,出庭；出庭", head="案号,负责人出庭")
    court.post("/cases/bulletins", {"span": "2026-2"})
    assert "另发第 2 版" in bureau.get(issued.redirect_chain[-1][0]).content.decode()
    assert "（第 2 版）" in bureau.get("/cases/bulletins").content.decode()
    assert "没有这份通报" in bureau.get(f"/cases/bulletins/{NO_ONE}").content.decode()


def test_a_bureau_that_was_not_sued_sees_the_year_and_not_the_quarter(of):
    court = of(COURT)
    imported(
        court, "（2025）豫0825行初1号,住建局,2025-03-02,2025-05-08,出庭", head="案号,被告,立案日期,开庭日期,负责人出庭"
    )
    quarter = court.post("/cases/bulletins", {"span": "2025-2"}, follow=True).redirect_chain[-1][0]

    assert "2025 年第二季度" in of(HOUSING).get("/cases/bulletins").content.decode()
    assert of(FORESTRY).get(quarter).status_code == 404
    year = court.post("/cases/bulletins", {"span": "2025-0"}, follow=True)
    assert "已发布2025 年全年负责人出庭应诉情况公布" in year.content.decode()
    assert "负责人出庭应诉情况公布" in of(FORESTRY).get(year.redirect_chain[-1][0]).content.decode()


TOLD = {"年度": "2026", "收案": "3", "开庭案件": "1", "出处": "2026年法院工作报告", "公布日期": "2026-11-20"}


def test_what_a_court_published_stands_beside_what_its_register_computes(of):
    court = of(COURT)
    imported(court, ONE.replace("2026-05-08", "2099-05-08").replace("出庭；未出庭", "出庭／"))
    assert "已记录 2 个公布数字" in court.post("/cases/published", TOLD, follow=True).content.decode()
    page = court.get("/cases/published").content.decode()

    assert re.search(r"3 / 1 +<span[^>]*>登记少 2<", page)
    assert re.search(r"1 / 1 +<span[^>]*>一致<", page)
    assert "2026年法院工作报告，2026-11-20" in page
    assert "2099" not in page
    assert "没有您可以查看全部案件的法院" in of(HOUSING).get("/cases/published").content.decode()
    assert "案件由人民法院登记" in of(HOUSING).post("/cases/published", TOLD).content.decode()


def test_published_numbers_are_brought_in_by_a_table(of):
    court = of(COURT)
    template = court.get("/cases/published/template")
    heads = [cell.value for cell in next(load_workbook(BytesIO(template.content)).active.iter_rows(max_row=1))]
    assert heads[:3] == ["年度", "收案", "结案"]
    for line, told in (
        ("2025,12,,工作报告,2026-01-20", "已记录 1 个公布数字"),
        ("2025,x,,工作报告,2026-01-20", "第 2 行：“收案”应为整数"),
        ("2030,1,,工作报告,2026-01-20", "年度应在 1990 至"),
        ("2025,,,工作报告,2026-01-20", "没有填写数字"),
        ("2025,1,,工作报告,不明", "公布日期："),
        ("2025,1,,工作报告,2099-01-20", "公布日期在今天之后"),
        ("2025,1,,,2026-01-20", "须写 1 至 200 字"),
    ):
        file = SimpleUploadedFile("数字.csv", f"年度,收案,结案,出处,公布日期\n{line}\n,,,,\n".encode())
        assert told in court.post("/cases/published", {"file": file}, follow=True).content.decode()
    short = SimpleUploadedFile("数字.csv", "年度,收案\n2025,1\n".encode())
    assert "没有“出处、公布日期”这一列" in court.post("/cases/published", {"file": short}).content.decode()
    many = SimpleUploadedFile("数字.csv", ("年度,收案,出处,公布日期\n" + "2025,1,报告,2026-01-20\n" * 101).encode())
    assert "超过 100 行" in court.post("/cases/published", {"file": many}).content.decode()


def form_of(page):
    """Return what stands in the boxes of a form."""
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', page))


def test_one_case_is_entered_and_corrected_by_hand(of):
    court = of(COURT)
    new = {
        "number": "(2026)豫0825行初5号",
        "defendants": "住建局；林业局",
        "served": "2026-03-05；",
        "filed_on": "2026-03-02",
    }
    court.post("/cases/new", new)
    court.post(address())
    with acting():
        here = f"/cases/{CourtCase.objects.get().pk}/correction"
    typed = form_of(court.get(here).content.decode())

    assert (typed["served"], typed["filed_on"], typed["number"]) == (
        "2026-03-05；",
        "2026-03-02",
        "（2026）豫0825行初5号",
    )
    assert "没有写明更正的理由" in court.post(here, {**typed, "note": "改", "why": ""}).content.decode()
    preview = court.post(
        here, {**typed, "filed_on": "", "cause": "行政许可", "why": "见裁定书"}, follow=True
    ).content.decode()
    assert "立案日期：2026-03-02 → <b>（无）</b>" in preview
    court.post(address())
    assert "网上更正（见裁定书）" in case_page(court, "（2026）豫0825行初5号")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"number": "豫0825行初5号", "defendants": "住建局"}, "应以括号中的四位年份开头"),
        ({"number": "（2026）豫0825行初5号", "defendants": "", "filed_on": "2027-01-01"}, "立案日期在今天之后"),
        ({"number": "", "defendants": "住建局"}, "须写明案号"),
    ],
)
def test_what_is_wrong_stands_below_what_was_typed_and_nothing_is_kept(of, typed, said):
    response = of(COURT).post("/cases/new", typed)

    assert (response.status_code, said in response.content.decode()) == (422, True)
    assert form_of(response.content.decode())["number"] == typed["number"]
    with acting():
        assert Feed.objects.count() == 0


def test_what_is_shown_can_be_typed_again():
    said = {
        "outcome": "J01",
        "disclosed": False,
        "passed": "joined",
        "hearings": ["2026-03-05"],
        "heads": [["principal", None]],
    }

    assert {key: written(key, value) for key, value in said.items()} == {
        "outcome": "判决驳回诉讼请求", "disclosed": "否", "passed": "并案", "hearings": "2026-03-05", "heads": "正职出庭；",
    }  # fmt: skip
    assert {key: read_cell(BY_KEY[key], written(key, value)) for key, value in said.items()} == said
    assert changes_of({"heads": [None, said["heads"]], "served": [["2026-03-05", None], None]}) == [
        ("送达日期", "2026-03-05；—", "（无）"),
        ("负责人出庭", "（无）", "正职出庭；—"),
    ]


def test_who_acts_for_no_organ_feeds_nothing():
    client = Client()
    client.force_login(an_account())

    assert "您没有可办理事项的职务" in client.get("/cases/feeds").content.decode()
    assert client.get("/cases").status_code == 200


def test_a_court_that_was_not_told_is_said_to_be_guessed(of):
    court = of(COURT)
    imported(court, ONE)
    assert "按案号代字推定，待与官方代字表核对" in case_page(court)
    imported(court, "（2026）豫0825行初1号,温县人民法院", head="案号,法院")
    assert "按案号代字推定" not in case_page(court)
