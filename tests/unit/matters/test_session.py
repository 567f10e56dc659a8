"""Settings hold for their block and never longer."""

import pytest
from django.db import connection, transaction

from fuyuantong.matters.session import acting, session_settings


def setting(name):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [name])
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_a_setting_is_put_back_after_its_block():
    with session_settings({"app.account": "1"}):
        with session_settings({"app.account": "2"}):
            assert setting("app.account") == "2"
        assert setting("app.account") == "1"


@pytest.mark.django_db
def test_a_failed_block_puts_settings_back_too():
    with session_settings({"app.account": "1"}):
        with pytest.raises(ZeroDivisionError), session_settings({"app.account": "2"}):
            1 / 0  # noqa: B018 any failure will do
        assert setting("app.account") == "1"


@pytest.mark.django_db
def test_an_act_is_done_by_the_engine_and_by_nobody_after_it():
    with acting():
        assert setting("role") == "app_engine"
    assert setting("role") == "none"


@pytest.mark.slow
@pytest.mark.usefixtures("fresh_database")
def test_settings_end_with_the_transaction_on_the_same_connection():
    with acting(), session_settings({"app.scopes": "{1}"}):
        assert connection.in_atomic_block
    assert (setting("role"), setting("app.scopes")) == ("none", "")


@pytest.mark.slow
@pytest.mark.usefixtures("fresh_database")
def test_a_transaction_that_fails_leaves_no_role_behind():
    with pytest.raises(ZeroDivisionError), transaction.atomic(), acting():
        1 / 0  # noqa: B018 any failure will do
    assert setting("role") == "none"
