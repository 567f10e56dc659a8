"""A command finds its database with tables, or is told what is wrong with them."""

from pathlib import Path

import pytest
from django.db import ProgrammingError, connection
from tests.databases import FreshDatabase
from tests.processes import environment, fyt

from fuyuantong.conf.database_at_hand import OtherTables, database_at_hand

pytestmark = pytest.mark.slow


@pytest.fixture
def named(fresh_database: FreshDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let DATABASE_URL name the database that Django uses."""
    for name, value in fresh_database.environment().items():
        monkeypatch.setenv(name, value)


def ask(statement: str) -> None:
    """Do what a command might."""
    with database_at_hand(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_first_command_of_all_makes_the_tables(open_dir: Path) -> None:
    refused = fyt("matter", "list", "--as", "nobody", env=environment(open_dir))

    assert refused.returncode == 2
    assert refused.stderr.startswith("没有这个账号：账号“nobody”不存在")


@pytest.mark.parametrize("statement", ["SELECT 1 FROM nowhere", "SELECT nothing FROM organ"])
@pytest.mark.usefixtures("named")
def test_tables_of_another_version_are_refused_with_the_way_out(statement: str) -> None:
    with pytest.raises(OtherTables) as refused:
        ask(statement)

    assert "does not exist" in refused.value.detail
    assert refused.value.remedy == "请先更新表结构：fyt migrate。"


@pytest.mark.usefixtures("named")
def test_another_fault_of_a_statement_stays_an_error() -> None:
    with pytest.raises(ProgrammingError, match="syntax"):
        ask("SELEC")
