"""The two roles of the database: one owns the tables, the other works with them and owns nothing."""

import psycopg
from psycopg import sql

from fuyuantong.refusal import Refusal

APP_ROLE = "app"
ENGINE_ROLE = "app_engine"  # made by matters/sql/roles.sql

# whether the engine's role is there, and whether who asks may make it or grant it, or has it granted to both already
_ENGINE = """
    SELECT engine.oid IS NOT NULL, asking.rolsuper OR CASE
        WHEN engine.oid IS NULL THEN asking.rolcreaterole
        WHEN pg_has_role(asking.oid, engine.oid, 'MEMBER') AND pg_has_role(app.oid, engine.oid, 'MEMBER') THEN true
        ELSE pg_has_role(asking.oid, engine.oid, 'MEMBER WITH ADMIN OPTION') END
    FROM pg_roles AS asking JOIN pg_roles AS app ON app.rolname = %(app)s
    LEFT JOIN pg_roles AS engine ON engine.rolname = %(engine)s WHERE asking.rolname = current_user
"""


class RoleTooStrong(Refusal):
    """Refuse to work under a role that row-level security does not bind."""

    key = "role-too-strong"
    title = "数据库角色权限过大"


class RoleMissing(Refusal):
    """Refuse to go on without a role for the application when the given one may not create it."""

    key = "role-missing"
    title = "缺少应用数据库角色"


def ensure_database(connection: psycopg.Connection, *, name: str) -> None:
    """Create the database if it is missing; `connection` is in autocommit mode."""
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def ensure_app_role(connection: psycopg.Connection, *, password: str) -> None:
    """
    Make the role `app` able to log in with `password`.

    Raises: `RoleMissing` if the current role may not do that.
    """
    exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE]).fetchone()
    statement = (
        "ALTER ROLE {} LOGIN PASSWORD {}" if exists else "CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD {}"
    )
    try:
        connection.execute(sql.SQL(statement).format(sql.Identifier(APP_ROLE), sql.Literal(password)))
    except psycopg.errors.InsufficientPrivilege as error:
        raise RoleMissing(
            f"DATABASE_URL 的角色不能创建或更改角色“{APP_ROLE}”。",
            remedy=f"请由数据库管理员执行 CREATE ROLE {APP_ROLE} LOGIN PASSWORD '…'，再把它的连接写入 APP_DATABASE_URL。",
        ) from error


def grant_to_app(connection: psycopg.Connection) -> None:
    """
    Let `app` read and write the rows of every table that the current role creates from now on, and own nothing.

    A migration takes away what is append-only.
    """
    for grant in (
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO {}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {}",
    ):
        connection.execute(sql.SQL(grant).format(sql.Identifier(APP_ROLE)))


def check_engine_role(connection: psycopg.Connection) -> None:
    """
    Check that the current role can make `app_engine`, or hand it on where somebody else has made it.

    Raises: `RoleMissing` with what an administrator must do.
    """
    found = connection.execute(_ENGINE, {"engine": ENGINE_ROLE, "app": APP_ROLE}).fetchone()
    if found is None or found[1]:
        return
    make = "" if found[0] else f"CREATE ROLE {ENGINE_ROLE} NOLOGIN NOINHERIT; "
    owner = sql.Identifier(connection.info.user).as_string(connection)
    since_16 = connection.info.server_version >= 160_000
    apart = " WITH INHERIT FALSE, SET TRUE;" if since_16 else f"; ALTER ROLE {APP_ROLE} NOINHERIT;"
    raise RoleMissing(
        f"DATABASE_URL 的角色不能{'授予已由他人建立的' if found[0] else '创建'}角色“{ENGINE_ROLE}”。",
        remedy=f"请由数据库管理员执行 {make}GRANT {ENGINE_ROLE} TO {owner}, {APP_ROLE}{apart} 然后重试。",
    )


def check_bound(connection: psycopg.Connection, *, role: str) -> None:
    """
    Check that row-level security binds `role` and that it owns no table.

    Raises: `RoleTooStrong` if it does not.
    """
    too_strong = connection.execute(
        """
        SELECT rolsuper OR rolbypassrls OR EXISTS (SELECT 1 FROM pg_class WHERE relowner = pg_roles.oid)
        FROM pg_roles WHERE rolname = %s
        """,
        [role],
    ).fetchone()
    if too_strong is None or too_strong[0]:
        raise RoleTooStrong(
            f"角色“{role}”是超级用户、可绕过行级安全，或拥有数据表。",
            remedy="请改用 NOSUPERUSER NOBYPASSRLS 且不拥有任何表的角色，并写入 APP_DATABASE_URL。",
        )
