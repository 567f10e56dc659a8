"""Making up a document: which elements it has, in which type, in which order. Basis: GB/T 9704—2012 7, 10."""

import re
from collections.abc import Iterator

from fuyuantong.typesetting.blocks import Align, Paragraph, Rule, Run, Sheet
from fuyuantong.typesetting.document import OfficialDocument, Style
from fuyuantong.typesetting.faces import Face
from fuyuantong.typesetting.lines import atoms
from fuyuantong.typesetting.measures import (
    CHARACTERS,
    DOUBLE_FINE,
    DOUBLE_STRONG,
    LETTER_FOOT,
    LETTER_MARK,
    LETTER_RULE,
    LETTER_WIDTH,
    MARK_BELOW_TOP,
    NO_2,
    NO_4,
    POINT,
    RED_RULE,
    RULE_BELOW_NUMBER,
    TOP,
    WIDTH,
)
from fuyuantong.typesetting.titles import break_title
from fuyuantong.typesetting.words import full_day, plain_day

LARGEST_MARK = 15.0 / POINT  # 发文机关标志不大于上级机关标志，一般高 15 mm
TITLE_LINE = 12.0
IMPRINT_LINE = 8.5
INDENT = 2.0  # 左空二字
SEALED = 4.0  # 成文日期右空四字
LONGEST_HEADING = 20
NO_DAY = "××××年××月××日"
SPACE = 2  # empty lines for the seal, whose top then stands within one line of the text

_FIRST = re.compile(r"[一二三四五六七八九十]{1,3}、")
_SECOND = re.compile(r"（[一二三四五六七八九十]{1,3}）")


def compose(document: OfficialDocument) -> Sheet:
    """Make up a document."""
    mark = _mark(document)
    return Sheet(
        title=document.title.replace("\n", ""),
        author=document.issuer,
        mark=mark,
        mark_top=LETTER_MARK if document.style == Style.LETTER else TOP + MARK_BELOW_TOP,
        head=tuple(_head(document)),
        body=(*_addressees(document), *_text(document), *_enclosures(document), *_present(document)),
        closing=tuple(_closing(document)),
        imprint=tuple(_imprint(document)),
        even=document.style in (Style.FILE, Style.MINUTES),
        foot=_double(upside_down=True, below=LETTER_FOOT) if document.style == Style.LETTER else None,
    )


def _mark(document: OfficialDocument) -> Paragraph | None:
    if document.style == Style.WRIT:
        return None
    size = min(LARGEST_MARK, (WIDTH - 6.0) / POINT / len(document.mark))
    return Paragraph(
        (Run(document.mark, Face.TITLE),), align=Align.CENTRE, size=round(size, 1), line=size * POINT, red=True
    )


def _head(document: OfficialDocument) -> Iterator[Paragraph | Rule]:
    if document.style == Style.LETTER:
        yield _double(below=LETTER_RULE)
        if document.number:
            yield Paragraph((Run(document.number),), align=Align.RIGHT)
    elif document.style == Style.WRIT:
        yield from _titled((document.mark, *break_title(document.title)), gap=2)
        if document.number:
            yield Paragraph((Run(document.number),), align=Align.RIGHT, right=INDENT, gap=1)
        return
    else:
        yield from _numbered(document)
        yield Rule((RED_RULE,), WIDTH, RULE_BELOW_NUMBER)
    yield from _titled(break_title(document.title), gap=2)


def _numbered(document: OfficialDocument) -> Iterator[Paragraph]:
    """Yield what stands between the mark and the red rule."""
    number = (Run(document.number),)
    if document.signer:
        signer = (Run("签发人："), Run(document.signer, Face.KAI))
        yield Paragraph(number, align=Align.LEFT, left=1.0, right=1.0, gap=2, beside=signer)
    else:
        yield Paragraph(number, align=Align.CENTRE, gap=2)
    if document.style == Style.MINUTES:
        day = plain_day(document.signed_on) if document.signed_on else ""
        yield Paragraph((Run(document.issuer),), align=Align.LEFT, left=1.0, right=1.0, beside=(Run(day),), gap=1)


def _titled(lines: tuple[str, ...], *, gap: int) -> Iterator[Paragraph]:
    for place, line in enumerate(lines):
        run = Run(line, Face.TITLE)
        yield Paragraph((run,), align=Align.CENTRE, size=NO_2, line=TITLE_LINE, gap=0 if place else gap, keeps=True)


