"""Values as people read them; what is secret stays covered."""

from dataclasses import replace

import pytest
from tests.builders import LONG_AGO, an_organ
from tests.builders_matters import CLAIM

from fuyuantong.matters.console.labels import OrganNames
from fuyuantong.matters.console.shown_values import shown_values
from fuyuantong.protocol import Flag, Json, Number

TYPES = replace(CLAIM, fields=(*CLAIM.fields, Flag("urgent", "紧急"), Number("days", "天数", unit="天")))
pytestmark = pytest.mark.django_db


def shown(key: str, value: Json) -> object:
    (found,) = shown_values(TYPES, {key: value}, OrganNames(on=LONG_AGO))
    return found["value"]


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("story", "经过", "经过"),
        ("urgent", True, "是"),
        ("urgent", False, "否"),
        ("days", 3, "3天"),
        ("helper_organ", [], "无"),
        ("helper_organ", ["410825-nobody"], "410825-nobody"),
        ("person", {"$s": "ab" * 32}, "（已加密）"),
        ("consent", ["ab" * 32], "附件 abababababab"),
        ("people", [{"name": "甲", "number": {"$s": "ab" * 32}}], [{"姓名": "甲", "证件号码": "（已加密）"}]),
    ],
)
def test_a_value_is_shown_as_people_read_it(key: str, value: Json, text: object) -> None:
    assert shown(key, value) == text


def test_an_organ_is_called_by_its_short_name() -> None:
    an_organ("410825-tax", short="税务局")

    assert shown("helper_organ", ["410825-tax"]) == "税务局"


def test_what_the_mechanism_does_not_know_is_not_shown() -> None:
    assert shown_values(TYPES, {"sky": "blue"}, OrganNames(on=LONG_AGO)) == []
