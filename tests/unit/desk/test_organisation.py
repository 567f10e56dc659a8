"""组织机构: entered by the office of the region, read around it, history kept, taken away as a directory."""

from datetime import date, datetime
from io import BytesIO

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from openpyxl import load_workbook
from tests.builders import an_account, an_office, an_official, an_organ
from tests.unit.desk.administrators import Desk

from fuyuantong.clock.terms import SHANGHAI
from fuyuantong.conf.postgres.roles import APP_ROLE
from fuyuantong.matters.services.files import store_file
from fuyuantong.organs.models import Account, Organ
from fuyuantong.organs.vocabulary import PostKind
from fuyuantong.plans.models.organisation import Seat
from fuyuantong.plans.models.plan import Plan, PlanVersion
from fuyuantong.plans.services.guarding import NotTheOffice
from fuyuantong.plans.services.organisation import BadAdoption, BadSeat, NewSeat, adopt, leave_seat, take_seat

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 10, tzinfo=SHANGHAI)
OFFICER = {"section": "liaison", "part": "officer", "theme": "社区矫正", "organ": "410825-justice"}


@pytest.fixture
def justice() -> Organ:
    return an_organ("410825-justice", short="县司法局")


@pytest.fixture
def office(justice: Organ) -> Account:
    government = an_organ("410825-government", short="县政府")
    return an_official(an_office(serving=government), kind=PostKind.OFFICE)


def desk_of(account: Account) -> Client:
    desk = Client()
    desk.force_login(account)
    return desk


def enter(office: Account, **said: str) -> HttpResponse:
    fields = {"region": "410825", "valid_from": "2026-01-01", **said}
    return desk_of(office).post("/organisation/take", fields, follow=True)


def page(account: Account, address: str = "/organisation") -> str:
    return " ".join(desk_of(account).get(address).content.decode().split())


def test_the_office_enters_a_liaison_officer_and_officials_read_the_telephone(office: Account, justice: Organ) -> None:
    enter(office, **OFFICER, person="张三", phone="0391-6190000")

    shown = page(an_official(justice))

    assert "联络员</b> 社区矫正" in shown.replace("\u3000", " ")
    assert ("张三" in shown, "0391-6190000" in shown, "登记联络员" in shown) == (True, True, False)


def test_who_acts_for_no_organ_sees_no_telephone(office: Account, justice: Organ) -> None:
    enter(office, **OFFICER, person="张三", phone="0391-6190000")

    shown = Desk(justice, PostKind.AUDITOR).client.get("/organisation").content.decode()

    assert ("张三" in shown, "0391-6190000" in shown) == (True, False)


def test_the_account_of_an_officer_gives_the_name(office: Account) -> None:
    account = an_account("justice.liaison")

    enter(office, **OFFICER, account=account.username)

    assert (Seat.objects.get().person, Seat.objects.get().account) == (account.display_name, account)


