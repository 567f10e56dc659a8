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
    Give the current database the role `app`: it may read and write rows, owns nothing and is bound by every policy.

    Tables that the current role creates from now on are granted to it; a migration takes away what is append-only.
    Raises: `RoleMissing` if the role must be created and may not be; `RoleTooStrong` if it is not bound.
    """
    role, secret = sql.Identifier(APP_ROLE), sql.Literal(password)
    if not _role_exists(connection):
        _create(connection, sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD {}").format(role, secret))
    elif _may_create_roles(connection):
        connection.execute(sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(role, secret))
    check_bound(connection, role=APP_ROLE)
    for grant in (
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO {}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {}",
    ):
        connection.execute(sql.SQL(grant).format(role))


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


def _role_exists(connection: psycopg.Connection) -> bool:
    return connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE]).fetchone() is not None


def _may_create_roles(connection: psycopg.Connection) -> bool:
    found = connection.execute("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user").fetchone()
    return bool(found and found[0])


def _create(connection: psycopg.Connection, statement: sql.Composed) -> None:
    try:
        connection.execute(statement)
    except psycopg.errors.InsufficientPrivilege as error:
        raise RoleMissing(
            f"DATABASE_URL 的角色不能创建角色“{APP_ROLE}”。",
            remedy=f"请由数据库管理员执行 CREATE ROLE {APP_ROLE} LOGIN PASSWORD '…'，再把它的连接写入 APP_DATABASE_URL。",
        ) from error
