"""The security log: who signed in, failed, was refused or administered; written once, read by keys."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from fuyuantong.accounts.models import SecurityEvent
from fuyuantong.accounts.vocabulary import SecurityKind
from fuyuantong.organs.models import Account
from fuyuantong.organs.staffing import start_of

PAGE: Final = 50
LONGEST_AGENT: Final = 200


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something came from; both are empty when it was typed on the machine itself."""

    address: str
    agent: str


@dataclass(frozen=True, slots=True)
class Filters:
    """What an auditor looks for; what is None is not asked for. Days are Shanghai's, both inclusive."""

    account: Account | None = None
    kind: SecurityKind | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Entries from the newest, and the id below which the next page begins; None on the last."""

    events: tuple[SecurityEvent, ...]
    below: int | None


MACHINE: Final = Origin("", "")


def write_event(
    kind: SecurityKind, *, account: Account | None, origin: Origin, now: datetime, detail: Mapping[str, object]
) -> SecurityEvent:
    """Append one entry; `account` is who acted or tried to."""
    return SecurityEvent.objects.create(
        kind=kind,
        account=account,
        at=now,
        address=origin.address or None,
        agent=origin.agent[:LONGEST_AGENT],
        detail=dict(detail),
    )


def events(filters: Filters, *, below: int | None = None) -> Page:
    """Return a page of entries that fit, newest first, after those with an id of `below` and more."""
    found = _fitting(filters)
    if below is not None:
        found = found.filter(pk__lt=below)
    rows = list(found.select_related("account").order_by("-pk")[: PAGE + 1])
    return Page(tuple(rows[:PAGE]), rows[PAGE - 1].pk if len(rows) > PAGE else None)


def _fitting(filters: Filters) -> QuerySet[SecurityEvent]:
    found = SecurityEvent.objects.all()
    if filters.account is not None:
        found = found.filter(account=filters.account)
    if filters.kind is not None:
        found = found.filter(kind=filters.kind)
    if filters.first is not None:
        found = found.filter(at__gte=start_of(filters.first))
    if filters.last is not None:
        found = found.filter(at__lt=start_of(filters.last + timedelta(days=1)))
    return found
