"""The real documents that come with the project's notes, measured against labels made by hand."""

import json
import runpy
from pathlib import Path
from typing import Any

import pytest
from tests.repository import REPOSITORY

from fuyuantong.reading.form import as_form
from fuyuantong.reading.reading import read
from fuyuantong.reading.sources.files import blocks_of_file

SHARED = next((up / "shared" for up in REPOSITORY.parents if (up / "shared" / "seeds").is_dir()), None)
pytestmark = pytest.mark.skipif(SHARED is None, reason="the seed documents do not lie beside the project")


def _shared(*parts: str) -> Path:
    assert SHARED is not None
    return SHARED.joinpath(*parts)


def form_of(stem: str) -> dict[str, Any]:
    return json.loads(json.dumps(as_form(read(blocks_of_file(_shared("seeds", f"{stem}.txt").read_bytes())))))


@pytest.mark.parametrize(
    ("stem", "f1", "names"),
    [("000_be614e49f126e4f3", 0.90, 0.85), ("002_909e57df03da40ed", 0.90, 0.85), ("003_5d080e43716dc2ba", 0.97, 0.95)],
)
def test_a_labelled_document_is_read_as_its_labels_say(stem: str, f1: float, names: float) -> None:
    gold = json.loads(_shared("gold", f"{stem}.json").read_text(encoding="utf-8"))

    result = runpy.run_path(str(_shared("tools", "score_plan.py")))["score"](gold, form_of(stem))

    print(stem, {name: value for name, value in result.items() if not isinstance(value, list)})
    assert result["f1"] >= f1
    assert result["units_f1"] >= names
    assert result["due_type"] >= 0.98
    assert result["title"]
    assert result["doc_number"]
    assert result["issued_on"]


def test_news_lays_down_nothing() -> None:
    assert form_of("004_3be44a34ce58c603")["obligations"] == []
