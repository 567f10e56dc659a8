"""台账: what an address asks for, what people keep of it, and what they take away."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone
from tests.builders import an_official, an_organ
from tests.matter_rows import Part, a_matter

from fuyuantong.desk.ledger import page, taken_away
from fuyuantong.desk.ledger.models import LedgerView
from fuyuantong.matters import ledger as lists
from fuyuantong.matters.ledger_query import Statement
from fuyuantong.matters.models.matter import Phase

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def court():
    return an_organ(short="县法院", branch="court")


@pytest.fixture
def clerk(court):
    """Give a browser without script in which a clerk of the court has signed in."""
    client = Client()
    client.force_login(an_official(court))
    return client


def get(client, address, **headers):
    """Return the text of a page, without what is inside its tags."""
    response = client.get(address, headers=headers)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def letters(court, *titles, **told):
    return [a_matter(Part(court), title=title, **told) for title in titles]


def test_a_filter_narrows_the_list_and_stays_in_the_form(court, clerk):
    letters(court, "关于工资支付的函", "关于土地征收的函")
    text = get(clerk, "/ledger?q=工资支付")

    assert "关于工资支付的函" in text
    assert "关于土地征收的函" not in text
    assert 'value="工资支付"' in text
    assert "共 <b>1</b> 件" in text


def test_a_holder_is_named_by_a_part_of_its_name(court, clerk):
    bureau = an_organ(short="县司法局")
    a_matter(Part(court), Part(bureau), holder=bureau, title="在司法局手里")
    letters(court, "在法院手里")
    text = get(clerk, "/ledger?holder=司法局")

    assert "在司法局手里" in text
    assert "在法院手里" not in text


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("holder=局", "“局”可以是"),
        ("holder=邮政", "没有名称含“邮政”的单位"),
        ("q=函", "检索词不可用"),
        ("due_from=明天", "“明天”不是日期"),
        ("due_from=2026-12-02&due_to=2026-12-01", "晚于期限止"),
        ("phase=1&due_to=2026-12-01", "已办结的事项不再有期限"),
        ("phase=1&box=to-do", "都是在办事项"),
        ("phase=7", "没有“7”这一选项"),
        ("box=trash", "没有“trash”这一选项"),
        ("region=温县", "不是区划代码"),
        ("after=x.y", "翻页位置"),
        ("after=9.x", "不是日期"),
    ],
)
def test_a_filter_that_makes_no_sense_is_refused_in_its_place(clerk, address, said):
    an_organ(short="县司法局")
    an_organ(short="县民政局")
    response = clerk.get(f"/ledger?{address}")

    assert response.status_code == 422
    assert said in response.content.decode()
    assert 'id="filters"' in response.content.decode()


def test_a_list_that_takes_too_long_is_refused_in_its_place(clerk, monkeypatch):
    monkeypatch.setattr(lists, "PATIENCE", "20ms")
    monkeypatch.setitem(lists._PATIENT, "statement_timeout", "20ms")
    monkeypatch.setattr(lists, "few_in", lambda query, most: Statement("SELECT NULL FROM pg_sleep(1)", {}))
    response = clerk.get("/ledger?sort=due&mechanism=letter")

    assert response.status_code == 422
    assert "按“机制”查询超过 3 秒" in response.content.decode()


def test_only_what_is_overdue_can_be_asked_for(court, clerk):
    letters(court, "早该办了", due_on=date(2020, 1, 6))
    letters(court, "还早", due_on=date(2100, 1, 6))
    text = get(clerk, "/ledger?overdue=1&due_to=2099-01-01")

    assert "早该办了" in text
    assert "还早" not in text


def test_what_is_closed_is_never_sorted_by_a_day_it_has_not(court, clerk):
    letters(court, "办完的函", phase=Phase.CLOSED)
    letters(court, "在办的函", due_on=date(2100, 1, 6))
    text = get(clerk, "/ledger?phase=1&sort=due")

    assert "办完的函" in text
    assert "在办的函" not in text


def test_a_state_goes_when_another_mechanism_is_chosen(court, clerk):
    letters(court, "函")

    assert "没有符合条件的事项" in get(clerk, "/ledger?state=dispute:replying")
    assert "row-title" in get(clerk, "/ledger?state=dispute:replying&mechanism=letter")


def test_pages_lead_forward_and_back_by_their_addresses(court, clerk, monkeypatch):
    monkeypatch.setattr(page, "SIZE", 1)
    old, new = letters(court, "较早的函", "较新的函")
    later = get(clerk, f"/ledger?q=的函&after={new.pk}")

    assert "较早的函" in later
    assert f"q=%E7%9A%84%E5%87%BD&amp;before={old.pk}" in later
    assert "较新的函" in get(clerk, f"/ledger?q=的函&before={old.pk}")


def test_by_due_date_the_place_names_the_day(court, clerk, monkeypatch):
    monkeypatch.setattr(page, "SIZE", 1)
    soon, _ = letters(court, "先到期", due_on=date(2100, 1, 4)) + letters(court, "后到期", due_on=date(2100, 1, 5))

    assert f"sort=due&amp;after={soon.pk}.2100-01-04" in get(clerk, "/ledger?sort=due")
    assert "后到期" in get(clerk, f"/ledger?sort=due&after={soon.pk}.2100-01-04")


def test_htmx_gets_the_list_alone_with_the_states_to_choose_from(court, clerk):
    text = get(clerk, "/ledger", **HTMX)

    assert text.count("<html") == 0
    assert 'id="filter-state"' in text


def test_the_columns_one_chose_are_kept(court, clerk):
    letters(court, "关于工资支付的函")
    clerk.post("/ledger/columns", {"column": ["region", "provenance"], "here": "q=工资"})

    assert "<th" in (text := get(clerk, "/ledger"))
    assert "温县</td>" in text
    assert 'data-label="环节"' not in text
    clerk.post("/ledger/columns", {"usual": "1"})
    assert 'data-label="环节"' in get(clerk, "/ledger")


def test_a_view_is_kept_and_shown_first(court, clerk):
    clerk.post("/ledger/view", {"name": "工资", "here": "q=工资支付&after=9", "first": "on"})
    opened = clerk.get("/ledger")

    assert opened.status_code == 302
    assert opened["Location"].startswith("/ledger?q=%E5%B7%A5%E8%B5%84%E6%94%AF%E4%BB%98&view=")


def test_one_view_is_the_first(court, clerk):
    for name in ("甲", "乙"):
        clerk.post("/ledger/view", {"name": name, "here": "", "first": "on"})

    assert list(LedgerView.objects.filter(first=True).values_list("name", flat=True)) == ["乙"]


def test_a_shared_view_is_seen_by_the_organ_and_dropped_by_who_made_it(court, clerk):
    clerk.post("/ledger/view", {"name": "全院要办", "here": "overdue=1", "shared": "on"})
    colleague, view = Client(), LedgerView.objects.get()
    colleague.force_login(an_official(court))

    assert "全院要办" in get(colleague, "/ledger")
    colleague.post("/ledger/view/drop", {"view": view.pk})
    assert "全院要办" in get(colleague, "/ledger")
    clerk.post("/ledger/view/drop", {"view": view.pk})
    assert "全院要办" not in get(colleague, "/ledger")


@pytest.mark.parametrize("name", ["", " ", "长" * 31, "视\u202e图"])
def test_a_view_wants_a_name(clerk, name):
    assert "视图未保存" in clerk.post("/ledger/view", {"name": name, "here": ""}).content.decode()


def test_organs_are_offered_while_their_name_is_typed(clerk):
    an_organ(short="县司法局")

    assert "温县县司法局" in get(clerk, "/ledger/organs?holder=司法")


def sheet_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content))).active


def test_a_sheet_has_the_rows_and_columns_that_are_shown(court, clerk):
    letters(court, "关于工资支付的函", due_on=date(2100, 1, 6))
    letters(court, "关于土地征收的函")
    clerk.post("/ledger/columns", {"column": ["number", "due", "holder"]})
    sheet = sheet_of(clerk, "/ledger/export?q=工资")
    told, by, heads, row, *rest = [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]

    assert told[0] == "全部事项；内容含：工资；按立项时间，新的在前"
    assert "共 1 件；县法院 经办人" in by[0]
    assert heads == ["文号", "事项", "现由", "期限", "剩余"]
    assert (row[1], row[2], row[3].date()) == ("关于工资支付的函", "县法院", date(2100, 1, 6))
    assert rest == []


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http")'])
def test_a_sheet_takes_no_words_for_a_formula(court, clerk, title):
    letters(court, title)
    cell = sheet_of(clerk, "/ledger/export").cell(5, 2)

    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", title, True)


def test_a_sheet_says_which_filters_it_was_drawn_by(court, clerk):
    bureau = an_organ(short="县司法局")
    address = "holder=司法局&phase=0&region=410825&due_from=2026-01-01&due_to=2026-12-31&sort=due&box=sent"

    assert sheet_of(clerk, f"/ledger/export?{address}").cell(2, 1).value == (
        "我单位发出的；在办；现由：温县县司法局；区划：温县；期限自 2026-01-01；期限至 2026-12-31；按期限，先到期的在前"
    )
    assert (
        "机制：司法建议；环节：拟稿；已逾期"
        in sheet_of(clerk, "/ledger/export?overdue=1&state=judicial-suggestion:drafting").cell(2, 1).value
    )
    assert bureau


def test_more_than_a_sheet_takes_is_refused(court, clerk, monkeypatch):
    monkeypatch.setattr(taken_away, "MOST_EXPORTED", 1)
    letters(court, "一", "二")
    response = clerk.get("/ledger/export")

    assert response.status_code == 422
    assert "符合条件的有 2 件，一次最多 1 件" in response.content.decode()


def test_a_sheet_of_a_common_word_is_counted_to_its_end(court, clerk, monkeypatch):
    monkeypatch.setattr(lists, "NAMED", 1)
    monkeypatch.setattr(lists, "COUNTED", 1)
    letters(court, "一号函件", "二号函件")

    assert "共 2 件；" in sheet_of(clerk, "/ledger/export?q=函件").cell(3, 1).value
    monkeypatch.setattr(taken_away, "MOST_EXPORTED", 1)
    assert "符合条件的有 2 件" in clerk.get("/ledger/export?q=函件").content.decode()


def test_the_page_for_paper_has_all_rows_and_says_who_took_it(court, clerk, monkeypatch):
    monkeypatch.setattr("fuyuantong.desk.ledger.whole.LARGEST_PAGE", 1)
    letters(court, "一号函", "二号函", due_on=timezone.localdate())
    letters(court, "三号函")
    text = get(clerk, "/ledger/print?box=ledger")

    assert [text.count(title) for title in ("一号函", "二号函", "三号函")] == [1, 1, 1]
    assert "今天届满" in text
    assert "不计时" in text
    assert "共 3 件；县法院" in text
