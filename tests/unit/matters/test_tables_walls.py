"""Every table of a matter stands behind the wall, and nobody owns the way around it."""

import pytest
from django.db import DatabaseError, connection, transaction
from tests.builders import an_organ
from tests.matter_rows import Part, a_matter

from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.session import acting, session_settings

pytestmark = pytest.mark.django_db


def rows(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_row_security_is_on_and_forced_for_every_table_of_matters():
    open_tables = rows("""
        SELECT relname FROM pg_class
        WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
            AND NOT (relrowsecurity AND relforcerowsecurity) AND NOT relispartition
            AND relname IN ('matter', 'party', 'sight', 'record', 'inner_record', 'slip', 'matter_row', 'secret',
                'blind', 'clock', 'rung', 'deferred', 'link', 'serial', 'number_taken', 'claim', 'blob', 'attachment',
                'outbox', 'idempotency', 'fund', 'fund_entry', 'reading_log', 'declaration', 'notice',
                'followed', 'told', 'notice_wish', 'dispatch')
    """)
    assert open_tables == []


@pytest.mark.parametrize(
    "table", ["secret", "blind", "claim", "serial", "outbox", "idempotency", "deferred", "followed", "dispatch"]
)
def test_a_page_reads_nothing_of(table):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        rows(f"SELECT * FROM {table}")


def test_a_month_of_the_reading_log_is_not_a_way_around_its_wall():
    month = rows("SELECT min(relname) FROM pg_class WHERE relname ~ '^reading_log_[0-9]{6}$'")[0][0]
    with acting(), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        rows(f"SELECT * FROM {month}")


def test_neither_role_is_stronger_than_the_wall():
    strong = rows("""
        SELECT rolname FROM pg_roles
        WHERE rolname IN ('app', 'app_engine') AND (rolsuper OR rolbypassrls OR rolcreaterole)
    """)
    assert strong == []


def test_the_login_role_has_the_engine_s_rights_only_by_taking_them_on():
    assert rows("SELECT pg_has_role('app', 'app_engine', 'USAGE'), pg_has_role('app', 'app_engine', 'MEMBER')") == [
        (False, True)
    ]


def test_nobody_logs_in_as_the_engine():
    assert rows("SELECT rolcanlogin FROM pg_roles WHERE rolname = 'app_engine'") == [(False,)]


def test_definer_functions_look_only_where_they_should():
    unpinned = rows("""
        SELECT proname FROM pg_proc
        WHERE prosecdef AND pronamespace = 'public'::regnamespace AND proname !~ '^procrastinate'
            AND coalesce(array_to_string(proconfig, ','), '') !~ 'search_path=public, pg_temp'
    """)
    assert unpinned == []


def test_without_settings_nothing_is_seen():
    a_matter(Part(an_organ()))

    assert Matter.objects.count() == 0


@pytest.mark.parametrize("scopes", ["", "{}", "{999999}"])
def test_unknown_scopes_see_nothing(scopes):
    a_matter(Part(an_organ()))
    with session_settings({"app.scopes": scopes}):
        assert Matter.objects.count() == 0


def test_a_setting_that_is_no_list_is_an_error_and_shows_nothing():
    a_matter(Part(an_organ()))
    with pytest.raises(DatabaseError, match="malformed array"), session_settings({"app.scopes": "all"}):
        Matter.objects.count()
