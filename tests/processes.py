"""Our programs as processes, for tests that start and kill them."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

PATIENCE_SECONDS = 60
# the tester's own database, and what would make every program compile all modules again
NOT_OURS = ("DATABASE_URL", "APP_DATABASE_URL", "PYTHONDONTWRITEBYTECODE")
FYT = (sys.executable, "-m", "fuyuantong.conf.command_line")


@dataclass
class Site:
    """Hold a running `fyt serve` and what it has printed."""

    process: subprocess.Popen[str]
    data_dir: Path
    port: int

    @property
    def address(self) -> str:
        """Return where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def family(self) -> list[psutil.Process]:
        """Return the site's process and all below it."""
        launcher = psutil.Process(self.process.pid)
        return [launcher, *launcher.children(recursive=True)]

    def program(self, word: str) -> psutil.Process:
        """Return the site's own child whose command line contains `word`."""
        return next(iter(self._children(word)))

    def has_another(self, word: str, *, than: psutil.Process) -> bool:
        """Tell whether such a child runs that is not this one."""
        return any(child != than for child in self._children(word))

    def _children(self, word: str) -> list[psutil.Process]:
        return [child for child in psutil.Process(self.process.pid).children() if word in command_line(child)]

    def answers(self) -> bool:
        """Tell whether the web server reaches its database."""
        try:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=5):
                return True
        except OSError:
            return False


def command_line(process: psutil.Process) -> str:
    """Return how a process was started; one that ends meanwhile has no command line any more."""
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""


def environment(data_dir: Path, **more: str) -> dict[str, str]:
    """Return the environment of a program of ours on its own data directory, whatever the tester has set."""
    outer = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    return {**outer, "DATA_DIR": str(data_dir), **more}


def fyt(*words: str, env: Mapping[str, str], stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [*FYT, *words], env=env, input=stdin, capture_output=True, text=True, check=False, timeout=120
    )


@contextmanager
def serving(data_dir: Path, **more: str) -> Iterator[Site]:
    """Give a site that answers on a free port; afterwards nothing of it runs."""
    site = start_site(data_dir, **more)
    try:
        assert site.process.stdout
        assert site.address in site.process.stdout.readline()
        yield site
    finally:
        stop(site)


def start_site(data_dir: Path, **more: str) -> Site:
    """Start a site without waiting for it."""
    port = free_port()
    env = environment(data_dir, PORT=str(port), **more)
    process = subprocess.Popen([*FYT, "serve"], env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    return Site(process, data_dir, port)


def stop(site: Site) -> None:
    """Ask a site to end and wait for it."""
    site.process.send_signal(signal.SIGTERM)
    site.process.communicate(timeout=PATIENCE_SECONDS)


def free_port() -> int:
    """Return a port that nobody uses just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def eventually(is_so: Callable[[], object]) -> bool:
    """Tell whether something becomes true before patience ends."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if is_so():
            return True
        time.sleep(0.05)
    return False


def all_gone(processes: list[psutil.Process]) -> bool:
    """Tell whether none of these processes is left; a process id used again is another process."""
    return not any(process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in processes)
