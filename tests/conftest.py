"""What tests may ask for: a database of their own with the real roles, committed databases, a browser."""

import gc
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from copy import deepcopy
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.db import transaction
from pytest_django import DjangoDbBlocker, Settings
from tests import browser
from tests.builders import an_organ
from tests.databases import SHELF, Databases, FreshDatabase, an_open_dir, copy_of_the_seed
from tests.suggestions import County, a_county
from tests.terminal import Terminal

from fuyuantong.conf.postgres.supervisor import running


def pytest_configure(config: pytest.Config) -> None:
    """Allow queries beside the browser's event loop, which awaits none of them; hash passwords quickly; time nothing."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    # the real one takes most of a second, as it should; tests/journeys/test_pages.py signs in with it
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    hypothesis.settings.register_profile(
        "unhurried", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
    )
    hypothesis.settings.load_profile("unhurried")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Spare the garbage collector what stays loaded to the end."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def databases(django_db_blocker: DjangoDbBlocker) -> Iterator[Databases]:
    """Give this process its own PostgreSQL with a migrated template; it starts when the first test asks."""
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            started = stack.enter_context(Databases.started())
        yield started


@pytest.fixture(scope="session")
def django_db_setup(databases: Databases, django_db_blocker: DjangoDbBlocker) -> None:
    """Let tests marked `django_db` work as the role `app` on a migrated database; each is rolled back."""
    with django_db_blocker.unblock():
        databases.use(databases.clone())


@pytest.fixture
def fresh_database(databases: Databases, django_db_blocker: DjangoDbBlocker) -> Iterator[FreshDatabase]:
    """Give a database of its own to a test that commits or starts processes; it is dropped afterwards."""
    with django_db_blocker.unblock(), databases.fresh() as database:
        yield database


@pytest.fixture(scope="module")
def county_of_the_module(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[County]:
    """Found a county in a transaction, within which each test of a module has its own; it is gone afterwards."""
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            stack.enter_context(transaction.atomic())
            county = a_county()
        yield county
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            stack.close()


@pytest.fixture
def county(county_of_the_module: County, db: None) -> County:
    """Give a county; what a test does to it and in it is rolled back."""
    return deepcopy(county_of_the_module)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], settings: Settings) -> Terminal:
    """Give `fyt` in this process, on whatever database Django uses just now."""
    settings.AROUND_COMMANDS = "contextlib.nullcontext"
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "fuyuantong.conf.settings")  # a command without database changes it
    return Terminal(monkeypatch, capsys)


@pytest.fixture
def open_dir() -> Iterator[Path]:
    """Give an empty directory that the database's user can enter; pytest's own are closed to all others."""
    with an_open_dir() as path:
        yield path


@pytest.fixture
def prepared_dir(databases: Databases, django_db_blocker: DjangoDbBlocker) -> Iterator[Path]:
    """Give the data directory of a site that has run before: a stopped database with one organ, so no demo is loaded."""
    with copy_of_the_seed() as cluster:
        with django_db_blocker.unblock(), running(cluster), databases.elsewhere(cluster):
            an_organ()
        path = SHELF / f"site-{secrets.token_hex(4)}"
        path.mkdir(mode=0o711)
        cluster.home.rename(path / "postgres")
        yield path
        shutil.rmtree(path)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Start the browser of this machine: nothing is downloaded."""
    return {"executable_path": browser.executable(), "args": browser.launch_arguments()}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """Show pages as an official in China sees them."""
    return {"locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
