"""A person asks to be forgotten: what they are called is gone everywhere, what was done stays and still holds."""

from io import StringIO
from pathlib import Path

import pytest
from django.test import Client
from tests.builders import an_official, an_organ
from tests.builders_matters import MARKER, moved, places_of
from tests.databases import FreshDatabase
from tests.suggestions import HOUSING, OFFICE, County, a_county, at, kinds, standing
from tests.terminal import Answer, Terminal

from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.secret import Secret
from fuyuantong.matters.queries import matters_with_secret
from fuyuantong.matters.services.acts import Form, open_by_hand, perform
from fuyuantong.matters.services.inner import save_draft
from fuyuantong.matters.services.keys import key_ring
from fuyuantong.matters.services.secrets import erase_person, mac_of
from fuyuantong.matters.services.setting import set_organs
from fuyuantong.matters.session import acting
from fuyuantong.matters.sight import reading_as
from fuyuantong.matters.trails import folded, verify
from fuyuantong.matters.unmasking import unmask
from fuyuantong.organs.models import Account
from fuyuantong.seal.vault import SecretErased

NOW = at("2026-08-03")
CENTRE = "410825-centre"
DISPUTE = {
    "title": "不服责令停产决定",
    "source": "当事人申请",
    "stage": "诉前",
    "kind": "行政处罚",
    "respondent": HOUSING,
    "demand": "减轻处罚并恢复经营。",
}


@pytest.fixture(autouse=True)
def home(settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def county(db: None) -> County:
    return county_with_a_centre()


def county_with_a_centre() -> County:
    """Found a county with a centre at which disputes are registered."""
    county = a_county()
    county.organs[CENTRE] = an_organ(CENTRE)
    county.people[CENTRE] = an_official(county.organs[CENTRE])
    told = {"region_code": "410825", "basis": "方案", "valid_from": NOW.date(), "by": county.people[OFFICE], "now": NOW}
    set_organs("dispute-centre", [CENTRE], **told)
    return county


def dispute(county: County, applicant: str) -> str:
    """Register the dispute of a person at the centre and assign it to the bureau."""
    by = county.by(CENTRE)
    uid = open_by_hand("dispute", "行政争议", by=by, now=NOW).matter
    save_draft(uid, "register", by=by, now=NOW, form=Form({"applicant": applicant}))
    perform(uid, "register", by=by, now=NOW, form=Form({**DISPUTE, "applicant": applicant}, key=f"register {uid}"))
    moved(county, uid, "assign", now=NOW, channel="行政调解", unit_organ=HOUSING, partner_organs=[])
    return uid


def found(account: Account, applicant: str) -> list[str]:
    with reading_as(account, at=NOW) as reader:
        mac = mac_of("applicant", applicant)
        return [str(row.uid) for row in matters_with_secret(reader, kind="applicant", mac=mac)]


@pytest.mark.slow
def test_until_then_who_works_on_it_reads_the_name(fresh_database: FreshDatabase) -> None:
    county = county_with_a_centre()
    uid = dispute(county, "王某某")
    bureau = county.people[HOUSING]
    with acting():
        of = Matter.objects.get(uid=uid).uid

    def read() -> object:
        return unmask(bureau, at=NOW, uid=of, place=("applicant", ""), purpose="约见申请人", ring=key_ring())

    assert read() == "王某某"
    erase_person(kind="applicant", value="王某某", now=NOW)
    with pytest.raises(SecretErased):
        read()


def test_the_name_stands_nowhere_in_plain_and_is_found_by_its_exact_spelling(county: County) -> None:
    uid = dispute(county, MARKER)

    assert places_of(MARKER) == []
    assert found(county.people[HOUSING], MARKER) == [uid]


def test_who_works_on_it_finds_it_by_the_whole_name_alone(county: County, client: Client) -> None:
    uid = dispute(county, "王某某")
    client.force_login(county.people[HOUSING])

    whole, part = (client.get("/search", {"q": said}).content.decode() for said in ("王某某", "王某"))
    assert (uid in whole, "申请人与所写完全相同" in whole, "没有找到" in whole) == (True, True, False)
    assert (uid in part, "没有找到" in part) == (False, True)


def test_erased_it_is_gone_from_every_matter_and_draft_and_index(county: County) -> None:
    first, second, other = dispute(county, "王某某"), dispute(county, "王 某某"), dispute(county, "李某某")

    assert erase_person(kind="applicant", value="王某某", now=NOW) == 4

    with acting():
        living = Secret.objects.filter(erased_at=None).values_list("matter__uid", flat=True)
        assert {str(uid) for uid in living} == {other}
        erased = Secret.objects.filter(matter__uid__in=[first, second])
        assert {(bytes(secret.salt), bytes(secret.cipher), secret.key_id) for secret in erased} == {(b"", b"", "")}
    assert (found(county.people[HOUSING], "王某某"), found(county.people[HOUSING], "李某某")) == ([], [other])


def test_what_was_done_stays_and_still_holds(county: County) -> None:
    uid = dispute(county, "王某某")
    before = standing(uid).situation
    erase_person(kind="applicant", value="王某某", now=NOW)

    with acting():
        row = Matter.objects.get(uid=uid)
        assert verify(row) is None
        assert folded(row) == before
    assert kinds(uid) == ["open", "register", "assign"]


def test_the_matter_goes_on_without_the_name(county: County) -> None:
    uid = dispute(county, "王某某")
    erase_person(kind="applicant", value="王某某", now=NOW)

    assert moved(county, uid, "receive", now=NOW).state == "resolving"


def test_the_operator_is_told_how_much_and_confirms(
    county: County, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    dispute(county, "王某某")

    def erase(*words: str, said: str = "王某某\n") -> Answer:
        monkeypatch.setattr("sys.stdin", StringIO(said))
        return terminal("person", "erase", *words)

    assert erase("applicant", "--json").data == {"field": "applicant", "values": 2, "erased": False}
    assert "已删除：2 项" in erase("applicant", "--confirm").said
    assert "将删除（加 --confirm 执行，不可恢复）：0 项" in erase("applicant").said
    assert (erase("colour").code, erase("applicant", said="").code) == (2, 2)
