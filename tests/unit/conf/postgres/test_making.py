"""A cluster is made whole or not at all, and what stands in the way is named."""

import shutil
from collections import namedtuple
from dataclasses import replace
from pathlib import Path

import pytest

from fuyuantong.conf.data_dir import DataDirUnusable
from fuyuantong.conf.postgres.binaries import find_binaries, server_user
from fuyuantong.conf.postgres.cluster import Cluster
from fuyuantong.conf.postgres.making import ClusterNotMade, make_cluster, prepare_place

Usage = namedtuple("Usage", "free")


def full_disk(path: Path) -> Usage:
    """Stand for a disk without space."""
    return Usage(free=1024)


@pytest.fixture
def cluster(open_dir: Path) -> Cluster:
    """Give a cluster whose directories are there and which is not yet made."""
    found = Cluster(open_dir / "postgres", durable=False)
    prepare_place(found, user=server_user())
    return found


def test_a_full_disk_is_named_before_anything_is_made(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", full_disk)

    with pytest.raises(ClusterNotMade, match="不足 200 MB"):
        make_cluster(cluster, binaries=find_binaries(), user=server_user())

    assert not cluster.data.exists()


def test_what_initdb_says_is_passed_on_and_nothing_half_made_counts(cluster: Cluster) -> None:
    broken = cluster.place / "broken" / "bin"
    broken.mkdir(parents=True)
    (broken / "initdb").write_text("#!/bin/sh\necho no luck >&2\nexit 1\n", encoding="ascii")
    (broken / "initdb").chmod(0o755)

    with pytest.raises(ClusterNotMade, match="no luck"):
        make_cluster(cluster, binaries=replace(find_binaries(), directory=broken), user=server_user())

    assert not cluster.data.exists()
    assert not (cluster.place / ".initdb-password").exists()


def test_a_socket_directory_of_somebody_else_is_refused(cluster: Cluster) -> None:
    cluster.socket_dir.rmdir()
    cluster.socket_dir.symlink_to("/tmp")

    with pytest.raises(ClusterNotMade, match="属于其他用户"):
        prepare_place(cluster, user=server_user())


def test_a_socket_directory_that_cannot_be_made_is_named(cluster: Cluster) -> None:
    cluster.socket_dir.rmdir()
    cluster.socket_dir.touch()

    with pytest.raises(DataDirUnusable, match="socket"):
        prepare_place(cluster, user=server_user())
