"""Databases for tests: a PostgreSQL per test process, copied from a migrated seed that is made once."""

import fcntl
import os
import secrets
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.core.management import call_command
from django.db import connections
from psycopg import sql
from tests.repository import REPOSITORY

from fuyuantong.conf.databases import DRIVER
from fuyuantong.conf.postgres.cluster import DATABASE, OWNER_ROLE, Cluster
from fuyuantong.conf.postgres.roles import APP_ROLE
from fuyuantong.conf.postgres.supervisor import Server, running

# not the session's own temporary directory: the server's user must be able to enter it, and sockets want short paths
SHELF = Path("/tmp") / f"fuyuantong-tests-{os.geteuid()}"
ROLES = {"default": APP_ROLE, "owner": OWNER_ROLE}
SHAPES_A_SEED = (
    "src/fuyuantong/**/migrations/*.py",
    "src/fuyuantong/**/sql/*.sql",
    "src/fuyuantong/conf/postgres/*.py",
    "src/fuyuantong/organs/raw_sql.py",
    "src/fuyuantong/conf/settings.py",
    "requirements.lock",
    "tests/databases.py",
)
KEPT_SECONDS = {"seed": 3600, "open": 24 * 3600, "site": 24 * 3600}


@dataclass(frozen=True)
class FreshDatabase:
    """Name a database that one test has for itself."""

    server: Server
    name: str

    def environment(self) -> dict[str, str]:
        """Return what a process started by the test needs in its environment to work on this database."""
        return {"DATABASE_URL": self._url(OWNER_ROLE), "APP_DATABASE_URL": self._url(APP_ROLE)}

    def _url(self, role: str) -> str:
        cluster = self.server.cluster
        return f"postgresql://{role}:{cluster.password(role)}@/{self.name}?host={cluster.socket_dir}&port=5432"


@dataclass
class Databases:
    """Hold this process's server and hand out copies of its migrated template."""

    server: Server
    in_use: str = DATABASE

    @classmethod
    @contextmanager
    def started(cls) -> Iterator["Databases"]:
        """Give a running server of this process, copied from the seed; it and its files go afterwards."""
        with copy_of_the_seed() as cluster, running(cluster) as server:
            yield cls(server)

    def clone(self, template: str = DATABASE) -> str:
        """Return the name of a new copy of the migrated template, or of another database that nobody uses."""
        name = f"copy_{secrets.token_hex(4)}"
        with self.server.cluster.connect(database="postgres") as connection:
            statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
            connection.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def use(self, name: str) -> None:
        """Point Django's connections to a database of this server."""
        _point_django_to(self.server.cluster, name=name)
        self.in_use = name

    @contextmanager
    def elsewhere(self, cluster: Cluster) -> Iterator[None]:
        """Let Django work on the database of another running cluster meanwhile."""
        _point_django_to(cluster, name=DATABASE)
        yield
        self.use(self.in_use)

    @contextmanager
    def fresh(self, template: str = DATABASE) -> Iterator[FreshDatabase]:
        """Give a copy that Django uses meanwhile and that is dropped afterwards, whoever is still connected."""
        before, name = self.in_use, self.clone(template)
        self.use(name)
        try:
            yield FreshDatabase(self.server, name)
        finally:
            self.use(before)
            with self.server.cluster.connect(database="postgres") as connection:
                connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _point_django_to(cluster: Cluster, *, name: str) -> None:
    connections.close_all()
    for alias, role in ROLES.items():
        place = {"NAME": name, "HOST": str(cluster.socket_dir), "PORT": "5432", "OPTIONS": {}}
        connections.settings[alias].update(place | {"USER": role, "PASSWORD": cluster.password(role)})
    connections.settings["default"]["OPTIONS"] = dict(DRIVER)


@contextmanager
def an_open_dir() -> Iterator[Path]:
    """Give an empty directory that the database's user can enter."""
    SHELF.mkdir(mode=0o711, exist_ok=True)
    path = SHELF / f"open-{secrets.token_hex(4)}"
    path.mkdir(mode=0o711)
    yield path
    shutil.rmtree(path)


@contextmanager
def copy_of_the_seed() -> Iterator[Cluster]:
    """Give a stopped cluster with all migrations applied, for this process alone; its files go afterwards."""
    SHELF.mkdir(mode=0o711, exist_ok=True)
    with (SHELF / "shelf.lock").open("w") as shelf:
        fcntl.flock(shelf, fcntl.LOCK_EX)
        _sweep()
        seed = _seed()
        copy = SHELF / f"run-{os.getpid()}-{secrets.token_hex(4)}"
        # ownership is part of a cluster: shutil would lose it
        subprocess.run(["cp", "-Rp", seed, copy], check=True)
        in_use = (copy / "in-use").open("w")
        fcntl.flock(in_use, fcntl.LOCK_EX)
    with in_use:
        yield Cluster(copy, durable=False)
        shutil.rmtree(copy, ignore_errors=True)


def _seed() -> Path:
    """Return the directory of a stopped cluster with all migrations applied, making it if they have changed."""
    seed = SHELF / f"seed-{_fingerprint()}"
    if not seed.exists():
        draft = SHELF / "draft"
        shutil.rmtree(draft, ignore_errors=True)
        with running(Cluster(draft, durable=False)) as server:
            _point_django_to(server.cluster, name=DATABASE)
            call_command("migrate", database="owner", verbosity=0)
            connections.close_all()
        draft.rename(seed)
    os.utime(seed)
    return seed


def _fingerprint() -> str:
    digest = sha256()
    for pattern in SHAPES_A_SEED:
        for path in sorted(REPOSITORY.glob(pattern)):
            digest.update(str(path.relative_to(REPOSITORY)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _sweep() -> None:
    """Remove copies whose process is gone, and what a killed test left or nobody has asked for lately."""
    for copy in SHELF.glob("run-*"):
        with (copy / "in-use").open("w") as in_use:
            try:
                fcntl.flock(in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            shutil.rmtree(copy)
    for kind, seconds in KEPT_SECONDS.items():
        for old in SHELF.glob(f"{kind}-*"):
            if time.time() - old.stat().st_mtime > seconds:
                shutil.rmtree(old)
