"""Division codes tell their level and what stands above them."""

import pytest

from fuyuantong.organs.division_codes import level_of, prefix_of, regions_above


@pytest.mark.parametrize(
    ("code", "level"),
    [("410000", "province"), ("410800", "city"), ("410825", "county"), ("410825001", "town")],
)
def test_a_code_tells_its_level(code, level):
    assert level_of(code) == level


@pytest.mark.parametrize("code", ["", "41082", "4108250", "010000", "41082a", "４１０８２５", "410825001001"])
def test_what_is_no_code_has_no_level(code):
    assert level_of(code) is None


@pytest.mark.parametrize(
    ("code", "above"),
    [
        ("410000", ["410000"]),
        ("410800", ["410800", "410000"]),
        ("410825001", ["410825001", "410825", "410800", "410000"]),
    ],
)
def test_a_region_stands_below_itself_and_the_regions_above(code, above):
    assert regions_above(code) == above


@pytest.mark.parametrize(
    ("code", "prefix"), [("410000", "41"), ("410800", "4108"), ("410825", "410825"), ("410825001", "410825001")]
)
def test_a_prefix_begins_every_code_below(code, prefix):
    assert prefix_of(code) == prefix
