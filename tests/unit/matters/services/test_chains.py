"""审签程序: set by the head of an organ, walked post by post, never passed by."""

import pytest
from tests.builders import an_official
from tests.suggestions import COURT, HOUSING, LETTER, County, at, drafted, kinds

from fuyuantong.matters.services.actors import By, NoPost
from fuyuantong.matters.services.acts import perform
from fuyuantong.matters.services.chains import (
    BadChain,
    ChainNotWalked,
    NotSettable,
    chain_of,
    set_chain,
    signed_moves,
    words_of,
)
from fuyuantong.matters.services.forms import Form
from fuyuantong.matters.services.inner import NothingProposed, approve, propose, return_draft, review
from fuyuantong.organs.vocabulary import PostKind

NOW = at("2026-08-03")
READY = Form({**LETTER, "receiver_organs": [HOUSING], "reply_by": "2026-09-30"})
REVIEWER, LEADER, SIGNER, HEAD = PostKind.REVIEWER, PostKind.LEADER, PostKind.SIGNER, PostKind.HEAD


@pytest.fixture
def letter(county: County) -> str:
    """Give a letter that is proposed in a court which lets a reviewer, then a leader, then its head see it."""
    a_chain(county, REVIEWER, LEADER, HEAD)
    uid = drafted(county, now=NOW)
    propose(uid, "issue", by=colleague(county, PostKind.HANDLER), now=NOW, form=READY)
    return uid


def a_chain(county: County, *posts: str) -> None:
    set_chain(county.organs[COURT], "judicial-suggestion", "issue", posts, by=county.people[COURT], now=NOW)


def colleague(county: County, kind: PostKind) -> By:
    return By(an_official(county.organs[COURT], kind=kind), organ=COURT)


def test_an_act_goes_through_all_hands_and_takes_effect_with_the_last(county: County, letter: str) -> None:
    review(letter, by=colleague(county, REVIEWER), now=NOW)
    review(letter, by=colleague(county, LEADER), now=NOW)
    assert kinds(letter) == ["open"]

    approve(letter, by=county.by(COURT), now=NOW)
    assert kinds(letter) == ["open", "issue"]


def test_nobody_signs_before_the_others_have_passed_it_on(county: County, letter: str) -> None:
    with pytest.raises(ChainNotWalked, match="还须经“审核 → 分管领导 → 负责人”"):
        approve(letter, by=county.by(COURT), now=NOW)


def test_nobody_passes_on_out_of_turn(county: County, letter: str) -> None:
    with pytest.raises(NoPost, match="现在应由“审核”岗位办理"):
        review(letter, by=colleague(county, LEADER), now=NOW)


def test_the_last_post_signs_and_does_not_pass_on(county: County, letter: str) -> None:
    review(letter, by=colleague(county, REVIEWER), now=NOW)
    review(letter, by=colleague(county, LEADER), now=NOW)

    with pytest.raises(ChainNotWalked, match="前面的岗位都已审核"):
        review(letter, by=county.by(COURT), now=NOW)


def test_another_post_that_may_sign_does_not_sign_in_its_stead(county: County, letter: str) -> None:
    review(letter, by=colleague(county, REVIEWER), now=NOW)
    review(letter, by=colleague(county, LEADER), now=NOW)

    with pytest.raises(NoPost, match="现在应由“负责人”岗位办理"):
        approve(letter, by=colleague(county, SIGNER), now=NOW)


def test_a_reviewer_gives_back_and_the_way_begins_anew(county: County, letter: str) -> None:
    review(letter, by=colleague(county, REVIEWER), now=NOW)
    return_draft(letter, "请补充类案数据", by=colleague(county, LEADER), now=NOW)
    with pytest.raises(NothingProposed):
        review(letter, by=colleague(county, LEADER), now=NOW)

    propose(letter, "issue", by=colleague(county, PostKind.HANDLER), now=NOW, form=READY)
    with pytest.raises(NoPost, match="现在应由“审核”岗位办理"):
        review(letter, by=colleague(county, LEADER), now=NOW)


def test_who_may_sign_does_not_pass_by_the_chain(county: County, letter: str) -> None:
    with pytest.raises(ChainNotWalked, match="本单位规定“签发送达”须经“审核 → 分管领导 → 负责人”"):
        perform(letter, "issue", by=county.by(COURT), now=NOW, form=READY)


def test_where_nothing_is_set_whoever_may_sign_signs(county: County) -> None:
    assert chain_of(county.organs[COURT], "judicial-suggestion", "issue") == ()
    assert words_of(()) == "签发"


def test_a_later_chain_takes_the_place_of_the_former(county: County, letter: str) -> None:
    a_chain(county, HEAD)
    approve(letter, by=county.by(COURT), now=NOW)

    assert kinds(letter) == ["open", "issue"]


@pytest.mark.parametrize(
    "posts", [(), (REVIEWER,), (SIGNER, REVIEWER), (SIGNER, SIGNER), ("auditor", SIGNER), ("x", SIGNER)]
)
def test_a_chain_that_cannot_be_walked_is_refused(county: County, posts: tuple[str, ...]) -> None:
    with pytest.raises(BadChain):
        a_chain(county, *posts)


def test_a_chain_is_set_for_a_signed_move_only(county: County) -> None:
    with pytest.raises(BadChain, match="没有“judicial-suggestion drop”"):
        set_chain(county.organs[COURT], "judicial-suggestion", "drop", (HEAD,), by=county.people[COURT], now=NOW)


def test_the_head_of_another_organ_sets_nothing(county: County) -> None:
    with pytest.raises(NotSettable):
        set_chain(county.organs[COURT], "judicial-suggestion", "issue", (HEAD,), by=county.people[HOUSING], now=NOW)


def test_the_keeper_of_the_settings_may_set_it_too(county: County) -> None:
    keeper = an_official(county.organs[HOUSING], kind=PostKind.SECURITY_ADMINISTRATOR)
    set_chain(county.organs[COURT], "judicial-suggestion", "issue", (HEAD,), by=keeper, now=NOW)

    assert chain_of(county.organs[COURT], "judicial-suggestion", "issue") == ("head",)


def test_the_moves_of_children_are_signed_too() -> None:
    named = {(one.mechanism, one.move.key) for one in signed_moves()}

    assert {("judicial-suggestion", "issue"), ("judicial-suggestion/answer", "reply")} <= named
