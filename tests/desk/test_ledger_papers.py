"""An office's own Excel table of running matters comes in: guessed, looked at cell by cell, taken whole or not at all."""

from datetime import date, datetime
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook
from tests.builders import an_account, an_organ
from tests.suggestions import COURT, HOUSING

from fuyuantong.catalogue import MECHANISMS
from fuyuantong.desk.ledger.models import PaperTable
from fuyuantong.desk.ledger.papers import upload
from fuyuantong.desk.ledger.papers.cells import Names, read_row
from fuyuantong.desk.ledger.papers.taking import Row, _extract
from fuyuantong.desk.ledger.papers.targets import guessed
from fuyuantong.desk.ledger.papers.upload import table_in
from fuyuantong.matters.models.file import Attachment
from fuyuantong.matters.models.matter import Matter, Provenance
from fuyuantong.matters.models.record import Record
from fuyuantong.matters.services.files import path_of
from fuyuantong.matters.session import acting
from fuyuantong.tables.cells import Unread, day_of
from fuyuantong.tables.files import BadTable

DB = pytest.mark.django_db
SUGGESTION = MECHANISMS["judicial-suggestion"]
HEADS = ("标题", "文号", "被建议单位", "当前环节", "发出日期", "类型", "答复期限", "备注")
GOOD = (
    "规范物业",
    "（2026）建第3号",
    "住建局、林业局",
    "各单位答复中",
    date(2026, 8, 3),
    "综合治理",
    "2026年10月8日",
    "",
)
OTHER = ("规范征收", "（2026）建第4号", "住建局", "各单位答复中", datetime(2026, 8, 4), "综合治理", "2026.10.8", "催过")


def book(*rows, heads=HEADS, above=("县法院司法建议台账",)):
    """Return an Excel file with a title above its heads."""
    workbook = Workbook()
    for row in (above, (), heads, *rows):
        workbook.active.append(row)
    kept = BytesIO()
    workbook.save(kept)
    return kept.getvalue()


@pytest.fixture
def court(county):
    """Give a browser without script in which somebody of the court has signed in."""
    client = Client()
    client.force_login(county.people[COURT])
    return client


def upload_to(client, *rows, **told):
    file = SimpleUploadedFile("司法建议台账.xlsx", book(*rows, **told))
    return client.post("/ledger/papers", {"mechanism": "judicial-suggestion", "file": file}, follow=True)


def address():
    return f"/ledger/papers/{PaperTable.objects.get().pk}"


def imported():
    with acting():
        return list(Matter.objects.filter(provenance=Provenance.IMPORTED, parent=None).order_by("pk"))


@DB
def test_a_table_without_fault_waits_for_a_word_and_is_taken_whole(court):
    text = upload_to(court, GOOD, OTHER).content.decode()

    assert "确认补录 2 件" in text
    assert imported() == []
    assert "已补录 2 件" in court.post(f"{address()}/confirm", follow=True).content.decode()
    assert [(row.title, row.number, row.fold["stay_on"]) for row in imported()] == [
        ("规范物业", "（2026）建第3号", "2026-08-03"),
        ("规范征收", "（2026）建第4号", "2026-08-04"),
    ]


@DB
def test_each_matter_has_its_own_line_as_evidence_and_no_other(court):
    upload_to(court, GOOD, OTHER)
    court.post(f"{address()}/confirm")
    with acting():
        papers = set(Attachment.objects.filter(matter__parent=None).values_list("blob_id", flat=True))
        bases = list(Record.objects.filter(matter__parent=None).order_by("matter_id").values_list("basis", flat=True))

    assert len(papers) == 2
    assert bases == [f"据本单位台账“司法建议台账.xlsx”第 {number} 行补录" for number in (4, 5)]


@DB
def test_a_secret_stands_in_no_file_and_in_no_table_that_was_taken(court):
    field = next(found.key for found in MECHANISMS["dispute"].fields if found.secret)
    row = Row(4, {"title": "土地争议", f"field:{field}": "张三"})
    table = PaperTable(file_name="台账.xlsx", file_digest="0" * 64)
    digest = _extract(table, row, MECHANISMS["dispute"], timezone.now())

    with default_storage.open(path_of(digest)) as file:
        assert "张三" not in file.read().decode()
    upload_to(court, GOOD)
    court.post(f"{address()}/confirm")
    assert PaperTable.objects.get().rows == []


