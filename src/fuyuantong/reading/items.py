"""Items that are assigned as a whole: the text that a 责任单位 line or a closing bracket speaks of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from fuyuantong.reading.assignments import ROLE_WORDS, Assignment, labelled, labels_in, roles_in
from fuyuantong.reading.dates import dates_in
from fuyuantong.reading.normalising import NormalText
from fuyuantong.reading.outline import Place
from fuyuantong.reading.sentences import closing
from fuyuantong.reading.unit_names import is_unit_name
from fuyuantong.reading.values import Span

_BRACKET = re.compile(r"(?<=[。；！？，、\u4e00-\u9fff%”》\d])(?P<open>[（〔])")
_IN_CHARGE = re.compile(r"牵头|负责(?!人|同志)|职责分工")


@dataclass(frozen=True, kw_only=True)
class Item:
    """Keep one assigned item: the places it takes up, its text from first to last character, its assignment."""

    places: tuple[int, ...]
    span: Span
    clause: str
    assignment: Assignment


@dataclass
class Items:
    """Gather the items of a document, and which stretches only assign them."""

    found: list[Item] = field(default_factory=list)
    tails: list[Span] = field(default_factory=list)
    inherited: dict[str, Assignment] = field(default_factory=dict)


@dataclass
class _Open:
    index: int
    place: Place
    span: Span


def items_of(normal: NormalText, places: Sequence[Place], *, issued_on: date | None) -> Items:
    """Return the assigned items of a document in their order."""
    scan = _Scan(normal, issued_on)
    for index, place in enumerate(places):
        if place.row:
            scan.open = []
        else:
            scan.take(index, place)
    return scan.items


class _Scan:
    def __init__(self, normal: NormalText, issued_on: date | None) -> None:
        self.folded, self.text, self.issued_on = normal.folded, normal.text, issued_on
        self.items = Items()
        self.open: list[_Open] = []
        self.heading: Place | None = None
        self.closed_under_heading = 0
        self.last_group = 0

    def take(self, index: int, place: Place) -> None:
        labels = list(labels_in(self.folded, place.body))
        if (said := self._line(place, labels)) is not None:
            self._assign(place, said)
            return
        self.last_group = 0
        if place.is_heading:
            self._heading(place)
            return
        start, closed = place.body.start, len(self.items.found)
        for span, assignment in self._tails(place, labels):
            self.items.tails.append(assignment.span)
            if span.end - span.start >= 4:
                self._close([*self._same_item(place), _Open(index, place, Span(start, span.end))], assignment)
            start = assignment.span.end
            while start < place.body.end and self.folded[start] in "。； ":
                start += 1
        if place.body.end - start >= 4 and not _is_signature(place.body.of(self.folded)):
            self.open.append(_Open(index, place, Span(start, place.body.end)))
        elif len(self.items.found) > closed:
            # what assigns may go on in the next line: 责任单位 here, 完成时限 there
            self.last_group = 1

    def _heading(self, place: Place) -> None:
        self.open, self.heading, self.closed_under_heading = [], place, 0
        for _, assignment in self._tails(place, []):
            self.items.inherited[place.clause] = assignment
            self.items.tails.append(assignment.span)

    def _line(self, place: Place, labels: Sequence[re.Match[str]]) -> Assignment | None:
        """Return what a paragraph says that only assigns: labels from its beginning, or one bracket （县法院牵头）."""
        if labels and labels[0].start() <= place.body.start + 1:
            return labelled(self.folded, self.text, place.body, issued_on=self.issued_on)
        if place.mark is not None or self.folded[place.body.start] not in "（〔":
            return None
        closed = closing(self.folded, place.body.start, place.body.end)
        if closed + 2 < place.body.end:
            return None
        return self._bracket(Span(place.body.start + 1, closed), place, closed)

    def _assign(self, place: Place, said: Assignment) -> None:
        """Give an assignment that stands in a paragraph of its own to what stands before it."""
        self.items.tails.append(place.body)
        if not said.units and not said.dues:
            return
        if self.open:
            before = len(self.items.found)
            for group in self._groups():
                self._close(group, said)
            self.last_group = len(self.items.found) - before
            self.open = []
        elif self.last_group:
            for at in range(len(self.items.found) - self.last_group, len(self.items.found)):
                item = self.items.found[at]
                self.items.found[at] = Item(
                    places=item.places, span=item.span, clause=item.clause, assignment=item.assignment.joined(said)
                )
        elif self.heading is not None:
            known = self.items.inherited.get(self.heading.clause)
            self.items.inherited[self.heading.clause] = known.joined(said) if known else said

    def _groups(self) -> Iterator[list[_Open]]:
        """Return the open paragraphs that one label line speaks of, one group for each number."""
        groups: list[list[_Open]] = []
        for opened in self.open:
            if opened.place.mark is not None or not groups:
                groups.append([])
            groups[-1].append(opened)
        yield from groups if not self.closed_under_heading else groups[-1:]

    def _same_item(self, place: Place) -> list[_Open]:
        """Return the open paragraphs before an unnumbered one that belong to the same number."""
        if place.mark is not None or not self.open or self.open[-1].place.clause != place.clause:
            return []
        same = []
        for opened in reversed(self.open):
            if opened.place.clause != place.clause:
                break
            same.append(opened)
        return same[::-1] if same[-1].place.mark is not None else []

    def _close(self, group: Sequence[_Open], assignment: Assignment) -> None:
        taken = {opened.index for opened in group}
        self.open = [opened for opened in self.open if opened.index not in taken]
        first, last = group[0], group[-1]
        self.closed_under_heading += 1
        self.items.found.append(
            Item(
                places=tuple(opened.index for opened in group),
                span=Span(first.span.start, last.span.end),
                clause=first.place.clause,
                assignment=assignment,
            )
        )

    def _tails(self, place: Place, labels: Sequence[re.Match[str]]) -> Iterator[tuple[Span, Assignment]]:
        """Return the assignments inside a paragraph, each with the text it speaks of."""
        start = place.body.start
        stop = labels[0].start() if labels and labels[0][0][0] not in "（〔" else place.body.end
        for found in _BRACKET.finditer(self.folded, place.body.start, stop):
            opened = found.start("open")
            closed = closing(self.folded, opened, place.body.end)
            if closed == opened or opened < start:
                continue
            inner = Span(opened + 1, closed)
            said = self._bracket(inner, place, closed)
            if said is not None:
                yield Span(start, opened), _moved(said, Span(opened, closed + 1))
                start = closed + 1
        said = labelled(self.folded, self.text, Span(stop, place.body.end), issued_on=self.issued_on)
        if said is not None:
            yield Span(start, stop), _moved(said, Span(stop, place.body.end))

    def _bracket(self, inner: Span, place: Place, closed: int) -> Assignment | None:
        said = labelled(self.folded, self.text, inner, issued_on=self.issued_on)
        if said is not None:
            return said if said.units or said.dues else None
        before, after = self.folded[inner.start - 2], self.folded[closed + 1 : closed + 2]
        is_closing = before in "。；！？" or after in ("", "。", "；", "\n") or closed + 1 >= place.body.end
        if not is_closing and not _IN_CHARGE.search(self.folded, inner.start, inner.end):
            return None
        said = roles_in(self.folded, self.text, inner, issued_on=self.issued_on)
        if said is None or (before not in "。；！？\n" and not ROLE_WORDS.search(inner.of(self.folded))):
            return None
        return said


def _is_signature(said: str) -> bool:
    return is_unit_name(said) or any(
        found.is_day and found.end - found.start + 1 >= len(said) for found in dates_in(said, year=None)
    )


def _moved(said: Assignment, span: Span) -> Assignment:
    return Assignment(
        span=span,
        units=said.units,
        lead=said.lead,
        dues=said.dues,
        is_open_list=said.is_open_list,
        names_lead=said.names_lead,
    )
