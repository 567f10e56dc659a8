"""A matter about another: the order names the one that is overdue, and says by the proof of its clock how much."""

from datetime import date
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from tests.builders import an_official
from tests.suggestions import COURT, HOUSING, OFFICE, County, act, at, drafted, replying
from uuid_utils.compat import uuid7

from fuyuantong import catalogue
from fuyuantong.matters.affairs import affair_of
from fuyuantong.matters.database_world import current_calendar
from fuyuantong.matters.models.link import Link, LinkKind
from fuyuantong.matters.models.record import InnerRecord
from fuyuantong.matters.services.about import Affair, first_form, open_about
from fuyuantong.matters.services.forms import Form
from fuyuantong.matters.services.setting import set_organs
from fuyuantong.matters.session import acting
from fuyuantong.matters.sight import reader_of, reading
from fuyuantong.organs.vocabulary import PostKind
from fuyuantong.protocol import Prefill

NOW, LATE = at("2025-03-03"), at("2025-05-14")


@pytest.fixture
def county(county: County) -> County:
    day, by = date(2025, 1, 1), county.people[OFFICE]
    set_organs("supervisors", [OFFICE], region_code="410825", basis="方案", valid_from=day, by=by, now=NOW)
    return county


@pytest.fixture
def overdue(county: County) -> str:
    return replying(county, now=NOW, reply_by="2025-04-30")


def seen(county: County, uid: str) -> Affair:
    with transaction.atomic(), reading(reader_of(county.people[COURT], at=LATE)) as reader:
        return affair_of(reader, UUID(uid), today=LATE.date(), calendar=current_calendar())


def test_an_order_is_drafted_from_the_proof_of_the_clock(county: County, overdue: str) -> None:
    affair = seen(county, overdue)

    done = open_about(affair, "supervision-order", affair.title, by=county.by(OFFICE), now=LATE)

    with acting():
        draft = InnerRecord.objects.get(matter__uid=done.matter).values
        link = Link.objects.get(from_uid=done.matter)
    assert (link.kind, str(link.to_uid)) == (LinkKind.ABOUT, overdue)
    assert (draft["move"], draft["values"]["addressee"]) == ("issue", HOUSING)
    assert (
        "自签收之日（2025-03-03）起算，2025-04-30届满，至2025-05-14已逾期7个工作日（14日）" in draft["values"]["ground"]
    )


def test_the_same_request_begins_one_order_only(county: County, overdue: str) -> None:
    affair, form = seen(county, overdue), Form(key="k")

    first, again = (
        open_about(affair, "supervision-order", "督办", by=county.by(OFFICE), now=LATE, form=form) for _ in range(2)
    )

    assert (first.matter, again.again) == (again.matter, True)


def test_a_task_is_ordered_as_a_matter_is(county: County) -> None:
    task = Affair(uuid7(), "任务", HOUSING, "任务时限已过。")

    done = open_about(task, "supervision-order", "督办", by=county.by(OFFICE), now=LATE, entry="planning")

    with acting():
        assert Link.objects.get(from_uid=done.matter).to_uid == task.uid
        assert InnerRecord.objects.get(matter__uid=done.matter).values["values"] == {
            "title": "任务",
            "addressee": HOUSING,
        }


def test_a_matter_that_asks_nothing_of_the_affair_begins_without_a_draft(county: County, overdue: str) -> None:
    done = open_about(seen(county, overdue), "judicial-suggestion", "另行建议", by=county.by(COURT), now=LATE)

    with acting():
        assert str(Link.objects.get(from_uid=done.matter).to_uid) == overdue
        assert not InnerRecord.objects.filter(matter__uid=done.matter).exists()


def test_of_an_affair_that_asks_nothing_nothing_is_drafted() -> None:
    mechanism = catalogue.mechanism("dispute")

    assert first_form(mechanism, mechanism.entries[0], Affair(uuid7(), "任务", HOUSING, "任务时限已过。")) == ("", {})


def test_a_closed_or_unclocked_matter_says_so(county: County) -> None:
    draft = drafted(county, now=NOW)
    assert seen(county, draft).standing.endswith("现由法院办理，环节：拟稿。")
    act(county, draft, "drop", now=NOW, reason="不再发出")

    closed = seen(county, draft)

    assert closed.known == {Prefill.CLOSED: closed.title}


def test_the_office_sees_the_way_on_the_page_of_the_overdue_matter_and_takes_it(county: County, overdue: str) -> None:
    desk = Client()
    desk.force_login(an_official(county.organs[OFFICE], kind=PostKind.OFFICE))

    page = desk.get(f"/matter/{overdue}").content.decode()
    ways = desk.get(f"/open?about={overdue}").content.decode()
    begun = desk.post(f"/open/supervision-order/drafting?about={overdue}", {"title": "督办", "key": "k"}, follow=True)

    assert f'href="/open?about={overdue}"' in page
    assert f"/open/supervision-order/drafting?about={overdue}" in ways
    assert "/open/dispute/" not in ways
    assert "已逾期" in begun.content.decode()


def test_what_is_no_matter_is_not_found(county: County) -> None:
    desk = Client()
    desk.force_login(county.people[OFFICE])

    assert desk.get("/open?about=nothing").status_code == 404
    assert desk.get(f"/open?about={uuid7()}").status_code in {404, 422}
