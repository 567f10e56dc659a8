"""
The SQL of every list of matters, in one place: what is slow under row-level security is known here (core.md §4).

A list is the union of branches, each LIMITed by itself: one per scope walking `sight` backwards, or one per own organ
walking an index of `matter`. Sorts are only those that such an index gives. Conditions on text are not leakproof and
come as candidate ids found before.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Final

from fuyuantong.matters.models.matter import Phase
from fuyuantong.matters.models.party import COPIED
from fuyuantong.matters.sight import Reader
from fuyuantong.organs.division_codes import prefix_of
from fuyuantong.refusal import Refusal

SHORTEST_TEXT: Final = 2
LONGEST_TEXT: Final = 60
MOST_WORDS: Final = 4


class TextUnsearchable(Refusal):
    """Refuse words that the index cannot find."""

    key = "text-unsearchable"
    title = "检索词不可用"


class Box(StrEnum):
    """Which matters a list is drawn from."""

    LEDGER = "ledger"
    TO_DO = "to-do"
    SENT = "sent"
    COPIED = "copied"


class Sort(StrEnum):
    """In which order: newest first, or by due date with the undated last (then open matters alone)."""

    OPENED = "opened"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Filters:
    """
    What narrows a list; empty means all.

    `region` is a division with all below it, `holder` an organ's id; a due range means open matters, for a closed
    one owes nothing.
    """

    mechanism: str = ""
    state: str = ""
    phase: Phase | None = None
    holder: int | None = None
    region: str = ""
    due_from: date | None = None
    due_to: date | None = None
    text: str = ""

    def named(self) -> tuple[str, ...]:
        """Return the names of the filters in use, as the page shows them."""
        return tuple(title for name, title in _TITLES.items() if getattr(self, name) not in ("", None))


@dataclass(frozen=True, slots=True)
class Keyset:
    """
    Where a page begins: beyond the matter of this id, with its due date when sorted by that.

    `backward`: the page before it, not the one after.
    """

    matter_id: int
    due_on: date | None = None
    backward: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """One word that is searched, and the organs that bear it in a name, now or formerly."""

    text: str
    organs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidates:
    """
    What was found out before the list is drawn.

    `ids`: the only matters that can be in it, or None when they are too many to name. `common`: words that were too
    common for the index and are compared row by row while walking.
    """

    ids: tuple[int, ...] | None = None
    common: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL and its named values."""

    sql: str
    values: dict[str, object]


