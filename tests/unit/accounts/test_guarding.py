"""Guessing is counted before it is looked at, and locks for a quarter of an hour."""

from datetime import timedelta

import pytest
from tests.builders import NOW, an_account

from fuyuantong.accounts.guarding import (
    ATTEMPTS,
    LOCK,
    WINDOW,
    LockedOut,
    count,
    factor_attempt,
    failed,
    locked_until,
    passed,
    password_attempt,
    unlock,
)
from fuyuantong.accounts.models import Guard, SecurityEvent
from fuyuantong.accounts.security_log import MACHINE, Origin
from fuyuantong.accounts.vocabulary import GuardKind

pytestmark = pytest.mark.django_db

HERE = Origin("10.1.2.3", "Chrome")


def fail(attempt, times, *, at=NOW):
    for _ in range(times):
        count(attempt, now=at)
        failed(attempt, step="password", now=at)


def kinds():
    return list(SecurityEvent.objects.order_by("pk").values_list("kind", flat=True))


def test_five_wrong_passwords_lock_an_account_for_a_quarter_of_an_hour():
    account = an_account("justice.handler")
    attempt = password_attempt("justice.handler", origin=HERE)

    fail(attempt, 5)

    with pytest.raises(LockedOut, match="还有 15 分钟（10:15 后可再试）"):
        count(attempt, now=NOW)
    assert locked_until(account, now=NOW) == NOW + LOCK
    assert kinds() == ["sign-in-failed"] * 5 + ["locked"]


def test_a_name_that_nobody_has_is_locked_alike():
    attempt = password_attempt("nobody", origin=HERE)

    fail(attempt, 5)

    with pytest.raises(LockedOut):
        count(attempt, now=NOW)
    assert SecurityEvent.objects.exclude(account=None).count() == 0


def test_the_time_left_is_told_in_whole_minutes():
    attempt = password_attempt("nobody", origin=HERE)
    fail(attempt, 5)

    with pytest.raises(LockedOut, match="还有 2 分钟"):
        count(attempt, now=NOW + LOCK - timedelta(seconds=61))


def test_after_the_lock_counting_begins_anew():
    attempt = password_attempt("nobody", origin=HERE)
    fail(attempt, 5)

    assert count(attempt, now=NOW + LOCK) == 4


def test_attempts_of_an_hour_ago_are_forgotten():
    attempt = password_attempt("nobody", origin=HERE)
    fail(attempt, 4)

    assert count(attempt, now=NOW + WINDOW) == 4


def test_of_six_at_once_the_sixth_is_not_looked_at():
    attempt = password_attempt("nobody", origin=HERE)
    for _ in range(5):
        count(attempt, now=NOW)

    with pytest.raises(LockedOut):
        count(attempt, now=NOW)


def test_a_right_password_clears_the_account_but_not_the_address():
    attempt = password_attempt("nobody", origin=HERE)
    fail(attempt, 3)
    count(attempt, now=NOW)

    passed(attempt)

    left = list(Guard.objects.values_list("kind", "attempts"))
    assert left == [(GuardKind.ADDRESS, 3)]


def test_an_address_that_tries_many_names_is_locked():
    for number in range(ATTEMPTS[GuardKind.ADDRESS]):
        fail(password_attempt(f"nobody{number}", origin=HERE), 1)

    with pytest.raises(LockedOut):
        count(password_attempt("somebody-else", origin=HERE), now=NOW)
    assert count(password_attempt("somebody-else", origin=Origin("10.9.9.9", "")), now=NOW) == 4


def test_the_second_step_is_counted_apart():
    account = an_account()
    fail(factor_attempt(account, origin=HERE), 5)

    with pytest.raises(LockedOut):
        count(factor_attempt(account, origin=HERE), now=NOW)
    assert count(password_attempt(account.username, origin=HERE), now=NOW) == 4


def test_unlocking_lets_an_account_try_at_once():
    account, chief = an_account(), an_account()
    attempt = password_attempt(account.username, origin=HERE)
    fail(attempt, 5)

    assert unlock(account, by=chief, origin=MACHINE, now=NOW)
    assert count(attempt, now=NOW) == 4
    assert SecurityEvent.objects.last().detail == {"account": account.username, "was_locked": True}


def test_unlocking_what_is_not_locked_says_so():
    account = an_account()

    assert not unlock(account, by=None, origin=MACHINE, now=NOW)


def test_a_typed_name_is_not_kept_readable():
    count(password_attempt("my password by mistake", origin=HERE), now=NOW)

    assert not Guard.objects.filter(key__contains="mistake").exists()
