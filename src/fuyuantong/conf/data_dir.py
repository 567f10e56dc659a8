"""Where one installation keeps what is its own: the database, its secrets and its logs."""

import os
import secrets
from pathlib import Path

from fuyuantong.refusal import Refusal

LARGEST_LOG = 10 * 1024 * 1024


class DataDirUnusable(Refusal):
    """Refuse to start where nothing can be written."""

    key = "data-dir-unusable"
    title = "数据目录不可用"


def data_dir() -> Path:
    """Return the absolute data directory named by DATA_DIR, `.data` of the current directory by default."""
    return Path(os.environ.get("DATA_DIR") or ".data").expanduser().absolute()


def make_private_dir(path: Path) -> Path:
    """
    Make `path` if it is missing, listed by its owner alone, and leave an existing one as it is.

    A directory made by root may be passed through: its database runs as another user.
    Raises: `DataDirUnusable` if it cannot be made.
    """
    try:
        if not path.is_dir():
            path.mkdir(parents=True, exist_ok=True)
            path.chmod(0o711 if os.geteuid() == 0 else 0o700)
    except OSError as error:
        raise unusable(path, error=error) from error
    return path


def kept_secret(path: Path) -> str:
    """
    Return the secret kept in `path`, made on first use, readable by its owner alone.

    Several processes that ask at once are given the same secret: a file becomes visible only when complete.
    Raises: `DataDirUnusable` if it can neither be read nor made.
    """
    try:
        if not path.exists():
            make_private_dir(path.parent)
            _publish(path, secrets.token_urlsafe(48))
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise unusable(path, error=error) from error


def unusable(path: Path, *, error: OSError) -> DataDirUnusable:
    """Return the refusal that says why `path` cannot be used."""
    return DataDirUnusable(
        f"无法在“{path}”读写：{error.strerror}。",
        remedy="请检查该目录的权限和磁盘空间，或用环境变量 DATA_DIR 指定另一个可写的目录。",
    )


def keep_log_small(log: Path) -> None:
    """Set a log aside that has grown large; one such is kept."""
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.replace(log.with_suffix(".old.log"))


def _publish(path: Path, text: str) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()
