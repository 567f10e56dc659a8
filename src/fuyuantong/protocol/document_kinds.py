"""Kinds of documents: who may draw one up, when, in which layout, and with which words; read from TOML, pure data."""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Final

from fuyuantong.protocol.faults import Fault
from fuyuantong.protocol.fields import Rows
from fuyuantong.protocol.mechanism import Mechanism
from fuyuantong.protocol.proving.anatomy import moves
from fuyuantong.typesetting.document import OfficialDocument, Style
from fuyuantong.typesetting.words import numeral

BLANK: Final = "××××"  # stands where the drafter must fill something in
RATE: Final = "rate"  # of a line of figures the share that it reports
FOR_ALL: Final = "documents.toml"
# what is known of every matter, whatever its mechanism
KNOWN: Final = frozenset(
    {
        *("issuer", "today", "number", "matter", "mechanism", "state", "holder", "initiator", "since"),
        *("due", "rule", "basis", "overdue"),
    }
)
_PLACE = re.compile(r"\{([a-z_]+(?:\.[a-z_]+)?|#|n)(!?)\}")
_HEADING = re.compile("[一二三四五六七八九十]+、")


@dataclass(frozen=True)
class DocumentKind:
    """
    One kind of document.

    A move that names its `key` by `drafts` draws it up, or the matter's being in one of `states`; a kind `for_all`
    mechanisms is there always, or only while the holder is `overdue`. `by`: the role whose organ issues it; none is
    given: whoever takes part. `number`: that of the case, where no move numbers the document. Texts name values of the
    matter as `{field}`, `{rows.column}` (one line for each row, `{#}` and `{n}` count them) or by a word of `KNOWN`. A
    line of which a value is not known is left out; with `!` the value is left blank instead. `only`: of a table the rows
    of which a column says this, `{"rows.column": words}`; a row that says nothing yet counts.
    """

    key: str
    title: str
    style: Style
    mechanism: str = ""
    by: str = ""
    states: tuple[str, ...] = ()
    overdue: bool = False
    mark: str = "{issuer}"
    heading: str = ""
    number: str = ""
    to: str = ""
    body: str = ""
    note: str = ""
    copies: str = ""
    present: Mapping[str, str] | None = None
    only: Mapping[str, str] | None = None
    basis: str = ""

    def texts(self) -> tuple[str, ...]:
        """Return all texts of it that may name values."""
        return (
            self.mark,
            self.heading,
            self.number,
            self.to,
            self.body,
            self.note,
            self.copies,
            *(self.present or {}).values(),
        )


@dataclass(frozen=True)
class Facts:
    """What is known of a matter, in words: single values, and tables by row."""

    words: Mapping[str, str]
    rows: Mapping[str, Sequence[Mapping[str, str]]]


def read_kinds(folder: Path) -> Iterator[DocumentKind]:
    """Yield the kinds declared beside the mechanisms of a folder; those of a child name it by `of`."""
    for file in sorted(folder.rglob("*.toml")):
        of = "" if file.name == FOR_ALL else file.stem.replace("_", "-")
        for key, given in tomllib.loads(file.read_text(encoding="utf-8")).items():
            child = given.pop("of", "")
            mechanism = f"{of}/{child}" if child else of
            told = {**given, "states": tuple(given.get("states", ())), "style": Style(given["style"])}
            yield DocumentKind(key=key.rpartition(":")[2], mechanism=mechanism, **told)


def faults(kind: DocumentKind, mechanism: Mechanism | None) -> Iterator[Fault]:
    """Find values that no matter of the mechanism has, and a kind that nothing ever draws up."""
    path = (kind.mechanism or FOR_ALL, kind.key)
    known = KNOWN | {"#", "n"} | (_names(mechanism) if mechanism else frozenset())
    for name in (*(name for name, _ in _PLACE.findall("\n".join(kind.texts()))), *(kind.only or ())):
        if name not in known:
            yield Fault("document-value", f"文书“{kind.title}”引用的“{name}”不存在", path)
    if mechanism is None:
        return
    if kind.by and kind.by not in {role.key for role in mechanism.roles}:
        yield Fault("document-role", f"文书“{kind.title}”的制发方“{kind.by}”不存在", path)
    if not {*kind.states} <= {state.key for state in mechanism.states}:
        yield Fault("document-state", f"文书“{kind.title}”所在环节不存在", path)
    if not kind.states and kind.key not in {move.drafts for _, move in moves(mechanism)}:
        yield Fault("document-unused", f"没有哪个办理事项制作文书“{kind.title}”", path)


