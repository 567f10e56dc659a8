"""Regions have versions, stand below one another, and end only when nobody lives there."""

from datetime import date

import pytest
from tests.builders import LONG_AGO, NOW, a_region, an_organ

from fuyuantong.organs.models import Region
from fuyuantong.organs.queries import region_on
from fuyuantong.organs.regions import BadRegion, add_region, end_region

pytestmark = pytest.mark.django_db


def test_a_new_version_ends_the_one_before():
    a_region("410800", name="焦作地区")
    add_region("410800", name="焦作市", effective_on=date(2024, 5, 1), by=None, now=NOW)

    assert region_on("410800", on=date(2024, 4, 30)).name == "焦作地区"
    assert region_on("410800", on=date(2024, 5, 1)).name == "焦作市"
    assert region_on("410800", on=date(2020, 12, 31)) is None


def test_a_region_keeps_its_level():
    assert a_region("410825001", name="温泉街道").level == "town"


@pytest.mark.parametrize("code", ["41082", "", "x" * 50])
def test_a_code_of_no_level_is_refused(code):
    with pytest.raises(BadRegion) as refused:
        add_region(code, name="某地", effective_on=LONG_AGO, by=None, now=NOW)

    assert refused.value.field == "code"


def test_a_region_needs_the_region_above():
    with pytest.raises(BadRegion, match="410800"):
        add_region("410825", name="温县", effective_on=LONG_AGO, by=None, now=NOW)

    assert not Region.objects.exists()


def test_a_version_cannot_be_put_before_a_later_one():
    a_region("410000")

    with pytest.raises(BadRegion) as refused:
        add_region("410000", name="河南", effective_on=LONG_AGO, by=None, now=NOW)

    assert refused.value.field == "effective_on"


def test_an_empty_region_can_end():
    a_region("410825")
    end_region("410825", effective_on=date(2025, 1, 1), by=None, now=NOW)

    assert region_on("410825", on=date(2024, 12, 31)).name == "温县"
    assert region_on("410825", on=date(2025, 1, 1)) is None


def test_a_region_with_living_organs_cannot_end():
    an_organ("410825-court")

    with pytest.raises(BadRegion, match="单位"):
        end_region("410825", effective_on=date(2025, 1, 1), by=None, now=NOW)


def test_a_region_with_regions_below_cannot_end():
    a_region("410825")

    with pytest.raises(BadRegion, match="区划"):
        end_region("410800", effective_on=date(2025, 1, 1), by=None, now=NOW)


def test_a_region_that_is_not_in_force_cannot_end():
    with pytest.raises(BadRegion):
        end_region("410825", effective_on=date(2025, 1, 1), by=None, now=NOW)
