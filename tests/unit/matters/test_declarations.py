"""A matter runs on its declaration, whatever the catalogue says today."""

from dataclasses import replace

import pytest
from tests.builders_matters import CLAIM, POLL, in_the_catalogue
from tests.suggestions import COURT, a_county, at

from fuyuantong import catalogue
from fuyuantong.matters.declarations import UnknownMechanism, child_of, current, declared
from fuyuantong.matters.models.declaration import Declaration
from fuyuantong.matters.services.acts import open_by_hand
from fuyuantong.matters.services.locks import lock
from fuyuantong.matters.session import acting

NOW = at("2026-08-03")


def test_the_current_mechanism_comes_with_the_digest_under_which_it_is_published(db: None) -> None:
    with acting():
        mechanism, digest = current("joint-matter")
        kept = Declaration.objects.get(digest=bytes.fromhex(digest))

    assert mechanism is catalogue.MECHANISMS["joint-matter"]
    assert (kept.key, kept.version, declared("joint-matter", kept.digest)) == ("joint-matter", 1, mechanism)


def test_publishing_again_is_no_harm(db: None) -> None:
    with acting():
        assert current("joint-matter") == current("joint-matter")
        assert Declaration.objects.filter(key="joint-matter").count() == 1


def test_a_child_has_the_digest_of_the_mechanism_that_declares_it(db: None) -> None:
    with acting():
        child, digest = current("judicial-suggestion/answer")

    assert (child.key, digest) == ("answer", catalogue.digest_of("judicial-suggestion"))


def test_a_child_of_a_child_is_found_by_its_path() -> None:
    assert child_of(POLL, "round/opinion").title == "意见"
    assert child_of(POLL, "") is POLL


@pytest.mark.parametrize("key", ["no-such", "no-such/answer", "judicial-suggestion/no-such", "", "\x00"])
def test_what_there_is_not_is_refused(db: None, key: str) -> None:
    with pytest.raises(UnknownMechanism), acting():
        current(key)


def test_a_running_matter_stays_on_the_version_it_began_with(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    county = a_county()
    in_the_catalogue(CLAIM, monkeypatch)
    uid = open_by_hand("claim", "核查", by=county.by(COURT), now=NOW).matter

    in_the_catalogue(replace(CLAIM, version=2, title="新的核查"), monkeypatch)

    with acting():
        assert lock(uid).mechanism == CLAIM
        assert current("claim")[0].title == "新的核查"
