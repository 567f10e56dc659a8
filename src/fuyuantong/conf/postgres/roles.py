"""The two roles of the database: one owns the tables, the other works with them and owns nothing."""

import psycopg
from psycopg import sql

from fuyuantong.refusal import Refusal

APP_ROLE = "app"


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
