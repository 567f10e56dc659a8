"""What a new matter can be about: a running matter in the words that go into the first form of the new one."""

from datetime import date
from uuid import UUID

from fuyuantong.clock.calendar import Calendar
from fuyuantong.clock.terms import days_left
from fuyuantong.matters.console.labels import OrganNames, state_title
from fuyuantong.matters.declarations import declared
from fuyuantong.matters.models.link import Link, LinkKind
from fuyuantong.matters.models.matter import Matter, Phase
from fuyuantong.matters.queries import matter_page
from fuyuantong.matters.recorded_clocks import RecordedClock, recorded_clock
from fuyuantong.matters.services.about import Affair
from fuyuantong.matters.session import acting
from fuyuantong.matters.sight import Reader, visible_to
from fuyuantong.protocol import Prefill


def affair_of(reader: Reader, uid: UUID, *, today: date, calendar: Calendar) -> Affair:
    """
    Return a matter that the reader sees as what another one is about.

    Raises: `NoSuchMatter`.
    """
    page = matter_page(reader, uid)
    row, names = page.matter, OrganNames(on=today)
    mechanism = declared(row.mechanism, row.declaration_id)
    holder = row.holder.code if row.holder and row.phase == Phase.OPEN else ""
    title = f"{row.title}（{row.number}）" if row.number else row.title
    if not holder:
        return Affair(uid, title, facts={Prefill.CLOSED: title})
    said = f"{mechanism.title}“{title}”现由{names[holder]}办理，环节：{state_title(mechanism, row.state)}。"
    laps = [clock.lap for clock in page.clocks if clock.name == row.governing_clock]
    if laps:
        found = recorded_clock(reader, uid, name=row.governing_clock, lap=max(laps), names=names)
        said += _standing(found, today, calendar)
    return Affair(uid, title, holder, said)


def _standing(found: RecordedClock, today: date, calendar: Calendar) -> str:
    clock = found.clock
    ground = f"“{found.title}”期限依据{clock.rule.basis}（{clock.rule.source.word}，{clock.rule.said}）"
    ground += f"，自{clock.trigger}之日（{clock.started_on}）起算"
    if found.due_on is None:
        return f"{ground}，现在中止。"
    left = days_left(found.due_on, today=today, calendar=calendar)
    if left.natural >= 0:
        return f"{ground}，{found.due_on}届满。"
    late = f"{-left.working}个工作日（{-left.natural}日）"
    return f"{ground}，{found.due_on}届满，至{today}已逾期{late}。"


def is_overdue(row: Matter, *, today: date) -> bool:
    """Tell whether a matter waits for an act past its due day."""
    return row.phase == Phase.OPEN and row.due_on is not None and row.due_on < today


def matters_about(reader: Reader, uid: UUID) -> list[Matter]:
    """Return the matters that were begun about something, as far as the reader sees them, the latest first."""
    with acting():
        begun = list(Link.objects.filter(to_uid=uid, kind=LinkKind.ABOUT).values_list("from_uid", flat=True))
    return list(visible_to(reader).filter(uid__in=begun).select_related("holder").order_by("-pk"))


def titled_state(row: Matter) -> str:
    """Return where a matter stands, in words."""
    return state_title(declared(row.mechanism, row.declaration_id), row.state)
