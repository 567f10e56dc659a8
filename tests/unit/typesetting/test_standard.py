"""The produced PDF, read by pdfplumber, against the measures of GB/T 9704—2012. Unit: millimetres."""

from collections import Counter
from functools import cache
from io import BytesIO

import pdfplumber
import pypdfium2
import pytest
from pdfplumber.page import Page
from tests.unit.typesetting.samples import DAY, EVERY, FILE, FULL, LETTER, MINUTES, UPWARD, WRIT

from fuyuantong.typesetting.composing import compose
from fuyuantong.typesetting.document import OfficialDocument
from fuyuantong.typesetting.layout import lay_out
from fuyuantong.typesetting.pdf import pdf_of

MILLIMETRE = 72 / 25.4
RED = pytest.approx((0.902, 0.0, 0.071), abs=0.01)


@cache
def pages(document: OfficialDocument) -> list[Page]:
    return list(pdfplumber.open(BytesIO(made(document))).pages)


@cache
def made(document: OfficialDocument) -> bytes:
    sheet = compose(document)
    return pdf_of(lay_out(sheet), title=sheet.title, author=sheet.author, day=DAY)


def mm(points: float) -> float:
    return round(points / MILLIMETRE, 1)


def lines(page: Page) -> dict[float, str]:
    """Return the lines of a page by the height of their characters' upper edge."""
    found: dict[float, list[tuple[float, str]]] = {}
    for char in page.chars:
        found.setdefault(mm(page.height - char["matrix"][5]), []).append((char["x0"], char["text"]))
    return {y: "".join(text for _, text in sorted(row)) for y, row in sorted(found.items())}


def height_of(page: Page, text: str) -> float:
    return next(y for y, line in lines(page).items() if text in line)


def rules(page: Page) -> list[tuple[float, float, float, float]]:
    """Return the rules of a page: from the left, from the top, how long, how thick."""
    found = ((mm(r["x0"]), mm(r["top"]), mm(r["width"]), round(r["height"] / MILLIMETRE, 2)) for r in page.rects)
    return sorted(found, key=lambda rule: rule[1])


def test_a_full_page_has_22_lines_of_28_characters() -> None:
    body = [char for char in pages(FULL)[1].chars if char["text"] == "国"]
    by_line = Counter(char["matrix"][5] for char in body)

    assert list(by_line.values()) == [28] * 22


def test_a_full_page_fills_the_type_area() -> None:
    page = pages(FULL)[1]
    body = [char for char in page.chars if char["text"] == "国"]
    size = 16 / MILLIMETRE
    first, last = max(char["matrix"][5] for char in body), min(char["matrix"][5] for char in body)

    assert (mm(page.width), mm(page.height)) == (210.0, 297.0)
    assert mm(min(char["x0"] for char in body)) == 28.0
    assert mm(max(char["x1"] for char in body)) == pytest.approx(28 + 156, abs=0.1)
    assert mm(page.height - first) - 0.88 * size == pytest.approx(37, abs=0.1)
    assert mm(page.height - last) + 0.12 * size == pytest.approx(37 + 225, abs=0.1)


def test_the_mark_is_red_and_35_mm_below_the_type_area() -> None:
    mark = [char for char in pages(FILE)[0].chars if char["text"] in "文件" and char["size"] > 30]

    assert [char["non_stroking_color"] for char in mark] == [RED, RED]
    assert height_of(pages(FILE)[0], "温县人民政府文件") - 0.77 * mark[0]["size"] / MILLIMETRE == pytest.approx(
        72, abs=0.3
    )


def test_the_red_rule_is_4_mm_below_the_number_and_as_wide_as_the_type_area() -> None:
    ((x, y, length, _),) = rules(pages(FILE)[0])

    assert (x, length) == (28.0, 156.0)
    assert y - (height_of(pages(FILE)[0], "温政") + 0.12 * 16 / MILLIMETRE) == pytest.approx(4, abs=0.2)
    assert pages(FILE)[0].rects[0]["non_stroking_color"] == RED


def test_elements_are_set_in_their_type() -> None:
    types = {
        char["text"]: (char["fontname"].partition("+")[2], round(char["size"]))
        for page in pages(FILE)[:2]
        for char in page.chars
    }

    assert types["总"] == ("NotoSansSC-Regular", 16)
    assert types["指"] == ("FandolKai-Regular", 16)
    assert types["切"] == ("FandolFang-Regular", 16)
    assert types["态"] == ("FandolSong-Bold", 22)


