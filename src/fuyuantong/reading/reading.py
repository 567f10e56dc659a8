"""The whole reading of a plan document: blocks in, headings, sentences and obligations out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from cryptography.hazmat.primitives.hashes import SM3, Hash

from fuyuantong.reading.assignments import first_unit_leads
from fuyuantong.reading.blocks import Block
from fuyuantong.reading.dues import due_in, dues_in
from fuyuantong.reading.duties import Part, stem_units
from fuyuantong.reading.front import FrontFound, end_of_body, front_of, year_of_title
from fuyuantong.reading.items import Item, Items, items_of
from fuyuantong.reading.judging import Verdict, context, judge, stem_lists_duties
from fuyuantong.reading.leads import leads_in
from fuyuantong.reading.normalising import NormalText, normalise
from fuyuantong.reading.outline import Place, headings_of, places_of, run_in_title
from fuyuantong.reading.sentences import sentences_of
from fuyuantong.reading.tables import TableRow, rows_of
from fuyuantong.reading.targets import targets_in
from fuyuantong.reading.values import (
    DocumentKind,
    Due,
    DueType,
    Obligation,
    Reading,
    Sentence,
    SentenceKind,
    Span,
    Unit,
)

_SUPPORT = re.compile(r"保障|组织(?:领导|实施)|工作要求|有关要求|督导|考核|宣传|落实机制|推进机制|加强领导")
LONGEST_STEM = 400  # characters before 下列…： that say whether conditions follow


def read(blocks: Iterable[Block]) -> Reading:
    """Return what a document says: every sentence classified, every duty with its units, dues and targets."""
    normal = normalise(blocks)
    front = front_of(normal)
    places = places_of(normal, begin=front.body, end=end_of_body(normal))
    found = _Finding(normal, front, places)
    if front.front.kind is DocumentKind.NEWS:
        found.tell_all("news")
    else:
        found.read_all()
    return Reading(
        text=normal.text,
        digest=digest_of(normal.text),
        front=front.front,
        headings=headings_of(places, normal.folded, normal.text),
        sentences=tuple(found.sentences),
        obligations=tuple(found.obligations),
        standing=tuple(found.standing),
    )


def digest_of(text: str) -> str:
    """Return the SM3 of a stored text, in hexadecimal."""
    digest = Hash(SM3())
    digest.update(text.encode())
    return digest.finalize().hex()


class _Finding:
    """Go through the places of a document once and gather what they say."""

    def __init__(self, normal: NormalText, front: FrontFound, places: Sequence[Place]) -> None:
        self.normal, self.folded, self.text = normal, normal.folded, normal.text
        self.front, self.places = front, places
        self.dated: date | None = front.front.issued_on or year_of_title(front.front.title)
        self.first_leads = first_unit_leads(normal.folded)
        self.items: Items = items_of(normal, places, issued_on=self.dated)
        self.item_at: dict[int, list[Item]] = {}
        for item in self.items.found:
            for index in item.places:
                self.item_at.setdefault(index, []).append(item)
        self.is_itemised = sum(bool(item.assignment.units) for item in self.items.found) >= 3
        self.first_numbered = _first_numbered(places)
        self.next_numbered = _next_numbered(places)
        self.sentences: list[Sentence] = []
        self.obligations: list[Obligation] = []
        self.standing: list[Obligation] = []
        self.stems: dict[str, tuple[bool, Sequence[Unit]]] = {}
        self.told_items: dict[int, int] = {}
        self.count_of: dict[int, int] = {}

    def tell_all(self, rule: str) -> None:
        """Say of every sentence that it is background."""
        for stretch in self.normal.stretches:
            self._context(stretch.span, "", rule)

    def read_all(self) -> None:
        """Read cover, places and tables in the order of the text."""
        for stretch in self.normal.stretches:
            if stretch.span.start < self.front.body:
                self._context(stretch.span, "", "cover")
        tables: set[int] = set()
        for index, place in enumerate(self.places):
            if place.row:
                if place.table not in tables:
                    tables.add(place.table)
                    self._table(place)
            else:
                self._place(index, place)
        end = self.places[-1].span.end if self.places else len(self.text)
        for stretch in self.normal.stretches:
            if stretch.span.start >= max(end, self.front.body):
                self._context(stretch.span, "", "imprint")

    def _context(self, span: Span, clause: str, rule: str) -> None:
        for sentence in sentences_of(self.folded, span):
            self._say(sentence, clause, context(rule), ())

    def _say(self, span: Span, clause: str, verdict: Verdict, obligations: Sequence[int]) -> None:
        self.sentences.append(
            Sentence(span=span, clause=clause, kind=verdict.kind, rule=verdict.rule, obligations=tuple(obligations))
        )

    def _table(self, first: Place) -> None:
        stretch = self.normal.stretches[first.table]
        rows = rows_of(self.folded, self.text, stretch.rows, issued_on=self.dated, first_leads=self.first_leads)
        by_task = {row.task.end: row for row in rows}
        for cells in stretch.rows:
            row = next((by_task[cell.end] for cell in cells if cell.end in by_task), None)
            span = Span(cells[0].start, cells[-1].end)
            if row is None:
                self._context(span, first.clause, "table")
            else:
                numbers = self._row(row, first.clause)
                self._say(span, first.clause, Verdict(SentenceKind.DUTY, "table-row"), numbers)

    def _row(self, row: TableRow, clause: str) -> list[int]:
        numbers = []
        for due in row.dues or (Due(),):
            numbers.append(len(self.obligations))
            self.obligations.append(
                Obligation(
                    clause=f"{clause}表{row.number}" if row.number else clause,
                    span=row.task,
                    part=row.task,
                    units=row.units,
                    lead=row.lead,
                    due=due,
                    targets=targets_in(self.folded, self.text, row.task),
                    is_open_list=row.is_open_list,
                    rule="table-row",
                )
            )
        return numbers

    def _place(self, index: int, place: Place) -> None:
        if place.is_heading:
            self._context(place.span, place.clause, "heading")
            return
        tails = [tail for tail in self.items.tails if place.body.covers(tail)]
        items = self.item_at.get(index, [])
        numbers = {id(item): self._item(item) for item in items}
        carried: Sequence[Unit] = ()
        for sentence in self._sentences(place, tails):
            item = next((found for found in items if found.span.start <= sentence.start < found.span.end), None)
            if any(tail.covers(sentence) for tail in tails):
                self._say(sentence, place.clause, context("assignment"), ())
            elif item is not None:
                carried = self._inside(sentence, place, item, numbers[id(item)], carried)
            else:
                carried = self._running(index, place, sentence, carried)

    def _sentences(self, place: Place, tails: Sequence[Span]) -> Iterator[Span]:
        """Return the sentences of a place; a tail is one by itself."""
        start = place.body.start
        for tail in sorted(tails):
            if tail.start > start:
                yield from sentences_of(self.folded, Span(start, tail.start))
            yield tail
            start = tail.end
        yield from (
            found for found in sentences_of(self.folded, Span(start, place.body.end)) if _says(found.of(self.folded))
        )

    def _item(self, item: Item) -> list[int]:
        """Return the numbers of the obligations of an item, made when its first place is met."""
        if id(item) in self.told_items:
            start = self.told_items[id(item)]
            return list(range(start, start + self.count_of[id(item)]))
        assignment = item.assignment
        start = self.told_items[id(item)] = len(self.obligations)
        lead = assignment.lead
        if not lead and not assignment.names_lead:
            lead = leads_in(self.folded, self.text, item.span, assignment.units)
        if self.first_leads and len(lead) in (0, len(assignment.units)):
            lead = assignment.units[:1]
        for due in self._item_dues(item):
            self.obligations.append(
                Obligation(
                    clause=item.clause,
                    span=item.span,
                    part=item.span,
                    units=assignment.units,
                    lead=lead,
                    due=due,
                    targets=targets_in(self.folded, self.text, item.span),
                    is_open_list=assignment.is_open_list,
                    rule="assigned",
                )
            )
        self.count_of[id(item)] = len(self.obligations) - start
        return list(range(start, len(self.obligations)))

    def _item_dues(self, item: Item) -> Sequence[Due]:
        """Return the dues of the assignment, else the days or the cycle that the text of the item names."""
        if item.assignment.dues:
            return item.assignment.dues
        said = [due for sentence in sentences_of(self.folded, item.span) for due in self._dues(sentence)]
        days = {due.on: due for due in said if due.type is DueType.DATE}
        cycles = [due for due in said if due.type is DueType.PERIOD]
        return tuple(days.values()) or tuple(cycles[:1]) or tuple(said[:1]) or (Due(),)

    def _dues(self, sentence: Span) -> Sequence[Due]:
        return dues_in(self.folded, sentence, issued_on=self.dated)

    def _inside(
        self, sentence: Span, place: Place, item: Item, numbers: Sequence[int], carried: Sequence[Unit]
    ) -> Sequence[Unit]:
        """Read a sentence of an assigned item: the item is owed; what it lays on somebody named stands beside it."""
        verdict = self._judge(sentence, place, carried=carried)
        named = [part for part in verdict.parts if part.units and not part.is_carried]
        if verdict.kind is SentenceKind.DUTY and item.assignment.units:
            self.standing += [self._obligation(part, sentence, place) for part in named]
        kind = SentenceKind.DUTY if verdict.kind is SentenceKind.NEEDS_HUMAN else verdict.kind
        said = (
            Verdict(SentenceKind.DUTY, "assigned") if len(numbers) and kind is not SentenceKind.DEFINITION else verdict
        )
        self._say(sentence, place.clause, said, numbers)
        return named[-1].units if named else carried

    def _running(self, index: int, place: Place, sentence: Span, carried: Sequence[Unit]) -> Sequence[Unit]:
        """Read a sentence of running text."""
        said = sentence.of(self.folded)
        stem = self._stem(place)
        if run_in_title(self.folded, place.body) == sentence and place.mark is not None:
            verdict = self._judge(sentence, place, carried=())
            if not any(part.units for part in verdict.parts) or verdict.kind is not SentenceKind.DUTY:
                self._say(sentence, place.clause, context("run-in"), ())
                return carried
        if (
            lists := stem_lists_duties(self.folded[max(place.body.start, sentence.end - LONGEST_STEM) : sentence.end])
        ) is not None and self._has_children(index, place):
            units = stem_units(self.folded, self.text, sentence)
            if units or not lists:
                self.stems[place.clause] = (lists, units)
            if lists:
                self._say(sentence, place.clause, context("stem"), ())
                return units
        if stem is not None:
            return self._listed(place, sentence, stem)
        if index < self.first_numbered:
            self._say(sentence, place.clause, context("preamble"), ())
            return carried
        if place.mark is None and not _ends(said):
            self._say(sentence, place.clause, context("line"), ())
            return carried
        verdict = self._judge(
            sentence, place, carried=carried or self._inherited(place), is_intro=self._is_intro(index, place)
        )
        if verdict.kind is SentenceKind.NEEDS_HUMAN and not _ends(said):
            verdict = context("title")
        return self._take(verdict, sentence, place, carried)

    def _take(self, verdict: Verdict, sentence: Span, place: Place, carried: Sequence[Unit]) -> Sequence[Unit]:
        # of a plan, what names nobody is asked about row by row; of rules, it is only shown
        asks = verdict.kind is SentenceKind.DUTY or self.front.front.kind is DocumentKind.PLAN
        owed = [self._obligation(part, sentence, place) for part in verdict.parts if asks]
        rows = self.standing if self._stands_beside(place) else self.obligations
        start = len(rows)
        rows += owed
        numbers = range(start, len(rows)) if rows is self.obligations else ()
        self._say(sentence, place.clause, verdict, tuple(numbers))
        units = next((part.units for part in reversed(verdict.parts) if part.units), None)
        return units or carried

    def _listed(self, place: Place, sentence: Span, stem: tuple[bool, Sequence[Unit]]) -> Sequence[Unit]:
        """Read one entry of a list: a duty of whom the stem names, or a condition of the stem."""
        is_duty, units = stem
        if not is_duty:
            self._say(sentence, place.clause, context("list"), ())
            return ()
        due = due_in(self.folded, sentence, issued_on=self.dated)
        part = Part(span=sentence, units=list(units), due=due, is_carried=True, rule="listed")
        return self._take(Verdict(SentenceKind.DUTY, "listed", (part,)), sentence, place, units)

    def _stem(self, place: Place) -> tuple[bool, Sequence[Unit]] | None:
        if place.mark is None:
            return None
        parent = place.clause[: len(place.clause) - len(place.mark.label)]
        return self.stems.get(parent) if parent else None

    def _has_children(self, index: int, place: Place) -> bool:
        nearest = self.places[index + 1 : index + 3]
        following = next((found for found in nearest if found.mark is not None), None)
        return (
            following is not None
            and following.mark is not None
            and (place.mark is None or following.mark.style > place.mark.style)
        )

    def _is_intro(self, index: int, place: Place) -> bool:
        following = self.next_numbered[index]
        return place.mark is None and following is not None and following.level > place.level

    def _inherited(self, place: Place) -> Sequence[Unit]:
        """Return the units that a heading above was given."""
        for end in range(len(place.clause), 0, -1):
            if (found := self.items.inherited.get(place.clause[:end])) is not None:
                return found.units
        return ()

    def _stands_beside(self, place: Place) -> bool:
        return self.is_itemised and any(_SUPPORT.search(title) for title in place.titles)

    def _judge(self, sentence: Span, place: Place, *, carried: Sequence[Unit], is_intro: bool = False) -> Verdict:
        return judge(
            self.folded,
            self.text,
            sentence,
            carried=carried,
            titles=self._titles(place),
            is_intro=is_intro,
            goes_on=self.folded[sentence.start - 1 : sentence.start] == "；"
            or self.folded[sentence.start - 2 : sentence.start] == "； ",
            issued_on=self.dated,
        )

    def _titles(self, place: Place) -> Sequence[str]:
        title = run_in_title(self.folded, place.body) if place.mark is not None and not place.is_heading else None
        return place.titles if title is None else (*place.titles, title.of(self.folded))

    def _obligation(self, part: Part, sentence: Span, place: Place) -> Obligation:
        units = tuple(part.units)
        return Obligation(
            clause=place.clause,
            span=sentence,
            part=part.span,
            units=units,
            lead=tuple(unit for unit in part.lead if unit in units),
            due=part.due,
            targets=targets_in(self.folded, self.text, part.span, is_listed=part.rule == "listed"),
            modality=part.modality,
            is_open_list=part.is_open,
            is_carried=part.is_carried,
            rule=part.rule,
        )


def _next_numbered(places: Sequence[Place]) -> list[Place | None]:
    """Return for every place the first numbered one after it."""
    following: Place | None = None
    found: list[Place | None] = []
    for place in reversed(places):
        found.append(following)
        following = place if place.mark is not None else following
    return found[::-1]


def _first_numbered(places: Sequence[Place]) -> int:
    """Return the index of the first numbered place of a text that has several; what stands before only opens it."""
    numbered = [index for index, place in enumerate(places) if place.mark is not None]
    return numbered[0] if len(numbered) > 1 else 0


def _says(said: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" for sign in said)


def _ends(said: str) -> bool:
    return said.endswith(("。", "；", "：", "！", "？", "”", "）"))
