"""The directory log counts without gaps, whoever writes at the same time."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from tests.builders import NOW, a_region

from fuyuantong.organs.models import DirectoryChange
from fuyuantong.organs.services import NewOrgan, found_organ


def found_court(number):
    name = f"第{number}法院"
    new = NewOrgan(f"410825-court{number}", "court", "court", "410825", name, name, "one", True)
    try:
        found_organ(new, effective_on=NOW.date(), by=None, now=NOW)
    finally:
        connection.close()


@pytest.mark.slow
@pytest.mark.usefixtures("fresh_database")
def test_four_at_once_get_four_versions_in_a_row():
    a_region("410825")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(found_court, range(20)))

    versions = list(DirectoryChange.objects.order_by("version").values_list("version", flat=True))
    assert versions == list(range(1, 24))
