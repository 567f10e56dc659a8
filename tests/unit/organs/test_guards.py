"""The database refuses by itself what the services refuse in words."""

import pytest
from django.db import DatabaseError, connections, transaction
from tests.builders import LONG_AGO, NOW, a_tenure, an_official, an_organ

from fuyuantong.organs.models import DirectoryChange, Post
from fuyuantong.organs.succession import merge_organs
from fuyuantong.organs.vocabulary import PostKind

pytestmark = pytest.mark.django_db


def refuses(statement, values=(), *, using="default"):
    with (
        pytest.raises(DatabaseError) as refused,
        transaction.atomic(using=using),
        connections[using].cursor() as cursor,
    ):
        cursor.execute(statement, values)
    return refused.value.__cause__.sqlstate


PERMISSION = "42501"
OVERLAP = "23P01"
FOREIGN_KEY = "23503"
CHECK = "23514"
APPEND_ONLY = "23001"


@pytest.mark.parametrize(
    "table",
    [
        "region",
        "organ",
        "organ_name",
        "organ_relation",
        "directory_change",
        "succession",
        "account",
        "post",
        "tenure",
        "cover",
        "scope",
    ],
)
def test_the_application_deletes_nothing_of_the_directory(table):
    assert refuses(f"DELETE FROM {table}") == PERMISSION
    assert refuses(f"TRUNCATE {table} CASCADE") == PERMISSION


@pytest.mark.parametrize(
    "change",
    [
        "organ SET code = 'x'",
        "organ SET uid = gen_random_uuid()",
        "post SET kind = 'head'",
        "scope SET kind = 'audit'",
        "tenure SET account_id = 1",
        "directory_change SET kind = 'x'",
        "succession SET principal = false",
        "organ_name SET short = 'x'",
    ],
)
def test_the_application_cannot_rewrite_what_was_said(change):
    assert refuses(f"UPDATE {change}") == PERMISSION


def test_two_names_of_one_organ_do_not_overlap():
    organ = an_organ()

    assert (
        refuses(
            'INSERT INTO organ_name (organ_id, "full", short, sort_key, valid)'
            " VALUES (%s, 'x', 'x', 'x', '[2022-01-01,)')",
            [organ.pk],
        )
        == OVERLAP
    )


def test_one_organ_has_one_superior_at_a_time():
    organ, other = an_organ(under=an_organ()), an_organ()
    statement = (
        "INSERT INTO organ_relation (from_id, relation, to_id, valid) VALUES (%s, 'superior_of', %s, '[2022-01-01,)')"
    )

    assert refuses(statement, [other.pk, organ.pk]) == OVERLAP


def test_a_tenure_cannot_name_another_kind_than_its_post():
    tenure = a_tenure(an_organ())

    assert (
        refuses(
            "INSERT INTO tenure (account_id, post_id, post_kind, valid) VALUES (%s, %s, 'auditor', '[2000-01-01,2001-01-01)')",
            [tenure.account_id, tenure.post_id],
        )
        == FOREIGN_KEY
    )


def test_one_account_is_never_two_administrators():
    organ = an_organ()
    tenure = a_tenure(organ, kind=PostKind.AUDITOR)
    post = Post.objects.create(organ=organ, kind="system_administrator", title="系统管理员")

    assert (
        refuses(
            "INSERT INTO tenure (account_id, post_id, post_kind, valid)"
            " VALUES (%s, %s, 'system_administrator', '[2000-01-01,2001-01-01)')",
            [tenure.account_id, post.pk],
        )
        == OVERLAP
    )


def test_an_administrator_is_not_covered():
    organ = an_organ()
    tenure = a_tenure(organ, kind=PostKind.AUDITOR)

    assert (
        refuses(
            "INSERT INTO cover (from_tenure, to_account, post_kind, valid)"
            " VALUES (%s, %s, 'auditor', '[2026-01-01,2027-01-01)')",
            [tenure.pk, an_official(organ).pk],
        )
        == CHECK
    )


def test_an_organ_does_not_end_before_it_begins():
    organ = an_organ()

    assert refuses("UPDATE organ SET valid_to = %s WHERE id = %s", [LONG_AGO, organ.pk]) == CHECK


@pytest.mark.django_db(databases=["default", "owner"])
def test_not_even_the_owner_rewrites_the_log():
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO directory_change (version, kind, detail, effective_on, recorded_at)"
            " VALUES (999, 'x', '{}', '2026-11-22', now())"
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert refuses("UPDATE directory_change SET kind = 'y'", using="owner") == APPEND_ONLY
        assert refuses("DELETE FROM directory_change", using="owner") == APPEND_ONLY
        assert refuses("TRUNCATE directory_change CASCADE", using="owner") == APPEND_ONLY


def test_a_merger_is_undone_whole_with_the_act_around_it():
    organ, into = an_organ(), an_organ()
    before = DirectoryChange.objects.count()
    with transaction.atomic():
        merge_organs([organ], into=into, effective_on=NOW.date(), by=None, now=NOW)
        transaction.set_rollback(True)

    organ.refresh_from_db()
    assert (organ.valid_to, DirectoryChange.objects.count()) == (None, before)
