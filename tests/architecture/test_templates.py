"""Templates keep to the strict policy of every page and say what they take."""

import re
from pathlib import Path

import pytest
from tests.repository import files, texts

TEMPLATES = list(files("src/**/templates/**/*.html"))
INLINE = re.compile(r"\s(?:style|on[a-z]+)\s*=|<style|javascript:|<script(?![^>]*\ssrc=)", re.IGNORECASE)


@pytest.mark.parametrize("template", TEMPLATES, ids=str)
def test_a_template_has_nothing_inline(template: Path) -> None:
    assert INLINE.findall(texts(template)) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=str)
def test_a_template_loads_nothing_from_elsewhere(template: Path) -> None:
    assert "//" not in re.sub(r"{#.*?#}", "", texts(template))


@pytest.mark.parametrize("page", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html", "refusal.html"])
def test_every_answer_has_its_page(page: str) -> None:
    assert [template for template in TEMPLATES if template.name == page]