def _addressees(document: OfficialDocument) -> Iterator[Paragraph]:
    if document.addressees:
        yield Paragraph((Run(f"{document.addressees.rstrip('：:')}："),), gap=1, keeps=True)


def _text(document: OfficialDocument) -> Iterator[Paragraph]:
    lines = [line.strip() for line in document.body if line.strip()]
    for place, line in enumerate(lines):
        gap = 1 if place == 0 and not document.addressees else 0
        runs = _levelled(line)
        alone = len(runs) == 1 and runs[0].face != Face.FANGSONG
        yield Paragraph(runs, first=INDENT, gap=gap, keeps=alone)


def _levelled(line: str) -> tuple[Run, ...]:
    """Return a paragraph in the typefaces of its level: a line without full stop, or short words before a text."""
    face = Face.HEI if _FIRST.match(line) else Face.KAI if _SECOND.match(line) else None
    if face is None:
        return (Run(line),)
    heading, stop, text = line.partition("。")
    if stop and not (text and len(heading) <= LONGEST_HEADING):
        return (Run(line),)  # a numbered sentence, no heading
    return (Run(heading + stop, face), Run(text)) if text else (Run(line, face),)


def _enclosures(document: OfficialDocument) -> Iterator[Paragraph]:
    several = len(document.enclosures) > 1
    for place, title in enumerate(document.enclosures):
        label = "附件：" if place == 0 else ""
        number = f"{place + 1}." if several else ""
        left = INDENT + 3.0 + (_wide(number) if number else 0.0)
        first = -(_wide(label) + _wide(number))
        yield Paragraph((Run(f"{label}{number}{title}"),), left=left, first=first, gap=1 if place == 0 else 0)


def _present(document: OfficialDocument) -> Iterator[Paragraph]:
    for place, (label, who) in enumerate(document.present):
        runs = (Run(label, Face.HEI), Run(f"：{who}"))
        hang = _wide(label) + 1.0
        yield Paragraph(runs, left=INDENT + hang, first=-hang, gap=0 if place else 1)


def _closing(document: OfficialDocument) -> Iterator[Paragraph]:
    """Yield the issuer, in the middle above its day, the day four characters from the right; and what is noted."""
    if document.style != Style.MINUTES:
        day = _day(document)
        issuer, below = _wide(document.issuer), _wide(day)
        right = max(SEALED + (below - issuer) / 2, 0.0)
        yield Paragraph((Run(document.issuer),), align=Align.RIGHT, right=right, gap=SPACE)
        yield Paragraph((Run(day),), align=Align.RIGHT, right=max(SEALED, right + (issuer - below) / 2))
    if document.note:
        yield Paragraph((Run(f"（{document.note}）"),), first=INDENT, gap=1)


def _day(document: OfficialDocument) -> str:
    """Return the day of a document in the numerals of its layout; of a draft an empty one."""
    if document.signed_on is None:
        return NO_DAY
    return full_day(document.signed_on) if document.style == Style.WRIT else plain_day(document.signed_on)


def _imprint(document: OfficialDocument) -> Iterator[Paragraph]:
    size, line = NO_4, IMPRINT_LINE
    if document.copies:
        label = "抄送："
        runs = (Run(f"{label}{document.copies.rstrip('。')}。"),)
        yield Paragraph(runs, size=size, line=line, left=1.0 + _wide(label), first=-_wide(label), right=1.0)
    if document.style in (Style.FILE, Style.MINUTES) and document.printer:
        day = f"{plain_day(document.printed_on)}印发" if document.printed_on else ""
        yield Paragraph(
            (Run(document.printer),), align=Align.LEFT, size=size, line=line, left=1.0, right=1.0, beside=(Run(day),)
        )


def _double(*, below: float, upside_down: bool = False) -> Rule:
    weights = (DOUBLE_FINE, DOUBLE_STRONG) if upside_down else (DOUBLE_STRONG, DOUBLE_FINE)
    return Rule(weights, LETTER_WIDTH, below)


def _wide(text: str) -> float:
    """Return how wide a text in 仿宋 is, in characters."""
    return min(sum(atom.wide for atom in atoms((Run(text),))), float(CHARACTERS))