@dataclass(frozen=True, slots=True)
class _Branch:
    source: str
    key: str
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LedgerQuery:
    """One list: where from, narrowed how, in which order."""

    reader: Reader
    box: Box = Box.LEDGER
    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.OPENED
    candidates: Candidates = field(default_factory=Candidates)

    def page(self, *, after: Keyset | None, size: int) -> Statement:
        """
        Return the statement of one page: at most `size` rows beyond that place, columns as in `COLUMNS`.

        A page backward comes in the opposite order.
        """
        backward = after is not None and after.backward
        due = "m.due_on" if self.sort is Sort.DUE else "NULL::date"
        pieces = [
            f"(SELECT {branch.key} AS id, {due} AS due_on FROM {branch.source}"
            f" WHERE {' AND '.join((*branch.conditions, *beyond))}"
            f" ORDER BY {_order('m.due_on', branch.key, self.sort, backward)} LIMIT %(size)s)"
            for branch in self._branches()
            for beyond in self._beyond(branch, after)
        ]
        columns = ", ".join(f"m.{column}" for column in COLUMNS)
        order = _order("due_on", "id", self.sort, backward)
        ids = f"SELECT id, due_on FROM ({' UNION '.join(pieces)}) AS every ORDER BY {order} LIMIT %(size)s"
        order = _order("page.due_on", "page.id", self.sort, backward)
        sql = f"SELECT {columns} FROM ({ids}) AS page JOIN matter m ON m.id = page.id ORDER BY {order}"
        return Statement(sql, self._values() | {"size": size} | _place(after))

    def total(self, *, most: int) -> Statement:
        """Return the statement that counts the list up to `most` + 1."""
        pieces = [
            f"(SELECT {branch.key} AS id FROM {branch.source} WHERE {' AND '.join(branch.conditions)} LIMIT %(most)s)"
            for branch in self._branches()
        ]
        counted = f"SELECT FROM ({' UNION '.join(pieces)}) AS every LIMIT %(most)s"
        return Statement(f"SELECT count(*) FROM ({counted}) AS counted", self._values() | {"most": most + 1})

    def sample(self, *, walked: int) -> Statement:
        """
        Return the statement that looks for common words in the first `walked` + 1 rows of the list.

        Shape: how many of them have the words, and how many there were. Counting on would walk the whole list when
        the words are common elsewhere and rare here.
        """
        plain = replace(self, candidates=Candidates())
        pieces = [
            f"(SELECT {branch.key} AS id FROM {branch.source} WHERE {' AND '.join(branch.conditions)}"
            f" ORDER BY {_order('m.due_on', branch.key, self.sort, False)} LIMIT %(walked)s)"
            for branch in plain._branches()
        ]
        rows = f"SELECT id FROM ({' UNION '.join(pieces)}) AS every LIMIT %(walked)s"
        words = " AND ".join(COMMON.format(place) for place in range(len(self.candidates.common)))
        sql = f"SELECT count(*) FILTER (WHERE {words}), count(*) FROM ({rows}) AS m"
        return Statement(sql, self._values() | {"walked": walked + 1})

    def _branches(self) -> Iterable[_Branch]:
        narrowed = tuple(self._conditions())
        if self.candidates.ids is not None:
            yield _Branch(NAMED, "m.id", (SEEN, *self._of_box(), *narrowed))
        elif self.sort is not INDEXED[self.box]:
            yield _Branch("matter m", "m.id", (SEEN, *self._of_box(), *narrowed))
        elif self.box is Box.LEDGER:
            source = "sight s JOIN matter m ON m.id = s.matter_id" if narrowed else "sight s"
            for place in range(len(self.reader.scopes)):
                mine = f"s.scope_id = %(scope_{place})s AND s.until_seq IS NULL"
                yield _Branch(source, "s.matter_id", (mine, *narrowed))
        else:
            for place in range(len(self.reader.organs)):
                yield self._organ_branch(f"%(organ_{place})s", narrowed)

    def _organ_branch(self, organ: str, narrowed: tuple[str, ...]) -> _Branch:
        match self.box:
            case Box.COPIED:
                mine = f"p.organ_id = {organ} AND p.role = %(copied)s AND p.until_seq IS NULL"
                return _Branch("party p JOIN matter m ON m.id = p.matter_id", "p.matter_id", (mine, SEEN, *narrowed))
            case Box.SENT:
                return _Branch("matter m", "m.id", (f"m.initiator_id = {organ}", SEEN, *narrowed))
            case _:
                return _Branch("matter m", "m.id", (f"m.holder_id = {organ}", SEEN, *narrowed))

    def _of_box(self) -> Iterable[str]:
        match self.box:
            case Box.TO_DO:
                yield "m.holder_id = ANY(%(organs)s::bigint[])"
            case Box.SENT:
                yield "m.initiator_id = ANY(%(organs)s::bigint[])"
            case Box.COPIED:
                yield (
                    "EXISTS (SELECT FROM party p WHERE p.matter_id = m.id AND p.role = %(copied)s"
                    " AND p.organ_id = ANY(%(organs)s::bigint[]) AND p.until_seq IS NULL OFFSET 0)"
                )

    def _conditions(self) -> Iterable[str]:
        filters = self.filters
        yield from (condition for name, condition in _CONDITIONS.items() if getattr(filters, name) not in ("", None))
        # A literal, not a parameter: only so can the planner use the indexes of open matters.
        if self._open_alone():
            yield "m.phase = 0"
        elif filters.phase is Phase.CLOSED:
            yield "m.phase = 1"
        yield from (COMMON.format(place) for place in range(len(self.candidates.common)))

    def _open_alone(self) -> bool:
        filters = self.filters
        by_due = self.sort is Sort.DUE or filters.due_from is not None or filters.due_to is not None
        return by_due or filters.phase is Phase.OPEN or self.box is Box.TO_DO

    def _beyond(self, branch: _Branch, after: Keyset | None) -> Sequence[tuple[str, ...]]:
        """Return the conditions of a branch beyond a place; by due date a dated part and the undated after it."""
        if self.sort is Sort.OPENED:
            beyond = ">" if after and after.backward else "<"
            return ((f"{branch.key} {beyond} %(after_id)s",),) if after else ((),)
        if after is None:
            return (("m.due_on IS NOT NULL",), ("m.due_on IS NULL",))
        if after.backward and after.due_on is None:
            return (("m.due_on IS NULL", "m.id < %(after_id)s"), ("m.due_on IS NOT NULL",))
        if after.backward:
            return (("(m.due_on, m.id) < (%(after_due)s, %(after_id)s)",),)
        if after.due_on is None:
            return (("m.due_on IS NULL", "m.id > %(after_id)s"),)
        return (("(m.due_on, m.id) > (%(after_due)s, %(after_id)s)",), ("m.due_on IS NULL",))

    def _values(self) -> dict[str, object]:
        filters, reader = self.filters, self.reader
        region = prefix_of(filters.region) if filters.region else ""
        return {
            "scopes": list(reader.scopes),
            "organs": list(reader.organs),
            "copied": COPIED,
            "candidates": list(self.candidates.ids or ()),
            "mechanism": filters.mechanism,
            "state": filters.state,
            "holder": filters.holder,
            "region": region,
            # the code after all that begin with the prefix: digits end before ":"
            "region_end": region + ":",
            "due_from": filters.due_from,
            "due_to": filters.due_to,
            **{f"word_{place}": word.text for place, word in enumerate(self.candidates.common)},
            **{f"bearers_{place}": list(word.organs) for place, word in enumerate(self.candidates.common)},
            **{f"scope_{place}": scope for place, scope in enumerate(reader.scopes)},
            **{f"organ_{place}": organ for place, organ in enumerate(reader.organs)},
        }


