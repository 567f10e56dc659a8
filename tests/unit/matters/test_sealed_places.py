"""Where in a matter something is sealed."""

import pytest
from tests.builders_matters import CLAIM

from fuyuantong.matters.sealed_places import place_title, sealed_places

SEALED = {"$s": "00" * 32}
VALUES = {
    "person": SEALED,
    "consent": SEALED,
    "story": "无",
    "people": [{"name": "甲"}, {"name": "乙", "number": SEALED, "phone": SEALED}, "spoiled"],
}


def test_every_sealed_place_is_named_as_people_call_it():
    assert [(place.key, place.title) for place in sealed_places(CLAIM, VALUES)] == [
        ("person/", "当事人"),
        ("consent/", "授权书"),
        ("people.number/1", "相关人员第 2 行证件号码"),
        ("people.phone/1", "相关人员第 2 行电话"),
    ]


@pytest.mark.parametrize(
    ("field", "row_key", "title"),
    [("gone", "", "gone"), ("people.gone", "0", "相关人员第 1 行gone"), ("people", "x", "相关人员")],
)
def test_a_place_that_this_version_does_not_know_keeps_its_key(field, row_key, title):
    assert place_title(CLAIM, field, row_key) == title
