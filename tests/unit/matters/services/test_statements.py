"""How many statements an act sends to the database: what grows here grows for everyone, all day."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.builders_matters import a_file
from tests.databases import FreshDatabase
from tests.suggestions import COURT, FORESTRY, HOUSING, LETTER, County, a_county, act, at, drafted, replying

from fuyuantong.matters.services.acts import Done, Form, open_by_hand, perform
from fuyuantong.matters.services.slips import Note, annotate, make_request

NOW = at("2026-08-03")
ITS_OWN = {"BEGIN", "COMMIT"}

pytestmark = pytest.mark.slow


@pytest.fixture
def county(fresh_database: FreshDatabase) -> County:
    """Give a county in which a matter has run before: its declaration is published and read."""
    county = a_county()
    replying(county, now=NOW)
    return county


def statements(act: Callable[[], Done]) -> int:
    """Return how many statements an act sends between the begin and the end of its transaction."""
    with CaptureQueriesContext(connection) as sent:
        act()
    return sum(query["sql"] not in ITS_OWN for query in sent)


def test_a_move(county: County) -> None:
    uid = replying(county, now=NOW)
    form = Form({"reason": "需汇总"}, key="k")

    assert statements(lambda: perform(uid, "ask_extension", by=county.by(HOUSING), now=NOW, form=form)) == 9


def test_a_signed_move_with_a_paper(county: County) -> None:
    uid = replying(county, now=NOW)
    form = Form({"reply": "已修订。", "letter": [a_file("复函", now=NOW)]}, key="k")

    assert statements(lambda: perform(uid, "reply", by=county.by(HOUSING), now=NOW, form=form)) == 11


def test_a_request_that_adds_a_row_with_a_paper(county: County) -> None:
    uid = replying(county, now=NOW)
    act(county, uid, "misdirected", now=NOW, reason="不归本单位管")
    form = Form({"note": "清单", "file": [a_file("清单", now=NOW)]}, key="k")

    assert statements(lambda: make_request(uid, "add_material", by=county.by(HOUSING), now=NOW, form=form)) == 8


def test_a_note(county: County) -> None:
    uid = replying(county, now=NOW)

    assert statements(lambda: annotate(uid, Note.URGE, "请从速", by=county.by(COURT), now=NOW)) == 6


def test_the_end_of_a_child_and_what_it_means_to_its_parent(county: County) -> None:
    uid = replying(county, now=NOW)
    act(county, uid, "misdirected", now=NOW, reason="不归本单位管")
    form = Form({"reason": "确认送错"}, key="k")

    assert statements(lambda: perform(uid, "confirm", by=county.by(COURT), now=NOW, form=form)) == 16


def test_an_opening_by_hand(county: County) -> None:
    by = county.by(COURT)

    assert statements(lambda: open_by_hand("judicial-suggestion", "标题", by=by, now=NOW, form=Form(key="k"))) == 12


def test_an_issue_to_several_grows_by_the_children_that_begin(county: County) -> None:
    one, two = drafted(county, now=NOW), drafted(county, now=NOW)
    letter = {**LETTER, "reply_by": "2026-09-30"}

    def issue(uid: str, *receivers: str) -> int:
        form = Form({**letter, "receiver_organs": list(receivers)}, key=uid)
        return statements(lambda: perform(uid, "issue", by=county.by(COURT), now=NOW, form=form))

    assert (issue(one, HOUSING), issue(two, HOUSING, FORESTRY)) == (27, 35)
