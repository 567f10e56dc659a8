"""The security log is written once and read by who acted, what happened and when."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, connection, transaction
from tests.builders import NOW, an_account

from fuyuantong.accounts.models import SecurityEvent
from fuyuantong.accounts.security_log import MACHINE, PAGE, Filters, Origin, events, write_event
from fuyuantong.accounts.vocabulary import KIND_TITLES, SecurityKind

pytestmark = pytest.mark.django_db


def written(kind=SecurityKind.SIGNED_IN, *, account=None, at=NOW, origin=MACHINE):
    return write_event(kind, account=account, origin=origin, now=at, detail={})


def found(**wanted):
    return list(events(Filters(**wanted)).events)


def test_an_entry_keeps_where_it_came_from():
    event = written(origin=Origin("10.1.2.3", "x" * 500))
    event.refresh_from_db()

    assert (event.address, len(event.agent)) == ("10.1.2.3", 200)
    assert written().address is None


def test_entries_are_found_by_account():
    mine = an_account()
    event = written(account=mine)
    written(account=an_account())

    assert found(account=mine) == [event]


def test_entries_are_found_by_kind():
    written()
    event = written(SecurityKind.LOCKED)

    assert found(kind=SecurityKind.LOCKED) == [event]


def test_entries_are_found_by_day_both_ends_included():
    before, on_day, after = (written(at=NOW + timedelta(days=days)) for days in (-1, 0, 1))

    assert found(first=date(2026, 11, 22), last=date(2026, 11, 22)) == [on_day]
    assert found(first=date(2026, 11, 22)) == [after, on_day]
    assert found(last=date(2026, 11, 22)) == [on_day, before]


def test_pages_follow_each_other_without_gap():
    made = [written() for _ in range(PAGE + 1)]

    first = events(Filters())
    second = events(Filters(), below=first.below)

    assert [*first.events, *second.events] == made[::-1]
    assert second.below is None


@pytest.mark.parametrize(
    "statement", ["UPDATE security_event SET kind = 'locked'", "DELETE FROM security_event", "TRUNCATE security_event"]
)
def test_nobody_changes_an_entry(statement):
    written()
    with pytest.raises((ProgrammingError, InternalError, IntegrityError)), transaction.atomic():
        connection.cursor().execute(statement)


def test_an_unknown_kind_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        SecurityEvent.objects.create(kind="gossip", at=NOW, detail={})


def test_every_kind_has_a_title():
    assert set(KIND_TITLES) == set(SecurityKind)
