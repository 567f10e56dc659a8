"""What a person gives is checked against the declared fields: every fault at once, each with its place."""

import pytest
from tests.unit.protocol.engine.matter import BUREAU, OTHER

from fuyuantong.protocol import (
    Choice,
    Clock,
    Date,
    Entry,
    Event,
    Figures,
    File,
    Flag,
    Matter,
    Mechanism,
    Number,
    Organ,
    Organs,
    Rows,
    Text,
    Time,
)
from fuyuantong.protocol.checks import CHECKS
from fuyuantong.protocol.values import ValuesRefused, check_values, field_of, is_empty, rate_of, title_of

DIGEST = "ab" * 32
EVERY = Mechanism(
    "every",
    "全部字段",
    fields=(
        Text("text", "事由", at_most=10),
        Text("number", "案号", check="case-number"),
        Choice("kind", "类型", ("普通", "紧急")),
        Flag("public", "公开"),
        Number("amount", "金额", unit="分", at_least=1),
        Date("day", "日期"),
        Time("begins", "开始时间"),
        Time("ends", "结束时间"),
        Organ("organ", "机关"),
        Organs("organs", "各机关", at_least=2),
        Organs("copied", "抄送", at_least=0),
        File("file", "附件"),
        Rows(
            "rows",
            "问题",
            (Text("what", "问题"), Number("sum", "数额"), Organ("who", "单位"), Organs("also", "协办", at_least=0), Text("done", "整改")),
            at_least=1,
            later=("done",),
        ),
        Rows("lines", "明细", (Text("line", "内容"), Matter("which", "事项"))),
    ),
    event=Event("day", begins="begins", ends="ends"),
    clocks=(Clock("c", "期限", "JY-01"),),
    entries=(Entry("s", by="r"),),
)  # fmt: skip
ROW = {"what": "漏告知", "sum": 0, "who": BUREAU}


def knows(code):
    return code in (BUREAU, OTHER)


def checked(values, *, asks=None, may_ask=(), rows_before=None):
    asks = tuple(values) if asks is None else asks
    return check_values(EVERY, values, asks=asks, may_ask=may_ask, rows_before=rows_before, knows_organ=knows)


def faults(values, **more):
    with pytest.raises(ValuesRefused) as refused:
        checked(values, **more)
    return [(fault.field, fault.detail) for fault in refused.value.faults]


@pytest.mark.parametrize(
    ("key", "given", "kept"),
    [
        ("text", "  乡镇  ", "乡镇"),
        ("text", "一\r\n二\r三", "一\n二\n三"),
        ("text", "十个字十个字十个字啊", "十个字十个字十个字啊"),
        ("text", "\t𠮷田", "𠮷田"),
        ("number", "（2026）豫0825行初12号", "（2026）豫0825行初12号"),
        ("kind", "紧急", "紧急"),
        ("public", False, False),
        ("public", True, True),
        ("amount", 1, 1),
        ("amount", 9007199254740991, 9007199254740991),
        ("day", "2026-08-03", "2026-08-03"),
        ("begins", "23:59", "23:59"),
        ("day", "1949-10-01", "1949-10-01"),
        ("organ", BUREAU, BUREAU),
        ("organs", [BUREAU, OTHER], [BUREAU, OTHER]),
        ("copied", [], []),
        ("copied", None, []),
        ("file", DIGEST, [DIGEST]),
        ("file", [DIGEST, DIGEST], [DIGEST, DIGEST]),
        ("rows", [ROW], [{**ROW, "also": []}]),
        ("rows", [{**ROW, "also": [OTHER]}], [{**ROW, "also": [OTHER]}]),
        ("lines", [], []),
    ],
)
def test_what_fits_is_taken(key, given, kept):
    assert checked({key: given}) == {key: kept}


