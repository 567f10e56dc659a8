"""The first start in places and states that are not as one would wish: it works, or it says what to do."""

import os
import socket
from pathlib import Path

import pytest
from tests.processes import environment, free_port, fyt, serving

pytestmark = pytest.mark.slow


def test_a_path_with_spaces_commas_and_chinese_works(prepared_dir: Path) -> None:
    odd = prepared_dir / "温县 府院通, 数据"
    odd.mkdir(mode=0o711)
    (prepared_dir / "postgres").rename(odd / "postgres")

    with serving(odd) as site:
        assert site.answers()


def test_a_directory_that_cannot_be_written_is_named() -> None:
    nowhere = Path("/proc/fuyuantong") if os.geteuid() == 0 else Path("/fuyuantong")

    refused = fyt("serve", env=environment(nowhere))

    assert refused.returncode == 2
    assert refused.stderr.startswith(f"数据目录不可用：无法在“{nowhere}”读写")


def test_a_taken_port_is_named(open_dir: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])

        refused = fyt("serve", env=environment(open_dir, PORT=port))

    assert refused.returncode == 2
    assert refused.stderr.startswith(f"端口不可用：端口 {port} 无法使用")


@pytest.mark.parametrize("port", ["70000", "0", "八千"])
def test_what_is_no_port_is_refused(open_dir: Path, port: str) -> None:
    refused = fyt("serve", env=environment(open_dir, PORT=port))

    assert refused.returncode == 2
    assert refused.stderr.startswith(f"端口不可用：“{port}”不是端口号")


def test_beside_a_running_site_a_second_is_refused_and_a_command_joins(prepared_dir: Path) -> None:
    with serving(prepared_dir) as site:
        before = site.program("postgres")

        refused = fyt("serve", env=environment(prepared_dir, PORT=str(free_port())))
        joined = fyt("migrate", "--check", env=environment(prepared_dir))

        assert (refused.returncode, site.address in refused.stderr) == (2, True)
        assert joined.returncode == 0
        assert site.program("postgres") == before
        assert site.answers()
