"""The numbers that Word prints before a paragraph and that stand nowhere in its text."""

import re
from dataclasses import dataclass

from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from fuyuantong.reading.numerals import CIRCLED, in_chinese

_CHINESE = (
    "chineseCounting",
    "chineseCountingThousand",
    "ideographTraditional",
    "japaneseCounting",
    "taiwaneseCountingThousand",
    "chineseLegalSimplified",
)
_PLACE = re.compile(r"%(\d)")


@dataclass(frozen=True)
class _Level:
    format: str
    text: str
    start: int


class WordNumbers:
    """Count the paragraphs of a document as Word does."""

    def __init__(self, document: Document) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counts: dict[tuple[str, int], int] = {}
        part = next(
            (rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None
        )
        if part is not None:
            self._learn(part.element)

    def next(self, paragraph: Paragraph) -> str:
        """Return what Word prints before this paragraph; nothing for one without a number."""
        found = _numbering(paragraph)
        if found is None or found[0] not in self._levels:
            return ""
        list_id, depth = found
        level = self._levels[list_id].get(depth)
        if level is None or level.format in ("bullet", "none"):
            return ""
        self._counts[list_id, depth] = self._counts.get((list_id, depth), level.start - 1) + 1
        for key in [key for key in self._counts if key[0] == list_id and key[1] > depth]:
            del self._counts[key]
        return _PLACE.sub(lambda place: self._number(list_id, int(place[1]) - 1), level.text)

    def _number(self, list_id: str, depth: int) -> str:
        level = self._levels[list_id].get(depth)
        count = self._counts.get((list_id, depth), level.start if level else 1)
        if level and level.format in _CHINESE and count < 100:
            return in_chinese(count)
        if level and level.format.startswith("decimalEnclosedCircle") and count <= len(CIRCLED):
            return CIRCLED[count - 1]
        return str(count)

    def _learn(self, numbering: object) -> None:
        abstract = {
            node.get(qn("w:abstractNumId")): {_depth(level): _level(level) for level in node.findall(qn("w:lvl"))}
            for node in numbering.findall(qn("w:abstractNum"))  # type: ignore[attr-defined]
        }
        for node in numbering.findall(qn("w:num")):  # type: ignore[attr-defined]
            reference = node.find(qn("w:abstractNumId"))
            self._levels[node.get(qn("w:numId"))] = abstract.get(reference.get(qn("w:val")), {})


def _numbering(paragraph: Paragraph) -> tuple[str, int] | None:
    """Return the list and the depth of a paragraph, its own or those of its style."""
    styles = [paragraph.style.element] if paragraph.style is not None else []
    for element in (paragraph._p, *styles):
        list_id = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        if list_id is not None:
            depth = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:ilvl')}")
            return str(list_id.get(qn("w:val"))), 0 if depth is None else int(depth.get(qn("w:val")))
    return None


def _depth(level: object) -> int:
    return int(level.get(qn("w:ilvl")))  # type: ignore[attr-defined]


def _level(level: object) -> _Level:
    said = {name: level.find(qn(f"w:{name}")) for name in ("numFmt", "lvlText", "start")}  # type: ignore[attr-defined]
    values = {name: node.get(qn("w:val")) for name, node in said.items() if node is not None}
    return _Level(values.get("numFmt", "decimal"), values.get("lvlText", ""), int(values.get("start", "1")))
