"""Who in an organ is told."""

import pytest

from fuyuantong.notices.addressees import addressees
from fuyuantong.organs.people import Serving

LIAISON = Serving(1, "liaison", 10, "liaison", "")
HANDLER = Serving(1, "handler", 20, "handler", "")
STANDIN = Serving(1, "handler", 30, "standin", "handler")
OFFICE = Serving(1, "office", 40, "office", "")
REVIEWER = Serving(1, "reviewer", 50, "reviewer", "")


@pytest.mark.parametrize(
    ("people", "handler", "told"),
    [
        ((LIAISON, HANDLER), "", (10,)),
        ((LIAISON, OFFICE, HANDLER), "", (10, 40)),
        ((LIAISON, HANDLER), "handler", (20,)),
        ((LIAISON, HANDLER, STANDIN), "handler", (20, 30)),
        ((LIAISON, HANDLER), "gone", (10,)),
        ((HANDLER, REVIEWER), "", (20,)),
        ((LIAISON, LIAISON), "", (10,)),
        ((REVIEWER,), "reviewer", ()),
        ((), "", ()),
    ],
)
def test_the_handler_is_told_else_who_keeps_the_desk_else_who_may_act(people, handler, told) -> None:
    assert addressees(people, handler=handler) == told
