"""Two versions of one plan, obligation by obligation."""

from tests.unit.reading.plans_of import reading_of_text

from fuyuantong.reading.comparison import ChangeKind, compare

OLD = """一、工作任务
（一）县司法局应当每季度通报行政机关负责人出庭应诉情况。
（二）县法院应当建立司法建议台账，逐件登记办理情况。
（三）县财政局应当设立破产援助资金。"""
NEW = """一、工作任务
（一）县法院应当建立司法建议台账，逐件登记办理情况。
（二）县司法局应当每半年通报行政机关负责人出庭应诉情况。
（三）县检察院应当开展行政非诉执行监督。"""


def kinds(old: str, new: str) -> list[ChangeKind]:
    return [change.kind for change in compare(reading_of_text(old), reading_of_text(new))]


def test_the_same_plan_has_not_changed() -> None:
    assert kinds(OLD, OLD) == [ChangeKind.SAME] * 3


def test_each_obligation_stays_changes_comes_or_goes() -> None:
    assert kinds(OLD, NEW) == [ChangeKind.SAME, ChangeKind.CHANGED, ChangeKind.NEW, ChangeKind.GONE]


def test_a_change_says_what_differs() -> None:
    change = compare(reading_of_text(OLD), reading_of_text(NEW))[1]

    assert (change.before, change.after, change.differs) == (0, 1, ("text", "due"))
    assert 0.8 < change.likeness < 1.0


def test_under_the_same_clause_a_rewritten_text_is_a_change() -> None:
    rewritten = OLD.replace("应当设立破产援助资金。", "要安排破产援助经费，纳入预算。")

    assert kinds(OLD, rewritten)[2] is ChangeKind.CHANGED


def test_what_is_said_twice_is_paired_once() -> None:
    twice = OLD + "\n（四）县财政局应当设立破产援助资金。"

    assert kinds(OLD, twice) == [*[ChangeKind.SAME] * 3, ChangeKind.NEW]


def test_an_empty_version_loses_all() -> None:
    assert kinds(OLD, "") == [ChangeKind.GONE] * 3


def test_kinds_have_words_for_people() -> None:
    assert [kind.word for kind in ChangeKind] == ["未变", "修改", "新增", "删除"]