@DB
def test_every_wrong_cell_is_named_and_nothing_is_taken(court):
    wrong = ("", "（2026）建第3号", "住建委", "答复中", "八月三日", "随便", "明年", "")
    text = upload_to(court, GOOD, wrong).content.decode()

    for said in (
        "没有“住建委”这个单位",
        "没有“答复中”这一环节；可写：拟稿",
        "“八月三日”不是日期",
        "“明年”不是日期",
        "须写 1 至 200 字",
    ):
        assert said in text
    assert "1 行有误，共 5 处" in text
    court.post(f"{address()}/confirm")
    assert imported() == []


@DB
def test_what_the_mechanism_refuses_is_shown_in_its_cell(court):
    text = upload_to(court, GOOD, (*OTHER[:1], GOOD[1], *OTHER[2:5], "随便", *OTHER[6:])).content.decode()

    assert "“类型”只能选择：规范性文件不合法" in text
    assert "文号 （2026）建第3号 已有事项使用" in text


@DB
def test_rows_can_be_left_out(court):
    upload_to(court, GOOD, (*OTHER[:4], "八月", *OTHER[5:]))
    table = PaperTable.objects.get()
    form = {f"column-{place}": target for place, target in table.meanings.items()}
    form |= {f"all-{target}": text for target, text in table.everywhere.items()}
    text = court.post(f"{address()}/columns", {**form, "left_out": ["5"]}, follow=True).content.decode()

    assert "确认补录 1 件" in text


@DB
def test_a_column_that_was_named_once_is_known_the_next_time(court):
    heads = ("梗概", *HEADS[1:])
    assert "还不知道哪一列是<b>标题" in upload_to(court, GOOD, heads=heads).content.decode()
    table = PaperTable.objects.get()
    form = {f"column-{place}": target for place, target in table.meanings.items()}
    form |= {f"all-{target}": text for target, text in table.everywhere.items()}
    text = court.post(f"{address()}/columns", {**form, "column-0": "title"}, follow=True).content.decode()

    assert "确认补录 1 件" in text
    PaperTable.objects.all().delete()
    assert "确认补录 1 件" in upload_to(court, GOOD, heads=heads).content.decode()


@DB
def test_what_is_the_same_in_every_row_is_said_once(court):
    upload_to(court, (*GOOD[:3], None, None, *GOOD[5:]))
    table = PaperTable.objects.get()
    form = {f"column-{place}": target for place, target in table.meanings.items()}
    form |= {f"all-{target}": text for target, text in table.everywhere.items()}
    more = {"all-state": "各单位答复中", "all-since": "2026-08-03"}
    text = court.post(f"{address()}/columns", {**form, **more}, follow=True).content.decode()

    assert "确认补录 1 件" in text


@DB
def test_a_table_can_be_thrown_away_but_not_once_it_was_taken(court):
    upload_to(court, GOOD)
    here = address()
    court.post(f"{here}/confirm")

    assert "这张表已经补录" in court.post(f"{here}/away").content.decode()
    assert "这张表已经补录" in court.post(f"{here}/confirm").content.decode()
    upload_to(court, OTHER)
    there = f"/ledger/papers/{PaperTable.objects.get(taken_at=None).pk}"
    assert "没有补录任何事项" in court.post(f"{there}/away", follow=True).content.decode()
    assert "没有这张待导入的表" in court.get(there).content.decode()


@DB
def test_what_became_wrong_since_the_look_takes_nothing(county, court):
    upload_to(court, GOOD, OTHER)
    with acting():
        PaperTable.objects.update(rows=[*PaperTable.objects.get().rows, [6, [GOOD[0], GOOD[1], *[""] * 6]]])
    text = court.post(f"{address()}/confirm", follow=True).content.decode()

    assert "一件都没有补录" in text
    assert imported() == []


