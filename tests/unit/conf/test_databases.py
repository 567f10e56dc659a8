"""The two roles of the database and the databases that tests are given."""

import psycopg
import pytest
from django.db import connection, connections, transaction
from django.db.utils import ProgrammingError
from tests.databases import FreshDatabase


@pytest.mark.django_db
def test_tests_work_as_the_role_that_owns_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user")

        assert cursor.fetchone() == (False, False, False)


@pytest.mark.django_db
def test_the_app_role_cannot_change_tables() -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("CREATE TABLE of_its_own (id int)")


def test_what_is_committed_in_a_fresh_database_is_seen_by_other_processes(fresh_database: FreshDatabase) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE TABLE seen (id int)")

    with psycopg.connect(fresh_database.environment()["DATABASE_URL"]) as other:
        assert other.execute("SELECT count(*) FROM seen").fetchone() == (0,)


@pytest.mark.django_db
def test_a_fresh_database_leaves_nothing_behind() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('seen')")

        assert cursor.fetchone() == (None,)
