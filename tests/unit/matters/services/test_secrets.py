"""Secrets leave no trace where everyone reads, are found and read where they may be, and can be erased."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.builders_matters import CLAIM, MARKER, a_claim, a_file, in_the_catalogue, moved, places_of
from tests.suggestions import COURT, HOUSING, County, at, standing

from fuyuantong.matters.models.file import Attachment
from fuyuantong.matters.models.matter import Matter
from fuyuantong.matters.models.secret import Blind, Secret
from fuyuantong.matters.queries import matters_with_secret
from fuyuantong.matters.services.acts import Form, open_by_hand
from fuyuantong.matters.services.amending import correct_record
from fuyuantong.matters.services.inner import approve, propose, save_draft
from fuyuantong.matters.services.keys import key_ring
from fuyuantong.matters.services.opening import open_for
from fuyuantong.matters.services.secrets import (
    REQUEST,
    erase_person,
    mac_of,
    reencrypt_all,
    resealed,
    reveal,
    rotate_keys,
)
from fuyuantong.matters.services.slips import make_request
from fuyuantong.matters.session import acting
from fuyuantong.matters.sight import reading_as
from fuyuantong.matters.trails import folded, verify
from fuyuantong.seal.vault import SecretErased

NOW = at("2026-08-03")
PEOPLE = [{"name": "甲", "number": MARKER, "scan": []}, {"name": "乙", "number": "乙的证件", "scan": []}]


@pytest.fixture
def county(county: County, settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> County:
    settings.DATA_DIR = tmp_path
    in_the_catalogue(CLAIM, monkeypatch)
    return county


@pytest.fixture(autouse=True)
def scans(monkeypatch: pytest.MonkeyPatch, county: County) -> None:
    paper = a_file("扫描件", now=NOW)
    for person in PEOPLE:
        person["scan"] = [paper]


def clear(uid: str, *, mark: str = "") -> dict:
    """Return the values of a matter with their secrets."""
    with acting():
        row = Matter.objects.get(uid=uid)
        return reveal(row, row.values, mark=mark)


def found(county: County, kind: str, value: str) -> list[str]:
    """Return the matters in which the court finds a secret."""
    with reading_as(county.people[COURT], at=NOW) as reader:
        return [str(matter.uid) for matter in matters_with_secret(reader, kind=kind, mac=mac_of(kind, value))]


def living(uid: str) -> set[tuple[str, str]]:
    """Return the places where secrets of a matter are kept."""
    with acting():
        kept = Secret.objects.filter(matter__uid=uid, erased_at=None)
        return set(kept.values_list("field", "row_key"))


def numbers(uid: str) -> list[str]:
    return [row["number"] for row in clear(uid)["people"]]


def test_a_secret_stands_nowhere_in_plain(county: County) -> None:
    uid = a_claim(county, now=NOW, person=MARKER, people=PEOPLE)
    moved(county, uid, "call", now=NOW, **{"people.phone": [MARKER, "乙的电话"]})
    make_request(uid, "change", by=county.by(COURT), now=NOW, form=Form({"person": MARKER}, key="k"))
    make_request(uid, "tip", by=county.by(COURT), now=NOW, form=Form({"lead": "目击", "informant": MARKER}))
    save_draft(
        uid,
        "rename",
        by=county.by(HOUSING),
        now=NOW,
        form=Form(
            {
                "person": MARKER,
            }
        ),
    )
    open_for(
        "claim",
        "转来",
        entry="taken",
        roles={"asker": COURT},
        values={"helper_organ": HOUSING, "person": MARKER},
        now=NOW,
    )
    moved(county, uid, "finish", now=NOW, passed="转")

    assert places_of(MARKER) == []
    assert set(places_of("目击")) == {"matter.values", "matter_words.text", "record.resolved", "slip.body"}


def test_every_secret_is_read_back_where_it_belongs(county: County) -> None:
    uid = a_claim(county, now=NOW, person="甲某", people=PEOPLE)
    moved(county, uid, "call", now=NOW, **{"people.phone": ["甲的电话", "乙的电话"]})
    for informant in ("丙", "丁"):
        make_request(uid, "tip", by=county.by(COURT), now=NOW, form=Form({"lead": "目击", "informant": informant}))

    values = clear(uid)

    assert values["person"] == "甲某"
    assert [(row["number"], row["phone"]) for row in values["people"]] == [
        (MARKER, "甲的电话"),
        ("乙的证件", "乙的电话"),
    ]
    assert [row["informant"] for row in values["leads"]] == ["丙", "丁"]


def test_what_a_request_asks_for_leaves_what_the_matter_says_readable(county: County) -> None:
    uid = a_claim(county, now=NOW, person="甲某")
    make_request(uid, "change", by=county.by(COURT), now=NOW, form=Form({"person": "乙某"}))
    ((slip, request),) = standing(uid).situation.requests.items()

    assert clear(uid)["person"] == "甲某"
    with acting():
        row = Matter.objects.get(uid=uid)
        assert reveal(row, request["values"], mark=f"{REQUEST}{slip}") == {"person": "乙某"}


def test_an_exact_secret_is_found_however_it_is_spaced(county: County) -> None:
    uid = a_claim(county, now=NOW, person="ab 12")

    assert found(county, "person", " AB1 2") == [uid]
    assert found(county, "number", "ab12") == []


def test_a_secret_given_anew_is_found_and_the_former_one_no_more(county: County) -> None:
    uid = a_claim(county, now=NOW, person="甲某")
    moved(county, uid, "rename", now=NOW, person="乙某")

    assert (found(county, "person", "乙某"), found(county, "person", "甲某")) == ([uid], [])
    assert clear(uid)["person"] == "乙某"


def test_a_secret_that_is_corrected_is_found_by_its_right_spelling_alone(county: County) -> None:
    uid = a_claim(county, now=NOW, person="甲谋")
    form = Form({"person": "甲某"})
    correct_record(uid, 2, reason="笔误", by=county.by(COURT), now=NOW, form=form)

    assert (found(county, "person", "甲某"), found(county, "person", "甲谋")) == ([uid], [])
    assert clear(uid)["person"] == "甲某"
    assert places_of("甲某") == []


def test_what_still_stands_elsewhere_in_the_matter_is_still_found(county: County) -> None:
    uid = a_claim(county, now=NOW, people=PEOPLE)
    swapped = [{**PEOPLE[1]}, {**PEOPLE[0]}]
    moved(county, uid, "list", now=NOW, people=swapped)

    assert found(county, "number", MARKER) == [uid]
    assert numbers(uid) == ["乙的证件", MARKER]


def test_rows_that_a_table_has_no_more_leave_nothing(county: County) -> None:
    uid = a_claim(county, now=NOW, people=PEOPLE)
    moved(county, uid, "call", now=NOW, **{"people.phone": ["甲的电话", "乙的电话"]})

    moved(county, uid, "list", now=NOW, people=PEOPLE[:1])

    assert living(uid) == {("person", ""), ("people.number", "0")}
    assert found(county, "number", "乙的证件") == found(county, "phone", "甲的电话") == []


def test_a_draft_is_found_by_nobody(county: County) -> None:
    uid = a_claim(county, now=NOW)
    save_draft(uid, "rename", by=county.by(HOUSING), now=NOW, form=Form({"person": "乙某"}))

    assert found(county, "person", "乙某") == []
    with reading_as(county.people[HOUSING], at=NOW) as reader:
        assert matters_with_secret(reader, kind="person", mac=mac_of("person", "乙某")) == []


def test_a_person_is_erased_with_their_row_and_nobody_else(county: County) -> None:
    uid = a_claim(county, now=NOW, person="甲某", people=PEOPLE)
    moved(county, uid, "call", now=NOW, **{"people.phone": ["甲的电话", "乙的电话"]})

    assert erase_person(kind="number", value=MARKER, now=NOW) == 2

    assert living(uid) == {("person", ""), ("people.number", "1"), ("people.phone", "1")}
    assert found(county, "phone", "甲的电话") == found(county, "number", MARKER) == []
    assert found(county, "number", "乙的证件") == [uid]
    with pytest.raises(SecretErased):
        clear(uid)


def test_a_person_is_erased_from_drafts_and_requests_too(county: County) -> None:
    uid = a_claim(county, now=NOW, person="甲某")
    save_draft(uid, "rename", by=county.by(HOUSING), now=NOW, form=Form({"person": "乙某"}))
    make_request(uid, "change", by=county.by(COURT), now=NOW, form=Form({"person": "乙某"}))

    assert erase_person(kind="person", value="乙某", now=NOW) == 2
    assert living(uid) == {("person", "")}


def test_the_trail_holds_after_an_erasure(county: County) -> None:
    uid = a_claim(county, now=NOW, person="甲某", people=PEOPLE)
    erase_person(kind="person", value="甲某", now=NOW)

    with acting():
        row = Matter.objects.get(uid=uid)
        assert verify(row) is None
        assert folded(row) == standing(uid).situation


def test_a_value_given_after_an_erasure_is_kept(county: County) -> None:
    uid = a_claim(county, now=NOW, person="甲某")
    erase_person(kind="person", value="甲某", now=NOW)

    moved(county, uid, "rename", now=NOW, person="乙某")

    assert clear(uid)["person"] == "乙某"


def test_who_is_in_no_matter_is_erased_from_none(county: County) -> None:
    assert erase_person(kind="person", value="无此人", now=NOW) == 0


def test_a_secret_taken_over_by_another_matter_is_read_and_found_there(county: County) -> None:
    uid = a_claim(county, now=NOW, person="甲某")
    done = moved(county, uid, "finish", now=NOW, passed="转")
    opened = str(done.record.resolved["opened"][0]["uid"])

    assert clear(opened)["person"] == "甲某"
    assert found(county, "person", "甲某") == [opened, uid]
    assert standing(opened).situation.values["person"] != standing(uid).situation.values["person"]


def test_all_secrets_of_fields_and_rows_are_taken_over(county: County) -> None:
    uid = a_claim(county, now=NOW, person="甲某", people=PEOPLE)
    values = standing(uid).situation.values
    with acting():
        row = Matter.objects.get(uid=uid)
        taken = resealed(CLAIM, uid, {key: values[key] for key in ("person", "people")}, of=row)

    assert set(taken.envelopes) == {("person", ""), ("people.number", "0"), ("people.number", "1")}


def test_what_was_erased_is_taken_over_as_a_bare_commitment(county: County) -> None:
    uid = a_claim(county, now=NOW, person="甲某")
    erase_person(kind="person", value="甲某", now=NOW)
    done = moved(county, uid, "finish", now=NOW, passed="转")
    opened = str(done.record.resolved["opened"][0]["uid"])

    assert standing(opened).situation.values["person"] == standing(uid).situation.values["person"]
    assert living(opened) == set()


def test_a_secret_is_not_laid_open_in_a_field_that_is_none(county: County) -> None:
    uid = a_claim(county, now=NOW, person=MARKER)
    values = standing(uid).situation.values
    with acting():
        row = Matter.objects.get(uid=uid)
        taken = resealed(CLAIM, uid, {"story": values["person"], "people": ["no row"]}, of=row)

    assert taken.values == {"story": values["person"], "people": ["no row"]}


def test_all_keys_are_brought_under_a_new_one_and_everything_stays_readable(county: County) -> None:
    uid = a_claim(county, now=NOW, person="甲某", people=PEOPLE)
    before = key_ring().newest.id

    assert rotate_keys(made_on=NOW.date()) == 3

    with acting():
        assert set(Secret.objects.values_list("key_id", flat=True)) == {key_ring().newest.id} != {before}
        assert verify(Matter.objects.get(uid=uid)) is None
    assert numbers(uid) == [MARKER, "乙的证件"]
    assert found(county, "person", "甲某") == [uid]
    assert reencrypt_all() == 0


def test_a_rotation_goes_in_batches(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fuyuantong.matters.services.secrets.BATCH", 2)
    a_claim(county, now=NOW, person="甲某", people=PEOPLE)

    assert rotate_keys(made_on=NOW.date()) == 3


def test_the_papers_that_tell_a_secret_are_sensitive(county: County) -> None:
    consent = a_file("授权书", now=NOW)
    uid = a_claim(county, now=NOW, consent=[consent])

    with acting():
        (paper,) = Attachment.objects.filter(matter__uid=uid, field="consent")
    assert (paper.sensitive, bytes(paper.blob_id).hex()) == (True, consent)


def test_a_proposal_with_secrets_is_signed_as_it_was_proposed(county: County) -> None:
    uid = open_by_hand("claim", "核查", by=county.by(COURT), now=NOW).matter
    propose(
        uid,
        "send",
        by=county.by(COURT),
        now=NOW,
        form=Form({"helper_organ": HOUSING, "person": MARKER, "people": PEOPLE}),
    )

    approve(uid, by=county.by(COURT), now=NOW + timedelta(hours=1))

    assert (clear(uid)["person"], numbers(uid)) == (MARKER, [MARKER, "乙的证件"])


def test_the_blind_index_holds_what_is_kept_and_nothing_else(county: County) -> None:
    a_claim(county, now=NOW, person="甲某", people=PEOPLE)

    with acting():
        assert sorted(Blind.objects.values_list("kind", flat=True)) == ["number", "number", "person"]


def test_a_mechanism_without_secrets_keeps_none(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = replace(CLAIM, fields=tuple(replace(field, secret=False) for field in CLAIM.fields))
    in_the_catalogue(plain, monkeypatch)

    assert living(a_claim(county, now=NOW)) == set()
