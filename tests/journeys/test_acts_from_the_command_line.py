"""Officials of two organs act from the command line; what is typed wrongly is refused and changes nothing."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.builders import an_organ
from tests.builders_matters import stored
from tests.suggestions import COURT, HOUSING, County
from tests.terminal import Terminal

from fuyuantong.clock.terms import SHANGHAI

pytestmark = pytest.mark.django_db
REPLY_BY = f"reply_by={datetime.now(SHANGHAI).date() + timedelta(days=40)}"
SUGGESTION = {
    "kind": "综合治理",
    "title": "规范行政处罚告知程序",
    "cause": "近一年同一小区物业纠纷16件",
    "problems": [{"problem": "处罚前未告知听证权利", "suggestion": "修订文书模板"}],
    "copied": [],
    "touches_supervision": False,
    "contact": "研究室 0391-0000000",
    "receiver_organs": [HOUSING],
}


@pytest.fixture
def court(county: County) -> str:
    return county.people[COURT].username


@pytest.fixture
def letter(tmp_path: Path) -> str:
    """Write the values of a suggestion into a file."""
    path = tmp_path / "letter.json"
    path.write_text(json.dumps(SUGGESTION, ensure_ascii=False), encoding="utf-8")
    return str(path)


@pytest.fixture
def paper(tmp_path: Path) -> str:
    """Write a paper to hand in."""
    path = tmp_path / "paper.txt"
    path.write_text("三定方案", encoding="utf-8")
    return str(path)


@pytest.fixture
def drafted(terminal: Terminal, court: str) -> str:
    words = ("--open", "judicial-suggestion", "--title", "司法建议一", "--by", court, "--json")
    return str(terminal("act", *words).data["matter"])


@pytest.fixture
def asked(terminal: Terminal, court: str, drafted: str, letter: str) -> str:
    """Issue the suggestion to the housing bureau; its answer's uid."""
    issued = terminal("act", drafted, "issue", "--by", court, "--values", letter, "--set", REPLY_BY, "--json")
    return next(act["matter"] for act in issued.data["acts"] if act["is_child"])


def test_opening_tells_what_was_done_and_what_comes_next(terminal: Terminal, court: str) -> None:
    answer = terminal("act", "--open", "judicial-suggestion", "--title", "司法建议一", "--by", court)

    lines = answer.said.splitlines()
    assert answer.code == 0
    assert lines[0].startswith("已办理：立项（第 1 号记录，摘要 ")
    assert lines[1:4:2] == ["  事项  司法建议一", "  现状  拟稿，由法院办理"]


def test_a_bureau_receives_and_the_court_demands_the_letter_back(
    terminal: Terminal, county: County, court: str, asked: str
) -> None:
    received = terminal("act", asked, "receive", "--by", county.people[HOUSING].username)
    recalled = terminal("act", asked, "recall", "--request", "--by", court, "--set", "reason=重复发送", "--json")

    assert "现状  待书面答复，由住建局办理" in received.said
    assert [act["state"] for act in recalled.data["acts"] if act["matter"] == asked] == ["recalled"]


def test_a_party_adds_papers_while_the_other_side_holds(
    terminal: Terminal, county: County, court: str, asked: str, paper: str
) -> None:
    housing = county.people[HOUSING].username
    terminal("act", asked, "misdirected", "--by", housing, "--set", "reason=非本单位职责")

    asks = terminal("matter", "show", asked, "--as", housing).said
    added = terminal(
        "act", asked, "add_material", "--request", "--by", housing, "--set", "note=三定方案", f"file={paper}"
    )

    assert "补充材料  add_material  须填：说明 note、材料 file" in asks
    assert added.said.startswith("已办理：补充材料（第 3 号记录")
    assert "说明：三定方案；材料：附件 " in terminal("matter", "show", asked).said


def test_what_was_written_wrongly_is_corrected_by_who_wrote_it(terminal: Terminal, county: County, asked: str) -> None:
    housing = county.people[HOUSING].username
    terminal("act", asked, "misdirected", "--by", housing, "--set", "reason=非本单位职责")
    words = ("act", asked, "--correct", "2", "--by", housing, "--set", "reason=三定方案已划转")

    assert terminal(*words).code == 2
    assert terminal(*words, "--reason", "理由写得不准").said.startswith("已办理：更正（第 3 号记录")
    assert "三定方案已划转" in terminal("matter", "show", asked).said


def test_what_happens_elsewhere_is_told_too(terminal: Terminal, court: str, drafted: str, letter: str) -> None:
    said = terminal("act", drafted, "issue", "--by", court, "--values", letter, "--set", REPLY_BY).said

    assert "温法建〔" in said
    assert "随之发生：" in said
    assert "└ 司法建议答复  系统  立项  → 待签收  由住建局办理" in said


