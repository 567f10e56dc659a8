"""安全管理员: terms, organs named by the place, the ladder, holiday notices, second factors, the three posts."""

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.builders import an_account, an_official, an_organ
from tests.suggestions import a_county, at, replying
from tests.unit.desk.administrators import Desk, last_event

from fuyuantong import catalogue
from fuyuantong.accounts.models import FactorRule
from fuyuantong.clock.calendar import BadNotice
from fuyuantong.docket.similar import default_rules
from fuyuantong.matters.database_world import current_calendar
from fuyuantong.matters.models.place_setting import PlaceSetting
from fuyuantong.matters.place_settings import settings_of
from fuyuantong.matters.services.chains import chain_of, signed_moves
from fuyuantong.matters.services.holiday_notices import adopt_notice, preview_notice
from fuyuantong.matters.services.recomputing import recompute_for_calendar
from fuyuantong.matters.services.setting import set_list, settings_named
from fuyuantong.organs.models import Organ, Tenure
from fuyuantong.organs.vocabulary import PostKind
from fuyuantong.plans.ledger_rules import ledger_rules

pytestmark = pytest.mark.django_db
GROUND = {"basis": "温府办〔2026〕1号第3条", "valid_from": "2026-01-01"}
NOTICE = """\
# notice: 国务院办公厅关于2027年部分节假日安排的通知
# number: 国办发明电〔2026〕9号
# issued: 2026-11-30
date,kind,name
2027-01-01,holiday,元旦
2027-01-02,holiday,元旦
2027-01-03,holiday,元旦
2027-01-04,holiday,元旦
"""


@pytest.fixture
def court() -> Organ:
    return an_organ("410825-court", branch="court", short="县法院")


@pytest.fixture
def desk(court: Organ) -> Desk:
    return Desk(court, PostKind.SECURITY_ADMINISTRATOR)


@pytest.fixture
def place(settings, tmp_path: Path) -> Path:
    """Give the place a folder of its own."""
    settings.DATA_DIR = tmp_path
    (tmp_path / "holidays").mkdir()
    return tmp_path


def test_a_term_is_set_with_its_basis(desk: Desk):
    key = min(catalogue.house_terms())

    page = desk.does(f"settings/terms/{key}", length="7", unit="working_days", **GROUND)

    assert "温府办〔2026〕1号第3条" in page
    assert PlaceSetting.objects.get().value == {"term": {"length": 7, "unit": "working_days"}}
    assert last_event().detail["fields"]["length"] == "7"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"length": "many", "unit": "days"}, "期限不是整数"),
        ({"length": "3", "unit": "moons"}, "没有这个单位"),
        ({"length": "0", "unit": "days"}, "不是可用的期限"),
        ({"length": "3", "unit": "days", "valid_from": ""}, "生效日期不是日期"),
    ],
)
def test_a_wrong_term_is_refused_and_kept_as_typed(desk: Desk, fields: dict, reason: str):
    page = desk.fails(f"settings/terms/{min(catalogue.house_terms())}", **{**GROUND, **fields})

    assert reason in page
    assert GROUND["basis"] in page


def test_a_setting_is_shown_before_it_is_changed(desk: Desk):
    term = min(catalogue.house_terms().values(), key=lambda term: term.key)

    assert term.title in desk.page(f"settings/terms/{term.key}")
    assert "县法院" in desk.page(f"settings/named/{min(settings_named())}")


def test_a_setting_that_does_not_exist_is_refused(desk: Desk):
    assert "没有这个设置项" in desk.fails("settings/terms/nothing")
    assert "没有这个设置项" in desk.fails("settings/named/nothing")


def test_a_place_says_which_endings_count_as_lost(desk: Desk):
    on = at("2026-11-22").date()

    assert "J07" in settings_of("410825").losses(on=on)
    desk.does("settings/losses", outcomes=["J02", "J05"], **GROUND)
    assert settings_of("410825").losses(on=on) == {"J02", "J05"}
    assert "判决撤销、判决履行法定职责" in desk.page("settings")
    assert "没有“J99”这一结案方式" in desk.fails("settings/losses", outcomes=["J99"], **GROUND)
    assert "checked" in desk.page("settings/losses")


