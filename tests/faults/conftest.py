"""A county whose client and worker can be killed, and the auditor who looks at it afterwards."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.databases import FreshDatabase
from tests.faults.orders import Driver, driving
from tests.faults.soundness import Auditor
from tests.suggestions import County, a_county


@pytest.fixture
def data_dir(tmp_path: Path, settings: Any) -> Path:
    """Give a data directory for the processes of a test and the test itself."""
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "storage"
    return tmp_path


@pytest.fixture
def county(fresh_database: FreshDatabase) -> County:
    """Commit a county."""
    return a_county()


@pytest.fixture
def driver(fresh_database: FreshDatabase, county: County, data_dir: Path) -> Iterator[Driver]:
    """Give a driver of the county."""
    with driving(fresh_database, data_dir, county) as found:
        yield found


@pytest.fixture
def auditor() -> Auditor:
    """Give an auditor who has seen nothing yet."""
    return Auditor()
