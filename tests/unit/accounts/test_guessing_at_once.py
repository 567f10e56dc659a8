"""Many guesses at the same moment, from as many web processes: no more are looked at than one after another."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from tests.builders import NOW
from tests.databases import FreshDatabase

from fuyuantong.accounts.guarding import LockedOut, count, password_attempt
from fuyuantong.accounts.security_log import Origin

pytestmark = pytest.mark.slow


def guess(number: int) -> bool:
    """Try once; say whether it is looked at."""
    try:
        count(password_attempt("justice.handler", origin=Origin(f"10.1.2.{number}", "")), now=NOW)
    except LockedOut:
        return False
    finally:
        connection.close()
    return True


def test_of_thirty_guesses_at_once_five_are_looked_at(fresh_database: FreshDatabase) -> None:
    with ThreadPoolExecutor(10) as many:
        looked_at = list(many.map(guess, range(30)))

    assert looked_at.count(True) == 5