def drawn_up(kind: DocumentKind, facts: Facts) -> OfficialDocument:
    """Return the document with what is known filled in; `BLANK` stands where something is missing."""
    facts = _only(kind, facts)
    single = {name: " ".join(filled(text, facts)) for name, text in _single(kind).items()}
    present = tuple((label, "、".join(filled(text, facts))) for label, text in (kind.present or {}).items())
    return OfficialDocument(
        style=kind.style,
        mark=single["mark"] or facts.words["issuer"],
        title=single["heading"] or kind.title,
        addressees=single["to"],
        body=tuple(map(_ended, filled(kind.body, facts))),
        issuer=facts.words["issuer"],
        number=facts.words.get("number") or single["number"],
        note=single["note"],
        copies=single["copies"],
        present=tuple((label, who) for label, who in present if who),
        printer=facts.words["issuer"] if kind.style in (Style.FILE, Style.MINUTES) else "",
    )


def _only(kind: DocumentKind, facts: Facts) -> Facts:
    """Return the facts without the rows that the document leaves out."""
    rows = dict(facts.rows)
    for key, words in (kind.only or {}).items():
        table, _, column = key.partition(".")
        rows[table] = [row for row in rows.get(table, ()) if row.get(column) in (words, "", None)]
    return Facts(facts.words, rows)


def filled(text: str, facts: Facts) -> Iterator[str]:
    """
    Yield the lines of a text with their values; those that name rows once for each row.

    Without a row the line that leads to them (如下：) is left out too.
    """
    lines = text.strip().splitlines()
    for line, following in zip_longest(lines, lines[1:], fillvalue=""):
        table, next_table = _table_of(line), _table_of(following)
        if not table and line.endswith("：") and next_table and not facts.rows.get(next_table):
            continue
        if not table:
            yield from _line(line, facts.words)
            continue
        for place, row in enumerate(facts.rows.get(table, ()), start=1):
            counted = {"#": numeral(place), "n": str(place)}
            cells = {f"{table}.{column}": words for column, words in row.items()}
            yield from _line(line, {**facts.words, **cells, **counted})


def _table_of(line: str) -> str:
    """Return the table of which a line names columns."""
    return next((name.partition(".")[0] for name, _ in _PLACE.findall(line) if "." in name), "")


def _single(kind: DocumentKind) -> dict[str, str]:
    return {
        "mark": kind.mark,
        "heading": kind.heading,
        "number": kind.number,
        "to": kind.to,
        "note": kind.note,
        "copies": kind.copies,
    }


def _ended(line: str) -> str:
    """Return a paragraph with a full stop; a heading of the first level has none."""
    return line if line.endswith(("。", "：", "；", "！", "？")) or _HEADING.match(line) else f"{line}。"


def _line(line: str, words: Mapping[str, str]) -> Iterator[str]:
    places = _PLACE.findall(line)
    if any(not words.get(name) and not must for name, must in places):
        return
    yield from _PLACE.sub(lambda found: words.get(found[1]) or BLANK, line).replace("。。", "。").splitlines()


def _names(mechanism: Mechanism) -> frozenset[str]:
    columns = (
        f"{table.key}.{column.key}" for table in mechanism.fields if isinstance(table, Rows) for column in table.columns
    )
    rate = (f"{mechanism.figures.rows}.{RATE}",) if mechanism.figures else ()
    fields, roles = (found.key for found in mechanism.fields), (role.key for role in mechanism.roles)
    return frozenset((*fields, *roles, *columns, *rate))


def blanks(texts: Collection[str]) -> int:
    """Return how many places are still to be filled in."""
    return sum(text.count(BLANK) for text in texts)
