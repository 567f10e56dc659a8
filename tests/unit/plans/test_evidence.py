"""By what an obligation is measured: a query that survives JSON, and what the catalogue can tell of it."""

import json

import pytest

from fuyuantong.catalogue import MECHANISMS
from fuyuantong.plans.evidence import BY_HAND, Query, Source, Whose, Window, counted


def test_a_query_comes_back_from_json_as_it_was():
    query = Query(
        source=Source.MATTERS,
        mechanism="conference",
        rows=("MTG-01",),
        at=("closed",),
        field="series",
        value="季度常规会议",
        role="convenor",
        whose=Whose.REGION,
        window=Window.SINCE,
        number=2,
        percent=90,
        why="原文有“联席会议”字样",
    )

    assert Query.from_data(json.loads(json.dumps(query.as_data()))) == query


def test_what_is_as_usual_is_not_kept():
    assert BY_HAND.as_data() == {"source": "document"}


def test_by_default_a_matter_counts_that_was_done_and_not_one_that_was_refused():
    found = counted(Query(source=Source.MATTERS, mechanism="countersignature"), MECHANISMS)

    assert (found.key, found.endings, found.states) == ("countersignature", ("signed",), ())


def test_endings_and_states_that_count_are_told_apart():
    found = counted(Query(source=Source.MATTERS, mechanism="countersignature", at=("signed", "reading")), MECHANISMS)

    assert (found.endings, found.states) == (("signed",), ("reading",))


def test_the_matters_of_a_child_are_counted_under_the_key_of_both():
    found = counted(Query(source=Source.MATTERS, mechanism="judicial-suggestion/answer"), MECHANISMS)

    assert found.mechanism.title == "司法建议答复"


@pytest.mark.parametrize(
    "query",
    [
        BY_HAND,
        Query(source=Source.MATTERS, mechanism="never-built"),
        Query(source=Source.RETURNS, rows=("INF-99",), named="从无此项"),
    ],
)
def test_what_the_catalogue_does_not_know_waits_for_evidence_by_hand(query):
    assert counted(query, MECHANISMS) is None


def test_what_is_named_by_a_row_or_in_words_is_counted_as_soon_as_it_is_built():
    assert counted(Query(source=Source.RETURNS, rows=("INF-99", "MTG-17")), MECHANISMS).key == "countersignature"
    assert counted(Query(source=Source.RETURNS, named="会签"), MECHANISMS).key == "countersignature"


def test_to_advise_is_measured_by_the_suggestion_not_by_looking_back_at_it() -> None:
    assert counted(Query(source=Source.MATTERS, rows=("SUG-01",)), MECHANISMS).key == "judicial-suggestion"
