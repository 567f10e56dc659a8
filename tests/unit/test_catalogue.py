"""The catalogue: what the house knows by key and by digest."""

import pytest

from fuyuantong import catalogue
from fuyuantong.protocol.form import digest


def test_a_mechanism_is_found_by_its_key() -> None:
    assert all(catalogue.mechanism(key) is found for key, found in catalogue.MECHANISMS.items())


def test_a_child_is_found_behind_its_parent() -> None:
    assert catalogue.mechanism("judicial-suggestion/answer").key == "answer"


@pytest.mark.parametrize("key", ["vanished", "vanished/answer", "judicial-suggestion/vanished"])
def test_a_key_that_nothing_has_is_not_found(key: str) -> None:
    with pytest.raises(KeyError):
        catalogue.mechanism(key)


def test_a_mechanism_is_found_by_its_digest() -> None:
    its_digest = catalogue.digest_of("judicial-suggestion")

    assert its_digest == digest(catalogue.MECHANISMS["judicial-suggestion"])
    assert catalogue.by_digest(its_digest).key == "judicial-suggestion"


def test_a_digest_that_nothing_has_is_not_found() -> None:
    with pytest.raises(KeyError):
        catalogue.by_digest("00")


def test_terms_and_serials_are_known_by_the_keys_of_declarations() -> None:
    assert catalogue.house_terms()["house:sign-for"].title == "签收"
    assert "{n}" in catalogue.serials()["judicial-suggestion"].pattern
