"""A server that is not ours is given our role, or the refusal says who must give it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from tests.databases import Databases, copy_of_the_seed
from tests.processes import environment, fyt

from fuyuantong.conf.foreign_database import DatabaseUnreachable, prepare_foreign_database
from fuyuantong.conf.postgres.cluster import Cluster
from fuyuantong.conf.postgres.roles import RoleMissing, RoleTooStrong, check_bound
from fuyuantong.conf.postgres.supervisor import running

pytestmark = pytest.mark.slow
KEEPER = "keeper"
SECRET = "keeper-secret"


@pytest.fixture
def foreign(databases: Databases) -> Iterator[Cluster]:
    """Give a server of others: an empty database that belongs to a role which is no superuser."""
    with copy_of_the_seed() as cluster, running(cluster):
        with cluster.connect(database="postgres") as connection:
            connection.execute("DROP DATABASE fuyuantong")
            ours = connection.execute("SELECT rolname FROM pg_roles WHERE oid >= 16384").fetchall()
            for (role,) in ours:
                connection.execute(sql.SQL("DROP OWNED BY {0} CASCADE").format(sql.Identifier(role)))
            for (role,) in ours:
                connection.execute(sql.SQL("DROP ROLE {0}").format(sql.Identifier(role)))
            connection.execute(f"CREATE ROLE {KEEPER} LOGIN CREATEROLE PASSWORD '{SECRET}'")
            connection.execute(f"CREATE DATABASE county OWNER {KEEPER}")
        yield cluster


def names(cluster: Cluster, *, secret: str = "app-secret") -> dict[str, dict[str, Any]]:
    """Return Django's two databases for it."""
    place = {"HOST": str(cluster.socket_dir), "PORT": "5432", "NAME": "county", "OPTIONS": {}}
    return {
        "owner": place | {"USER": KEEPER, "PASSWORD": SECRET},
        "default": place | {"USER": "app", "PASSWORD": secret},
    }


def admin(cluster: Cluster, statement: str) -> None:
    """Do what an administrator of the server would do."""
    with cluster.connect(database="county") as connection:
        connection.execute(sql.SQL(statement))  # type: ignore[arg-type]


def test_the_role_is_made_and_can_use_tables_made_later(foreign: Cluster) -> None:
    prepare_foreign_database(names(foreign))

    as_keeper = psycopg.connect(host=str(foreign.socket_dir), user=KEEPER, password=SECRET, dbname="county")
    with as_keeper as connection:
        connection.execute("CREATE TABLE later (id int)")
    with psycopg.connect(host=str(foreign.socket_dir), user="app", password="app-secret", dbname="county") as app:
        app.execute("INSERT INTO later VALUES (1)")


def test_an_owner_that_is_no_superuser_makes_all_tables(foreign: Cluster, open_dir: Path) -> None:
    url = f"postgresql://{KEEPER}:{SECRET}@/county?host={foreign.socket_dir}"

    made = fyt("migrate", "-v", "0", env=environment(open_dir, DATABASE_URL=url))

    assert made.stderr == ""
    assert fyt("migrate", "--check", env=environment(open_dir, DATABASE_URL=url)).returncode == 0


def test_a_changed_password_is_set_again(foreign: Cluster) -> None:
    prepare_foreign_database(names(foreign))

    prepare_foreign_database(names(foreign, secret="another"))


def test_an_owner_that_may_not_make_roles_says_who_must(foreign: Cluster) -> None:
    admin(foreign, f"ALTER ROLE {KEEPER} NOCREATEROLE")

    with pytest.raises(RoleMissing) as refused:
        prepare_foreign_database(names(foreign))

    assert "APP_DATABASE_URL" in refused.value.remedy


@pytest.mark.parametrize("made", ["", "CREATE ROLE app_engine NOLOGIN NOINHERIT"])
def test_what_the_refusal_tells_an_administrator_to_do_is_enough(foreign: Cluster, open_dir: Path, made: str) -> None:
    admin(foreign, "CREATE ROLE app LOGIN PASSWORD 'app-secret'")
    admin(foreign, made or f"ALTER ROLE {KEEPER} NOCREATEROLE")
    with pytest.raises(RoleMissing, match="“app_engine”") as refused:
        prepare_foreign_database(names(foreign))

    admin(foreign, refused.value.remedy.removeprefix("请由数据库管理员执行 ").removesuffix(" 然后重试。"))

    place = f"county?host={foreign.socket_dir}"
    urls = {
        "DATABASE_URL": f"postgresql://{KEEPER}:{SECRET}@/{place}",
        "APP_DATABASE_URL": f"postgresql://app:app-secret@/{place}",
    }
    assert fyt("migrate", "-v", "0", env=environment(open_dir, **urls)).returncode == 0


def test_a_role_that_rights_do_not_bind_is_refused(foreign: Cluster) -> None:
    admin(foreign, "CREATE ROLE app LOGIN BYPASSRLS PASSWORD 'app-secret'")

    with pytest.raises(RoleTooStrong, match="“app”"):
        prepare_foreign_database(names(foreign))


def test_a_role_that_owns_a_table_is_refused(foreign: Cluster) -> None:
    admin(foreign, "CREATE ROLE app LOGIN PASSWORD 'app-secret'")
    admin(foreign, "CREATE TABLE its_own (id int)")
    admin(foreign, "ALTER TABLE its_own OWNER TO app")

    with foreign.connect(database="county") as connection, pytest.raises(RoleTooStrong):
        check_bound(connection, role="app")


def test_a_server_that_does_not_answer_is_named(tmp_path: Path) -> None:
    nowhere = {"HOST": str(tmp_path), "PORT": "5432", "NAME": "x", "USER": "x", "PASSWORD": "x", "OPTIONS": {}}

    with pytest.raises(DatabaseUnreachable, match="No such file"):
        prepare_foreign_database({"owner": nowhere, "default": nowhere})
