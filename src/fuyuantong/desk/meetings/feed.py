"""The calendar of one account as iCalendar (RFC 5545), read at a private address without signing in."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from icalendar import Calendar, vDuration
from icalendar import Event as CalendarEvent

from fuyuantong.accounts.calendar_feeds import owner_of
from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.matters.console.labels import state_title
from fuyuantong.matters.events import MOST, Changes, EventRow, changes_of, events_between
from fuyuantong.matters.sight import reading_as

BACK: Final = timedelta(days=90)
AHEAD: Final = timedelta(days=400)
AGAIN: Final = timedelta(hours=4)
DAY: Final = timedelta(days=1)
NEUTRAL: Final = "府院联动会议"  # what a calendar says of an event that is not for everybody's eyes


@never_cache
@require_safe
@login_not_required
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Give what the owner of the address may see now."""
    owner, now = owner_of(token), timezone.now()
    if owner is None:
        raise Http404
    today = now.astimezone(SHANGHAI).date()
    with transaction.atomic(), reading_as(owner, at=now) as reader:
        found = events_between(reader, today - BACK, today + AHEAD)[:MOST]
        changes = changes_of(found)
    site = settings.SITE_URL.rstrip("/") or request.build_absolute_uri("/").rstrip("/")
    return HttpResponse(written(found, changes, site=site), content_type="text/calendar; charset=utf-8")


def written(events: Sequence[EventRow], changes: Mapping[int, Changes], *, site: str) -> bytes:
    """Return events as a calendar; `site` is the address to which links lead."""
    sheet = Calendar()
    sheet.add("prodid", "-//Fuyuantong//府院通//ZH")
    sheet.add("version", "2.0")
    sheet.add("method", "PUBLISH")
    sheet.add("x-wr-calname", "府院通会议日历")
    sheet.add("refresh-interval", vDuration(AGAIN), parameters={"VALUE": "DURATION"})
    for event in events:
        sheet.add_component(_component(event, changes[event.id], site=site))
    return sheet.to_ical()


def _component(row: EventRow, changes: Changes, *, site: str) -> CalendarEvent:
    one = CalendarEvent()
    link = f"{site}{reverse('matter', args=[row.uid])}"
    one.add("uid", str(row.uid))
    one.add("sequence", changes.count)
    one.add("dtstamp", changes.last)
    one.add("last-modified", changes.last)
    for name, value in _when(row):
        one.add(name, value)
    one.add("status", row.holding.value)
    one.add("url", link)
    if row.restricted:
        one.add("summary", NEUTRAL)
        one.add("class", "CONFIDENTIAL")
        return one
    one.add("summary", row.title)
    said = " ".join(part for part in (row.kind, state_title(row.mechanism, row.state)) if part)
    one.add("description", f"{said}\n{link}")
    if row.place:
        one.add("location", row.place)
    return one


def _when(row: EventRow) -> Iterator[tuple[str, date]]:
    """Yield first and last moment of an event in UTC, which no program misreads; of one without a time: the whole day."""
    if row.begins is None:
        yield from (("dtstart", row.on), ("dtend", row.on + DAY))
        return
    for name, at in (("dtstart", row.begins), ("dtend", row.ends)):
        if at is not None:
            yield name, datetime.combine(row.on, at, SHANGHAI).astimezone(UTC)