@pytest.mark.parametrize(
    ("key", "given", "detail"),
    [
        ("text", 3, "“事由”应为文字"),
        ("text", ["乡镇"], "“事由”应为文字"),
        ("text", "十个字十个字十个字啊啊", "“事由”超过 10 字（现为 11 字），请改为上传附件"),
        ("text", "乡\x00镇", "“事由”含有不可显示的控制字符"),
        ("text", "乡\x1b镇", "“事由”含有不可显示的控制字符"),
        ("text", "乡\x9f镇", "“事由”含有不可显示的控制字符"),
        ("text", "乡\u202e镇", "“事由”含有不可显示的控制字符"),
        ("text", "乡\ud800镇", "“事由”含有不可显示的控制字符"),
        ("number", "12号", "“案号”应为案号，如（2026）豫0825行初12号"),
        ("kind", "特急", "“类型”只能选择：普通、紧急"),
        ("kind", ["普通"], "“类型”只能选择：普通、紧急"),
        ("kind", True, "“类型”只能选择：普通、紧急"),
        ("public", "是", "“公开”应为是或否"),
        ("public", 1, "“公开”应为是或否"),
        ("amount", "1", "“金额”应为整数"),
        ("amount", 1.0, "“金额”应为整数"),
        ("amount", True, "“金额”应为整数"),
        ("amount", 0, "“金额”不得小于 1分"),
        ("amount", -(10**400), "“金额”不得小于 1分"),
        ("amount", 9007199254740992, "“金额”不得大于 9007199254740991分"),
        pytest.param("amount", 10**5000, "“金额”不得大于 9007199254740991分", id="a number too long to print"),
        ("day", "2026-02-29", "“日期”应为日期，如 2026-08-03"),
        ("day", "20260803", "“日期”应为日期，如 2026-08-03"),
        ("day", "2026-W32-1", "“日期”应为日期，如 2026-08-03"),
        ("day", "2026-08-03T00:00:00", "“日期”应为日期，如 2026-08-03"),
        ("day", 20260803, "“日期”应为日期，如 2026-08-03"),
        ("begins", "9:30", "“开始时间”应为时刻，如 09:30"),
        ("begins", "24:00", "“开始时间”应为时刻，如 09:30"),
        ("begins", 930, "“开始时间”应为时刻，如 09:30"),
        ("day", "1948-12-31", "“日期”年份不在 1949 至 2200 之间"),
        ("day", "2201-01-01", "“日期”年份不在 1949 至 2200 之间"),
        ("organ", "nobody", "“机关”中的机关不存在或已撤销：nobody"),
        ("organ", [BUREAU], "“机关”中的机关不存在或已撤销：（不是文字）"),
        pytest.param("organ", 10**5000, "“机关”中的机关不存在或已撤销：（不是文字）", id="a code that is no text"),
        ("organ", "bureau\x00-1", "“机关”中的机关不存在或已撤销：bureau?-1"),
        ("organs", [BUREAU, BUREAU], "“各机关”中有重复的机关"),
        ("organs", [BUREAU], "“各机关”至少 2 个"),
        ("organs", BUREAU, "“各机关”至少 2 个"),
        ("organs", [BUREAU, "nobody", 3], "“各机关”中的机关不存在或已撤销：nobody、（不是文字）"),
        ("file", "letter.docx", "“附件”应为已上传的文件"),
        ("file", [DIGEST, None], "“附件”应为已上传的文件"),
        ("file", {}, "“附件”应为已上传的文件"),
        ("rows", "一行", "“问题”应为逐行填写的表"),
        ("rows", [ROW, "一行"], "“问题”应为逐行填写的表"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_title_and_reason(key, given, detail):
    assert faults({key: given}) == [(key, detail)]


def test_ten_megabytes_of_text_are_refused_by_their_length():
    assert faults({"text": "字" * 3_500_000}) == [("text", "“事由”超过 10 字（现为 3500000 字），请改为上传附件")]


def test_a_long_code_that_no_organ_has_is_not_repeated_in_full():
    [(_, detail)] = faults({"organ": "x" * 1_000_000})

    assert detail == "“机关”中的机关不存在或已撤销：" + "x" * 40


@pytest.mark.parametrize("nothing", [None, "", "  \n", []])
def test_what_is_asked_must_be_given(nothing):
    assert faults({"text": nothing}) == [("text", "“事由”必须填写")]


def test_what_is_asked_and_left_out_is_named():
    assert faults({}, asks=("kind", "day")) == [("kind", "“类型”必须填写"), ("day", "“日期”必须填写")]


@pytest.mark.parametrize("nothing", [None, "", []])
def test_what_may_be_asked_may_be_left_empty(nothing):
    assert checked({"text": nothing}, asks=(), may_ask=("text",)) == {}


def test_what_may_be_asked_is_checked_when_it_is_given():
    assert faults({"kind": "特急"}, asks=(), may_ask=("kind",)) == [("kind", "“类型”只能选择：普通、紧急")]


@pytest.mark.parametrize("value", [False, 0])
def test_no_and_zero_are_something(value):
    assert not is_empty(value)


def test_what_is_not_asked_is_refused():
    assert faults({"text": "乡镇", "kind": "普通"}, asks=("text",)) == [("kind", "不需要填写“kind”")]


def test_a_name_that_is_not_asked_is_shown_short_and_printable():
    assert faults({"\x00" * 100: "x"}, asks=()) == [("?" * 40, f"不需要填写“{'?' * 40}”")]


def test_every_fault_is_told_at_once():
    refused = faults({"text": 3, "kind": "特急", "amount": 0}, asks=("text", "kind", "amount", "day"))

    assert [field for field, _ in refused] == ["text", "kind", "amount", "day"]


def test_the_refusal_names_the_first_place_and_tells_all():
    with pytest.raises(ValuesRefused) as refused:
        checked({"text": 3, "kind": "特急"})

    problem = refused.value.as_problem()
    assert (problem["field"], problem["title"]) == ("text", "填写内容有误")
    assert problem["detail"] == "“事由”应为文字；“类型”只能选择：普通、紧急"


# rows


def test_faults_in_rows_name_row_and_column():
    rows = [ROW, {"what": " ", "sum": 1.5, "who": "nobody"}, {"what": "a" * 4001, "extra": 1}]

    assert faults({"rows": rows}) == [
        ("rows[2].what", "“问题·问题”必须填写"),
        ("rows[2].sum", "“数额”应为整数"),
        ("rows[2].who", "“单位”中的机关不存在或已撤销：nobody"),
        ("rows[3].extra", "“问题”没有“extra”这一列"),
        ("rows[3].what", "“问题”超过 4000 字（现为 4001 字），请改为上传附件"),
        ("rows[3].sum", "“问题·数额”必须填写"),
        ("rows[3].who", "“问题·单位”必须填写"),
    ]


def test_more_rows_than_a_trail_keeps_are_refused_once():
    assert faults({"rows": [{}] * 201})[0] == ("rows", "“问题”应为 1 至 200 行")


def test_two_hundred_rows_are_taken():
    assert len(checked({"rows": [ROW] * 200})["rows"]) == 200


def test_a_row_may_not_bring_its_own_key():
    assert faults({"rows": [{**ROW, "$row": "x"}]}) == [("rows[1].$row", "“问题”没有“$row”这一列")]


BEFORE = {"rows": [ROW, ROW]}


def test_a_later_column_is_given_for_every_row():
    assert checked({"rows.done": ["已改", " 在改 "]}, rows_before=BEFORE) == {"rows.done": ["已改", "在改"]}


@pytest.mark.parametrize("cells", [["已改"], ["已改", "在改", "未改"], "已改"])
def test_a_later_column_of_another_length_is_refused(cells):
    assert faults({"rows.done": cells}, rows_before=BEFORE) == [("rows.done", "“问题·整改”须逐项填写，共 2 项")]


def test_faults_in_a_later_column_name_row_and_column():
    assert faults({"rows.done": ["已改", 3]}, rows_before=BEFORE) == [("rows[2].done", "“整改”应为文字")]


def test_a_later_column_without_rows_is_none():
    assert checked({}, asks=("rows.done",), rows_before={"rows": []}) == {"rows.done": []}


def test_a_later_column_that_is_asked_must_be_given():
    assert faults({}, asks=("rows.done",), rows_before=BEFORE) == [("rows.done", "“问题·整改”必须填写")]


def test_a_column_is_called_by_its_rows_and_itself():
    assert (title_of(EVERY, "rows.done"), title_of(EVERY, "text")) == ("问题·整改", "事由")


@pytest.mark.parametrize("key", ["nothing", "rows.nothing", "text.nothing"])
def test_what_is_not_declared_has_no_field(key):
    with pytest.raises(KeyError):
        field_of(EVERY, key)


@pytest.mark.parametrize(
    ("check", "good"),
    [
        ("case-number", "（2026）豫0825行初12号"),
        ("case-number", "(2026)豫0825行初12号之一"),
        ("document-number", "温法建〔2026〕3号"),
        ("phone", "0391-6193500"),
        ("phone", "+86 139 0000 0000"),
    ],
)
def test_a_text_that_passes_its_named_check_has_no_problem(check, good):
    assert CHECKS[check](good) == ""


@pytest.mark.parametrize(
    ("check", "bad"),
    [
        ("case-number", "（２０２６）豫0825行初12号"),
        ("case-number", "豫0825行初12号"),
        ("document-number", "温法建[2026]3号"),
        ("document-number", "温法建〔2026〕03号"),
        ("phone", "不详"),
        ("phone", "110"),
    ],
)
def test_a_text_that_fails_its_named_check_says_what_it_should_be(check, bad):
    assert CHECKS[check](bad).startswith("应为")


UID = "0190f2a4-0000-7000-8000-000000000001"


@pytest.mark.parametrize("row", [{"line": "续议"}, {"line": "续议", "which": UID}])
def test_a_row_is_about_a_matter_or_about_none(row):
    assert checked({"lines": [row]}) == {"lines": [row]}


@pytest.mark.parametrize("which", ["第七件", UID.upper(), 7])
def test_a_matter_is_named_by_its_id(which):
    with pytest.raises(ValuesRefused) as refused:
        checked({"lines": [{"line": "续议", "which": which}]})
    assert [(fault.field, fault.detail) for fault in refused.value.faults] == [
        ("lines[1].which", "“事项”应为一件事项的编号")
    ]


@pytest.mark.parametrize(
    ("given", "before"),
    [({"begins": "09:30", "ends": "09:30"}, {}), ({"begins": "15:00"}, {"ends": "11:30"})],
)
def test_no_event_is_over_before_it_begins(given, before):
    assert [field for field, _ in faults(given, rows_before=before)] == ["ends"]


@pytest.mark.parametrize(
    ("above", "below", "told"), [(7, 43, "16.28%"), (0, 9, "0.00%"), (5, 5, "100.00%"), (1, 8, "12.50%"), (1, 0, "—")]
)
def test_a_line_of_figures_reports_a_share(above, below, told):
    figures = Figures("rows", name="kind", above="won", below="all", period="text", by="r")

    assert rate_of(figures, {"won": above, "all": below}) == told
    assert rate_of(figures, {"won": above}) == "—"


def test_an_event_may_leave_open_when_it_is_over():
    assert checked({"begins": "15:00"}, rows_before={"ends": "17:00"}) == {"begins": "15:00"}
    assert checked({"begins": "15:00"}) == {"begins": "15:00"}