def test_the_imprint_ends_with_the_type_area_of_an_even_last_page() -> None:
    last = pages(FILE)[-1]

    assert len(pages(FILE)) % 2 == 0
    assert [(x, length, weight) for x, _, length, weight in rules(last)] == [
        (28.0, 156.0, 0.35),
        (28.0, 156.0, 0.25),
        (28.0, 156.0, 0.35),
    ]
    assert rules(last)[-1][1] + 0.35 == pytest.approx(262, abs=0.1)
    assert "2026年11月22日印发" in list(lines(last).values())[-1]


def test_pages_are_numbered_at_the_outer_side() -> None:
    numbers = [
        [char for char in page.chars if char["text"] == "—" and char["matrix"][5] < 35 * MILLIMETRE]
        for page in pages(FILE)
    ]

    assert mm(numbers[0][-1]["x1"]) == pytest.approx(184 - 4.9, abs=0.7)
    assert mm(numbers[1][0]["x0"]) == pytest.approx(28 + 4.9, abs=0.2)
    assert numbers[3] == []  # a side with nothing but the imprint


def test_a_letter_has_two_double_rules_of_170_mm_and_no_number_on_its_first_page() -> None:
    page = pages(LETTER)[0]
    strong, fine, fine_below, strong_below = rules(page)

    assert {(x, length) for x, _, length, _ in rules(page)} == {(20.0, 170.0)}
    assert (strong[3], fine[3], fine_below[3], strong_below[3]) == (0.9, 0.3, 0.3, 0.9)
    assert strong_below[1] + 0.9 == pytest.approx(297 - 20, abs=0.1)
    assert "—" not in page.extract_text()
    assert mm(max(char["x1"] for char in page.chars)) == pytest.approx(184, abs=0.1)


def test_the_date_ends_four_characters_from_the_right_below_the_issuer() -> None:
    page = pages(LETTER)[0]
    day = [char for char in page.chars if mm(page.height - char["matrix"][5]) == height_of(page, "年11月22日")]
    issuer = [char for char in page.chars if mm(page.height - char["matrix"][5]) == list(lines(page))[-3]]

    assert mm(max(char["x1"] for char in day)) == pytest.approx(184 - 4 * 156 / 28, abs=0.2)
    assert mm(issuer[0]["x0"] + issuer[-1]["x1"]) == pytest.approx(mm(day[0]["x0"] + day[-1]["x1"]), abs=1)


def test_a_document_to_a_higher_organ_names_its_signer_at_the_right() -> None:
    line = next(line for line in lines(pages(UPWARD)[0]).values() if "签发人" in line)

    assert line == "温政〔2026〕17号签发人：甲某"


def test_minutes_list_who_was_present_and_bear_no_signature() -> None:
    text = "".join(page.extract_text() for page in pages(MINUTES))

    assert "出席：甲某（县政府副县长）" in text
    assert text.count("温县府院联动办公室") == 2


def test_a_writ_writes_its_day_in_chinese_numerals() -> None:
    assert "二〇二六年十一月二十二日" in pages(WRIT)[-1].extract_text()


@pytest.mark.parametrize("kind", EVERY)
def test_the_same_document_gives_the_same_bytes(kind: str) -> None:
    again = compose(EVERY[kind])

    assert pdf_of(lay_out(again), title=again.title, author=again.author, day=DAY) == made(EVERY[kind])


def test_the_ink_of_the_mark_stands_where_the_standard_has_it() -> None:
    file, letter = inked(FILE), inked(LETTER)

    assert file[0][0] == pytest.approx(37 + 35, abs=0.4)
    assert letter[0][0] == pytest.approx(30, abs=0.4)
    assert letter[1][0] - letter[0][1] == pytest.approx(4, abs=0.4)


def inked(document: OfficialDocument) -> list[tuple[float, float]]:
    """Return the bands of ink of a first page, from above, as a drawing of it shows them."""
    image = pypdfium2.PdfDocument(made(document))[0].render(scale=150 / 72).to_pil().convert("L")
    step = 25.4 / 150
    dark = [image.crop((0, y, image.width, y + 1)).getextrema()[0] < 140 for y in range(image.height)]
    edges = [y for y in range(1, len(dark)) if dark[y] != dark[y - 1]]
    return [(from_ * step, to * step) for from_, to in zip(edges[::2], edges[1::2], strict=True)]
