"""What is typed becomes what a field holds; what does not fit is left for the check to name."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.builders import NOW
from tests.builders_matters import CLAIM

from fuyuantong.matters.console.output import BadOption
from fuyuantong.matters.console.typed_values import typed_values
from fuyuantong.protocol import Flag, Json, Number, Organs

MORE = (Flag("urgent", "紧急"), Number("days", "天数"), Organs("others", "其他单位"))
TYPES = replace(CLAIM, fields=(*CLAIM.fields, *MORE))


def typed(*said: str, table: str = "") -> dict[str, Json]:
    return typed_values(TYPES, said, table=table, now=NOW)[0]


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("story=经过=如下", {"story": "经过=如下"}),
        ("story=", {"story": ""}),
        ("urgent=是", {"urgent": True}),
        ("urgent=FALSE", {"urgent": False}),
        ("urgent=也许", {"urgent": "也许"}),
        ("days=-3", {"days": -3}),
        ("days=三", {"days": "三"}),
        ("helper_organ=410825-tax", {"helper_organ": "410825-tax"}),
        ("others=410825-tax，410825-water、", {"others": ["410825-tax", "410825-water"]}),
        ("others=", {"others": []}),
        ('people=[{"name": "甲"}]', {"people": [{"name": "甲"}]}),
        ("people.phone=1；2", {"people.phone": ["1", "2"]}),
        ("sky=blue", {"sky": "blue"}),
        ("sky.colour=blue", {"sky.colour": "blue"}),
    ],
)
def test_a_value_is_typed_as_its_field_holds_it(said: str, value: dict[str, Json]) -> None:
    assert typed(said) == value


def test_a_row_is_typed_column_by_column() -> None:
    assert typed("lead=线索", "verdict=属实", table="leads") == {"lead": "线索", "verdict": "属实"}


def test_organs_are_chosen_for_roles_apart() -> None:
    assert typed_values(CLAIM, ["role:helper=410825-tax"], now=NOW) == ({}, {"helper": "410825-tax"})


def test_what_is_typed_takes_the_place_of_what_the_file_says(tmp_path: Path) -> None:
    (tmp_path / "v.json").write_bytes('\ufeff{"story": "旧", "person": "甲"}'.encode())

    values, _ = typed_values(CLAIM, ["story=新"], file=str(tmp_path / "v.json"), now=NOW)

    assert values == {"story": "新", "person": "甲"}


@pytest.mark.parametrize("said", ["people=[", "people=" + "[" * 100_000, "story"])
def test_what_cannot_be_read_is_refused(said: str) -> None:
    with pytest.raises(BadOption):
        typed(said)


@pytest.mark.django_db
def test_a_file_is_stored_and_stands_as_its_digest(tmp_path: Path) -> None:
    (tmp_path / "授权书.pdf").write_bytes(b"%PDF-1.4")

    (digest,) = typed(f"consent={tmp_path / '授权书.pdf'}")["consent"]  # type: ignore[misc, union-attr]

    assert len(str(digest)) == 64
