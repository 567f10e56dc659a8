"""A place's own terms and organs go before the defaults; the nearest region and the latest day win."""

from datetime import date

import pytest
from tests.suggestions import COURT, HOUSING, OFFICE, County, act, at, drafted

from fuyuantong import catalogue
from fuyuantong.clock.rule import Source
from fuyuantong.clock.terms import Term, Unit
from fuyuantong.matters.database_world import DatabaseWorld
from fuyuantong.matters.place_settings import UnknownSetting, settings_of
from fuyuantong.matters.services.acts import open_by_hand
from fuyuantong.matters.services.beginners import MechanismOff, NotYoursToBegin, may_begin
from fuyuantong.matters.services.setting import BadSetting, set_mechanisms, set_organs, set_term
from fuyuantong.matters.session import acting

NOW = at("2026-08-03")
KEY = "house:sign-for"


def set_days(county: County, days: int, *, region: str = "410825", since: str = "2026-01-01") -> None:
    term = Term(days, Unit.WORKING_DAYS)
    day = date.fromisoformat(since)
    set_term(KEY, term, region_code=region, basis="方案", valid_from=day, by=county.people[OFFICE], now=NOW)


def days(region: str = "410825", on: str = "2026-08-03") -> int:
    with acting():
        return settings_of(region).house_rule(KEY, on=date.fromisoformat(on)).term.length


def test_without_a_setting_the_default_holds_with_its_ground(county: County) -> None:
    with acting():
        rule = settings_of("410825").house_rule(KEY, on=NOW.date())

    assert (rule.term.length, rule.source, rule.key) == (3, Source.HOUSE, KEY)
    assert "本地默认" in rule.basis


def test_the_nearest_region_goes_first(county: County) -> None:
    set_days(county, 7, region="410800", since="2026-07-01")
    set_days(county, 5, region="410825", since="2026-01-01")

    assert (days("410825"), days("410825101"), days("410800")) == (5, 5, 7)


def test_a_later_setting_holds_from_its_day_on(county: County) -> None:
    set_days(county, 5, since="2026-01-01")
    set_days(county, 8, since="2026-08-01")

    assert (days(on="2025-12-31"), days(on="2026-07-31"), days(on="2026-08-01")) == (3, 5, 8)


def test_of_two_for_the_same_day_the_later_said_holds(county: County) -> None:
    set_days(county, 5)
    set_days(county, 8)

    assert days() == 8


def test_a_term_without_a_default_is_no_setting(db: None) -> None:
    with pytest.raises(UnknownSetting, match="本地期限“house:no-such”没有默认值"), acting():
        settings_of("410825").house_rule("house:no-such", on=NOW.date())


def test_organs_are_those_named_last_and_none_when_none_are(county: County) -> None:
    told = {"region_code": "410825", "basis": "方案", "by": county.people[OFFICE], "now": NOW}
    set_organs("suggestion-copies", [OFFICE], valid_from=date(2026, 1, 1), **told)
    set_organs("suggestion-copies", [COURT, HOUSING], valid_from=date(2026, 8, 1), **told)

    with acting():
        settings = settings_of("410825")
    assert settings.organs("suggestion-copies", on=date(2026, 7, 31)) == (OFFICE,)
    assert settings.organs("suggestion-copies", on=date(2026, 8, 1)) == (COURT, HOUSING)
    assert settings.organs("leading-group", on=date(2026, 8, 1)) == ()


def test_where_nothing_is_chosen_every_mechanism_is_on(county: County) -> None:
    with acting():
        assert settings_of("410825").is_on("dispute", on=NOW.date())


def test_a_mechanism_that_is_off_is_begun_no_more_and_running_matters_go_on(county: County) -> None:
    running = drafted(county, now=NOW)
    day = date(2026, 1, 1)
    set_mechanisms(["dispute"], region_code="410825", basis="方案", valid_from=day, by=county.people[OFFICE], now=NOW)

    with pytest.raises(MechanismOff, match="没有启用"):
        drafted(county, now=NOW)
    assert act(county, running, "drop", now=NOW, reason="不再发出").state == "dropped"


def test_only_the_organs_that_the_place_names_begin_what_is_begun_by_them(county: County) -> None:
    day = date(2026, 1, 1)
    set_organs(
        "supervisors", [OFFICE], region_code="410825", basis="方案", valid_from=day, by=county.people[OFFICE], now=NOW
    )

    with pytest.raises(NotYoursToBegin, match="督办单位"):
        open_by_hand("supervision-order", "关于逾期事项的督办", by=county.by(COURT), now=NOW)
    assert open_by_hand("supervision-order", "关于逾期事项的督办", by=county.by(OFFICE), now=NOW).holder == OFFICE
    mechanism, world = catalogue.mechanism("supervision-order"), DatabaseWorld(on=NOW.date())
    with acting():
        may = [may_begin(mechanism, mechanism.entries[0], organ, world=world) for organ in (COURT, OFFICE)]
    assert may == [False, True]


def test_a_mechanism_that_there_is_not_cannot_be_switched_on(county: County) -> None:
    day, by = date(2026, 1, 1), county.people[OFFICE]

    with pytest.raises(UnknownSetting):
        set_mechanisms(["unheard-of"], region_code="410825", basis="方案", valid_from=day, by=by, now=NOW)
    with pytest.raises(BadSetting):
        set_mechanisms([], region_code="410825", basis="方案", valid_from=day, by=by, now=NOW)
