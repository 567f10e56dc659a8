"""A court imports its cases from the command line: told what is wrong, then taken, and again without harm."""

import pytest
from tests.suggestions import COURT, a_county
from tests.unit.registers.conftest import HEAD, ONE

pytestmark = pytest.mark.django_db


def test_a_file_with_faults_is_told_row_by_row_and_taken_when_it_is_mended(terminal, tmp_path):
    court = a_county().people[COURT].username
    file = tmp_path / "案件.csv"
    file.write_text(f"{HEAD},奇\n{ONE}\n豫0825行初2号,住建局\n", encoding="gb18030")
    refused = terminal("case", "import", str(file), "--by", court)

    assert refused.code == 1
    assert "共 2 行：新登记 1，更正 0，无变化 0，有误 1；已导入 0" in refused.said
    assert "不认识的列，未导入：奇" in refused.said
    assert "第 3 行 案号：“豫0825行初2号”应以括号中的四位年份开头" in refused.said
    taken = terminal("case", "import", str(file), "--by", court, "--good-only", "--json").data
    assert (taken["taken"], taken["faults"][0]["column"]) == (1, "案号")
    again = terminal("case", "import", str(file), "--by", court, "--look", "--json")
    assert (again.code, again.data["same"], again.data["taken"]) == (1, 1, 0)
    file.write_text("案号,结案日期,结案方式\n（2026）豫0825行初1号,2026-06-01,撤诉\n", encoding="utf-8")
    assert terminal("case", "import", str(file), "--by", court, "--json").data["changed"] == 1
    file.write_text("案号,结案日期,结案方式\n（2026）豫0825行初1号,清除,清除\n", encoding="utf-8")
    assert "须写 --reopen 才导入" in terminal("case", "import", str(file), "--by", court).said
    assert "打不开" in terminal("case", "import", str(tmp_path / "无"), "--by", court).refused
