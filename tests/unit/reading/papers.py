"""Documents of every kind, made for the tests: Word files with Word's own numbers, PDF pages with a text layer."""

import io
from collections.abc import Sequence

from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn


def word_file(
    *paragraphs: str, table: Sequence[Sequence[str]] = (), merged: tuple[int, int, int] | None = None
) -> bytes:
    """Return a .docx of these paragraphs and one table; `merged` joins a column from one row to another."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if table:
        grid = document.add_table(rows=len(table), cols=len(table[0]))
        for row, cells in enumerate(table):
            for column, text in enumerate(cells):
                grid.cell(row, column).text = text
        if merged:
            column, first, last = merged
            grid.cell(first, column).merge(grid.cell(last, column))
    return _saved(document)


def numbered_word_file(levels: Sequence[tuple[str, str]], paragraphs: Sequence[tuple[int, str]]) -> bytes:
    """
    Return a .docx whose numbers stand in no text: `levels` as (format, pattern), `paragraphs` as (level, text).

    A level below zero has no number.
    """
    document = Document()
    numbering = document.part.numbering_part.element
    made = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for depth, (kind, pattern) in enumerate(levels)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{made}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for depth, text in paragraphs:
        paragraph = document.add_paragraph(text)
        if depth >= 0:
            properties = OxmlElement("w:numPr")
            for name, value in (("w:ilvl", depth), ("w:numId", 90)):
                node = OxmlElement(name)
                node.set(qn("w:val"), str(value))
                properties.append(node)
            paragraph._p.get_or_add_pPr().append(properties)
    return _saved(document)


# a lock whose key nobody has
LOCKED = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{'11' * 32}> /U <{'22' * 32}> /P -4 >> /ID [<33> <33>]"
SYSTEM = "/Registry (Adobe) /Ordering (Identity) /Supplement 0"
Placed = tuple[int, int, str]


def pdf_file(
    *pages: Sequence[str | Placed], rules: Sequence[str] = (), is_locked: bool = False, ruled: int = 99
) -> bytes:
    """
    Return a PDF of these lines by page, in a font that is named and not embedded; `rules` are drawn on each page.

    A line is its text, or (x, y, text) where it shall stand somewhere else. A locked one asks for a password;
    only the first `ruled` pages are ruled.
    """
    placed = [[_placed(line, row) for row, line in enumerate(page)] for page in pages]
    signs = sorted({sign for page in placed for _, _, text in page for sign in text})
    codes = {sign: f"{number + 1:04X}" for number, sign in enumerate(signs)}
    mapping = "\n".join(f"<{codes[sign]}> <{ord(sign):04X}>" for sign in signs)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange {len(signs)} beginbfchar\n{mapping}\nendbfchar endcmap end end"
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{6 + 2 * at} 0 R' for at in range(len(pages)))}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo << {SYSTEM} >> /DW 1000 >>",
        _stream(cmap),
    ]
    for at, page in enumerate(placed):
        shown = "".join(_line(line, codes) for line in page)
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >>"
            f" /Contents {7 + 2 * at} 0 R >>"
        )
        objects.append(_stream(" ".join([*(rules if at < ruled else ()), shown])))
    return _assembled(objects, locked=LOCKED if is_locked else "")


def ruled_page(
    rows: Sequence[Sequence[str]], *, top: int = 700, widths: Sequence[int] = (60, 260, 120)
) -> tuple[list[Placed], list[str]]:
    """Return the placed texts and the drawn lines of a table."""
    edges = [40]
    for width in widths:
        edges.append(edges[-1] + width)
    bottom = top - 30 * len(rows)
    lines = [f"{edges[0]} {top - 30 * row} m {edges[-1]} {top - 30 * row} l S" for row in range(len(rows) + 1)]
    lines += [f"{edge} {top} m {edge} {bottom} l S" for edge in edges]
    texts = [
        (edges[column] + 4, top - 30 * row - 20, text)
        for row, cells in enumerate(rows)
        for column, text in enumerate(cells)
    ]
    return texts, lines


def _placed(line: str | Placed, row: int) -> Placed:
    return (40, 780 - 20 * row, line) if isinstance(line, str) else line


def _line(line: Placed, codes: dict[str, str]) -> str:
    x, y, text = line
    return f"BT /F 12 Tf 1 0 0 1 {x} {y} Tm <{''.join(codes[sign] for sign in text)}> Tj ET " if text else ""


def _stream(text: str) -> str:
    return f"<< /Length {len(text.encode('latin-1'))} >>\nstream\n{text}\nendstream"


def _assembled(objects: Sequence[str], *, locked: str) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    return bytes(
        out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R {locked} >>\nstartxref\n{start}\n%%EOF".encode()
    )


def _saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()
