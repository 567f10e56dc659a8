"""A database server that is not ours: DATABASE_URL names it."""

import psycopg

from fuyuantong.conf.databases import Database, options
from fuyuantong.conf.postgres.roles import APP_ROLE, check_bound, check_engine_role, ensure_app_role, grant_to_app
from fuyuantong.refusal import Refusal


class DatabaseUnreachable(Refusal):
    """Refuse to go on without the database that was named."""

    key = "database-unreachable"
    title = "无法连接数据库"


def prepare_foreign_database(databases: dict[str, Database]) -> None:
    """
    Make the application's role on the server of DATABASE_URL, unless it can already log in.

    Raises: `DatabaseUnreachable`; `RoleMissing` if it, or the role under which acts run, can be neither made nor given;
    `RoleTooStrong` if row rights do not bind it.
    """
    owner, app = databases["owner"], databases["default"]
    with _connected(owner) as connection:
        if not _can_log_in(app):
            ensure_app_role(connection, password=str(app["PASSWORD"]))
        grant_to_app(connection)
        check_bound(connection, role=APP_ROLE)
        check_engine_role(connection)
    _connected(app).close()


def _connected(database: Database) -> psycopg.Connection:
    try:
        return psycopg.connect(
            host=str(database["HOST"]),
            port=str(database["PORT"]) or None,
            dbname=str(database["NAME"]),
            user=str(database["USER"]),
            password=str(database["PASSWORD"]),
            autocommit=True,
            **options(database),
        )
    except psycopg.OperationalError as error:
        raise DatabaseUnreachable(str(error).strip(), remedy="请检查 DATABASE_URL 和数据库服务是否可用。") from error


def _can_log_in(database: Database) -> bool:
    try:
        _connected(database).close()
    except DatabaseUnreachable:
        return False
    return True
