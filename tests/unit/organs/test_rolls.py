"""The directory as it is leafed through: what is over is left out, what is open-ended is not."""

from datetime import date, timedelta

import pytest
from tests.builders import NOW, a_tenure, an_organ

from fuyuantong.organs.rolls import holders_of, relations_of, staff_of, tenures_of
from fuyuantong.organs.services import end_relation, relate
from fuyuantong.organs.staffing import end_tenure
from fuyuantong.organs.vocabulary import PostKind, RelationKind

pytestmark = pytest.mark.django_db

TOMORROW = NOW + timedelta(days=1)


def test_who_holds_a_post_now_or_later_is_staff():
    organ = an_organ()
    over, lasting, later = a_tenure(organ), a_tenure(organ), a_tenure(organ, since=date(2027, 1, 4))
    end_tenure(over, at=NOW, by=None, now=NOW)

    assert {tenure.pk for tenure in staff_of(organ.pk, at=TOMORROW)} == {lasting.pk, later.pk}


def test_administrators_are_listed_by_kind():
    auditor = a_tenure(an_organ(), kind=PostKind.AUDITOR)
    a_tenure(an_organ())

    assert holders_of([PostKind.AUDITOR], at=NOW) == [auditor]


def test_relations_that_are_over_are_left_out():
    upper, lower, other = an_organ(), an_organ(), an_organ()
    for holder in (upper, other):
        relate(holder, RelationKind.COMPETENT_DEPT_OF, lower, effective_on=date(2026, 1, 1), by=None, now=NOW)
    end_relation(other, RelationKind.COMPETENT_DEPT_OF, lower, effective_on=date(2026, 6, 1), by=None, now=NOW)

    assert [row.from_organ for row in relations_of(lower.pk, on=NOW.date())] == [upper]


def test_all_that_an_account_held_is_told():
    tenure = a_tenure(an_organ())
    end_tenure(tenure, at=TOMORROW, by=None, now=NOW)

    assert tenures_of(tenure.account) == [tenure]
