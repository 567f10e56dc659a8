"""Who leads an assigned item whose 责任单位 line does not say it: the text of the item does."""

import re
from collections.abc import Iterator, Sequence

from fuyuantong.reading.sentences import pieces_of, sentences_of
from fuyuantong.reading.subjects import Subject, agent_in, subject_at
from fuyuantong.reading.unit_identity import same_unit
from fuyuantong.reading.values import Span, Unit

_LEADS = re.compile(r"(?:负责)?牵头|负责(?!人|同志|的)")
_OPENING_AGENT = re.compile(r"由")


def leads_in(folded: str, text: str, item: Span, units: Sequence[Unit]) -> tuple[Unit, ...]:
    """
    Return which of the units lead: those with 牵头 or 负责 in the text, else the 由X with which it opens.

    Example: of 法院、政府办 the first, if the item begins 由县法院牵头.
    """
    found: list[Unit] = []
    for subject in _subjects(folded, text, item):
        if _LEADS.match(folded, subject.end, item.end):
            found += _among(folded, subject, units)
    if not found and _OPENING_AGENT.match(folded, item.start):
        opening = agent_in(folded, text, Span(item.start, item.end))
        found = _among(folded, opening, units) if opening else []
    return tuple(dict.fromkeys(found))


def _subjects(folded: str, text: str, item: Span) -> Iterator[Subject]:
    for sentence in sentences_of(folded, item):
        for clause in pieces_of(folded, sentence, at="，；："):
            subject = agent_in(folded, text, clause) or subject_at(folded, text, clause)
            if subject is not None:
                yield subject


def _among(folded: str, subject: Subject, units: Sequence[Unit]) -> list[Unit]:
    """Return the units that the subject means, as the 责任单位 line prints them."""
    named = [unit.span.of(folded) for unit in subject.units]
    return [unit for unit in units if any(same_unit(name, unit.span.of(folded)) for name in named)]
