"""First passwords, locks and lost factors from the machine."""

import json

import pytest
from django.core.management import call_command
from tests.builders import NOW, an_account

from fuyuantong.accounts.guarding import count, failed, password_attempt
from fuyuantong.accounts.security_log import Origin
from fuyuantong.organs.queries import NoSuchAccount

pytestmark = pytest.mark.django_db


def said(capsys, *words):
    call_command(*words)
    return capsys.readouterr().out


def test_a_first_password_is_printed_once(capsys):
    account = an_account("court.handler")

    data = json.loads(said(capsys, "account_password", "court.handler", "--json"))

    account.refresh_from_db()
    assert account.check_password(data["password"])
    assert (data["account"], data["must_change"]) == ("court.handler", True)


def test_a_first_password_is_printed_for_people(capsys):
    an_account("court.handler")

    assert "只显示这一次" in said(capsys, "account_password", "court.handler")


def test_a_locked_account_is_unlocked(capsys):
    an_account("court.handler")
    attempt = password_attempt("court.handler", origin=Origin("10.1.2.3", ""))
    for _ in range(5):
        count(attempt, now=NOW)
        failed(attempt, step="password", now=NOW)

    assert "court.handler" in said(capsys, "account_unlock", "court.handler")
    assert count(attempt, now=NOW) == 4


def test_an_account_without_factors_says_none_was_taken(capsys):
    an_account("court.handler")

    assert json.loads(said(capsys, "account_factors", "court.handler", "--json"))["taken"] == 0


def test_an_unknown_account_is_refused():
    with pytest.raises(NoSuchAccount):
        call_command("account_unlock", "nobody")
