"""What was read of the directory is kept for one version of it, and never for another."""

import pytest
from django.db import transaction
from tests.builders import NOW, a_tenure, an_account, an_organ

from fuyuantong.organs.edition import edition_now, posts_held_in, read_organs
from fuyuantong.organs.queries import directory_version, posts_held
from fuyuantong.organs.services import connect_organ

pytestmark = pytest.mark.django_db


def test_an_empty_directory_has_an_edition() -> None:
    assert edition_now().version == 0
    assert read_organs(codes=["410825-nowhere"])[0] == []
    assert posts_held_in(an_account(), at=NOW)[0] == []


def test_organs_are_kept_as_long_as_the_version_stands() -> None:
    organ = an_organ()
    read_organs(codes=[organ.code])

    assert edition_now().organs == {organ.code: organ}
    assert edition_now().codes == {organ.pk: organ.code}
    an_organ()
    assert edition_now().organs == {}


def test_a_change_of_an_organ_is_seen_at_once() -> None:
    organ = an_organ(online=False)
    read_organs(ids=[organ.pk])
    connect_organ(organ, node_id="node-two", online=True, by=None, now=NOW)

    ((found,), edition) = read_organs(codes=[organ.code])

    assert (found.node_id, found.online) == ("node-two", True)
    assert edition.version == directory_version()


def test_a_version_that_was_rolled_back_leaves_nothing_behind() -> None:
    an_organ()
    with transaction.atomic():
        read_organs(codes=[an_organ("410825-gone").code])
        gone = edition_now().version
        transaction.set_rollback(True)
    an_organ("410825-came")

    assert edition_now().version == gone
    assert edition_now().organs == {}


def test_posts_come_with_the_edition_that_says_so() -> None:
    tenure = a_tenure(an_organ())

    posts, edition = posts_held_in(tenure.account, at=NOW)

    assert posts == posts_held(tenure.account, at=NOW)
    assert [post.tenure_id for post in posts] == [tenure.pk]
    assert edition is edition_now()
