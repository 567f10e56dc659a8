"""事项: one matter, and what the person may do about it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from fuyuantong.clock.day_looks import ShownMonth
from fuyuantong.desk.clock_calendars import month_of_due
from fuyuantong.desk.matters.asking import asking_of, waiting_of
from fuyuantong.desk.matters.beginning import begun_by_kind
from fuyuantong.desk.matters.compared import compared_of
from fuyuantong.desk.matters.documents.card import documents_of
from fuyuantong.desk.matters.inside import inside_of
from fuyuantong.desk.matters.panel import Entry, panel_of
from fuyuantong.desk.matters.received import brought_back, in_words
from fuyuantong.desk.matters.recurrence import recurring_of
from fuyuantong.desk.matters.road import road_of, stays_of
from fuyuantong.desk.matters.story import story_of
from fuyuantong.desk.matters.subject import Subject, subject_of
from fuyuantong.desk.matters.values import values_of
from fuyuantong.desk.openings import openings_of
from fuyuantong.desk.organ_tags import OrganTag
from fuyuantong.desk.time_left import TimeLeft, time_left
from fuyuantong.desk.visit import Visit, at_desk
from fuyuantong.matters.affairs import is_overdue
from fuyuantong.matters.console.labels import LINK_TITLES, clock_title, state_title
from fuyuantong.matters.database_world import current_calendar
from fuyuantong.matters.declarations import declared
from fuyuantong.matters.models.link import LinkKind
from fuyuantong.matters.models.matter import Matter, Phase, Provenance
from fuyuantong.matters.queries import Linked
from fuyuantong.matters.services.about import takes, takes_overdue
from fuyuantong.matters.services.slips import BY_HAND, NOTE_TITLES, Note
from fuyuantong.matters.services.trail import situation_of
from fuyuantong.matters.why_visible import why_visible
from fuyuantong.protocol import Closing, Final, Json, Prefill
from fuyuantong.protocol.heeding import rows_named
from fuyuantong.protocol.registers import COURT_CASE
from fuyuantong.protocol.timing import running_clock
from fuyuantong.protocol.trail import Kind
from fuyuantong.registers.cases.queries import cases_named
from fuyuantong.registers.cases.sight import reading_cases

UNPROCESSABLE = 422
BRIEF = 8  # characters of a digest that people compare


@dataclass(frozen=True)
class Part:
    """Who plays which part; several organs of one part together."""

    title: str
    organs: tuple[OrganTag, ...]


@dataclass(frozen=True)
class Other:
    """Another matter that this one is bound to; `brought`: what it came back with as a child, in a few words."""

    uid: UUID
    kind: str
    title: str
    mechanism: str
    organ: OrganTag | None
    holder: OrganTag | None
    state: str
    is_open: bool
    left: TimeLeft | None
    brought: str = ""


@dataclass(frozen=True)
class Share:
    """How many days an organ held the matter, and which part of the whole that is, in twentieths."""

    organ: OrganTag
    days: int
    twentieths: int


@dataclass(frozen=True)
class Deadline:
    """A running clock of the matter."""

    name: str
    lap: int
    title: str
    left: TimeLeft | None
    governs: bool


@require_safe
@at_desk
def matter(visit: Visit, uid: UUID) -> HttpResponse:
    """Show a matter, with the form of the move that the address names."""
    with visit.reading() as reader:
        subject = subject_of(visit, reader, uid)
        asked = visit.request.GET
        if (kind := asked.get("kind", "")) and (found := _begun(subject, kind)):
            return found
        return shown(subject, wanted=asked.get("act", ""), answers=asked.get("answers", ""))


def _begun(subject: Subject, kind: str) -> HttpResponse | None:
    """Return the page with the first form of an event of that kind; None when one is on its way already."""
    found = begun_by_kind(subject, kind) if subject.has_turn and not subject.inner else None
    if found is None:
        return None
    move, first = found
    messages.info(subject.visit.request, first.told)
    return shown(subject, wanted=move, entry=Entry(values=first.values))


def shown(
    subject: Subject,
    *,
    wanted: str = "",
    entry: Entry | None = None,
    answers: str = "",
    asking: tuple[str, Entry] | None = None,
) -> HttpResponse:
    """Return the page of a matter; `entry` is what was typed into a form that was not taken."""
    visit, row, mechanism = subject.visit, subject.page.matter, subject.mechanism
    situation = subject.situation
    subject.tags.learn([situation.holder, situation.initiator, *(party.organ.code for party in subject.page.parties)])
    subject.names.learn(party.organ.code for party in subject.page.parties)
    refused = (entry and entry.refusal) or (asking and asking[1].refusal)
    panel = panel_of(subject, wanted=wanted, entry=entry, answers=answers)
    context: dict[str, Any] = {
        "subject": subject,
        "row": row,
        "mechanism": mechanism,
        "state": state_title(mechanism, row.state),
        "help": getattr(mechanism.state(row.state), "help", ""),
        "is_open": row.phase == Phase.OPEN,
        "provenance": "" if row.provenance == Provenance.LIVE else Provenance(row.provenance).label,
        "holder": subject.tags[situation.holder] if situation.holder else None,
        "left": _left(row.due_on, visit.today) if row.phase == Phase.OPEN else None,
        "road": road_of(subject),
        "panel": panel,
        "wanted": wanted or entry is not None,
        "proposal": (inside := inside_of(subject)).proposal,
        "inside": inside,
        "values": values_of(subject, situation.values),
        "compared": compared_of(subject),
        "parts": _parts(subject),
        "children": _children(subject),
        "refused": refused if panel is None else None,
        "others": [
            _other(subject, link) for link in subject.page.links if not _is_child(link) and not _is_judged(link)
        ],
        "cases": _cases(subject, panel.given if panel else {}),
        "documents": documents_of(subject),
        "recurring": recurring_of(subject),
        "story": story_of(subject),
        "asking": (askings := asking_of(subject, refused=asking)),
        "invited": any(one.adds for one in askings),
        "waiting": waiting_of(subject),
        "under_review": subject.has_turn and subject.may() and bool(getattr(mechanism.state(row.state), "review", "")),
        "notes": _notes(subject),
        "deadlines": _deadlines(subject),
        "month": _month(subject),
        "shares": _shares(subject),
        "answerable": _answerable(subject),
        "commendable": _commendable(subject),
        "set_aside": _set_aside(subject),
        "why": why_visible(subject.reader, subject.uid),
    }
    return visit.page("desk/matter/page.html", context, status=UNPROCESSABLE if refused else 200)


def _answerable(subject: Subject) -> bool:
    """Tell whether the own organ may begin another matter about this one: what others let become overdue."""
    row, own = subject.page.matter, subject.visit.person.organ
    if own is None or own.code == subject.situation.holder or not is_overdue(row, today=subject.visit.today):
        return False
    return any(takes_overdue(opening.mechanism) for opening in openings_of(subject.visit))


def _commendable(subject: Subject) -> bool:
    """Tell whether the own organ may recommend this matter: one that ended well and bears a number."""
    row = subject.page.matter
    if not row.number or row.closed_kind not in (Closing.ACCEPTED, Closing.DECIDED):
        return False
    return any(takes(opening.mechanism, Prefill.CLOSED) for opening in openings_of(subject.visit))


def _set_aside(subject: Subject) -> str:
    """Return on what evidence the own organ may set the ending by lapse aside; empty when it may not."""
    situation, ending = subject.situation, subject.mechanism.state(subject.situation.state)
    held = subject.own is not None and subject.own.code == situation.holder and subject.may()
    if not isinstance(ending, Final) or not held or subject.page.matter.parent_id:
        return ""
    lapsed = any(one.seq == situation.stay_seq and one.kind == Kind.LAPSE for one in subject.records)
    return ending.set_aside if lapsed else ""


def _left(due_on: date | None, today: date) -> TimeLeft | None:
    return time_left(due_on, today=today, calendar=current_calendar()) if due_on else None


def _children(subject: Subject) -> list[Other]:
    """Return the children, open ones first, each with what it brought back."""
    brought = brought_back(subject)
    children = []
    for link in filter(_is_child, subject.page.links):
        mechanism = declared(link.matter.mechanism, link.matter.declaration_id)
        said = in_words(subject, mechanism, brought.get(str(link.matter.uid), {}))
        children.append(replace(_other(subject, link), brought=said))
    return sorted(children, key=lambda child: not child.is_open)


def _is_child(link: Linked) -> bool:
    return link.kind == LinkKind.CHILD and link.outward


def _is_judged(link: Linked) -> bool:
    """Tell whether a link says of two matters that they do or do not raise the same problem: a card shows these."""
    return link.kind in (LinkKind.RECURS, LinkKind.DISTINCT)


def _parts(subject: Subject) -> list[Part]:
    """Return the parts as they are shown; who has left is not among them."""
    tags = subject.tags
    return [Part(title, tuple(tags[code] for code in codes)) for title, codes in subject.parts().items()]


def _other(subject: Subject, link: Linked) -> Other:
    row: Matter = link.matter
    mechanism = declared(row.mechanism, row.declaration_id)
    child = subject.situation.children.get(str(row.uid))
    holder = situation_of(row).holder
    is_open = row.phase == Phase.OPEN
    return Other(
        uid=row.uid,
        kind=LINK_TITLES[LinkKind(link.kind), link.outward],
        title=row.number or row.title,
        mechanism=mechanism.title,
        organ=subject.tags[child.organ] if child and child.organ else None,
        holder=subject.tags[holder] if holder and is_open else None,
        state=state_title(mechanism, row.state),
        is_open=is_open,
        left=_left(row.due_on, subject.visit.today) if is_open else None,
    )


def _cases(subject: Subject, given: Mapping[str, Json]) -> Sequence[tuple[int, str]]:
    """Return the cases that the matter or what is drafted of it names, as far as the person sees them."""
    named = rows_named(subject.mechanism, {**given, **subject.situation.values})
    keys = [key for _, register, key in named if register == COURT_CASE]
    if not keys:
        return ()
    with reading_cases(subject.reader):
        return cases_named(keys)


def _notes(subject: Subject) -> list[tuple[str, str]]:
    """Return the annotations that the person may put: an instruction only who signs, nothing urgent once closed."""
    if not subject.may():
        return []
    kinds = [Note.SUPPLEMENT, Note.RECEIPT, Note.REMARK] if subject.situation.closed else list(BY_HAND)
    held = subject.own and subject.own.code == subject.situation.holder
    return [
        (note.value, NOTE_TITLES[note])
        for note in kinds
        if not (note == Note.INSTRUCT and not subject.may_sign) and not (note == Note.URGE and held)
    ]


def _deadlines(subject: Subject) -> list[Deadline]:
    governing = subject.page.matter.governing_clock
    running = [
        Deadline(
            key,
            clock.lap,
            clock_title(subject.mechanism, key),
            _left(clock.due_on, subject.visit.today),
            key == governing,
        )
        for key, clock in subject.situation.clocks.items()
        if clock.running
    ]
    return sorted(running, key=lambda found: (not found.governs, found.left.due_on if found.left else date.max))


def _month(subject: Subject) -> ShownMonth | None:
    """Return the month in which the clock ends by which the holder is judged; None when nobody is."""
    standing = subject.situation.clocks.get(subject.page.matter.governing_clock)
    if standing is None or not standing.running:
        return None
    return month_of_due(running_clock(standing), current_calendar(), today=subject.visit.today)


def _shares(subject: Subject) -> list[Share]:
    """Return who held the matter for how many days, the longest first."""
    days: Counter[str] = Counter()
    endings = {state.key for state in subject.mechanism.states if isinstance(state, Final)}
    for stay in stays_of(subject.records):
        until = stay.until or (subject.situation.closed_on or subject.visit.today)
        if stay.holder and stay.state not in endings:
            days[stay.holder] += max(0, (until - stay.since).days)
    whole = sum(days.values())
    return [
        Share(subject.tags[organ], count, max(1, round(20 * count / whole)) if whole else 0)
        for organ, count in days.most_common()
    ]
