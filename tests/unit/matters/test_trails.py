"""Trails are read back, folded and verified."""

import pytest
from tests.builders import an_organ
from tests.matter_rows import Part, a_matter, an_inner_record
from tests.suggestions import HOUSING, County, at, replying, standing

from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.services.inner import assign
from fuyuantong.matters.session import acting
from fuyuantong.matters.trails import folded, records_of, verify, verify_inner
from fuyuantong.protocol.trail import Actor, Kind
from fuyuantong.seal.digest import BreakReason

NOW = at("2026-08-03")


@pytest.fixture
def row(county: County) -> Matter:
    with acting():
        return Matter.objects.get(uid=replying(county, now=NOW))


def test_records_come_back_as_they_were_written(county: County, row: Matter) -> None:
    with acting():
        opened, received = records_of(row)

    assert (opened.kind, opened.seq, opened.matter) == (Kind.OPEN, 1, str(row.uid))
    assert received.actor == Actor(county.people[HOUSING].username, "head", HOUSING)


def test_the_trail_alone_tells_the_situation(row: Matter) -> None:
    with acting():
        assert folded(row) == standing(str(row.uid)).situation


def test_a_trail_holds_up_to_the_head_that_the_matter_names(row: Matter) -> None:
    with acting():
        assert verify(row) is None


def test_a_trail_that_lost_its_tail_is_found(row: Matter) -> None:
    row.head = b"\x01" * 32

    with acting():
        found = verify(row)
    assert (found.seq, found.reason) == (3, BreakReason.HEAD)


def test_a_changed_record_is_found(db: None) -> None:
    matter = a_matter(Part(an_organ()))  # its digests are of something else

    with acting():
        found = verify(matter)
    assert (found.seq, found.reason) == (1, BreakReason.CHANGED)


def test_inner_trails_hold_and_a_changed_one_is_named_by_its_organ(county: County, row: Matter) -> None:
    assign(str(row.uid), county.people[HOUSING].username, by=county.by(HOUSING), now=NOW)
    with acting():
        assert verify_inner(row) == {}

    an_inner_record(row, county.organs[HOUSING])

    with acting():
        assert {organ: found.seq for organ, found in verify_inner(row).items()} == {HOUSING: 2}
