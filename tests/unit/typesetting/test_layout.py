"""What stands on which page: headings, signatures and imprints where an office would have them."""

from dataclasses import replace

import pytest
from tests.unit.typesetting.samples import FILE, LETTER, MINUTES, TEXT, WRIT

from fuyuantong.typesetting.composing import compose
from fuyuantong.typesetting.document import OfficialDocument
from fuyuantong.typesetting.faces import Face
from fuyuantong.typesetting.layout import lay_out
from fuyuantong.typesetting.pages import Page


def texts(document: OfficialDocument) -> list[str]:
    """Return the characters of each page, in order."""
    return ["".join(glyph.character for glyph in page.glyphs) for page in lay_out(compose(document))]


def rows(page: Page) -> list[str]:
    found: dict[float, str] = {}
    for glyph in page.glyphs:
        found[round(glyph.y, 2)] = found.get(round(glyph.y, 2), "") + glyph.character
    return [row for _, row in sorted(found.items())]


@pytest.mark.parametrize("count", range(1, 60))
def test_a_signature_never_stands_on_a_page_without_text(count: int) -> None:
    document = replace(WRIT, body=("甲" * 26 + "乙" * 28 * (count - 1),), note="", copies="")
    page = next(page for page in lay_out(compose(document)) if "二〇二六年十一月二十二日" in rows(page))

    assert set(rows(page)[rows(page).index("二〇二六年十一月二十二日") - 2]) <= {"甲", "乙"}


@pytest.mark.parametrize("count", range(1, 30))
def test_a_heading_is_never_the_last_line_of_a_page(count: int) -> None:
    document = replace(LETTER, body=(*["一段。"] * count, "一、标题", TEXT), number="", copies="")

    assert all(rows(page)[-1] != "一、标题" for page in lay_out(compose(document)))


def test_an_imprint_goes_to_the_next_even_side_when_there_is_no_room() -> None:
    document = replace(FILE, body=("国" * 28 * 23,), enclosures=(), note="", addressees="")
    pages = lay_out(compose(document))

    assert [page.number for page in pages] == [1, 2, None, None]
    assert (pages[2].glyphs, rows(pages[3])[-1][:9]) == ([], "温县人民政府办公室")


def test_an_imprint_shares_the_last_even_page() -> None:
    document = replace(FILE, body=(TEXT,) * 4, enclosures=(), note="")

    assert [page.number for page in lay_out(compose(document))] == [1, 2]


def test_a_document_may_have_no_imprint() -> None:
    document = replace(FILE, copies="", printer="")

    assert "印发" not in "".join(texts(document))


def test_an_imprint_may_have_no_day() -> None:
    assert "抄送：各成员单位。" in "".join(texts(replace(MINUTES, printed_on=None, signed_on=None)))


def test_a_writ_may_have_no_number() -> None:
    assert texts(replace(WRIT, number=""))[0].startswith("温县人民法院司法建议书温县林业局：")


def test_one_enclosure_is_not_numbered() -> None:
    assert "附件：府院联动事项清单" in "".join(texts(replace(FILE, enclosures=("府院联动事项清单",))))


def test_a_very_long_title_leaves_the_first_page_to_itself() -> None:
    first, *_ = texts(replace(FILE, title="关于建立常态化府院联动机制的通知\n" * 16))

    assert TEXT[:4] not in first


def test_a_numbered_sentence_is_no_heading() -> None:
    faces = {
        glyph.character: glyph.face
        for page in lay_out(
            compose(replace(LETTER, body=("（一）修订模板。", "（二）加强领导。各地要办。", "（三）其他")))
        )
        for glyph in page.glyphs
    }

    assert (faces["修"], faces["加"], faces["要"], faces["其"]) == (Face.FANGSONG, Face.KAI, Face.FANGSONG, Face.KAI)


def test_a_draft_leaves_its_day_open() -> None:
    assert "温县人民法院××××年××月××日" in "".join(texts(replace(LETTER, signed_on=None)))
