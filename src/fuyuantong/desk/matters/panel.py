"""The act panel: the moves of the holder, the form of the chosen one, and what it will bring about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.urls import reverse

from fuyuantong.desk.forms.boxes import Box, Kept, boxes_of, unplaced
from fuyuantong.desk.forms.row_sheets import may_be_a_sheet
from fuyuantong.desk.matters.beginning import titled
from fuyuantong.desk.matters.consequences import consequences, is_final
from fuyuantong.desk.matters.received import tables_received
from fuyuantong.desk.matters.subject import Subject
from fuyuantong.desk.organ_tags import OrganTag
from fuyuantong.desk.seen_matters import seen_matters
from fuyuantong.matters.models.record import InnerRecord
from fuyuantong.matters.services.inner import InnerKind
from fuyuantong.matters.services.register_rows import unfit_row
from fuyuantong.protocol import Choice, Date, Json, Mechanism, Move, Text
from fuyuantong.protocol.offers import Offer, offers
from fuyuantong.protocol.values import ValuesRefused, field_of, matters_named
from fuyuantong.refusal import Refusal
from fuyuantong.registers.cases.sight import reading_cases

FEW = 2  # acts: what more of them ask belongs to the act, not to the matter


@dataclass(frozen=True)
class Entry:
    """What was typed into a form that was not taken, and why; `table`: the field whose uploaded table was refused."""

    values: Mapping[str, Json] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    chosen: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    effective_on: str = ""
    basis: str = ""
    refusal: Refusal | None = None
    answers: str = ""
    table: str = ""


@dataclass(frozen=True)
class Tab:
    """One move that the holder may make now, or why not."""

    key: str
    title: str
    why_not: str
    current: bool


@dataclass(frozen=True)
class RoleChoice:
    """A part for which the directory names none or several organs: the person chooses."""

    key: str
    title: str
    organs: Sequence[OrganTag]
    chosen: str


@dataclass(frozen=True)
class Panel:
    """
    The form of one move.

    `given`: what stands in its boxes; `unfit`: why it can never be done. `way`: perform (at once), sign (the person
    signs and it takes effect), or propose (put before who signs).
    """

    move: Move
    tabs: tuple[Tab, ...]
    boxes: tuple[Box, ...]
    way: str
    consequences: tuple[str, ...]
    final: bool
    absent: OrganTag | None
    roles: tuple[RoleChoice, ...]
    evidence: tuple[Kept, ...]
    entry: Entry
    given: Mapping[str, Json]
    unfit: Refusal | None
    other_faults: tuple[str, ...]
    saved_at: datetime | None
    answers: str = ""

    @property
    def plain(self) -> bool:
        """Tell whether there is nothing to fill in."""
        return not self.boxes and not self.roles and self.absent is None


def panel_of(subject: Subject, *, wanted: str = "", entry: Entry | None = None, answers: str = "") -> Panel | None:
    """Return the panel of the wanted move, else of the first that can be made; None when it is not one's turn."""
    if not subject.has_turn or not subject.may():
        return None
    found = list(offers(subject.mechanism, subject.situation, today=subject.visit.today))
    chosen = _chosen(found, wanted)
    if chosen is None:
        return None
    move = chosen.move
    given, saved_at = _given(subject, move, entry, answers)
    refusal = entry.refusal if entry else None
    faults = refusal.faults if isinstance(refusal, ValuesRefused) else ()
    named = matters_named(subject.mechanism, given, subject.situation.values)
    desk = replace(
        subject.desk,
        files={**subject.desk.files, **(entry.names if entry else {})},
        matters=seen_matters(subject.reader, named),
    )
    boxes = boxes_of(
        subject.mechanism,
        asks=move.asks,
        may_ask=move.may_ask,
        given=given,
        standing=subject.situation.values,
        faults=faults,
        desk=desk,
    )
    return Panel(
        move=move,
        tabs=tuple(_tab(offer, current=offer is chosen) for offer in found),
        boxes=tuple(_with_sheet(subject, move, box, entry) for box in boxes),
        way=_way(subject, move),
        consequences=tuple(consequences(subject, move, to=chosen.to)),
        final=is_final(subject, move, to=chosen.to),
        absent=subject.absent,
        roles=_roles(subject, refusal, entry),
        evidence=tuple(Kept(digest, desk.files.get(digest, "")) for digest in (entry.evidence if entry else ())),
        entry=entry or Entry(),
        given=given,
        unfit=None if refusal else _unfit(subject, given),
        other_faults=tuple(unplaced(faults, boxes, subject.mechanism)),
        saved_at=saved_at,
        answers=answers,
    )


def _unfit(subject: Subject, given: Mapping[str, Json]) -> Refusal | None:
    """Return why what is drafted can never be done: the case that it names is over, as far as the person sees it."""
    values = {key: value for key, value in given.items() if value}
    with reading_cases(subject.reader):
        return unfit_row(subject.mechanism, subject.situation, values)


