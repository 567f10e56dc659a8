"""A place sets its own terms and names its own organs."""

import pytest
from tests.suggestions import COURT, OFFICE, County, at

from fuyuantong.clock.terms import Term, Unit
from fuyuantong.matters.database_world import DatabaseWorld
from fuyuantong.matters.place_settings import UnknownSetting
from fuyuantong.matters.services.setting import BadSetting, set_organs, set_term
from fuyuantong.organs.queries import NoSuchOrgan

NOW = at("2026-08-03")
TODAY = NOW.date()
FIVE_DAYS = Term(5, Unit.WORKING_DAYS)


def put_term(county: County, key: str = "house:sign-for", **more: object):
    told = {"region_code": "410825", "basis": "温县方案三（二）", "valid_from": TODAY, "by": county.people[OFFICE]}
    return set_term(key, FIVE_DAYS, now=NOW, **{**told, **more})


def put_organs(county: County, codes: tuple[str, ...], key: str = "suggestion-copies", **more: object):
    told = {"region_code": "410825", "basis": "温县方案三（二）", "valid_from": TODAY, "by": county.people[OFFICE]}
    return set_organs(key, codes, now=NOW, **{**told, **more})


def test_a_term_is_set_from_a_day_on(county: County) -> None:
    put_term(county)

    rule = DatabaseWorld(on=TODAY).house_rule("house:sign-for", on=TODAY, near=COURT)
    assert (rule.term, rule.basis) == (FIVE_DAYS, "温县方案三（二）")


def test_organs_are_named_under_a_key(county: County) -> None:
    put_organs(county, (OFFICE, COURT))

    assert DatabaseWorld(on=TODAY).organs_by_setting("suggestion-copies", near=COURT) == (OFFICE, COURT)


def test_a_term_without_a_default_is_no_setting(county: County) -> None:
    with pytest.raises(UnknownSetting, match="没有“house:no-such”这一本地期限"):
        put_term(county, "house:no-such")


def test_a_key_that_no_mechanism_names_is_no_setting(county: County) -> None:
    with pytest.raises(UnknownSetting, match=r"没有机制使用“no-such”；现有：.*suggestion-copies"):
        put_organs(county, (OFFICE,), key="no-such")


def test_an_organ_that_there_is_not_is_refused(county: County) -> None:
    with pytest.raises(NoSuchOrgan):
        put_organs(county, (OFFICE, "410825-nowhere"))


@pytest.mark.parametrize("told", [{"basis": " "}, {"basis": "据\x00"}, {"region_code": "419999"}])
def test_a_setting_wants_a_ground_and_a_region_there_is(county: County, told: dict) -> None:
    with pytest.raises(BadSetting):
        put_term(county, **told)
    with pytest.raises(BadSetting):
        put_organs(county, (OFFICE,), **told)
