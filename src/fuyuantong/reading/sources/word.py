"""Word documents: paragraphs with the numbers that Word itself prints, and tables."""

import io
from collections.abc import Iterator
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from fuyuantong.reading.blocks import Block, Paragraph, Table
from fuyuantong.reading.sources.unreadable import Unreadable
from fuyuantong.reading.sources.word_numbers import WordNumbers

LARGEST_UNPACKED = 200_000_000
_TEXT, _TAB, _BREAK = qn("w:t"), qn("w:tab"), (qn("w:br"), qn("w:cr"))


def blocks_of_word(data: bytes) -> tuple[Block, ...]:
    """
    Return the paragraphs and tables of a .docx in their order.

    Raises: `Unreadable` if it is damaged or unpacks to too much.
    """
    try:
        with ZipFile(io.BytesIO(data)) as package:
            if sum(entry.file_size for entry in package.infolist()) > LARGEST_UNPACKED:
                raise Unreadable("该文档解压后超过 200 MB，无法读取。", remedy="请删去文档中的图片后重新上传。")
        document = Document(io.BytesIO(data))
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError) as fault:
        raise Unreadable(
            "该 .docx 文件已损坏或不是 Word 文档。", remedy="请用 Word 或 WPS 打开后另存为 .docx 再上传。"
        ) from fault
    numbers = WordNumbers(document)
    return tuple(
        block
        for piece in document.iter_inner_content()
        for block in ([Paragraph(_line(piece, numbers))] if isinstance(piece, WordParagraph) else _table(piece))
        for block in _lines(block)
    )


def _lines(block: Block) -> Iterator[Block]:
    if isinstance(block, Table):
        yield block
    else:
        yield from (Paragraph(line) for line in block.text.split("\n"))


def _line(paragraph: WordParagraph, numbers: WordNumbers) -> str:
    text = _text(paragraph)
    # a number of Word's own that is typed as well is printed once
    return numbers.next(paragraph) + text if text.strip() else text


def _text(paragraph: WordParagraph) -> str:
    parts = []
    for node in paragraph._p.iter(_TEXT, _TAB, *_BREAK):
        if node.tag == _TEXT:
            parts.append(node.text or "")
        elif node.getparent().tag != qn("w:tabs"):
            parts.append("\n" if node.tag in _BREAK else " ")
    return "".join(parts)


def _table(table: WordTable) -> list[Block]:
    rows = [
        tuple(" ".join(_text(paragraph) for paragraph in cell.paragraphs) for cell in row.cells) for row in table.rows
    ]
    if max(map(len, rows), default=0) < 2:
        return [Paragraph(cell) for row in rows for cell in row]
    return [Table(tuple(rows))]
