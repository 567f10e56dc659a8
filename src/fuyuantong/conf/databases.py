"""The two connections of the application: `default` as the role `app`, `owner` for migrations alone."""

import os
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from fuyuantong.conf.data_dir import kept_secret
from fuyuantong.conf.postgres.binaries import server_user
from fuyuantong.conf.postgres.cluster import DATABASE, OWNER_ROLE, cluster_of
from fuyuantong.conf.postgres.making import prepare_place
from fuyuantong.conf.postgres.roles import APP_ROLE
from fuyuantong.refusal import Refusal

Database = dict[str, Any]
# values travel apart from the statement, which the server plans once for a connection instead of every time
DRIVER: Final = MappingProxyType({"server_side_binding": True, "prepare_threshold": 3})


class DatabaseUrlUnreadable(Refusal):
    """Refuse a DATABASE_URL that does not name a PostgreSQL database."""

    key = "database-url-unreadable"
    title = "数据库地址无法识别"


def databases(data_dir: Path) -> dict[str, Database]:
    """
    Return Django's DATABASES: of DATABASE_URL if it is set, else of the bundled server of `data_dir`.

    Raises: `DatabaseUrlUnreadable`; `DataDirUnusable` if nothing can be kept there.
    """
    owner, app = _of_urls(data_dir) if os.environ.get("DATABASE_URL") else _of_the_bundled_server(data_dir)
    return {"default": app | {"OPTIONS": {**app["OPTIONS"], **DRIVER}}, "owner": owner}


def options(database: Database) -> dict[str, Any]:
    """Return the options of one connection outside Django."""
    own = {key: value for key, value in database["OPTIONS"].items() if key not in DRIVER}
    return {"connect_timeout": "10", **own}


def app_password_file(data_dir: Path) -> Path:
    """Return the file that keeps the password of the role `app` on a server that is not ours."""
    return data_dir / "app.password"


def _of_the_bundled_server(data_dir: Path) -> tuple[Database, Database]:
    cluster = cluster_of(data_dir)
    # where its socket lies is known only once its place is chosen
    prepare_place(cluster, user=server_user())

    def of(role: str) -> Database:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": DATABASE,
            "HOST": str(cluster.socket_dir),
            "PORT": "5432",
            "USER": role,
            "PASSWORD": cluster.password(role),
            "OPTIONS": {},
        }

    return of(OWNER_ROLE), of(APP_ROLE)


def _of_urls(data_dir: Path) -> tuple[Database, Database]:
    owner = _read_url("DATABASE_URL")
    if os.environ.get("APP_DATABASE_URL"):
        return owner, _app_of_its_url()
    return owner, owner | {"USER": APP_ROLE, "PASSWORD": kept_secret(app_password_file(data_dir))}


def _app_of_its_url() -> Database:
    app = _read_url("APP_DATABASE_URL")
    if app["USER"] != APP_ROLE:
        raise DatabaseUrlUnreadable(
            f"APP_DATABASE_URL 的用户是“{app['USER']}”，应为“{APP_ROLE}”。",
            remedy=f"请建立角色 {APP_ROLE}：表和行的权限都授予它。",
            field="APP_DATABASE_URL",
        )
    return app


def _read_url(variable: str) -> Database:
    try:
        found = conninfo_to_dict(os.environ[variable])
        name = found.pop("dbname")
    except (ProgrammingError, KeyError) as fault:
        raise DatabaseUrlUnreadable(
            f"环境变量 {variable} 不是 PostgreSQL 地址。",
            remedy="写法：postgresql://用户:密码@主机:5432/库名",
            field=variable,
        ) from fault
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "HOST": found.pop("host", ""),
        "PORT": found.pop("port", ""),
        "USER": found.pop("user", ""),
        "PASSWORD": found.pop("password", ""),
        "OPTIONS": found,
    }
