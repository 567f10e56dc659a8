"""A demo county with a few matters: what it is like, what refuses it, and how it reads from the command line."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker
from tests.builders import an_organ
from tests.databases import Databases
from tests.terminal import Terminal

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.documents.rehearsal import issue_one_of_each
from fuyuantong.matters.models.file import Attachment
from fuyuantong.matters.models.matter import Matter, Provenance
from fuyuantong.matters.rehearsal.demo import BadProgramme, Loaded, NotADemoCounty, load_demo
from fuyuantong.matters.session import acting
from fuyuantong.matters.verification import verify_all
from fuyuantong.plans.demo import load_county
from fuyuantong.plans.models.due_item import DueItem
from fuyuantong.plans.models.obligation import Obligation
from fuyuantong.plans.progress import Progress
from fuyuantong.plans.queries.standings import standings

pytestmark = pytest.mark.slow
UNTIL, NOW = date(2026, 8, 21), datetime(2026, 8, 21, 8, 0, tzinfo=SHANGHAI)
MATTERS = 40
OFFICE = "liaison-office.officer"
FIRST_STARTS = [date(2026, 1, 5) + timedelta(days=16 * n) for n in range(24)]  # over a year, on every day of the week


@pytest.fixture(scope="module")
def loaded(databases: Databases, django_db_blocker: DjangoDbBlocker) -> Iterator[Loaded]:
    """Load a county into a database that the tests of this file share; none of them needs it unchanged."""
    with django_db_blocker.unblock(), databases.fresh():
        yield load_county(seed=1, matters=MATTERS, until=UNTIL, now=NOW)


def states() -> list[tuple[str, str, str, str]]:
    """Return how every matter stands."""
    with acting():
        rows = Matter.objects.order_by("mechanism", "number", "opened_at", "state")
        return [(row.mechanism, row.number, f"{row.opened_at:%F %T}", row.state) for row in rows]


def test_matters_stand_in_many_states_and_all_are_training(loaded: Loaded) -> None:
    with acting():
        found = list(Matter.objects.all())

    assert (loaded.begun, loaded.again) == (len(found), False)
    assert len(found) >= MATTERS
    assert len({(row.mechanism, row.state) for row in found}) > 20
    assert {row.provenance for row in found} <= {Provenance.TRAINING, Provenance.IMPORTED}


def test_all_that_is_stored_holds(loaded: Loaded) -> None:
    verdict = verify_all()

    assert [broken.found.what for broken in verdict.broken] == []
    assert verdict.records == loaded.records


def test_nothing_happens_in_the_future_and_something_long_ago(loaded: Loaded) -> None:
    with acting():
        days = sorted(Matter.objects.values_list("opened_at", flat=True))

    assert days[0] < datetime(2025, 1, 1, tzinfo=SHANGHAI)
    assert days[-1] < NOW


def test_what_the_place_has_an_organ_for_begins_there(loaded: Loaded) -> None:
    with acting():
        disputes = Matter.objects.filter(mechanism="dispute", provenance=Provenance.TRAINING)
        openers = set(disputes.values_list("fold__roles__centre", flat=True))

    assert openers - {None} == {"410825-dispute-centre"}  # who sends one on may not have sent it yet


def test_the_ledger_of_the_countys_plan_is_full(loaded: Loaded) -> None:
    of_the_plan = Obligation.objects.filter(plan__region_code="410825", closed_on=None).exclude(clause="")
    assert of_the_plan.count() == 32
    assert DueItem.objects.filter(period="2025Q1", obligation__clause="二(二)7").exists()
    lights = {one.judgment.progress for one in standings(DueItem.objects.all(), now=NOW)}
    assert {Progress.DONE, Progress.OVERDUE} < lights


def test_a_second_time_it_only_says_that_it_is_there(loaded: Loaded) -> None:
    before = states()

    again = load_demo(seed=2, matters=5, until=UNTIL, now=NOW)

    assert (again.seed, again.matters, again.again) == (1, MATTERS, True)
    assert states() == before


def test_the_command_says_that_it_is_there(loaded: Loaded, terminal: Terminal) -> None:
    said = terminal("demo", "load", "--until", "2026-08-21").said.splitlines()

    assert said[0] == f"演练县已经在库中（种子 1，{MATTERS} 件，截至 2026-08-21），本次未作改动。"
    assert terminal("demo", "load", "--until", "2026-08-21", "--json").data["loaded"] is False


def test_the_calendar_opened_a_year_of_returns(loaded: Loaded) -> None:
    with acting():
        opened = Matter.objects.filter(pk__in=DueItem.objects.exclude(matter=None).values("matter"))
        found = Counter(opened.values_list("state", flat=True))

    assert found["frozen"] > 3
    assert {"owed", "overdue", "frozen"} <= set(found)


def test_the_office_reads_the_ledger_of_its_region(loaded: Loaded, terminal: Terminal) -> None:
    lines = terminal("matter", "list", "--as", OFFICE).said.splitlines()
    sheet = terminal("matter", "list", "--as", OFFICE, "--json").data

    assert lines[0].startswith(f"领导小组办公室专员甲可见事项 {sheet['total']} 件；本单位待办 ")
    assert len(sheet["matters"]) == len(lines) - 1
    assert {"uid", "title", "state", "holder", "due_on", "left"} <= sheet["matters"][0].keys()


def test_a_matter_of_every_mechanism_can_be_shown_to_the_operator(loaded: Loaded, terminal: Terminal) -> None:
    with acting():
        rows = {row.mechanism: row for row in Matter.objects.order_by("seq")}  # the longest trail of each
    for row in rows.values():
        sheet = terminal("matter", "show", str(row.uid), "--json").data
        shown = terminal("matter", "show", str(row.uid)).said

        assert (sheet["uid"], sheet["records"], len(sheet["trail"])) == (str(row.uid), row.seq, row.seq)
        assert sheet["state"]["title"] in shown
        assert row.title.split()[0] in shown


def test_a_party_is_told_why_it_cannot_act(loaded: Loaded, terminal: Terminal) -> None:
    sheet = terminal("matter", "list", "--as", "court.handler", "--json").data
    elsewhere = next(row for row in sheet["matters"] if row["is_open"] and row["holder"] != "县法院")

    shown = terminal("matter", "show", elsewhere["uid"], "--as", "court.handler").said

    assert f"不能办理：现由{elsewhere['holder']}办理" in shown


def test_a_stranger_is_told_nothing(loaded: Loaded, terminal: Terminal) -> None:
    seen = {row["uid"] for row in terminal("matter", "list", "--as", "tax.handler", "--json").data["matters"]}
    with acting():
        hidden = next(row.uid for row in Matter.objects.all() if str(row.uid) not in seen)

    refused = terminal("matter", "show", str(hidden), "--as", "tax.handler")

    assert (refused.code, refused.said) == (2, "")
    assert refused.refused.startswith("没有这件事项，或者您看不到它")


@pytest.mark.parametrize("words", [("show", "37"), ("show", str(uuid4())), ("list", "--as", "nobody")])
def test_what_is_not_there_is_refused(loaded: Loaded, terminal: Terminal, words: tuple[str, ...]) -> None:
    refused = terminal("matter", *words)

    assert (refused.code, refused.said) == (2, "")
    assert "怎么办：" in refused.refused


def test_trails_are_verified_from_the_command_line(loaded: Loaded, terminal: Terminal) -> None:
    with acting():
        uid = str(Matter.objects.earliest("pk").uid)

    everything, one = terminal("trail", "verify", "--all", "--json"), terminal("trail", "verify", uid)

    assert (everything.code, everything.data["holds"], everything.data["records"]) == (0, True, loaded.records)
    assert (one.code, one.said.splitlines()[-1]) == (0, "全部相符。")


@pytest.mark.parametrize("words", [(), ("--all", "37"), ("37",)])
def test_what_is_to_be_verified_must_be_said(loaded: Loaded, terminal: Terminal, words: tuple[str, ...]) -> None:
    assert terminal("trail", "verify", *words).code == 2


@pytest.mark.django_db
def test_a_county_is_the_same_from_the_same_seed() -> None:
    counties = []
    for _ in range(2):
        with transaction.atomic():
            load_demo(seed=7, matters=2, until=UNTIL, now=NOW)
            counties.append(states())
            transaction.set_rollback(True)

    assert counties[0] == counties[1] != []


@pytest.mark.django_db
def test_training_data_is_never_put_beside_a_real_directory(terminal: Terminal) -> None:
    an_organ()

    with pytest.raises(NotADemoCounty):
        load_demo(seed=1, matters=4, until=UNTIL, now=NOW)
    assert terminal("act", "--play", "dispute").code == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("matters", "until"), [(-1, UNTIL), (100_001, UNTIL), (4, date(2023, 1, 1)), (4, date(2099, 1, 1))]
)
def test_a_county_that_cannot_be_is_refused(matters: int, until: date) -> None:
    with pytest.raises(BadProgramme):
        load_demo(seed=1, matters=matters, until=until, now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("words", [("--matters", "many"), ("--until", "tomorrow"), ("--matters", "100001")])
def test_a_county_that_was_typed_wrongly_is_refused(terminal: Terminal, words: tuple[str, ...]) -> None:
    answer = terminal("demo", "load", *words)

    assert (answer.code, answer.said, states()) == (2, "", [])


@pytest.mark.django_db
def test_a_county_may_be_loaded_without_matters(terminal: Terminal) -> None:
    answer = terminal("demo", "load", "--matters", "0", "--json")

    assert (answer.data["loaded"], answer.data["records"], answer.data["county"]["organs"]) == (True, 0, 54)


@pytest.mark.django_db
def test_an_example_is_played_in_a_demo_county(terminal: Terminal) -> None:
    told = terminal("act", "--play", "look-back", "--example", "1")
    (data,) = terminal("act", "--play", "look-back", "--example", "1", "--json").data

    lines = told.said.splitlines()
    assert lines[0].startswith("建议回头看 1：")
    assert lines[-1] == "已演练 1 个示例，均为演练数据。"
    assert (data["mechanism"], data["example"]) == ("look-back", 1)
    assert data["acts"][-1]["is_open"] is False


def test_documents_of_its_acts_are_drawn_up_signed_and_sealed(loaded: Loaded) -> None:
    with transaction.atomic():
        issued = issue_one_of_each("410825", most=2)
        with acting():
            files = Attachment.objects.filter(name__endswith=".pdf", inner=False).count()
        transaction.set_rollback(True)

    assert (issued, files) == (2, 2)


@pytest.mark.soak
@pytest.mark.parametrize("day", FIRST_STARTS, ids=str)
def test_a_first_start_loads_its_county_on_any_day(
    databases: Databases, django_db_blocker: DjangoDbBlocker, day: date
) -> None:
    now = datetime(day.year, day.month, day.day, 9, 0, tzinfo=SHANGHAI)

    with django_db_blocker.unblock(), databases.fresh():
        loaded = load_county(seed=1, matters=400, until=day, now=now, beside=lambda: issue_one_of_each("410825"))

    assert loaded.begun >= 400
