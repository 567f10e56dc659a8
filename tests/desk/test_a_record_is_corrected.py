"""更正: what one's own organ wrote wrongly is set right by a record of its own; others cannot, and nothing goes."""

import pytest
from django.test import Client
from tests.suggestions import COURT, HOUSING, County, at, kinds, last, reply, replying, standing

pytestmark = pytest.mark.django_db
NOW = at("2026-08-03")


@pytest.fixture
def replied(county: County) -> str:
    uid = replying(county, now=NOW)
    reply(county, uid, now=NOW)
    return uid


def correct(client: Client, uid: str, **typed: str) -> str:
    """Send the form of the reply with something typed over; what is kept stays as the form has it."""
    values = standing(uid).situation.values
    form = {"reply": values["reply"], "letter": values["letter"], "reason": "漏写一句", "do": "correct"}
    return client.post(f"/matter/{uid}/correct/3", {**form, **typed}, follow=True).content.decode()


def test_who_wrote_it_corrects_it_and_the_record_stays(county: County, client: Client, replied: str) -> None:
    client.force_login(county.people[HOUSING])
    assert f"/matter/{replied}/correct/3" in client.get(f"/matter/{replied}").content.decode()
    assert "更正理由" in client.get(f"/matter/{replied}/correct/3").content.decode()

    page = correct(client, replied, reply="已修订文书模板，并组织培训。")

    assert "已更正。原来的记录保留" in page
    assert "更正第 3 条" in page
    assert (last(replied).kind, dict(last(replied).values)) == ("correction", {"reply": "已修订文书模板，并组织培训。"})


@pytest.mark.parametrize(
    ("typed", "said"), [({}, "没有可更正的内容"), ({"reply": "另行答复。", "reason": ""}, "须说明理由")]
)
def test_a_correction_of_nothing_or_without_a_reason_keeps_what_was_typed(
    county: County, client: Client, replied: str, typed: dict[str, str], said: str
) -> None:
    client.force_login(county.people[HOUSING])
    page = correct(client, replied, **typed)

    assert said in page
    assert typed.get("reply", "") in page
    assert kinds(replied)[-1] == "reply"


def test_another_organ_is_led_back_and_changes_nothing(county: County, client: Client, replied: str) -> None:
    client.force_login(county.people[COURT])
    page = correct(client, replied, reply="另行答复。")

    assert (f"/matter/{replied}/correct/3" in page, kinds(replied)[-1]) == (False, "reply")
