"""期限证明 without a browser: clocks that have ended, what cannot be supposed, and the file."""

import pytest
from django.test import Client
from tests.suggestions import HOUSING, act, at, reply, replying

from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.session import acting

pytestmark = pytest.mark.django_db
MONDAY = at("2026-08-03")


@pytest.fixture
def bureau(county):
    """Give the bureau's head at the desk."""
    client = Client()
    client.force_login(county.people[HOUSING])
    return client


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    return f"{answer.status_code} {answer.content.decode()}"


@pytest.mark.parametrize(
    ("day", "words"),
    [("2026-09-28", "按期终止"), ("2026-10-12", "逾期 4 个工作日终止"), ("2026-10-03", "逾期 3 天终止")],
)
def test_an_ended_clock_says_whether_it_was_in_time(county, bureau, day, words):
    uid = replying(county, now=MONDAY)
    reply(county, uid, now=at(day))

    assert words in page(bureau, f"/matter/{uid}/clock/reply/1")


def test_a_clock_that_is_stopped_is_not_due(county, bureau):
    uid = replying(county, now=MONDAY)
    act(county, uid, "misdirected", now=at("2026-08-05"), reason="该项职责已划转")

    assert "中止" in page(bureau, f"/matter/{uid}/clock/reply/1")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("start=昨天", "不是日期"),
        ("length=3", "没有长度"),
        ("until=2026-09-10", "比现在早 20 天"),
        ("start=2026-08-03", "与现在相同"),
    ],
)
def test_what_is_supposed_is_answered_or_refused_in_words(county, bureau, asked, words):
    uid = replying(county, now=MONDAY)

    assert words in page(bureau, f"/matter/{uid}/clock/reply/1?{asked}")


def test_a_supposition_changes_nothing(county, bureau):
    uid = replying(county, now=MONDAY)
    page(bureau, f"/matter/{uid}/clock/reply/1?until=2026-12-10&recompute=now")

    with acting():
        assert Matter.objects.get(uid=uid).seq == 2


def test_the_file_is_handed_out_under_a_name(county, bureau):
    uid = replying(county, now=MONDAY)
    answer = bureau.get(f"/matter/{uid}/clock/reply/1/file")

    assert answer["Content-Disposition"] == f'attachment; filename="clock-{uid}-1.json"'
    assert answer.json()["result"]["due_on"] == "2026-09-30"
