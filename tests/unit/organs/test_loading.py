"""A folder of CSV files is loaded whole or not at all, again and again with the same result."""

from pathlib import Path
from shutil import copytree

import pytest
from tests.builders import NOW

import fuyuantong.organs
from fuyuantong.organs.loading import BadDirectory, load_directory
from fuyuantong.organs.models import DirectoryChange, Region
from fuyuantong.organs.queries import (
    organ_by_code,
)
from fuyuantong.organs.services import rename_organ

pytestmark = pytest.mark.django_db

DEMO = Path(fuyuantong.organs.__file__).with_name("demo")
SMALL = {
    "regions.csv": "code,name,valid_from\n410000,河南省,2020-12-31\n410800,焦作市,2020-12-31\n410825,温县,2020-12-31\n",
    "organs.csv": (
        "code,branch,kind,region_code,full,short,node_id,online,valid_from\n"
        "410825-government,government,people-government,410825,温县人民政府,县政府,one,yes,2021-01-01\n"
        "410825-justice,government,department,410825,温县司法局,县司法局,one,no,2021-01-01\n"
    ),
    "relations.csv": ("from,relation,to,valid_from\n410825-government,superior_of,410825-justice,2021-01-01\n"),
    "people.csv": (
        "username,display_name,organ,post_kind,post_title,since\n"
        "justice.handler,县司法局经办人甲,410825-justice,handler,经办人,2022-01-04\n"
    ),
}


def folder(tmp_path, **changes):
    for name, text in SMALL.items():
        before, after = changes.get(name.removesuffix(".csv"), ("", ""))
        assert before in text
        (tmp_path / name).write_text(text.replace(before, after, 1) if before else text, encoding="utf-8")
    return tmp_path


def load(path):
    return load_directory(path, by=None, now=NOW)


def faults_of(path):
    with pytest.raises(BadDirectory) as refused:
        load(path)
    return [(fault.file, fault.row, fault.column) for fault in refused.value.faults]


def test_what_happened_since_is_not_undone_by_a_second_load(tmp_path):
    load(folder(tmp_path))
    organ = organ_by_code("410825-justice")
    rename_organ(organ, full="温县司法行政局", short="县司法局", effective_on=NOW.date(), by=None, now=NOW)

    assert load(folder(tmp_path)).organs == 0


def test_a_file_with_a_mark_and_blank_lines_loads(tmp_path):
    path = folder(tmp_path)
    text = (path / "organs.csv").read_text(encoding="utf-8")
    (path / "organs.csv").write_text("\ufeff" + text.replace("\n4", "\n\n4", 1), encoding="utf-8")

    assert load(path).organs == 2


@pytest.mark.parametrize(
    ("file", "before", "after", "place"),
    [
        ("regions", "410825,温县", "41082,温县", ("regions.csv", 4, "code")),
        ("regions", "河南省", "", ("regions.csv", 2, "name")),
        ("regions", "410000,河南省,2020-12-31", "410000,河南省,20201231", ("regions.csv", 2, "valid_from")),
        ("organs", "justice,government", "justice,army", ("organs.csv", 3, "branch")),
        ("organs", "one,no", "one,maybe", ("organs.csv", 3, "online")),
        ("organs", "温县司法局", "温县\u200b司法局", ("organs.csv", 3, "full")),
        ("organs", "410825-justice", "410825-government", ("organs.csv", 3, "kind")),
        ("relations", "superior_of", "friend_of", ("relations.csv", 2, "relation")),
        ("relations", "410825-government", "410825-none", ("relations.csv", 2, "from")),
        ("relations", "410825-justice", "410825-none", ("relations.csv", 2, "to")),
        ("relations", "2021-01-01", "2020-01-01", ("relations.csv", 2, "")),
        ("people", "410825-justice", "410825-none", ("people.csv", 2, "organ")),
        ("people", "handler,经办人", "minister,经办人", ("people.csv", 2, "post_kind")),
        ("people", "justice.handler", "Justice", ("people.csv", 2, "username")),
        ("people", "2022-01-04", "2022-02-30", ("people.csv", 2, "since")),
        ("people", ",2022-01-04", "", ("people.csv", 2, "")),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_loaded(tmp_path, file, before, after, place):
    assert place in faults_of(folder(tmp_path, **{file: (before, after)}))
    assert not Region.objects.exists()
    assert not DirectoryChange.objects.exists()


def test_a_changed_row_is_refused_not_applied(tmp_path):
    load(folder(tmp_path))

    assert faults_of(folder(tmp_path, regions=("温县", "温市"))) == [("regions.csv", 4, "name")]
    assert faults_of(folder(tmp_path, organs=("温县司法局", "温县法务局"))) == [("organs.csv", 3, "full")]
    assert faults_of(folder(tmp_path, people=("经办人甲", "经办人乙"))) == [("people.csv", 2, "display_name")]
    assert faults_of(folder(tmp_path, organs=("no,2021-01-01", "no,2020-12-31"))) == [("organs.csv", 3, "valid_from")]


@pytest.mark.parametrize(
    ("content", "row"),
    [(b"", 1), (b"a,b\n", 1), (b"\xff\xfe", 1), (b'code,name,valid_from\n"410000', 2), (None, 1)],
)
def test_a_file_that_is_no_table_is_refused(tmp_path, content, row):
    path = folder(tmp_path)
    if content is None:
        (path / "regions.csv").unlink()
    else:
        (path / "regions.csv").write_bytes(content)

    assert faults_of(path) == [("regions.csv", row, "")]


def test_all_faults_are_named_at_once(tmp_path):
    path = copytree(DEMO, tmp_path / "demo")
    text = (path / "organs.csv").read_text(encoding="utf-8")
    (path / "organs.csv").write_text(text.replace(",government,", ",army,"), encoding="utf-8")
    with pytest.raises(BadDirectory, match="等共") as refused:
        load(path)

    assert len(refused.value.faults) > 40
