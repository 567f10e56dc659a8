"""The triggers bind the owner of the tables too, on rows that are really there."""

import pytest
from django.db import DatabaseError, connections, transaction
from tests.builders import NOW, an_organ
from tests.matter_rows import Part, a_matter, a_slip, an_inner_record

from fuyuantong.matters.models.fund import Fund, FundEntry
from fuyuantong.matters.models.number import NumberTaken
from fuyuantong.matters.models.secret import ReadingLog
from fuyuantong.matters.session import acting

CHANGES = {
    "record": "move = 'x'",
    "inner_record": "kind = 'x'",
    "number_taken": "serial = 2",
    "fund_entry": "amount_fen = 2",
    "reading_log": "purpose = 'x'",
    "declaration": "version = 2",
    "slip": "kind = 'x'",
}


@pytest.fixture
def one_row_each(fresh_database):
    court = an_organ()
    matter = a_matter(Part(court))
    an_inner_record(matter, court)
    a_slip(matter, court)
    with acting():
        NumberTaken.objects.create(organ=court, kind="letter", year=2026, serial=1, matter=matter)
        fund = Fund.objects.create(organ=court, key="relief", title="司法救助")
        FundEntry.objects.create(fund=fund, seq=1, kind="budget", amount_fen=1, at=NOW)
        ReadingLog.objects.create(at=NOW, account_id=1, matter_id=matter.pk, field="phone", purpose="核实身份")


def refused(statement):
    owner = connections["owner"]
    with pytest.raises(DatabaseError) as refusal, transaction.atomic(using="owner"), owner.cursor() as cursor:
        cursor.execute(statement)
    return str(refusal.value)


@pytest.mark.slow
@pytest.mark.usefixtures("one_row_each")
def test_the_owner_changes_and_deletes_nothing_that_is_kept():
    for table, change in CHANGES.items():
        assert "append-only" in refused(f"UPDATE {table} SET {change}"), table
        assert "append-only" in refused(f"DELETE FROM {table}"), table
