"""A document as data."""

import json

from tests.unit.typesetting.samples import FILE, MINUTES

from fuyuantong.typesetting.document import from_data


def test_a_document_comes_back_from_its_data() -> None:
    for document in (FILE, MINUTES):
        assert from_data(json.loads(json.dumps(document.as_data()))) == document


def test_what_a_later_version_added_is_left_out() -> None:
    assert from_data({**FILE.as_data(), "watermark": "草稿"}) == FILE
