"""Search: what is found, where it stands, and for whom."""

import pytest
from django.test import Client
from tests.builders import NOW, an_official, an_organ
from tests.matter_rows import Part, a_matter

from fuyuantong.desk.ledger import search_page
from fuyuantong.desk.ledger.marking import marked, snippets
from fuyuantong.organs.services import rename_organ

DB = pytest.mark.django_db


@pytest.fixture
def court():
    return an_organ(short="县法院", branch="court")


@pytest.fixture
def clerk(court):
    """Give a browser without script in which a clerk of the court has signed in."""
    client = Client()
    client.force_login(an_official(court))
    return client


def found(client, words, **more):
    return client.get("/search", {"q": words, **more}).content.decode()


@DB
def test_a_word_of_two_characters_is_marked_where_it_stands(court, clerk):
    a_matter(Part(court), title="关于流转的函", number="温法建〔2026〕7号", values={"problem": "流转合同不备案"})
    text = found(clerk, "流转")

    assert "关于<mark>流转</mark>的函" in text
    assert '<p class="hit-place"><mark>流转</mark>合同不备案</p>' in text


@DB
def test_a_matter_is_found_by_case_number_and_by_number(court, clerk):
    a_matter(Part(court), number="温法建〔2026〕7号", values={"case": "（2026）豫0825行初38号"})

    assert "（2026）豫0825<mark>行初38</mark>号" in found(clerk, "行初38")
    assert "温法建<mark>〔2026〕7号</mark>" in found(clerk, "〔2026〕7号")


@DB
def test_an_organ_is_found_by_the_name_it_had(court, clerk):
    bureau = an_organ(short="国土局")
    a_matter(Part(court), Part(bureau))
    rename_organ(bureau, full="温县自然资源局", short="自然资源局", effective_on=NOW.date(), by=None, now=NOW)

    assert "温县<mark>国土</mark>局（原名），现 温县自然资源局" in found(clerk, "国土")
    assert "温县<mark>自然资源</mark>局" in found(clerk, "自然资源")


@DB
def test_nothing_is_found_that_one_does_not_see(court, clerk):
    a_matter(Part(an_organ()), title="别人的函", values={"problem": "流转合同"})

    assert "没有找到" in found(clerk, "别人的函")
    assert "没有找到" in found(clerk, "流转合同")


@DB
def test_what_is_open_can_be_had_alone_and_page_by_page(court, clerk, monkeypatch):
    monkeypatch.setattr(search_page, "SIZE", 1)
    old, new = (a_matter(Part(court), title=f"第{n}封函件") for n in "一二")

    assert f"after={new.pk}" in found(clerk, "函件", phase="0")
    assert "第一封" in found(clerk, "函件", after=new.pk)
    assert f"before={old.pk}" in found(clerk, "函件", after=new.pk)
    assert "没有找到" in found(clerk, "函件", phase="1")


@DB
def test_words_that_cannot_be_searched_are_refused_in_their_place(clerk):
    response = clerk.get("/search?q=函")

    assert response.status_code == 422
    assert 'value="函"' in response.content.decode()


@DB
def test_before_anything_is_typed_the_page_says_what_can_be(clerk):
    assert "要找什么？" in found(clerk, "")
    assert "<html" not in clerk.get("/search?q=", headers={"HX-Request": "true"}).content.decode()


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("a<b>ABC", ["abc"], "a&lt;b&gt;<mark>ABC</mark>"),
        ("司法局和司法", ["司法", "司法局"], "<mark>司法局</mark>和<mark>司法</mark>"),
        ("一（二）", ["（二"], "一<mark>（二</mark>）"),
    ],
)
def test_words_are_marked_and_all_else_is_shown_as_it_is(text, words, shown):
    assert marked(text, words) == shown


def test_of_a_long_text_the_places_are_shown():
    text = "标题有词\n" + "前" * 30 + "词语" + "后" * 30 + "\n词语\n词语\n又是词语"

    assert snippets(text, ["词"], beside=("标题有词",)) == [
        "…" + "前" * 24 + "<mark>词</mark>语" + "后" * 23 + "…",
        "<mark>词</mark>语",
    ]