def test_only_the_office_of_the_region_enters(office: Account, justice: Organ) -> None:
    with pytest.raises(NotTheOffice):
        take_seat(
            NewSeat(section="member", part="lead", organ=justice, valid_from=NOW.date()),
            region_code="410800",
            by=office,
            now=NOW,
        )
    answer = desk_of(an_official(justice)).post("/organisation/take", {**OFFICER, "valid_from": "2026-01-01"})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"section": "liaison", "part": "officer", "theme": "综合", "organ": "410825-justice"}, "须写明姓名"),
        ({"section": "division", "part": "competent", "organ": "410825-justice"}, "须写明部门"),
        ({"section": "member", "part": "lead"}, "须写明单位"),
        ({"section": "member", "part": "chair", "organ": "410825-justice"}, "没有这一席位"),
        ({"section": "choir", "part": "lead"}, "没有这一类登记"),
        ({"section": "leading-group", "part": "chair", "post": "县" * 101}, "不超过 100 字"),
        ({**OFFICER, "person": "张三", "valid_from": "soon"}, "生效日期不是日期"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_entered(office: Account, said: dict, reason: str) -> None:
    answer = enter(office, **said)

    assert (answer.status_code, reason in answer.content.decode()) == (422, True)
    assert not Seat.objects.exists()


def test_a_seat_is_ended_and_stays_as_history(office: Account, justice: Organ) -> None:
    enter(office, **OFFICER, person="张三")
    seat = Seat.objects.get()

    desk_of(office).post(f"/organisation/leave/{seat.pk}", {"region": "410825", "valid_to": "2026-06-01"})
    enter(office, **OFFICER, person="李四", valid_from="2026-06-01")

    now, before = page(office), page(office, "/organisation?on=2026-05-31")
    assert ("李四" in now, "至 2026-06-01" in now) == (True, True)
    assert ("张三" in before, "李四" in before) == (True, False)


def test_a_seat_is_not_ended_twice_nor_before_it_began(office: Account) -> None:
    enter(office, **OFFICER, person="张三")
    seat = Seat.objects.get()

    with pytest.raises(BadSeat, match="应晚于"):
        leave_seat(seat.pk, on=date(2026, 1, 1), region_code="410825", by=office, now=NOW)
    leave_seat(seat.pk, on=date(2026, 2, 1), region_code="410825", by=office, now=NOW)
    with pytest.raises(BadSeat, match="已经结束"):
        leave_seat(seat.pk, on=date(2026, 3, 1), region_code="410825", by=office, now=NOW)


def test_nobody_sits_twice_and_the_office_has_one_host(office: Account) -> None:
    enter(office, section="office", part="host", organ="410825-justice")

    again = enter(office, section="office", part="host", organ="410825-government")

    assert "还在有效期内" in again.content.decode()


def test_the_database_lets_only_the_end_of_a_seat_be_written(office: Account) -> None:
    privileges = "SELECT has_table_privilege(%s, 'plan_seat', 'DELETE'), has_column_privilege(%s, 'plan_seat', 'person', 'UPDATE'), has_column_privilege(%s, 'plan_seat', 'valid_to', 'UPDATE')"
    with connection.cursor() as cursor:
        cursor.execute(privileges, [APP_ROLE] * 3)
        assert cursor.fetchone() == (False, False, True)


def test_the_directory_is_taken_away_as_a_sheet(office: Account) -> None:
    enter(office, **OFFICER, person="=张三", phone="0391-6190000")

    answer = desk_of(office).get("/organisation/sheet?region=410825")

    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    assert [cell.value for cell in sheet[3]][:4] == ["序号", "机构", "席位", "专题或事项"]
    assert [cell.value for cell in sheet[4]][1:8] == [
        "联络员", "联络员", "社区矫正", "县司法局", "=张三", None, "0391-6190000",
    ]  # fmt: skip
    assert sheet["F4"].data_type == "s"


def a_plan(region: str, name: str, office: Organ, account: Account) -> Plan:
    plan = Plan.objects.create(region_code=region, name=name, office=office, created_at=NOW)
    PlanVersion.objects.create(
        plan=plan,
        number=1,
        state="published",
        blob_id=stored(name),
        file_name="方案.txt",
        uploaded_by=account,
        uploaded_at=NOW,
    )
    return plan


def stored(name: str) -> bytes:
    return bytes.fromhex(store_file(name.encode(), mime="text/plain", now=NOW))


def test_a_county_carries_out_the_plan_of_its_city_and_the_city_sees_who_does(office: Account) -> None:
    city_office = an_organ("410800-office", short="市办公室")
    above = a_plan("410800", "市方案", city_office, office)
    county = a_plan("410825", "县方案", Organ.objects.get(code="410825-liaison-office"), office)

    desk_of(office).post("/organisation/adopt", {"region": "410825", "above": str(above.uid)})

    county.refresh_from_db()
    assert county.above == above
    assert "衔接上级方案《市方案》" in page(office)
    assert "已衔接" in page(office, "/organisation?region=410800")
    with pytest.raises(BadAdoption):
        adopt(county, county, by=office, now=NOW)


def test_the_organisation_of_a_strange_region_is_not_found(office: Account) -> None:
    an_organ("130100-government", short="外地政府")

    assert desk_of(office).get("/organisation?region=130100").status_code == 404
