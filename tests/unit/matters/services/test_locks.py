"""A matter is taken in hand with all that is above it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.suggestions import HOUSING, County, answer_of, at, issued

from fuyuantong.matters.queries import NoSuchMatter
from fuyuantong.matters.services.locks import lock, lock_below, lock_row
from fuyuantong.matters.session import acting

NOW = at("2026-08-03")


def test_a_child_is_taken_in_hand_by_its_id(county: County) -> None:
    uid = answer_of(issued(county, HOUSING, now=NOW), HOUSING)

    with acting():
        assert lock(uid).situation.uid == uid


def test_what_is_above_is_locked_by_the_same_statement_from_the_top_down(county: County) -> None:
    uid = answer_of(issued(county, HOUSING, now=NOW), HOUSING)

    with acting(), CaptureQueriesContext(connection) as queries:
        lock(uid)
    assert [query["sql"].split()[-5:] for query in queries] == [["ORDER", "BY", "id", "FOR", "UPDATE"]]


@pytest.mark.parametrize(
    "spelling", [str.upper, "{{{}}}".format, "urn:uuid:{}".format, "{}\x00".format, "no-{}".format]
)
def test_an_id_in_another_spelling_is_no_id(county: County, spelling) -> None:
    uid = issued(county, HOUSING, now=NOW)

    with pytest.raises(NoSuchMatter), acting():
        lock(spelling(uid))


def test_an_id_that_nothing_has_is_no_matter(db: None) -> None:
    with pytest.raises(NoSuchMatter), acting():
        lock("01987654-0000-7000-8000-000000000000")


def test_children_are_locked_in_the_order_of_their_ids(county: County) -> None:
    suggestion = issued(county, HOUSING, "410825-forestry", now=NOW)
    uids = [answer_of(suggestion, organ) for organ in ("410825-forestry", HOUSING)]

    with acting():
        found = lock_below(uids)
    assert [one.row.pk for one in found] == sorted(one.row.pk for one in found)
    assert {one.situation.uid for one in found} == set(uids)


def test_a_row_is_locked_by_its_local_id(county: County) -> None:
    uid = issued(county, HOUSING, now=NOW)

    with acting():
        assert lock_row(lock(uid).row.pk).situation.uid == uid
