"""The .docx: its measures in XML, and its pages as LibreOffice lays them out."""

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pdfplumber
import pytest
from tests.unit.typesetting.samples import DAY, EVERY, FILE

from fuyuantong.typesetting.composing import compose
from fuyuantong.typesetting.document import OfficialDocument
from fuyuantong.typesetting.layout import lay_out
from fuyuantong.typesetting.word import word_of

OFFICE = shutil.which("soffice")


def docx(document: OfficialDocument) -> bytes:
    sheet = compose(document)
    return word_of(sheet, lay_out(sheet), day=DAY)


def xml(document: OfficialDocument) -> str:
    with zipfile.ZipFile(io.BytesIO(docx(document))) as archive:
        return archive.read("word/document.xml").decode()


def test_the_page_has_the_margins_and_the_lines_of_the_standard() -> None:
    (margins,) = re.findall(r"<w:pgMar [^>]*>", xml(FILE))
    twips = {name: int(value) for name, value in re.findall(r'w:(\w+)="(\d+)"', margins)}

    assert [round(twips[side] * 25.4 / 1440, 1) for side in ("top", "left", "right", "bottom")] == [37, 28, 26, 35]
    assert 'w:linePitch="580"' in xml(FILE)  # 225 mm in 22 lines
    assert '<w:pgSz w:w="11906" w:h="16838"/>' in xml(FILE)


def test_fonts_bear_the_names_that_offices_know() -> None:
    fonts = set(re.findall(r'w:eastAsia="([^"]+)"', xml(FILE)))

    assert {"仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"} <= fonts


def test_the_red_rule_is_red() -> None:
    assert re.search(r'<w:bottom w:val="single" w:sz="16" w:space="5" w:color="E60012"/>', xml(FILE))


@pytest.mark.parametrize("kind", EVERY)
def test_the_same_document_gives_the_same_bytes(kind: str) -> None:
    assert docx(EVERY[kind]) == docx(EVERY[kind])


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not on this machine")
def test_libreoffice_opens_it_with_the_same_text_on_as_many_pages(tmp_path: Path) -> None:
    opened = {kind: EVERY[kind] for kind in ("file", "letter", "minutes")}
    for kind, document in opened.items():
        (tmp_path / f"{kind}.docx").write_bytes(docx(document))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    files = [str(tmp_path / f"{kind}.docx") for kind in opened]
    subprocess.run(
        [str(OFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files], check=True
    )

    for kind, document in opened.items():
        with pdfplumber.open(tmp_path / f"{kind}.pdf") as read:
            text = "".join(page.extract_text() for page in read.pages)
            assert (kind, len(read.pages)) == (kind, len(lay_out(compose(document))))
            assert document.issuer in text