def test_a_request_with_a_key_is_acted_upon_once(terminal: Terminal, court: str, drafted: str) -> None:
    words = ("act", drafted, "drop", "--by", court, "--set", "reason=已另行处理", "--key", "k1")
    first, second, data = terminal(*words), terminal(*words), terminal(*words, "--json").data

    assert first.said.startswith("已办理：不再制发")
    assert second.said == f"同一请求此前已经办理：事项 {drafted}，第 2 号记录；本次未作改动。\n"
    assert (data["again"], data["acts"]) == (True, [])


def test_an_act_may_count_from_an_earlier_day_with_its_basis(terminal: Terminal, county: County, asked: str) -> None:
    housing = county.people[HOUSING].username
    today = f"{datetime.now(SHANGHAI).date()}"
    done = terminal("act", asked, "receive", "--by", housing, "--effective-on", today, "--basis", "回执", "--json")

    assert done.data["acts"][0]["effective_on"] == today


def test_an_act_for_an_organ_that_is_not_on_line_shows_its_paper(
    terminal: Terminal, county: County, court: str, drafted: str, letter: str, paper: str
) -> None:
    an_organ("410825-township", short="祥云镇", online=False)
    more = ("--values", letter, "--set", REPLY_BY, "receiver_organs=410825-township")
    issued = terminal("act", drafted, "issue", "--by", court, *more, "--json")
    answer = next(act["matter"] for act in issued.data["acts"] if act["is_child"])

    words = ("act", answer, "receive", "--by", court, "--on-behalf-of", "410825-township")
    without, done = terminal(*words), terminal(*words, "--file", paper, "--json")

    assert without.code == 2
    assert done.data["acts"][0]["on_behalf_of_name"] == "祥云镇"


WRONG = [
    ((), "不清楚要做什么"),
    (("--seed", "3"), "不清楚要做什么"),
    (("{uid}", "issue", "--open", "dispute", "--by", "{court}"), "不清楚要做什么"),
    (("--play", "dispute", "--open", "dispute"), "不清楚要做什么"),
    (("{uid}",), "还缺 办理事项、--by"),
    (("{uid}", "issue"), "还缺 --by"),
    (("--open", "dispute", "--by", "{court}"), "还缺 --title"),
    (("{uid}", "issue", "--by", "nobody"), "账号“nobody”不存在"),
    (("37", "issue", "--by", "{court}"), "没有这件事项"),
    (("01a20205-37d9-77f1-a312-13f466973832", "issue", "--by", "{court}"), "没有这件事项"),
    (("{uid}", "fly", "--by", "{court}"), "没有“fly”这一办理事项"),
    (("{uid}", "fly", "--request", "--by", "{court}"), "没有“fly”这一申请"),
    (("{uid}", "issue", "--by", "{court}"), "“主送单位”必须填写"),
    (("{uid}", "drop", "--by", "{court}", "--set", "reason"), "“reason”应写作 字段=内容"),
    (("{uid}", "drop", "--by", "{court}", "--set", "other=x"), "不需要填写“other”"),
    (("{uid}", "drop", "--by", "{court}", "--set", "reason=x", "role:sky=x"), "没有“sky”这一方"),
    (("{uid}", "drop", "--by", "{court}", "--effective-on", "soon"), "--effective-on “soon”不是日期"),
    (("{uid}", "drop", "--by", "{court}", "--values", "/nowhere"), "文件“/nowhere”无法读取"),
    (("{uid}", "drop", "--by", "{court}", "--values", "{list}"), "应为一个 JSON 对象"),
    (("{uid}", "drop", "--by", "{court}", "--values", "{torn}"), "不是合法的 JSON"),
    (("{uid}", "drop", "--by", "{court}", "--file", "a\0b"), "无法读取"),
    (("{uid}", "drop", "--by", "{housing}", "--set", "reason=x"), "没有这件事项"),
    (("{uid}", "drop", "--by", "{court}", "--organ", "410825-housing"), "住建局"),
    (("--open", "astrology", "--title", "x", "--by", "{court}"), "没有“astrology”这个机制"),
    (("--open", "judicial-suggestion", "--title", "x", "--by", "{housing}"), "住建局 不是"),
    (("--play", "astrology"), "没有“astrology”这个机制"),
    (("--play", "dispute", "--example", "99"), "没有第 99 个示例"),
    (("--play", "dispute", "--example", "first"), "--example “first”不是整数"),
    (("--play", "dispute", "--seed", "-1"), "--seed “-1”不是整数"),
]


@pytest.mark.parametrize(("words", "said"), WRONG)
def test_what_is_typed_wrongly_is_refused_and_changes_nothing(
    terminal: Terminal, county: County, court: str, drafted: str, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    (tmp_path / "list").write_text("[]", encoding="utf-8")
    (tmp_path / "torn").write_text("{", encoding="utf-8")
    meant = {"{uid}": drafted, "{court}": court, "{housing}": county.people[HOUSING].username}
    meant |= {f"{{{name}}}": str(tmp_path / name) for name in ("list", "torn")}
    before = stored()

    answer = terminal("act", *(meant.get(word, word) for word in words))

    assert (answer.code, answer.said) == (2, "")
    assert said in answer.refused
    assert stored() == before
