"""A file of any accepted kind as blocks: told by its content, not by its name."""

import re
from collections.abc import Sequence

from fuyuantong.reading.blocks import Block, Paragraph
from fuyuantong.reading.sources.encodings import decode
from fuyuantong.reading.sources.plain import blocks_of_text
from fuyuantong.reading.sources.portable import blocks_of_pdf
from fuyuantong.reading.sources.unreadable import Unreadable
from fuyuantong.reading.sources.web import blocks_of_page
from fuyuantong.reading.sources.word import blocks_of_word

LARGEST_FILE = 30_000_000
LONGEST_TEXT = 2_000_000
ACCEPTED = "可上传 .txt、.docx、带文字层的 .pdf 和 .html 文件。"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]|<body[\s>]", re.IGNORECASE)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")


def blocks_of_file(data: bytes) -> Sequence[Block]:
    """
    Return the paragraphs and tables of a file.

    Raises: `Unreadable` with what to do instead.
    """
    check_size(len(data))
    blocks = _blocks(data)
    letters = sum(
        len(block.text) if isinstance(block, Paragraph) else sum(len(c) for row in block.rows for c in row)
        for block in blocks
    )
    if letters > LONGEST_TEXT:
        raise Unreadable(f"文件有 {letters} 个字，超过 {LONGEST_TEXT} 字。", remedy="请只上传方案本身。")
    if not any(_has_words(block) for block in blocks):
        raise Unreadable("文件中没有文字。", remedy="请检查是否选错了文件。")
    return blocks


def check_size(size: int) -> None:
    """
    Check the size of a file before it is read.

    Raises: `Unreadable` if it is empty or larger than 30 MB.
    """
    if size == 0:
        raise Unreadable("文件是空的（0 字节）。", remedy="请检查是否选错了文件。")
    if size > LARGEST_FILE:
        said = f"文件为 {size / 1_000_000:.0f} MB，超过上限 {LARGEST_FILE // 1_000_000} MB。"
        raise Unreadable(said, remedy="请压缩其中的图片，或只上传方案正文。")


def _blocks(data: bytes) -> Sequence[Block]:
    if data.lstrip()[:5] == b"%PDF-":
        return blocks_of_pdf(data)
    if data.startswith(b"PK\x03\x04"):
        return blocks_of_word(data)
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Unreadable("该 Word 文档设有打开密码。", remedy="请去掉密码后重新上传。")
        raise Unreadable("这是旧格式的 .doc、.wps 或 .xls 文件。", remedy=f"请另存为 .docx 后上传。{ACCEPTED}")
    if data.startswith(_PICTURES):
        raise Unreadable("这是一张图片，没有文字层。", remedy=f"请上传文件的电子文本。{ACCEPTED}")
    text = decode(data)
    return blocks_of_page(text) if _PAGE.search(data[:4_000]) else blocks_of_text(text)


def _has_words(block: Block) -> bool:
    texts = (block.text,) if isinstance(block, Paragraph) else tuple(cell for row in block.rows for cell in row)
    return any(sign.isalnum() for text in texts for sign in text)
