"""Run the whole site on one machine: the database, the web server and the worker, started and stopped together."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from fuyuantong.conf.data_dir import data_dir, keep_log_small
from fuyuantong.conf.postgres.claim import claimed
from fuyuantong.conf.postgres.cluster import Cluster, cluster_of
from fuyuantong.conf.postgres.lifeline import BoundProcess, start_bound
from fuyuantong.conf.postgres.supervisor import Server, start
from fuyuantong.refusal import Refusal

HOST = "127.0.0.1"
DEFAULT_PORT = "8000"
LOOK_SECONDS = 0.5
STOP_SECONDS = 10
READY_SECONDS = 60
SHORTEST_LIFE_SECONDS = 10
LONGEST_PAUSE_SECONDS = 30


class PortUnusable(Refusal):
    """Refuse a port that is no number, or that another program has."""

    key = "port-unusable"
    title = "端口不可用"


class NotPrepared(Refusal):
    """Refuse to serve a database that could not be prepared."""

    key = "not-prepared"
    title = "数据库未能准备好"


@dataclass
class Kept:
    """Hold a program that is started again when it dies, at growing intervals if it dies young."""

    title: str
    command: list[str]
    log: Path
    ends_with: signal.Signals
    process: BoundProcess | None = None
    started_at: float = 0.0
    pause: float = 0.0
    not_before: float = 0.0

    def look(self) -> None:
        """Start the program if it does not run and its pause is over."""
        if self.process and self.process.is_running():
            return
        now = time.monotonic()
        if self.process:
            self._bury(now)
        if now >= self.not_before:
            settings = {"DJANGO_SETTINGS_MODULE": "fuyuantong.conf.settings", "DATA_DIR": str(data_dir())}
            environment = {**os.environ, **settings}
            keep_log_small(self.log)
            with self.log.open("ab") as log:
                self.process = start_bound(self.command, ends_with=self.ends_with, environment=environment, log=log)
            self.started_at = now

    def stop(self) -> None:
        """Ask the program to end, then insist; what it had started ends with it."""
        if self.process:
            self.process.stop(signal.SIGTERM, signal.SIGKILL, patience=STOP_SECONDS)
            _end_group(self.process)

    def _bury(self, now: float) -> None:
        assert self.process
        code = self.process.process.returncode
        _end_group(self.process)
        self.process = None
        died_young = now - self.started_at < SHORTEST_LIFE_SECONDS
        self.pause = min(max(1.0, self.pause * 2), LONGEST_PAUSE_SECONDS) if died_young else 0.0
        self.not_before = now + self.pause
        print(
            f"{self.title}意外结束（{code}），{self.pause:.0f} 秒后重新启动；详见 {self.log}",
            file=sys.stderr,
            flush=True,
        )


def serve() -> None:
    """
    Run the site until SIGINT or SIGTERM, restarting what dies.

    Raises: `AlreadyRunning`, `PortUnusable`, `NotPrepared`, and what starting the database refuses.
    """
    port = _port()
    address = f"http://{HOST}:{port}"
    cluster = cluster_of(data_dir())
    with _told_to_stop() as stopped, claimed(cluster, address=address) as claim, ExitStack() as stack:
        _check_free(port)
        database = stack.enter_context(_database(cluster))
        claim.announce(ready=True)
        _prepare()
        programs = (
            Kept("网页服务", _web(port), data_dir() / "web.log", ends_with=signal.SIGTERM),
            # asked politely it would wait for the database, which is gone with us
            Kept("后台任务", _worker(), data_dir() / "worker.log", ends_with=signal.SIGKILL),
        )
        for program in programs:
            stack.callback(program.stop)
            program.look()
        if _answers(address, stopped=stopped):
            print(f"府院通已启动：{address} （数据目录 {data_dir()}，按 Ctrl+C 停止）", flush=True)
        while not stopped.wait(LOOK_SECONDS):
            database.look()
            for program in programs:
                program.look()


@dataclass
class _Database:
    """Hold our server, if it is ours, and start it again when it dies."""

    server: Server | None

    def look(self) -> None:
        if self.server and not self.server.is_running():
            print("数据库意外结束，正在恢复。", file=sys.stderr, flush=True)
            self.server = start(self.server.cluster)


@contextmanager
def _database(cluster: Cluster) -> Iterator[_Database]:
    database = _Database(None if os.environ.get("DATABASE_URL") else start(cluster))
    try:
        yield database
    finally:
        if database.server:
            database.server.stop()


@contextmanager
def _told_to_stop() -> Iterator[threading.Event]:
    stopped = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _port() -> int:
    said = os.environ.get("PORT") or DEFAULT_PORT
    if not said.isdecimal() or not 1 <= int(said) <= 65535:
        raise PortUnusable(f"“{said}”不是端口号。", remedy="PORT 应为 1 至 65535 的整数。", field="PORT")
    return int(said)


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise PortUnusable(
                f"端口 {port} 无法使用：{error.strerror}。",
                remedy="请停止占用它的程序，或换一个端口，例如：PORT=8001 make run",
                field="PORT",
            ) from error


def _prepare() -> None:
    done = subprocess.run([sys.executable, "-m", "fuyuantong.conf.command_line", "prepare"], check=False)
    if done.returncode:
        raise NotPrepared("更新表结构或载入演示县失败，原因见上。", remedy="处理后重新启动；已完成的部分不会丢失。")


def _web(port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)),
        *("--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "warning"),
        "fuyuantong.conf.served:application",
    ]


def _worker() -> list[str]:
    return [sys.executable, "-m", "django", "procrastinate", "--skip-checks", "worker"]


def _answers(address: str, *, stopped: threading.Event) -> bool:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and not stopped.wait(0.1):
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            continue
    return False


def _end_group(process: BoundProcess) -> None:
    try:
        os.killpg(process.process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