@DB
def test_another_organ_does_not_see_the_table(county, court):
    upload_to(court, GOOD)
    bureau = Client()
    bureau.force_login(county.people[HOUSING])

    assert "没有这张待导入的表" in bureau.get(address()).content.decode()
    assert "还没有上传过表" in bureau.get("/ledger/papers").content.decode()


@DB
@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"mechanism": "judicial-suggestion"}, "没有收到文件"),
        ({"mechanism": "tea", "file": SimpleUploadedFile("a.xlsx", b"x")}, "没有选定机制"),
        ({"mechanism": "dispute", "file": SimpleUploadedFile("a.xlsx", b"x")}, "文件不是 Excel 表格"),
    ],
)
def test_what_is_no_table_is_refused_on_the_page(court, form, said):
    response = court.post("/ledger/papers", form)

    assert (response.status_code, said in response.content.decode()) == (422, True)


@DB
def test_who_acts_for_no_organ_brings_nothing_in():
    client = Client()
    client.force_login(an_account())

    assert "您没有可办理事项的职务" in client.get("/ledger/papers").content.decode()


# reading


def test_heads_are_found_below_a_title_and_rows_keep_their_numbers():
    table = table_in(book(GOOD, (), OTHER))

    assert table.heads[:2] == ("标题", "文号")
    assert [(number, cells[4]) for number, cells in table.rows] == [(4, "2026-08-03"), (6, "2026-08-04")]


def test_numbers_days_and_ticks_are_read_as_they_are_written():
    row = (1, 2.0, 2.5, True, False, datetime(2026, 8, 3, 9, 30), None)

    assert table_in(book(row, heads=tuple("甲乙丙丁戊己庚"))).rows[0][1] == (
        "1", "2", "2.5", "是", "否", "2026-08-03 09:30", "",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "told", "said"),
    [
        ((), {}, "表头之下没有内容"),
        ((GOOD, OTHER), {"heads": ("一",), "above": ()}, "没有找到表头"),
    ],
)
def test_a_table_without_heads_or_rows_is_refused(rows, told, said):
    content = book(*([("一",)] if told else []), **told) if told else book(*rows)
    with pytest.raises(BadTable, match=said):
        table_in(content)


@pytest.mark.parametrize(
    ("limit", "value", "said"),
    [("MOST_ROWS", 1, "一次最多导入 1 行"), ("LARGEST", 9, "5 MB"), ("LARGEST_UNPACKED", 9, "展开后过大")],
)
def test_what_is_too_large_is_refused(monkeypatch, limit, value, said):
    monkeypatch.setattr(upload, limit, value)
    with pytest.raises(BadTable, match=said):
        table_in(book(GOOD, OTHER))


@pytest.mark.parametrize("text", ["2026-8-3", "2026年8月3日", "2026.08.03", "2026/8/3", "20260803", "2026-08-03 09:30"])
def test_a_day_is_read_as_people_write_it(text):
    assert day_of(text) == "2026-08-03"


@pytest.mark.parametrize("text", ["", "8月3日", "2026-13-01", "今天"])
def test_what_is_no_day_is_not_guessed(text):
    with pytest.raises(Unread, match="不是日期"):
        day_of(text)


def test_heads_are_matched_with_what_was_chosen_before_and_with_the_words_of_the_mechanism():
    heads = ("序号", "建议标题", "主送", "（类型）", "答复期限：", "件名")

    assert guessed(heads, SUGGESTION, kept={"主送": "role:receivers", "件名": "gone"}) == {
        1: "title",
        2: "role:receivers",
        3: "field:kind",
        4: "field:reply_by",
    }


@DB
def test_cells_are_read_as_their_fields_want_them():
    an_organ(short="城管局")
    cells = {
        "field:touches_supervision": "是",
        "field:copied": "城管局",
        "clock:replies": "2026-8-3",
        "role:court": "城管",
    }
    reading = read_row(cells, SUGGESTION, names=Names(date(2026, 11, 22)))

    assert reading.paper.values["touches_supervision"] is True
    assert len(reading.paper.values["copied"]) == 1
    assert reading.paper.clock_starts == {"replies": date(2026, 8, 3)}
    assert {fault.field for fault in reading.faults} == {"role:court", "since", "state"}
