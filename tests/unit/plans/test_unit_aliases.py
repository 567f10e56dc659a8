"""What documents call an organ leads to the organ of the region, or to nobody."""

import csv
from datetime import date

import pytest
from tests.builders import NOW, a_region, an_official, an_organ
from tests.repository import REPOSITORY

from fuyuantong.organs.services import rename_organ
from fuyuantong.organs.succession import merge_organs
from fuyuantong.plans.models.unit_name import UnitName
from fuyuantong.plans.unit_aliases import KnownName, Nearness, UnitAliases
from fuyuantong.plans.unit_organs import organs_of_units

DEMO = REPOSITORY / "src/fuyuantong/organs/demo/organs.csv"
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def county():
    """Return the aliases of the demo county, and the codes of its organs by their number."""
    with DEMO.open(encoding="utf-8", newline="") as file:
        organs = list(csv.DictReader(file))
    names = [
        KnownName(number, nearness, "焦作市" if nearness is Nearness.ABOVE else "温县", organ[text])
        for number, organ in enumerate(organs)
        for nearness in [_nearness(organ["region_code"])]
        for text in ("full", "short")
    ]
    return UnitAliases("温县", names), [organ["code"] for organ in organs]


def _nearness(region):
    return Nearness.OWN if region == "410825" else Nearness.ABOVE if region == "410800" else Nearness.BELOW


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("法院", "410825-court"),
        ("县法院", "410825-court"),
        ("县人民法院", "410825-court"),
        ("温县人民法院", "410825-court"),
        ("政府办", "410825-government-office"),
        ("县政府办公室", "410825-government-office"),
        ("县人民政府办公室", "410825-government-office"),
        ("司法局", "410825-justice"),
        ("市场监管局", "410825-market-regulation"),
        ("市场监督管理局(知识产权局)", "410825-market-regulation"),
        ("人社局", "410825-human-resources"),
        ("文旅局", "410825-culture-tourism"),
        ("生态环境分局", "410825-ecology"),
        ("人行温县支行", "410825-peoples-bank"),
        ("税务机关", "410825-tax"),
        ("县财政部门", "410825-finance"),
        ("政法委", "410825-politics-law"),
        ("县委政法委", "410825-politics-law"),
        ("平安办", "410825-safety-office"),
        ("县府院联动工作领导小组", "410825-leading-group"),
        ("领导小组办公室", "410825-liaison-office"),
        ("市司法局", "410800-justice"),
        ("焦作市中级人民法院", "410800-court"),
        ("祥云镇人民政府", "410825101-government"),
    ],
)
def test_a_name_leads_to_its_organ(county, raw, code):
    aliases, codes = county

    assert [codes[organ] for organ in aliases.organs_of(raw)] == [code]


@pytest.mark.parametrize(
    "raw",
    [
        "各有关部门",
        "县政府相关部门",
        "各成员单位",
        "实施联合惩戒和管理的部门",
        "县教育局",
        "省司法厅",
        "责任单位",
        "市教育局",
        "各",
    ],
)
def test_a_name_that_means_nobody_in_particular_stays_as_it_is(county, raw):
    assert county[0].organs_of(raw) == ()


@pytest.mark.parametrize(
    ("raw", "count"),
    [("各乡镇(街道)", 11), ("各乡镇、街道", 11), ("各乡镇人民政府、街道办事处", 11), ("各乡镇", 7), ("各街道", 4)],
)
def test_a_group_is_all_of_them(county, raw, count):
    assert len(county[0].organs_of(raw)) == count


def test_all_counties_of_a_city_are_their_governments():
    names = [KnownName(1, Nearness.BELOW, "市", "甲县人民政府"), KnownName(2, Nearness.BELOW, "市", "甲县公安局")]

    assert UnitAliases("某市", names).organs_of("各县（市、区）人民政府") == (1,)


def test_a_name_that_two_organs_bear_is_neither():
    names = [KnownName(number, Nearness.OWN, "温县", "县信息中心") for number in (1, 2)]

    assert UnitAliases("温县", names).organs_of("信息中心") == ()


@pytest.mark.django_db
def test_a_former_name_leads_to_the_organ_and_an_ended_one_to_its_successor():
    justice, legal = an_organ(short="县司法局"), an_organ(short="县法制办")
    rename_organ(justice, full="温县司法行政局", short="县司法行政局", effective_on=date(2023, 1, 1), by=None, now=NOW)
    merge_organs([legal], into=justice, effective_on=date(2024, 1, 1), by=None, now=NOW)

    found = organs_of_units(["县司法局", "法制办"], region_code="410825", on=TODAY)

    assert found == {"县司法局": (justice.pk,), "法制办": (justice.pk,)}


@pytest.mark.django_db
def test_what_the_office_has_chosen_for_a_name_comes_first():
    a_region()
    court, justice = an_organ(short="县法院", branch="court"), an_organ(short="县司法局")
    UnitName.objects.create(region_code="410825", raw="牵头部门", organ=court, set_by=an_official(justice), set_at=NOW)

    assert organs_of_units(["牵头 部门"], region_code="410825", on=TODAY) == {"牵头 部门": (court.pk,)}


@pytest.mark.django_db
def test_a_town_knows_its_own_organs_and_those_above():
    a_region("410825")
    a_region("410825101", name="祥云镇")
    town, court = an_organ("410825101-government", short="祥云镇政府"), an_organ(short="县法院", branch="court")

    found = organs_of_units(["县法院", "镇政府"], region_code="410825101", on=TODAY)

    assert found["县法院"] == (court.pk,)
    assert town.pk not in found["县法院"]