def _with_sheet(subject: Subject, move: Move, box: Box, entry: Entry | None) -> Box:
    """Return a table with the address of its template, if it can be filled in away from the desk."""
    if not may_be_a_sheet(box):
        return box
    address = reverse("row-sheet", args=(subject.uid, move.key, box.name))
    return replace(box, sheet=address, is_refused=entry is not None and entry.table == box.name)


def _chosen(found: Sequence[Offer], wanted: str) -> Offer | None:
    can = [offer for offer in found if not offer.refusal]
    return next((offer for offer in found if offer.move.key == wanted), can[0] if can else None)


def _tab(offer: Offer, *, current: bool) -> Tab:
    return Tab(offer.move.key, offer.move.title, offer.refusal.detail if offer.refusal else "", current)


def _way(subject: Subject, move: Move) -> str:
    if not move.signed:
        return "perform"
    return "sign" if subject.may_sign else "propose"


def _given(
    subject: Subject, move: Move, entry: Entry | None, answers: str
) -> tuple[Mapping[str, Json], datetime | None]:
    """Return what stands in the boxes: what was typed, else the last draft, else what is known already."""
    if entry is not None:
        return entry.values, None
    known = {
        **titled(subject, move),
        **_named(subject, move),
        **tables_received(subject, move),
        **_known(subject, move),
        **_asked_for(subject, answers),
    }
    draft = draft_of(subject, move)
    if draft is None:
        return known, None
    values = draft.values.get("values")
    return {**known, **(values if isinstance(values, dict) else {})}, draft.recorded_at


def draft_of(subject: Subject, move: Move) -> InnerRecord | None:
    """Return the last draft of the own organ for a move in this stay."""
    wanted = (InnerKind.DRAFTED, InnerKind.PROPOSED)
    own = subject.own.id if subject.own else 0
    drafts = [
        record
        for record in subject.inner
        if record.organ_id == own
        and record.kind in wanted
        and record.values.get("move") == move.key
        and record.values.get("stay") == subject.situation.stay_seq
    ]
    return drafts[-1] if drafts else None


def _known(subject: Subject, move: Move) -> dict[str, Json]:
    """
    Return what is known already of what the move asks: it is asked again to be changed, not to be typed anew.

    Left empty: words that many acts ask (each says its own reason), and days that are past.
    """
    today = subject.visit.today.isoformat()
    known: dict[str, Json] = {}
    for key in (*move.asks, *move.may_ask):
        if "." in key or key not in subject.situation.values:
            continue
        found, value = subject.mechanism.value(key), subject.situation.values[key]
        said_anew = isinstance(found, Text) and _acts_that_ask(subject.mechanism, key) > FEW
        if not said_anew and not (isinstance(found, Date) and str(value) < today):
            known[key] = value
    return known


def _named(subject: Subject, move: Move) -> dict[str, Json]:
    """Return the table of figures that the move asks with a line for each that there is, to be filled in or struck."""
    figures = subject.mechanism.figures
    if figures is None or figures.rows not in move.asks:
        return {}
    name = field_of(subject.mechanism, f"{figures.rows}.{figures.name}")
    return {figures.rows: [{figures.name: option} for option in name.options]} if isinstance(name, Choice) else {}


def _acts_that_ask(mechanism: Mechanism, key: str) -> int:
    moves = {move.key for state in mechanism.states for move in getattr(state, "moves", ()) if key in move.asks}
    return len(moves)


def _asked_for(subject: Subject, answers: str) -> Mapping[str, Json]:
    """Return what a party asked for, when the move grants its request."""
    waiting = subject.situation.requests.get(answers)
    values = waiting.get("values") if isinstance(waiting, dict) else None
    return values if isinstance(values, dict) else {}


def _roles(subject: Subject, refusal: Refusal | None, entry: Entry | None) -> tuple[RoleChoice, ...]:
    """Return the choices that the person has made, and the one that the refusal asks for."""
    wanted = list(entry.chosen if entry else ())
    kind, _, key = (refusal.field if refusal else "").partition(":")
    if kind == "role" and key not in wanted:
        wanted.append(key)
    titles = {role.key: role.title for role in subject.mechanism.roles}
    return tuple(
        RoleChoice(key, titles[key], subject.desk.organs, entry.chosen.get(key, "") if entry else "")
        for key in wanted
        if key in titles
    )


def asked_by(mechanism: Mechanism, move_key: str) -> Iterable[str]:
    """Return what a move of the mechanism asks and may ask, in all states that offer it."""
    moves = [move for state in mechanism.states for move in getattr(state, "moves", ()) if move.key == move_key]
    return dict.fromkeys(key for move in moves for key in (*move.asks, *move.may_ask))


def as_date(text: str) -> date | None:
    """Return a day as a date box sends it, None for what is none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