def test_a_place_says_by_what_something_is_proposed(desk: Desk):
    place, on = settings_of("410825"), at("2026-11-22").date()

    assert (place.threshold("similar-cases", on=on), place.similar_rules(on=on)) == (5, default_rules())
    desk.does("settings/thresholds/similar-cases", n="8", **GROUND)
    desk.does("settings/similar", rules=["cause"], **GROUND)
    place = settings_of("410825")
    assert (place.threshold("similar-cases", on=on), place.similar_rules(on=on)) == (8, {"cause"})
    assert "同一案由的新收案件（不分单位）" in desk.page("settings")
    assert "应在 2 至 500件 之间" in desk.fails("settings/thresholds/similar-cases", n="1", **GROUND)
    assert "没有“x”这一规则" in desk.fails("settings/similar", rules=["x"], **GROUND)
    assert "没有“x”这一设置" in desk.fails("settings/thresholds/x", **GROUND)


def test_organs_are_named_under_a_key(desk: Desk):
    key = min(settings_named())

    desk.does(f"settings/named/{key}", organs=["410825-court"], **GROUND)

    assert settings_of("410825").organs(key, on=at("2026-11-22").date()) == ("410825-court",)
    assert "县法院" in desk.page("settings")
    assert "不在目录中" in desk.fails(f"settings/named/{key}", organs=["410825-nowhere"], **GROUND)


def test_a_mechanism_is_switched_off(desk: Desk):
    page = desk.does("settings/mechanisms", mechanisms=["dispute"], **GROUND)

    place = settings_of("410825")
    assert (
        place.is_on("dispute", on=at("2026-11-22").date()),
        place.is_on("conference", on=at("2026-11-22").date()),
    ) == (
        True,
        False,
    )
    assert "停用" in page
    assert "checked" in desk.fails("settings/mechanisms", mechanisms=["dispute"], basis="", valid_from="2026-01-01")
    assert "至少启用一项" in desk.fails("settings/mechanisms", **GROUND)
    assert "行政争议" in desk.page("settings/mechanisms")


def test_what_a_pack_sets_is_shown(desk: Desk, court: Organ):
    ground = {"region_code": "410825", "basis": "方案", "valid_from": at("2026-01-01").date(), "now": at("2026-01-01")}
    cadence = {"title": "白皮书", "clause": "二", "period": "year", "times": 2, "window": "一季度"}
    goal = {"indicator": "出庭率", "clause": "三", "operator": ">=", "value": "90", "unit": "%"}
    set_list("cadences", [cadence], by=desk.account, **ground)
    set_list("goals", [goal], by=desk.account, **ground)

    page = " ".join(desk.page("settings").split())

    assert "每年 2 次，一季度" in page
    assert "不低于 90%" in page


def test_the_ladder_is_set(desk: Desk):
    rungs = {
        "key-0": "remind",
        "title-0": "到期前提醒",
        "after-0": "-5",
        "text-0": "本件将于 {due} 届满。",
        "title-1": "",
        "title-2": "通报",
        "after-2": "10",
        "text-2": "逾期 {late} 个工作日。",
        "tells-2": ["office_of", "superior_of"],
    }
    desk.does("settings/ladder", **rungs, **GROUND)

    first, last = settings_of("410825").ladder(on=at("2026-11-22").date())
    assert (first.key, first.after) == ("remind", -5)
    assert (last.title, last.tells) == ("通报", ("office_of", "superior_of"))
    assert "“通报”的天数不是整数" in desk.fails("settings/ladder", **{**rungs, "after-2": "soon"}, **GROUND)


def test_how_the_ledger_of_tasks_is_kept_is_set(desk: Desk):
    desk.does("settings/tasks", margin="20", regularly="quarter", grace="15", **GROUND)

    rules = ledger_rules(settings_of("410825"), on=at("2026-11-22").date())
    assert (rules.margin_percent, rules.regularly, rules.grace_days) == (20, "quarter", 15)
    assert "多出 20 个百分点以上" in desk.page("settings")
    assert "没有这个周期" in desk.fails("settings/tasks", margin="20", regularly="never", grace="15", **GROUND)


