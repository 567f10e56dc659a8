"""Pages as a PDF for archives (PDF/A-2b); the same pages give the same bytes."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

import typst

from fuyuantong.typesetting.faces import FAMILIES, NOTO, OURS
from fuyuantong.typesetting.lines import OPENING
from fuyuantong.typesetting.measures import PAGE_HEIGHT, PAGE_WIDTH, height
from fuyuantong.typesetting.pages import Glyph, Page

RED: Final = "e60012"


def pdf_of(pages: Sequence[Page], *, title: str, author: str, day: date, fonts: Path | None = None) -> bytes:
    """Return the PDF of pages; `fonts` is a folder with fonts that the place has bought."""
    source = "\n".join(_source(pages, title=title, author=author, day=day))
    return typst.compile(source.encode(), font_paths=_fonts(fonts), ignore_system_fonts=True, pdf_standards="a-2b")


@lru_cache(maxsize=4)
def _fonts(bought: Path | None) -> typst.Fonts:
    folders = [folder for folder in (bought, OURS, NOTO) if folder is not None and folder.is_dir()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def _source(pages: Sequence[Page], *, title: str, author: str, day: date) -> Iterator[str]:
    made = f"datetime(year: {day.year}, month: {day.month}, day: {day.day}, hour: 0, minute: 0, second: 0)"
    yield f"#set document(title: {_quoted(title)}, author: {_quoted(author)}, date: {made})"
    yield f"#set page(width: {PAGE_WIDTH}mm, height: {PAGE_HEIGHT}mm, margin: 0pt)"
    yield (
        '#set text(lang: "zh", region: "cn", cjk-latin-spacing: none, top-edge: "baseline", bottom-edge: "baseline")'
    )
    yield f'#let red = rgb("{RED}")'
    for face, families in FAMILIES.items():
        yield f"#let {face.name.lower()} = ({', '.join(map(_quoted, families))})"
    yield "#let g(f, s, c, x, y, t) = place(top + left, dx: x * 1mm, dy: y * 1mm, text(font: f, size: s * 1pt, fill: c, t))"
    yield "#let s(x, y, l, w, c) = place(top + left, dx: x * 1mm, dy: y * 1mm, rect(width: l * 1mm, height: w * 1mm, fill: c))"
    for place, page in enumerate(pages):
        if place:
            yield "#pagebreak()"
        yield "#hide[]"  # a blank side is a side too
        for stroke in page.strokes:
            yield f"#s({stroke.x:.3f}, {stroke.y:.3f}, {stroke.length:.3f}, {stroke.weight:.3f}, {_ink(stroke.red)})"
        for one in page.glyphs:
            at = f"{_from_its_ink(one):.3f}, {one.y:.3f}"
            yield f"#g({one.face.name.lower()}, {one.size:g}, {_ink(one.red)}, {at}, {_quoted(one.character)})"


def _from_its_ink(one: Glyph) -> float:
    """Return where Typst is to put a character: of a mark that opens a line it leaves out the empty half."""
    return one.x + (height(one.size) / 2 if one.character in OPENING else 0.0)


def _ink(red: bool) -> str:
    return "red" if red else "black"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'
