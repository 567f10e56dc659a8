"""The world answers each question of a decision, and asks the database for each at most once."""

from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.builders import an_organ
from tests.builders_matters import CLAIM
from tests.suggestions import COURT, FORESTRY, GOVERNMENT, HOUSING, OFFICE, County, at

from fuyuantong.matters.database_world import DatabaseWorld, current_calendar
from fuyuantong.organs.queries import directory_version

NOW = at("2026-08-03")
NOTICE = """\
# notice: 关于2027年部分节假日安排的通知
# number: 国办发明电〔2026〕9号
# issued: 2026-11-01
# checked: yes
date,kind,name
2027-01-01,holiday,元旦
"""
TODAY = NOW.date()


@pytest.fixture
def world(county: County) -> DatabaseWorld:
    return DatabaseWorld(on=TODAY)


def asked(question) -> int:
    """Return how many statements a question takes."""
    with CaptureQueriesContext(connection) as queries:
        question()
    return len(queries)


def test_an_organ_is_found_by_its_code(world: DatabaseWorld) -> None:
    assert world.organ(COURT).branch == "court"
    with pytest.raises(KeyError):
        world.organ("410825-nowhere")


def test_an_organ_is_known_while_it_lives(county: County) -> None:
    an_organ("410825-young", since=date(2026, 8, 4))

    assert DatabaseWorld(on=TODAY).knows_organ(COURT)
    assert not DatabaseWorld(on=TODAY).knows_organ("410825-young")
    assert DatabaseWorld(on=date(2026, 8, 4)).knows_organ("410825-young")


@pytest.mark.parametrize("code", ["410825-nowhere", "", "410825\x00", "\ud800", "机" * 100_000])
def test_what_no_organ_is_called_is_not_known(world: DatabaseWorld, code: str) -> None:
    assert not world.knows_organ(code)


def test_the_version_comes_with_the_first_organs(county: County) -> None:
    world = DatabaseWorld(on=TODAY)
    world.learn((COURT, HOUSING))

    assert asked(lambda: world.directory_version) == 0
    assert world.directory_version == DatabaseWorld(on=TODAY).directory_version == directory_version()


def test_all_organs_that_are_filled_in_are_one_question(world: DatabaseWorld) -> None:
    values = {"helper_organ": HOUSING, "people": [{"name": COURT}, "no row"], "leads": "no table", "reason": OFFICE}

    assert asked(lambda: world.learn_named(CLAIM, values)) == 1
    assert asked(lambda: world.knows_organ(HOUSING)) == 0
    assert asked(lambda: world.knows_organ(OFFICE)) == 1


def test_a_relation_is_asked_once(world: DatabaseWorld) -> None:
    assert world.related(HOUSING, "superior_of", on=TODAY) == [GOVERNMENT]
    assert asked(lambda: world.related(HOUSING, "superior_of", on=TODAY)) == 0
    assert asked(lambda: world.organ(GOVERNMENT)) == 0


def test_posts_are_asked_once(county: County, world: DatabaseWorld) -> None:
    (post,) = world.posts_held(county.people[COURT], at=NOW)

    assert world.codes_of([post.organ_id]) == [COURT]
    assert asked(lambda: world.posts_held(county.people[COURT], at=NOW)) == 0
    assert asked(lambda: world.codes_of([post.organ_id])) == 0


def test_all_settings_of_a_place_are_one_question(world: DatabaseWorld) -> None:
    world.learn((COURT, FORESTRY))

    assert asked(lambda: world.house_rule("house:sign-for", on=TODAY, near=COURT)) == 1
    assert asked(lambda: world.house_rule("house:assess-reply", on=TODAY, near=FORESTRY)) == 0
    assert asked(lambda: world.organs_by_setting("leading-group", near=COURT)) == 0


def test_an_id_is_fresh(world: DatabaseWorld) -> None:
    assert world.new_uid() != world.new_uid()


def test_a_notice_that_the_place_adds_is_read_without_a_restart(db: None, settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    packaged = current_calendar()
    folder = tmp_path / "holidays"
    folder.mkdir()
    (folder / "2027.csv").write_text(NOTICE, encoding="utf-8")

    assert current_calendar().version != packaged.version
    assert DatabaseWorld(on=TODAY).calendar.version == current_calendar().version