def test_the_chain_of_an_organ_is_set(desk: Desk, court: Organ):
    signed = next(signed_moves())
    fields = {"signed": f"{signed.mechanism}:{signed.move.key}", "post": ["reviewer", "signer", ""]}
    assert "县法院" in desk.page("chains")

    page = desk.does("chains/410825-court", **fields)

    assert "审核 → 签发" in page
    assert chain_of(court, signed.mechanism, signed.move.key) == ("reviewer", "signer")
    assert "审签程序有误" in desk.fails("chains/410825-court", **{**fields, "post": ["signer", "reviewer"]})


def test_a_notice_is_looked_at_before_it_is_adopted(desk: Desk, place: Path):
    fields = {"year": "2027", "file": SimpleUploadedFile("2027.csv", NOTICE.encode())}
    page = desk.does("calendar", **fields)
    assert "国务院办公厅关于2027年部分节假日安排的通知" in page
    assert not (place / "holidays" / "2027.csv").exists()

    page = desk.does("calendar", sealed=re.search(r'name="sealed" value="([^"]+)"', page)[1])

    assert "已采用" in page
    assert 2027 in current_calendar().years


@pytest.mark.parametrize(
    "fields",
    [
        {"year": "2027"},
        {"year": "soon"},
        {"year": "2027", "file": SimpleUploadedFile("a.csv", b"date,kind\n")},
        {"year": "2027", "file": SimpleUploadedFile("a.csv", "节日".encode("gbk"))},
        {"sealed": "forged"},
    ],
)
def test_what_is_no_notice_is_refused(desk: Desk, place: Path, fields: dict):
    assert "请" in desk.fails("calendar", **fields)


def test_a_preview_names_the_clocks_that_will_move(place: Path):
    now = at("2026-11-23")
    replying(a_county(), now=now, reply_by="2027-01-04")

    found = preview_notice(NOTICE, year=2027, now=now)
    moved = {(str(clock.was), str(clock.due_on)) for clock in found.moved}
    assert ("2027-01-04", "2027-01-05") in moved

    adopt_notice(NOTICE, year=2027)
    assert recompute_for_calendar(now=now) >= 1
    assert preview_notice(NOTICE, year=2027, now=now).days == ()


def test_a_file_too_long_for_a_notice_is_refused(place: Path):
    with pytest.raises(BadNotice, match="文件过大"):
        preview_notice("#" * 100_001, year=2027, now=at("2026-11-23"))


def test_a_second_factor_is_demanded_of_an_organ_and_of_all(desk: Desk, court: Organ):
    desk.does("factors", organ="410825-court", required="yes")
    page = desk.does("factors", required="yes")

    assert [(rule.organ, rule.required) for rule in FactorRule.objects.order_by("pk")] == [(court, True), (None, True)]
    assert "所有人必须使用" in page
    assert "不在目录中" in desk.fails("factors", organ="410825-nowhere", required="yes")


def test_an_administrator_is_appointed_and_ended(desk: Desk, court: Organ):
    an_account("zhao.liu")
    desk.does("administrators", account="zhao.liu", organ="410825-court", kind="auditor")
    assert Tenure.objects.filter(account__username="zhao.liu", post_kind="auditor").exists()
    tenure = Tenure.objects.get(account__username="zhao.liu")
    assert "不能免去最后一名管理员" in desk.fails("administrators", act="end", tenure=tenure.pk)

    an_official(court, kind=PostKind.AUDITOR)
    desk.does("administrators", act="end", tenure=tenure.pk)

    tenure.refresh_from_db()
    assert tenure.valid.upper is not None


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"account": "zhao.liu", "kind": "handler"}, "只能在此任命三类管理员"),
        ({"account": "nobody", "kind": "auditor"}, "账号“nobody”不存在"),
        ({"act": "end", "tenure": "x"}, "没有这项任职"),
    ],
)
def test_what_cannot_be_appointed_is_said(desk: Desk, fields: dict, reason: str):
    assert reason in desk.fails("administrators", **fields)
