"""Only an organ of the right side opens a matter or plays a part in it."""

from dataclasses import replace

import pytest
from tests.builders import an_official, an_organ
from tests.builders_matters import CLAIM, in_the_catalogue, stored
from tests.suggestions import COURT, HOUSING, LETTER, County, at, drafted, issued, standing

from fuyuantong.matters.services.acts import Form, open_by_hand, perform
from fuyuantong.matters.services.branches import WrongBranch
from fuyuantong.matters.services.opening import open_for
from fuyuantong.matters.services.successions import follow_successions
from fuyuantong.organs.succession import merge_organs
from fuyuantong.organs.vocabulary import PostKind
from fuyuantong.protocol import Branch

NOW = at("2026-08-03")


def test_a_bureau_opens_no_judicial_suggestion(county: County) -> None:
    before = stored()

    with pytest.raises(WrongBranch, match=f"“建议法院”须为“院”一方的机关，{HOUSING} 不是"):
        open_by_hand("judicial-suggestion", "标题", by=county.by(HOUSING), now=NOW)
    assert stored() == before


def test_no_other_system_opens_one_for_a_bureau(county: County) -> None:
    values = {"kind": "负责人未出庭", "cause": "16件", "ground": "未说明理由"}

    with pytest.raises(WrongBranch):
        open_for("judicial-suggestion", "标题", entry="owed", roles={"court": HOUSING}, values=values, now=NOW)


def test_a_bureau_chosen_for_the_procuratorate_is_refused(county: County) -> None:
    values = {**LETTER, "receiver_organs": [HOUSING], "reply_by": "2026-09-30", "touches_supervision": True}
    form = Form(values, chosen={"procuratorate": "410825-forestry"})

    with pytest.raises(WrongBranch, match="“同级检察院”须为“检”一方的机关"):
        perform(drafted(county, now=NOW), "issue", by=county.by(COURT), now=NOW, form=form)


def test_an_organ_named_in_a_field_stands_on_the_side_of_its_role(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    asker, helper = CLAIM.roles
    in_the_catalogue(replace(CLAIM, roles=(asker, replace(helper, branches=(Branch.GOVERNMENT,)))), monkeypatch)
    an_organ("410825-second-court", branch="court")
    uid = open_by_hand("claim", "核查", by=county.by(COURT), now=NOW).matter
    form = Form({"helper_organ": "410825-second-court", "person": "甲某"})

    with pytest.raises(WrongBranch, match="“协助单位”须为“府”一方的机关"):
        perform(uid, "send", by=county.by(COURT), now=NOW, form=form)


def test_an_heir_goes_on_whatever_its_side(county: County) -> None:
    uid = issued(county, HOUSING, now=NOW)
    heir = an_organ("410825-united", branch="party")
    an_official(heir, kind=PostKind.HEAD)
    merge_organs([county.organs[COURT]], into=heir, effective_on=NOW.date(), by=None, now=NOW)

    follow_successions(now=NOW)

    assert standing(uid).situation.holder == "410825-united"
