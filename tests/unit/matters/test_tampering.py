"""Whatever somebody changes in the tables, past every wall, is found: one change of each kind, and what is said of it."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from tests.databases import Databases, FreshDatabase
from tests.suggestions import HOUSING, LETTER, a_county, act, answer_of, at, drafted

from fuyuantong.matters.services.inner import assign
from fuyuantong.matters.session import acting
from fuyuantong.matters.verification import verify_all

NOW = at("2026-08-03")
CHANGED, DETACHED = "内容与摘要不符", "与前一记录不衔接"
SITUATION = "办理情况，登记的与由留痕推演的不一致"
ANSWER = "(SELECT max(id) FROM matter)"
# the answer has been received and assigned to a handler, so its trail has two records and cites an inner one
CHANGES = {
    f"UPDATE record SET move = 'x' WHERE matter_id = {ANSWER} AND seq = 2": CHANGED,
    "UPDATE record SET basis = '口头' WHERE seq = 1": CHANGED,
    "UPDATE record SET effective_on = effective_on - 1, basis = ' ' WHERE seq = 1": CHANGED,
    "UPDATE record SET recorded_at = recorded_at + interval '1 microsecond' WHERE seq = 1": CHANGED,
    "UPDATE record SET files = ARRAY['\\x00'::bytea] WHERE seq = 1": CHANGED,
    """UPDATE record SET "values" = '{"reply_by": "2027-09-30"}' WHERE seq = 2""": CHANGED,
    """UPDATE record SET resolved = '{}' WHERE seq = 1""": CHANGED,
    "UPDATE record SET prev = digest WHERE seq = 2": DETACHED,
    """UPDATE record SET resolved = (' ' || resolved)::json WHERE seq = 1""": CHANGED,
    "DELETE FROM record WHERE seq = 1": "序号不连续",
    f"DELETE FROM record WHERE matter_id = {ANSWER} AND seq = 2": "尾部缺少记录",
    f"DELETE FROM record WHERE matter_id = {ANSWER}": "尾部缺少记录",
    "DELETE FROM record; UPDATE matter SET head = decode(repeat('00', 32), 'hex')": "没有任何留痕",
    """UPDATE matter SET "values" = "values" || '{"title": "另一份"}'""": "填写的内容，登记的与留痕的不一致",
    """UPDATE matter SET fold = fold || '{"documents": ["x"]}'""": SITUATION,
    """UPDATE matter SET fold = fold || '{"facts": {"x": true}}'""": SITUATION,
    """UPDATE matter SET fold = fold - 'clocks'""": "办理情况",
    "UPDATE matter SET state = 'x'": "“环节”登记为“x”",
    "UPDATE matter SET phase = 1, closed_kind = 'x', closed_at = now()": "“办结方式”登记为“x”",
    "UPDATE matter SET number = '温法建〔2026〕9号'": "“文号”登记为“温法建〔2026〕9号”",
    "UPDATE matter SET seq = seq + 1": "“留痕条数”登记为",
    "UPDATE matter SET due_on = due_on + 1": "“届满日”登记为",
    "UPDATE matter SET governing_clock = 'x'": "“考核期限”登记为“x”",
    "UPDATE matter SET stay_seq = 0": "“进入环节的记录”登记为“0”",
    "UPDATE matter SET round = round + 1": "“轮次”登记为",
    "UPDATE matter SET mechanism = 'dispute'": "“机制”登记为“dispute”",
    "UPDATE matter SET version = version + 1": "“机制版本”登记为",
    "UPDATE matter SET declaration_digest = head": "“机制文本”登记为",
    "UPDATE matter SET epoch = epoch + 1": "“保管届次”登记为“2”",
    "UPDATE matter SET initiator_id = (SELECT max(id) FROM organ)": "“发起单位”登记为“410825-office”",
    "UPDATE matter SET holder_id = (SELECT max(id) FROM organ)": "“办理单位”登记为“410825-office”",
    """UPDATE inner_record SET "values" = '{"handler": "x"}'""": CHANGED,
    "UPDATE inner_record SET account = 'x'": CHANGED,
    "DELETE FROM inner_record": "留痕所引的内部留痕不存在",
    """UPDATE clock SET rule = rule || '{"started_on": "2026-08-01"}'""": "与留痕所载的不一致",
    "UPDATE clock SET rule = rule - 'rule'": "不能重算",
    "UPDATE clock SET due_on = due_on + 1": "重算为",
    "UPDATE clock SET state = 2": "与留痕所载的不一致",
    "DELETE FROM clock": "留痕有载而没有登记",
    "DELETE FROM number_taken": "文号不连续",
}


@pytest.fixture
def no_walls(databases: Databases, fresh_database: FreshDatabase) -> Iterator[None]:
    """Give one answered suggestion in a database whose walls and triggers are torn down."""
    county = a_county()
    uid = drafted(county, now=NOW)
    act(county, uid, "issue", now=NOW, receiver_organs=[HOUSING], reply_by="2026-09-30", **LETTER)
    answer = answer_of(uid, HOUSING)
    assign(answer, county.people[HOUSING].username, by=county.by(HOUSING), now=NOW)
    act(county, answer, "receive", now=NOW)
    with databases.server.cluster.connect(database=fresh_database.name) as owner:
        for table in ("record", "inner_record", "matter", "clock", "number_taken"):
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL, DISABLE ROW LEVEL SECURITY")
            owner.execute(f"GRANT ALL ON {table} TO app_engine")
    return


def said_after(change: str) -> list[str]:
    """Return what is found after a change, which is then undone."""
    with transaction.atomic():
        with acting(), connection.cursor() as cursor:
            cursor.execute(change)
        said = [broken.found.what for broken in verify_all().broken]
        transaction.set_rollback(True)
    return said


@pytest.mark.usefixtures("no_walls")
def test_every_change_is_found() -> None:
    assert verify_all().holds
    for change, words in CHANGES.items():
        said = said_after(change)
        assert any(words in one for one in said), (change, said)