def check_text(text: str) -> tuple[str, ...]:
    """
    Return the words that are searched, each for itself.

    Raises: `TextUnsearchable` for none, for a word of one character, for too many or too long ones, and for NUL.
    """
    words = tuple(dict.fromkeys(text.split()))
    if not words or len(words) > MOST_WORDS:
        raise TextUnsearchable(
            f"检索词有 {len(words)} 个，应为 1 至 {MOST_WORDS} 个",
            remedy="请用空格隔开各词，只留最要紧的。",
            field="text",
        )
    for word in words:
        if not SHORTEST_TEXT <= len(word) <= LONGEST_TEXT or "\0" in word:
            raise TextUnsearchable(
                f"检索词“{word[:LONGEST_TEXT]}”的长度不在 {SHORTEST_TEXT} 至 {LONGEST_TEXT} 个字之间，或含有不可见字符",
                remedy="请输入标题、文号、案号、单位或内容中连续的两个字以上。",
                field="text",
            )
    return words


def text_candidates(word: Word, *, most: int) -> Statement:
    """Return the statement that finds seen matters by a word through the index: ids, or NULL for more than `most`."""
    return Statement(
        "SELECT text_matches(%(word)s, %(organs)s::bigint[], %(most)s)",
        {"word": word.text, "organs": list(word.organs), "most": most},
    )


def few_in(query: LedgerQuery, *, most: int) -> Statement:
    """Return the statement that names all matters of a box, whatever narrows it: ids, or NULL for more than `most`."""
    which = "scope" if query.box is Box.LEDGER else "organ"
    one = _FEW[query.box]
    of = query.reader.scopes if query.box is Box.LEDGER else query.reader.organs
    pieces = " UNION ".join(f"({one} = %({which}_{place})s LIMIT %(most)s)" for place in range(len(of)))
    values = {f"{which}_{place}": found for place, found in enumerate(of)}
    return Statement(
        f"SELECT CASE WHEN count(*) < %(most)s THEN coalesce(array_agg(id), '{{}}') END FROM ({pieces}) AS every",
        values | {"most": most + 1, "copied": COPIED},
    )


def _order(due: str, key: str, sort: Sort, backward: bool) -> str:
    if sort is Sort.DUE:
        return f"{due} DESC, {key} DESC" if backward else f"{due}, {key}"
    return key if backward else f"{key} DESC"


def _place(after: Keyset | None) -> dict[str, object]:
    return {"after_id": after.matter_id, "after_due": after.due_on} if after else {}


COLUMNS: Final = (
    "id", "uid", "mechanism", "version", "number", "title", "state", "phase", "holder_id", "initiator_id",
    "region_code", "secrecy", "provenance", "opened_at", "due_on", "governing_clock", "closed_at", "closed_kind", "seq",
    "declaration_digest",
)  # fmt: skip

# the order that an index of each box gives; for the other one a short list is named first
INDEXED: Final = {Box.LEDGER: Sort.OPENED, Box.TO_DO: Sort.DUE, Box.SENT: Sort.OPENED, Box.COPIED: Sort.OPENED}

_FEW: Final = {
    Box.LEDGER: "SELECT matter_id AS id FROM sight WHERE until_seq IS NULL AND scope_id",
    Box.TO_DO: "SELECT id FROM matter WHERE phase = 0 AND holder_id",
    Box.SENT: "SELECT id FROM matter WHERE initiator_id",
    Box.COPIED: "SELECT matter_id AS id FROM party WHERE role = %(copied)s AND until_seq IS NULL AND organ_id",
}

NAMED: Final = "unnest(%(candidates)s::bigint[]) AS named(id) JOIN matter m ON m.id = named.id"

SEEN: Final = (
    "EXISTS (SELECT FROM sight v WHERE v.matter_id = m.id AND v.until_seq IS NULL"
    " AND v.scope_id = ANY(%(scopes)s::bigint[]) OFFSET 0)"
)

COMMON: Final = (
    "(EXISTS (SELECT FROM matter_words w WHERE w.matter_id = m.id"
    " AND position(lower(%(word_{0})s) IN lower(w.text)) > 0 OFFSET 0)"
    " OR EXISTS (SELECT FROM party b WHERE b.matter_id = m.id AND b.until_seq IS NULL"
    " AND b.organ_id = ANY(%(bearers_{0})s::bigint[]) OFFSET 0))"
)

_CONDITIONS: Final = {
    "mechanism": "m.mechanism = %(mechanism)s",
    "state": "m.state = %(state)s",
    "holder": "m.holder_id = %(holder)s",
    "region": "m.region_code >= %(region)s AND m.region_code < %(region_end)s",
    "due_from": "m.due_on >= %(due_from)s",
    "due_to": "m.due_on <= %(due_to)s",
}

_TITLES: Final = {
    "mechanism": "机制",
    "state": "状态",
    "phase": "在办或已办结",
    "holder": "持有单位",
    "region": "区划",
    "due_from": "期限起",
    "due_to": "期限止",
    "text": "检索词",
}
