"""The text of a plan as its page shows it: every sentence by what it is, and the words from which values came."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from fuyuantong.plans.models.draft import PlanSentence
from fuyuantong.reading.values import SentenceKind, Span

SOURCES = ("units", "dues", "targets")
SHAPES = {
    SentenceKind.DUTY: "duty",
    SentenceKind.DEFINITION: "definition",
    SentenceKind.CONTEXT: "context",
    SentenceKind.NEEDS_HUMAN: "question",
}


@dataclass(frozen=True, slots=True)
class Anchor:
    """A task as the text knows it: its place on the page, its stretch, and the words its values came from."""

    id: str
    span: Span
    sources: Mapping[str, Sequence[Sequence[int]]]

    def stretches(self) -> Iterable[Span]:
        """Return every stretch of the text that belongs to the task."""
        if self.span.end > self.span.start:
            yield self.span
        for name in SOURCES:
            yield from (Span(start, end) for start, end in self.sources.get(name, ()))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many sentences are what; `coverage` is the share of those that need nobody, in percent."""

    kinds: Mapping[str, int]
    total: int
    coverage: float
    judged: int


@dataclass(frozen=True, slots=True)
class TextView:
    """The text with its sentences: one line of HTML per paragraph."""

    lines: Sequence[SafeString]
    tally: Tally


def kind_of(sentence: PlanSentence) -> SentenceKind:
    """Return what a sentence is: as people judged it, else as it was read."""
    return SentenceKind(sentence.judged_kind or sentence.kind)


def text_view(
    text: str, sentences: Sequence[PlanSentence], anchors: Sequence[Anchor], *, sentence_page: str = ""
) -> TextView:
    """
    Return the text of a version with each sentence linked to its tasks.

    `sentence_page`: the address under which a sentence that gave no task is judged; without it such are plain.
    """
    owners = _owners(sentences, anchors)
    words = _words(anchors)
    lines: list[SafeString] = []
    line: list[str] = []
    position = 0
    for sentence in sentences:
        if sentence.start < position:  # a stretch that is told twice is shown once
            continue
        _gap(text[position : sentence.start], line, lines)
        inner = _marked(text, Span(sentence.start, sentence.end), words)
        line.append(_sentence(sentence, inner, owners.get(sentence.start, ()), sentence_page))
        position = sentence.end
    _gap(text[position:] + "\n", line, lines)
    return TextView(lines, _tally(sentences))


def _tally(sentences: Sequence[PlanSentence]) -> Tally:
    kinds = Counter(SHAPES[kind_of(sentence)] for sentence in sentences)
    total = len(sentences)
    answered = total - kinds["question"]
    return Tally(
        kinds=dict(kinds),
        total=total,
        coverage=round(100 * answered / total, 1) if total else 100.0,
        judged=sum(bool(sentence.judged_kind) for sentence in sentences),
    )


def _owners(sentences: Sequence[PlanSentence], anchors: Sequence[Anchor]) -> dict[int, list[str]]:
    """Return the tasks of every sentence, by where it starts."""
    ends = [sentence.end for sentence in sentences]
    owners: dict[int, dict[str, None]] = {}
    for anchor in anchors:
        for span in anchor.stretches():
            place = bisect_left(ends, span.start + 1)
            while place < len(sentences) and sentences[place].start < span.end:
                owners.setdefault(sentences[place].start, {})[anchor.id] = None
                place += 1
    return {start: list(ids) for start, ids in owners.items()}


def _words(anchors: Sequence[Anchor]) -> list[tuple[Span, str]]:
    """Return the stretches from which values came, none inside another."""
    found = {
        Span(start, end): name for anchor in anchors for name in SOURCES for start, end in anchor.sources.get(name, ())
    }
    apart: list[tuple[Span, str]] = []
    for span in sorted(found):
        if not apart or span.start >= apart[-1][0].end:
            apart.append((span, found[span]))
    return apart


def _marked(text: str, within: Span, words: Sequence[tuple[Span, str]]) -> str:
    """Return the words of a sentence, with those marked from which a value came."""
    pieces, position = [], within.start
    place = bisect_left(words, (Span(within.start, within.start), ""))
    while place < len(words) and words[place][0].end <= within.end:
        span, name = words[place]
        pieces.append(escape(text[position : span.start]))
        pieces.append(format_html('<span class="said said-{}" id="w{}">{}</span>', name, span.start, span.of(text)))
        position = span.end
        place += 1
    return "".join([*pieces, escape(text[position : within.end])])


def _sentence(sentence: PlanSentence, inner: str, owners: Sequence[str], page: str) -> str:
    shape = SHAPES[kind_of(sentence)]
    marks = mark_safe(" said-judged" if sentence.judged_kind else "")
    body = mark_safe(inner.replace("\n", "<br>"))  # every piece was escaped
    way = ""
    if page and (not owners or shape == "question"):  # a question is answered before its tasks are
        way = f"{page}?at={sentence.start}"
    elif owners:
        way = f"#{owners[0]}"
    if way:
        return format_html(
            '<a class="sentence is-{}{}" id="s{}" data-at="{}" data-tasks="{}" href="{}">{}</a>',
            shape, marks, sentence.start, sentence.start, " ".join(owners), way, body,
        )  # fmt: skip
    return format_html('<span class="sentence is-{}" id="s{}">{}</span>', shape, sentence.start, body)


def _gap(between: str, line: list[str], lines: list[SafeString]) -> None:
    """Add what stands between sentences; a paragraph ends where a line does."""
    first, *more = between.split("\n")
    line.append(escape(first))
    for part in more:
        said = "".join(line)
        if said.strip():
            lines.append(mark_safe(said))  # every piece was escaped
        line[:] = [escape(part)]
