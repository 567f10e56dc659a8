"""One database cluster of ours: where its parts lie and how to reach it."""

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import psycopg

from fuyuantong.conf.data_dir import kept_secret

OWNER_ROLE = "owner"
DATABASE = "fuyuantong"
LONGEST_SOCKET_PATH = 100
SOCKET_NAME = ".s.PGSQL.5432"


@dataclass(frozen=True)
class Cluster:
    """
    Name one cluster by its home directory.

    `durable` is false only for the clusters that tests make and throw away.
    """

    home: Path
    durable: bool = True

    @property
    def place(self) -> Path:
        """Return where the server's own files lie: the home, or what was chosen because its user cannot enter it."""
        pointer = self.home / "place"
        return Path(pointer.read_text(encoding="utf-8")) if pointer.exists() else self.home

    @property
    def data(self) -> Path:
        """Return the directory of the cluster; it exists only when it is complete."""
        return self.place / "data"

    @property
    def log(self) -> Path:
        """Return the log of the server."""
        return self.home / "postgres.log"

    @property
    def socket_dir(self) -> Path:
        """Return the directory of the socket: short enough for the kernel, without the comma that divides hosts."""
        beside = self.place / "socket"
        if len(os.fsencode(beside / SOCKET_NAME)) <= LONGEST_SOCKET_PATH and "," not in str(beside):
            return beside
        return Path("/tmp") / f"fuyuantong-{sha256(os.fsencode(beside)).hexdigest()[:16]}"

    def password(self, role: str) -> str:
        """Return the password of a role, made on first use."""
        return kept_secret(self.home / f"{role}.password")

    def connect(self, *, role: str = OWNER_ROLE, database: str = DATABASE) -> psycopg.Connection:
        """Return an autocommit connection."""
        return psycopg.connect(
            host=str(self.socket_dir),
            user=role,
            password=self.password(role),
            dbname=database,
            autocommit=True,
            connect_timeout=10,
        )


def cluster_of(data_dir: Path) -> Cluster:
    """Return the cluster of an installation."""
    return Cluster(data_dir / "postgres")
