"""A document as files and as pictures of its pages."""

import io
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import pypdfium2
from django.conf import settings

from fuyuantong.typesetting.composing import compose
from fuyuantong.typesetting.document import OfficialDocument
from fuyuantong.typesetting.layout import lay_out
from fuyuantong.typesetting.pdf import pdf_of
from fuyuantong.typesetting.word import word_of

FONTS = "fonts"  # in the data directory: what the place has bought
SCALE = 1.5  # pixels of a point
KEPT = 16  # documents whose pages are being looked at
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Printed:
    """The two files of a document."""

    pdf: bytes
    docx: bytes


@lru_cache(maxsize=KEPT)
def printed(document: OfficialDocument, *, today: date) -> Printed:
    """Return a document as PDF and .docx; one that has no day yet bears that of `today` inside the files."""
    sheet = compose(document)
    pages = lay_out(sheet)
    day = document.signed_on or today
    bought = Path(settings.DATA_DIR) / FONTS
    return Printed(
        pdf=pdf_of(pages, title=sheet.title, author=sheet.author, day=day, fonts=bought),
        docx=word_of(sheet, pages, day=day),
    )


def count_pages(document: OfficialDocument) -> int:
    """Return how many pages a document has."""
    return len(lay_out(compose(document)))


def page_image(pdf: bytes, page: int) -> bytes | None:
    """Return a page of a PDF as PNG, None when there is no such page."""
    opened = pypdfium2.PdfDocument(pdf)
    try:
        if not 0 < page <= len(opened):
            return None
        made = io.BytesIO()
        opened[page - 1].render(scale=SCALE).to_pil().save(made, "PNG")
        return made.getvalue()
    finally:
        opened.close()
