"""PDF documents with a text layer: lines by page, ruled tables as tables."""

import io
from collections.abc import Iterator

import pdfplumber
import pypdfium2
from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDF_PAGEOBJ_PATH

from fuyuantong.reading.blocks import Block, Paragraph, Table
from fuyuantong.reading.sources.unreadable import Unreadable

MOST_PAGES = 500
FEWEST_RULES = 6  # fewer lines and boxes on a page draw no table


def blocks_of_pdf(data: bytes) -> tuple[Block, ...]:
    """
    Return the lines and tables of a PDF in their order; a table goes on over the pages.

    Raises: `Unreadable` if it has a password, no text layer, or is damaged.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        if fault.err_code == FPDF_ERR_PASSWORD:
            raise Unreadable("该 PDF 设有打开密码。", remedy="请去掉密码后重新上传。") from fault
        raise Unreadable("该 PDF 文件已损坏。", remedy="请用原软件重新导出后上传。") from fault
    with document:
        if len(document) > MOST_PAGES:
            raise Unreadable(f"该 PDF 有 {len(document)} 页，超过 {MOST_PAGES} 页。", remedy="请只上传方案本身。")
        pages = [(page.get_textpage().get_text_range(), _rules(page)) for page in document]
    if not any(sign.isalnum() for text, _ in pages for sign in text):
        raise Unreadable(
            "该 PDF 是扫描件，没有文字层。", remedy="请上传由 Word 或 WPS 导出的 PDF，或先做文字识别后另存为 .docx。"
        )
    return tuple(_joined(_pages(data, pages)))


def _rules(page: pypdfium2.PdfPage) -> int:
    return sum(1 for _ in page.get_objects(filter=[FPDF_PAGEOBJ_PATH], max_depth=3))


def _pages(data: bytes, pages: list[tuple[str, int]]) -> Iterator[Block]:
    ruled = [index for index, (_, rules) in enumerate(pages) if rules >= FEWEST_RULES]
    if not ruled:
        for text, _ in pages:
            yield from (Paragraph(line) for line in text.splitlines())
        return
    with pdfplumber.open(io.BytesIO(data)) as document:
        for index, (text, _) in enumerate(pages):
            if index in ruled:
                yield from _ruled_page(document.pages[index])
            else:
                yield from (Paragraph(line) for line in text.splitlines())


def _ruled_page(page: pdfplumber.page.Page) -> Iterator[Block]:
    top = page.bbox[1]
    for table in sorted(page.find_tables(), key=lambda found: found.bbox[1]):
        yield from _lines(page, top, table.bbox[1])
        rows = [tuple((cell or "").replace("\n", "") for cell in row) for row in table.extract()]
        yield Table(tuple(rows))
        top = table.bbox[3]
    yield from _lines(page, top, page.bbox[3])


def _lines(page: pdfplumber.page.Page, top: float, bottom: float) -> Iterator[Block]:
    if bottom - top > 1:
        text = page.crop((page.bbox[0], top, page.bbox[2], bottom)).extract_text()
        yield from (Paragraph(line) for line in text.splitlines())


def _joined(blocks: Iterator[Block]) -> Iterator[Block]:
    """Join a table that a page break has cut, without its repeated head."""
    table: Table | None = None
    for block in blocks:
        if (
            isinstance(block, Paragraph)
            and table is not None
            and not any("\u4e00" <= sign <= "\u9fff" for sign in block.text)
        ):
            continue
        if isinstance(block, Table) and table is not None and len(block.rows[0]) == len(table.rows[0]):
            rows = block.rows[1:] if block.rows[0] == table.rows[0] else block.rows
            table = Table(table.rows + rows)
            continue
        if table is not None:
            yield table
        table = block if isinstance(block, Table) else None
        if table is None:
            yield block
    if table is not None:
        yield table
