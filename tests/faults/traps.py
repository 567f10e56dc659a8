"""Traps: named points at which a process kills itself, so that nothing of it can clean up."""

import os
import re
import signal
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.base import File
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

# what has just been written, inside the transaction
STATEMENTS = {
    "record": re.compile(r'INSERT INTO "?record"?\b'),
    "matter": re.compile(r'UPDATE "?matter"?\b'),
    "follow-up": re.compile(r'INSERT INTO "?(link|slip)"?\b'),
    "number": re.compile(r"INSERT INTO serial\b"),
    "notice": re.compile(r'INSERT INTO "?notice"?\b'),
}
# the same of a feed of cases
CASES = {
    "fed": re.compile(r"INSERT INTO fed_row\b"),
    "case": re.compile(r"INSERT INTO court_case\b"),
    "demand": re.compile(r"INSERT INTO case_demand\b"),
    "sight": re.compile(r"INSERT INTO case_sight\b"),
}
# before and after the commit of a transaction that wrote a record; while a file is being written
POINTS = (*STATEMENTS, "commit", "answer", "file")


class Trap:
    """Kill this process the n-th time that it passes a point."""

    def __init__(self, point: str, *, countdown: int) -> None:
        self.point = point
        self.countdown = countdown
        self.has_written = False

    def passed(self, point: str) -> None:
        """Count down where the trap stands."""
        if point == self.point:
            self.countdown -= 1
            if self.countdown == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def set(self) -> None:
        """Put the trap into the database driver and the file storage of this process, for the rest of its life."""
        connection.execute_wrappers.append(self._statement)
        BaseDatabaseWrapper._commit = self._committing(BaseDatabaseWrapper._commit)
        File.chunks = self._chunking(File.chunks)

    def _statement(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        writes = STATEMENTS["record"].search(sql) or CASES["case"].search(sql)
        self.has_written = self.has_written or bool(writes)
        for point, pattern in {**STATEMENTS, **CASES}.items():
            if pattern.search(sql):
                self.passed(point)
        return result

    def _committing(self, commit: Callable[[Any], None]) -> Callable[[Any], None]:
        def committed(wrapper: Any) -> None:
            if self.has_written:
                self.passed("commit")
            commit(wrapper)
            if self.has_written:
                self.has_written = False
                self.passed("answer")

        return committed

    def _chunking(self, chunks: Callable[..., Iterator[bytes]]) -> Callable[..., Iterator[bytes]]:
        def one_by_one(file: Any, chunk_size: int | None = None) -> Iterator[bytes]:
            for chunk in chunks(file, chunk_size):
                yield chunk
                self.passed("file")

        return one_by_one
