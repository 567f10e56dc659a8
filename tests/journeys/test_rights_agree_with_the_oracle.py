"""Both walls say what a second reader of the text says, on every path by which something can be read."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from tests.oracles import rights
from tests.oracles.worlds import LATER, TODAY, worlds
from tests.rights_world import (
    install,
    linked_by_sql,
    moment,
    seen_by_counts,
    seen_by_lists,
    seen_by_sql,
    seen_in_matter,
)

from fuyuantong.matters.session import acting
from fuyuantong.matters.sight import reading_as

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def examples(count):
    return settings(max_examples=count, suppress_health_check=[*HealthCheck])


@given(world=worlds())
@examples(15)
def test_every_path_shows_what_the_text_says(world):
    agree(world)


@pytest.mark.soak
@given(world=worlds())
@examples(400)
def test_every_path_shows_what_the_text_says_in_many_worlds(world):
    agree(world)


def agree(world):
    with transaction.atomic():
        made = install(world)
        for person in [*world["people"], None]:
            for day in (TODAY, LATER):
                with reading_as(made.people.get(person or ""), at=moment(day)) as reader:
                    check_reads(world, made, reader, person, day)
                    check_second_wall(world, made, person, day)
                    # as the engine's role, which no policy binds: the first wall stands alone
                    with acting():
                        check_reads(world, made, reader, person, day)
        transaction.set_rollback(True)


def check_reads(world, made, reader, person, day):
    expected = lists_expected(world, person, day)
    assert seen_by_lists(reader, made) == expected
    counted = seen_by_counts(reader)
    assert counted == {path: len(expected[path]) for path in counted}
    for name in world["matters"]:
        shown = shown_expected(world, made, person, name, day)
        # the pages of a matter open for those who were shown something of it, a file by itself for who sees it
        opened = shown if shown["records"] else {key: set() for key in shown} | {"records": []}
        assert seen_in_matter(reader, made, name) == opened | {"files one by one": shown["files"]}


def check_second_wall(world, made, person, day):
    seen = {name for name in world["matters"] if rights.sees(world, person, name, day=day)}
    for name in world["matters"]:
        shown = shown_expected(world, made, person, name, day)
        rows = dict.fromkeys(("matter", "parties", "searched"), name in seen)
        assert seen_by_sql(made, name) == shown | rows | {"blobs": len(shown["files"])}
    names = list(world["matters"])
    links = {(names[a], names[b]) for a, b in world["links"] if a < b < len(names)}
    assert linked_by_sql(made) == {(a, b) for a, b in links if a in seen and b in seen}


def lists_expected(world, person, day):
    seen = {name for name in world["matters"] if rights.sees(world, person, name, day=day)}
    return {
        "ledger": seen,
        "ledger by due": {name for name in seen if world["matters"][name]["open"]},
        "to do": rights.to_do(world, person, day=day),
        "sent": rights.sent(world, person, day=day),
        "copied": rights.copied(world, person, day=day),
        "search": seen,
        "single": seen,
        "predicate": seen,
        "why": seen,
        "secret": {name for name in seen if rights.reads_secrets(world, person, name, day=day)},
    }


def shown_expected(world, made, person, name, day):
    return {
        "records": rights.records_shown(world, person, name, day=day),
        "files": rights.files_shown(world, person, name, day=day),
        "slips": rights.slips_shown(world, person, name, day=day),
        "inner": {made.organs[organ].pk for organ in rights.inner_shown(world, person, name, day=day)},
    }
