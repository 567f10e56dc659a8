"""The diagram that is derived from a declaration."""

from dataclasses import replace

from tests.unit.protocol.proof.letters import LETTER, ROUND, on, on_move, plus

from fuyuantong.protocol import Is, Lapse, Move, Request, Tally
from fuyuantong.protocol.diagram import diagram

ROUND_DRAWN = """\
stateDiagram-v2
    state "拟稿｜法院｜尚未发出" as drafting
    state "会签中｜法院｜收齐期" as collecting
    state collecting {
        state "待会签｜会签单位｜会签期" as collecting__signing
        state "同意" as collecting__agreed
        state "不同意" as collecting__refused
        state "收回" as collecting__recalled
        [*] --> collecting__signing : 法院（转入）
        collecting__signing --> collecting__agreed : 同意
        collecting__signing --> collecting__refused : 不同意
        collecting__agreed --> [*]
        collecting__refused --> [*]
        collecting__recalled --> [*]
    }
    state "会签完毕" as done
    state "未能会签" as failed
    state "停止" as stopped
    [*] --> drafting : 法院
    drafting --> collecting : 送签
    collecting --> stopped : 不再会签
    collecting --> done : 全部为同意
    collecting --> failed : 其余情形
    done --> [*]
    failed --> [*]
    stopped --> [*]
"""


def lines(declaration: object) -> set[str]:
    """Return the lines of a diagram."""
    return {line.strip() for line in diagram(declaration).splitlines()}  # type: ignore[arg-type]


def test_a_diagram_shows_states_steps_and_children() -> None:
    assert diagram(ROUND) == ROUND_DRAWN


def test_a_move_shows_where_it_leads_beyond_its_bound() -> None:
    bounded = on_move(LETTER, "answering", "reply", to="answering", at_most=2, beyond="done")

    assert {"answering --> answering : 答复", "answering --> done : 答复（第 3 次起）"} <= lines(bounded)


def test_a_guard_shows_titles_and_values() -> None:
    guarded = on_move(LETTER, "answering", "reply", when=(Is("kind", "甲", "乙"), Is("urgent", True)))

    assert "answering --> done : 答复［类型＝甲或乙，紧急＝是］" in lines(guarded)


def test_a_fact_shows_by_what_set_it() -> None:
    reply = LETTER.state("answering").moves[0]  # type: ignore[union-attr]
    told = replace(reply, key="tell", title="催告", sets={"told": True, "asked": False})
    again = replace(reply, key="again", title="再催告", when=(Is("told", True), Is("asked", False)))
    both = on(LETTER, "states", "answering", moves=(reply, told, again))

    assert "answering --> done : 再催告［已催告，未］" in lines(both)


def test_a_ballot_may_set_a_fact() -> None:
    tally = Tally("otherwise", to="failed", sets={"split": True})
    split = on(
        ROUND,
        "states",
        "collecting",
        ballot=(tally,),
        moves=(Move("stop", "停", to="stopped", when=(Is("split", True),)),),
    )

    assert "collecting --> stopped : 停［已计票］" in lines(split)


def test_a_lapse_shows_its_clock_and_no_end_of_the_label() -> None:
    lapse = Lapse("answer", to="done", title="逾期: 视为同意; 办结")

    assert "answering --> done : 答复期届满，逾期： 视为同意； 办结" in lines(
        on(LETTER, "states", "answering", lapses=(lapse,))
    )


def test_a_demand_shows_who_may_make_it() -> None:
    demand = Request("withdraw", "撤回", by=("court", "agency"), states=("answering",), demand="done")

    assert "answering --> done : 法院、机关要求撤回" in lines(plus(LETTER, requests=(demand,)))


def test_a_ballot_shows_how_it_counts() -> None:
    ballot = (
        Tally("count", ("agreed",), to="done", n=2),
        Tally("any", ("refused", "agreed"), to="failed"),
        Tally("otherwise", to="stopped"),
    )

    assert {
        "collecting --> done : 至少 2 个同意",
        "collecting --> failed : 有不同意、同意",
        "collecting --> stopped : 其余情形",
    } <= lines(on(ROUND, "states", "collecting", ballot=ballot))


def test_a_child_of_the_catalogue_is_not_drawn_here() -> None:
    elsewhere = lines(on(ROUND, "states", "collecting", child="sign"))

    assert "collecting --> done : 全部为agreed" in elsewhere
    assert "state collecting {" not in elsewhere


def test_a_reviewed_state_says_so_and_quotes_do_not_end_the_label() -> None:
    reviewed = on(LETTER, "states", "answering", judged_by="", review="house:review", title='待"答复"')

    assert 'state "待”答复”｜机关｜定期复核" as answering' in lines(reviewed)
