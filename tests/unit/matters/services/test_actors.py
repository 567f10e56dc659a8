"""Who may act, for which organ, on whose behalf, and as of which day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.builders import an_account, an_official, an_organ
from tests.builders_matters import a_file
from tests.suggestions import COURT, FORESTRY, GOVERNMENT, HOUSING, OFFICE, County, at

from fuyuantong.matters.database_world import DatabaseWorld
from fuyuantong.matters.services.actors import (
    MAY_SIGN,
    BadBasis,
    By,
    NoPost,
    NoProxy,
    WrongDate,
    actor_of,
    effective_day,
    today,
)
from fuyuantong.organs.models import Organ
from fuyuantong.organs.succession import merge_organs
from fuyuantong.organs.vocabulary import PostKind

NOW = at("2026-08-03")
TODAY = date(2026, 8, 3)
MILL = "410825-mill"


@pytest.fixture
def mill(county: County) -> Organ:
    """Give an organ that is not on line, in the region of the office."""
    return an_organ(MILL, online=False)


def actor(by: By, **told: object):
    return actor_of(by, world=DatabaseWorld(on=TODAY), now=NOW, **told)


def test_the_only_organ_need_not_be_named(county: County) -> None:
    found = actor(By(county.people[COURT]))

    assert (found.organ, found.post, found.for_organ) == (COURT, "head", COURT)


def test_an_account_without_a_post_may_do_nothing(county: County) -> None:
    with pytest.raises(NoPost, match="你没有在任职务"):
        actor(By(an_account()))


@pytest.mark.parametrize("kind", [PostKind.REVIEWER, PostKind.AUDITOR, PostKind.SYSTEM_ADMINISTRATOR])
def test_a_post_that_does_not_act_is_no_post_for_acts(county: County, kind: PostKind) -> None:
    with pytest.raises(NoPost):
        actor(By(an_official(county.organs[COURT], kind=kind)))


def test_nobody_acts_for_an_organ_in_which_they_have_no_post(county: County) -> None:
    with pytest.raises(NoPost, match=f"你在 {HOUSING} 没有可办理事项的职务"):
        actor(By(county.people[COURT], organ=HOUSING))


def test_nobody_acts_for_an_organ_that_has_ended(county: County) -> None:
    heir = an_organ("410825-heir")
    merge_organs([county.organs[FORESTRY]], into=heir, effective_on=TODAY, by=None, now=NOW)
    account = an_official(heir)

    assert actor(By(account)).organ == "410825-heir"
    with pytest.raises(NoPost):
        actor(By(county.people[FORESTRY], organ=FORESTRY))


def test_a_signature_is_given_by_the_post_that_signs(county: County) -> None:
    handler = an_official(county.organs[COURT])

    assert actor(By(county.people[COURT]), kinds=MAY_SIGN).post == "head"
    with pytest.raises(NoPost, match="须由负责人或者签发人签发"):
        actor(By(handler), kinds=MAY_SIGN)


@pytest.mark.parametrize("basis", ["据\x00", "字" * 1_001, "  "])
def test_a_ground_that_cannot_be_kept_is_refused(county: County, basis: str) -> None:
    with pytest.raises(BadBasis, match="依据有误"):
        actor(By(county.people[COURT], basis=basis))


def test_the_office_acts_for_an_organ_that_is_not_on_line(county: County, mill: Organ) -> None:
    found = actor(By(county.people[OFFICE], on_behalf_of=MILL), files=("a scan",))

    assert (found.organ, found.on_behalf_of, found.for_organ) == (OFFICE, MILL, MILL)


def test_a_party_acts_for_an_organ_that_is_not_on_line(county: County, mill: Organ) -> None:
    assert actor(By(county.people[COURT], on_behalf_of=MILL), parties=(COURT, MILL), files=("a scan",)).organ == COURT


def test_who_is_neither_party_nor_office_is_no_proxy(county: County, mill: Organ) -> None:
    with pytest.raises(NoProxy, match=f"{COURT} 不是本件的一方，也不是其领导小组办公室"):
        actor(By(county.people[COURT], on_behalf_of=MILL), parties=(HOUSING,), files=("a scan",))


def test_a_proxy_without_a_paper_is_refused(county: County, mill: Organ) -> None:
    with pytest.raises(NoProxy, match="须附纸质材料的扫描件"):
        actor(By(county.people[OFFICE], on_behalf_of=MILL))


def test_an_organ_on_line_acts_for_itself(county: County) -> None:
    with pytest.raises(NoProxy, match=f"{HOUSING} 已上线"):
        actor(By(county.people[OFFICE], on_behalf_of=HOUSING), files=("a scan",))


@pytest.mark.parametrize("code", ["410825-nowhere", "410825\x00", "\ud800"])
def test_an_organ_that_there_is_not_has_no_proxy(county: County, code: str) -> None:
    with pytest.raises(NoProxy, match="没有“"):
        actor(By(county.people[OFFICE], on_behalf_of=code), files=("a scan",))


def test_nobody_is_proxy_of_their_own_organ(county: County) -> None:
    with pytest.raises(NoProxy, match="本单位的事项不是代办"):
        actor(By(county.people[GOVERNMENT], on_behalf_of=GOVERNMENT), parties=(GOVERNMENT,), files=("a scan",))


def test_an_act_counts_today_unless_said(county: County) -> None:
    assert effective_day(county.by(COURT), not_before=None, files=(), now=NOW) == TODAY


def test_the_day_is_the_day_in_china() -> None:
    assert today(at("2026-08-03", "23:59")) == TODAY
    assert today(at("2026-08-03", "23:59") + timedelta(minutes=1)) == date(2026, 8, 4)


@pytest.mark.parametrize(
    ("day", "basis", "words"),
    [
        (date(2026, 8, 4), "邮戳", "在今天之后"),
        (date(2026, 8, 1), "邮戳", "早于本件进入当前环节的 2026-08-02"),
        (date(1949, 9, 30), "邮戳", "早于 1949-10-01"),
        (date(2026, 8, 2), "", "不是今天，须写明依据或者附证明材料"),
    ],
)
def test_a_day_that_cannot_be_is_refused(county: County, day: date, basis: str, words: str) -> None:
    by = replace(county.by(COURT), effective_on=day, basis=basis)

    with pytest.raises(WrongDate, match=words):
        effective_day(by, not_before=date(2026, 8, 2), files=(), now=NOW)


@pytest.mark.parametrize(("basis", "papers"), [("邮戳", 0), ("", 1)])
def test_an_earlier_day_wants_a_ground_or_a_paper(county: County, basis: str, papers: int) -> None:
    by = replace(county.by(COURT), effective_on=date(2026, 8, 2), basis=basis)
    files = (a_file("回执", now=NOW),) * papers

    assert effective_day(by, not_before=date(2026, 8, 2), files=files, now=NOW) == date(2026, 8, 2)
