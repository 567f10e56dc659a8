"""Passwords are given once, changed at the first sign-in, and changed in time."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from tests.builders import NOW, an_account, an_official, an_organ

from fuyuantong.accounts.models import PasswordStanding, SecurityEvent
from fuyuantong.accounts.passwords import LASTS, MachineOnly, choose_password, give_password, must_change
from fuyuantong.accounts.security_log import MACHINE, Origin
from fuyuantong.organs.staffing import BadAccount, close_account
from fuyuantong.organs.vocabulary import PostKind

pytestmark = pytest.mark.django_db

HERE = Origin("10.1.2.3", "Chrome")


def test_a_given_password_must_be_changed_first():
    account = an_account()

    password = give_password(account, by=None, origin=HERE, now=NOW)

    assert re.fullmatch(r"([a-z2-9]{4}-){3}[a-z2-9]{4}", password)
    assert account.check_password(password)
    assert must_change(account, now=NOW)


def test_a_given_password_stands_nowhere():
    password = give_password(an_account(), by=None, origin=HERE, now=NOW)

    assert password not in str(SecurityEvent.objects.values())
    assert SecurityEvent.objects.get().kind == "password-given"


def test_a_chosen_password_is_good_for_half_a_year():
    account = an_account()
    give_password(account, by=None, origin=HERE, now=NOW)

    choose_password(account, "A good new one 1", origin=HERE, now=NOW)

    assert not must_change(account, now=NOW + LASTS - timedelta(days=1))
    assert must_change(account, now=NOW + LASTS)


def test_an_account_that_never_got_one_owes_no_change():
    assert not must_change(an_account(), now=NOW)


def test_a_closed_account_gets_none():
    account = an_account()
    close_account(account, by=None, now=NOW)

    with pytest.raises(BadAccount, match="已停用"):
        give_password(account, by=None, origin=HERE, now=NOW)


@pytest.mark.parametrize("kind", [PostKind.AUDITOR, PostKind.SECURITY_ADMINISTRATOR, PostKind.SYSTEM_ADMINISTRATOR])
def test_an_administrator_gets_one_on_the_machine_alone(kind):
    account = an_official(an_organ(), kind=kind)

    with pytest.raises(MachineOnly, match="担任或曾任管理员"):
        give_password(account, by=None, origin=HERE, now=NOW)
    assert not PasswordStanding.objects.exists()
    assert give_password(account, by=None, origin=MACHINE, now=NOW)


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("Short1!", "密码至少 10 位。"),
        ("only-lower-case", "至少三种"),
        ("Password123", "太常见"),
        ("Justice.handler1", "太相近"),
    ],
)
def test_a_poor_password_is_refused(password, reason):
    with pytest.raises(ValidationError, match=reason):
        validate_password(password, an_account("justice.handler"))


def test_three_kinds_of_characters_suffice():
    validate_password("blue-Bicycle-42", an_account())


def test_the_old_password_is_no_new_one():
    account = an_account()
    choose_password(account, "blue-Bicycle-42", origin=HERE, now=NOW)

    with pytest.raises(ValidationError, match="新密码不能与原密码相同"):
        validate_password("blue-Bicycle-42", account)
