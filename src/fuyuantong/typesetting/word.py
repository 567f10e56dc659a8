"""The same document for Word and WPS: to be edited and printed where no PDF will do."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from fuyuantong.typesetting.blocks import Align, Paragraph, Rule, Run, Sheet
from fuyuantong.typesetting.faces import WORD_NAMES, Face
from fuyuantong.typesetting.layout import lines_of
from fuyuantong.typesetting.lines import pitch
from fuyuantong.typesetting.measures import (
    BINDING,
    BOTTOM,
    IMPRINT_FINE,
    IMPRINT_STRONG,
    LETTER_NUMBER,
    LETTER_RULE,
    LETTER_WIDTH,
    LINE,
    NO_3,
    NO_4,
    NUMBER_BELOW_TYPE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    POINT,
    RIGHT,
    TOP,
    WIDTH,
    WORD_LINE,
    height,
)
from fuyuantong.typesetting.pages import Page
from fuyuantong.typesetting.pdf import RED

ALIGNS = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTRE: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
    Align.JUSTIFIED: WD_ALIGN_PARAGRAPH.JUSTIFY,
}
TWIP: Final = POINT / 20
LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)  # the same document gives the same bytes
MARK_LINE: Final = 1.2  # of its size: the line of the mark, above and below whose ink Word leaves so much white
ABOVE_MARK: Final = 0.11
BELOW_MARK: Final = 0.14
WHITE: Final = (WORD_LINE - height(NO_3)) / 2  # above and below a character of 3号 in its line
DOUBLE: Final = 1.3  # of the stronger line: what Word calls the width of a double one
FOOT: Final = PAGE_HEIGHT - BOTTOM - NUMBER_BELOW_TYPE - height(NO_4)  # below the number of a page
TIGHT: Final = -5  # twentieths of a point between characters of 3号, so that 28 stand in a line


def word_of(sheet: Sheet, pages: Sequence[Page], *, day: date) -> bytes:
    """Return a made-up document as .docx; `pages` tell how many sides stand before the imprint."""
    return _Writer(sheet, pages).written(day)


class _Writer:
    def __init__(self, sheet: Sheet, pages: Sequence[Page]) -> None:
        self.sheet, self.pages = sheet, pages
        self.word = Document()
        self.section = self.word.sections[0]
        self._foot = min(FOOT, sheet.foot.below) if sheet.foot else FOOT

    def written(self, day: date) -> bytes:
        self._page()
        self._normal()
        self._head()
        for paragraph in self.sheet.body:
            self._add(paragraph)
        for paragraph in self.sheet.closing:
            self.word.paragraphs[-1].paragraph_format.keep_with_next = True
            self._add(paragraph)
        self._imprint()
        self._footers()
        core = self.word.core_properties
        core.title, core.author, core.last_modified_by = self.sheet.title, self.sheet.author, self.sheet.author
        core.created = core.modified = datetime.combine(day, time())
        made = io.BytesIO()
        self.word.save(made)
        return _of_no_time(made.getvalue())

    def _page(self) -> None:
        section = self.section
        section.page_width, section.page_height = Mm(PAGE_WIDTH), Mm(PAGE_HEIGHT)
        section.top_margin, section.bottom_margin = Mm(TOP), Mm(PAGE_HEIGHT - BOTTOM)
        section.left_margin, section.right_margin = Mm(BINDING), Mm(PAGE_WIDTH - RIGHT)
        section.header_distance = Mm(15)
        section.footer_distance = Mm(self._foot)
        grid = section._sectPr.find(qn("w:docGrid"))
        grid.set(qn("w:type"), "lines")
        grid.set(qn("w:linePitch"), str(round(WORD_LINE / TWIP)))

    def _normal(self) -> None:
        style = self.word.styles["Normal"]
        style.font.size = Pt(NO_3)
        _name(style.element.get_or_add_rPr(), Face.FANGSONG)
        style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.widow_control = False
        properties = style.element.get_or_add_pPr()
        for switch in ("w:overflowPunct", "w:autoSpaceDE", "w:autoSpaceDN"):
            properties.find(qn("w:spacing")).addprevious(_element(switch, val="0"))

    def _head(self) -> None:
        sheet, after_rule = self.sheet, 0.0
        blocks = list(sheet.head)
        if sheet.mark:
            added = self._add(sheet.mark, line=sheet.mark.line * MARK_LINE)
            top = sheet.mark_top - ABOVE_MARK * sheet.mark.line
            if isinstance(blocks[0], Rule):
                rule, blocks = blocks[0], blocks[1:]
                _border(added, "bottom", rule, below=LETTER_RULE - BELOW_MARK * sheet.mark.line)
                _frame(added, x=(PAGE_WIDTH - LETTER_WIDTH) / 2, y=top, width=LETTER_WIDTH)
                after_rule = LETTER_NUMBER - WHITE
            else:
                added.paragraph_format.space_before = Mm(top - TOP)
        for block in blocks:
            if isinstance(block, Rule):
                _border(self.word.paragraphs[-1], "bottom", block, below=block.below - WHITE)
                continue
            added = self._add(block)
            if after_rule:
                added.paragraph_format.space_before, after_rule = Mm(after_rule), 0.0

    def _add(self, paragraph: Paragraph, *, line: float = 0.0) -> WordParagraph:
        added: WordParagraph = self.word.add_paragraph()
        cell = pitch(paragraph.size)
        form = added.paragraph_format
        form.alignment = ALIGNS[paragraph.align]
        usual = WORD_LINE if paragraph.line == LINE else paragraph.line
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Mm(line or usual)
        form.space_before = Mm(paragraph.gap * WORD_LINE)
        form.keep_with_next = paragraph.keeps or None
        runs = paragraph.runs
        if paragraph.beside:
            # without indents, so that a rule below is as wide as the type area
            form.tab_stops.add_tab_stop(Mm(WIDTH - paragraph.right * cell), WD_TAB_ALIGNMENT.RIGHT)
            runs = (Run("　" * round(paragraph.left)), *runs, Run("\t"), *paragraph.beside)
        else:
            form.left_indent, form.right_indent = Mm(paragraph.left * cell), Mm(paragraph.right * cell)
            form.first_line_indent = Mm(paragraph.first * cell)
        for run in runs:
            written = added.add_run(run.text)
            written.font.size = Pt(paragraph.size)
            if paragraph.red:
                written.font.color.rgb = RGBColor.from_string(RED.upper())
            properties = written._r.get_or_add_rPr()
            _name(properties, run.face)
            if paragraph.size == NO_3:
                properties.find(qn("w:sz")).addprevious(_element("w:spacing", val=str(TIGHT)))
        return added

    def _imprint(self) -> None:
        """Let the imprint hang at the foot of the type area, as many sides after the text as in print."""
        if not self.sheet.imprint:
            return
        sides = [place for place, page in enumerate(self.pages) if page.number is not None or place == 0]
        for _ in range(len(self.pages) - 1 - sides[-1]):
            self.word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        tall = [paragraph.line * len(lines_of(paragraph)) for paragraph in self.sheet.imprint]
        for place, paragraph in enumerate(self.sheet.imprint):
            between = self.word.add_paragraph()  # LibreOffice takes a frame that follows another for text
            between.paragraph_format.line_spacing = Pt(1)
            added = self._add(paragraph)
            if self.sheet.even:
                _border(added, "top", Rule((IMPRINT_FINE if place else IMPRINT_STRONG,), WIDTH, 0.0, red=False))
            if self.sheet.even and place == len(tall) - 1:
                _border(added, "bottom", Rule((IMPRINT_STRONG,), WIDTH, 0.0, red=False))
            _frame(added, x=BINDING, y=BOTTOM - sum(tall[place:]), width=WIDTH)

    def _footers(self) -> None:
        self.word.settings.odd_and_even_pages_header_footer = True
        sides = ((self.section.footer, Align.RIGHT), (self.section.even_page_footer, Align.LEFT))
        for footer, align in sides:
            footer.is_linked_to_previous = False
            self._number(footer, align)
        if self.sheet.foot is None:
            return
        self.section.different_first_page_header_footer = True
        first = self.section.first_page_footer
        first.is_linked_to_previous = False
        over = (LETTER_WIDTH - WIDTH) / 2
        aside = BINDING - (PAGE_WIDTH - WIDTH) / 2  # the middle of the page is not that of the type area
        form = first.paragraphs[0].paragraph_format
        form.left_indent, form.right_indent = Mm(-over - aside), Mm(-over + aside)
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(1)
        _border(first.paragraphs[0], "top", self.sheet.foot)

    def _number(self, footer: Any, align: Align) -> None:
        (paragraph,) = footer.paragraphs
        form = paragraph.paragraph_format
        form.alignment = ALIGNS[align]
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Mm(height(NO_4))
        form.left_indent, form.right_indent = Mm(height(NO_4)), Mm(height(NO_4))
        form.space_after = Mm(FOOT - self._foot)
        for text in ("— ", "PAGE", " —"):
            run = paragraph.add_run("" if text == "PAGE" else text)
            run.font.size = Pt(NO_4)
            _name(run._r.get_or_add_rPr(), Face.SONG)
            if text == "PAGE":
                for kind in ("begin", "", "end"):
                    if kind:
                        _child(run._r, "w:fldChar", fldCharType=kind)
                    else:
                        _child(run._r, "w:instrText").text = " PAGE "


def _name(properties: Any, face: Face) -> None:
    fonts = properties.get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), WORD_NAMES[face])


def _border(paragraph: WordParagraph, side: str, rule: Rule, *, below: float = 0.0) -> None:
    """Draw a rule on one side of a paragraph."""
    properties = paragraph._p.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        after = properties.find(qn("w:tabs"))  # in the order of the schema
        (properties.find(qn("w:spacing")) if after is None else after).addprevious(borders)
    kind, weight = "single", rule.weights[0]
    if len(rule.weights) > 1:
        kind = "thickThinSmallGap" if rule.weights[0] > rule.weights[-1] else "thinThickSmallGap"
        weight = max(rule.weights) * DOUBLE
    color = RED.upper() if rule.red else "000000"
    _child(
        borders, f"w:{side}", val=kind, sz=str(round(weight / POINT * 8)), space=str(round(below / POINT)), color=color
    )


def _frame(paragraph: WordParagraph, *, x: float, y: float, width: float) -> None:
    """Let a paragraph stand at a place of the page; those of one place stand together."""
    frame = OxmlElement("w:framePr")
    place = {name: str(round(value / TWIP)) for name, value in {"w": width, "x": x, "y": y}.items()}
    for name, said in (place | {"hAnchor": "page", "vAnchor": "page", "wrap": "notBeside"}).items():
        frame.set(qn(f"w:{name}"), said)
    paragraph._p.get_or_add_pPr().insert(0, frame)


def _child(parent: Any, tag: str, **attributes: str) -> Any:
    """Add a child with attributes at the end."""
    child = _element(tag, **attributes)
    parent.append(child)
    return child


def _element(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _of_no_time(made: bytes) -> bytes:
    """Return an archive whose entries all have the same date."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            after.writestr(zipfile.ZipInfo(entry.filename, LONG_AGO), before.read(entry), zipfile.ZIP_DEFLATED)
    return out.getvalue()
