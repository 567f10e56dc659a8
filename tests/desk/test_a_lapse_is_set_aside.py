"""撤销逾期结束: who held the matter sees on its page on what evidence it may go on; nobody else is offered that."""

import pytest
from django.test import Client
from tests.executions import not_appealed
from tests.suggestions import COURT, HOUSING, County, last, standing

pytestmark = pytest.mark.django_db
ASKED = "民事诉讼法第86条：因不可抗力等正当理由耽误期限的证明"


def test_who_held_it_sets_the_lapse_aside_on_its_page(county: County, client: Client) -> None:
    uid = not_appealed(county)
    client.force_login(county.people[COURT])
    assert ASKED not in client.get(f"/matter/{uid}").content.decode()
    client.force_login(county.people[HOUSING])
    assert ASKED in client.get(f"/matter/{uid}").content.decode()
    assert "须说明理由" in client.post(f"/matter/{uid}/set-aside", {"reason": " "}).content.decode()

    page = client.post(f"/matter/{uid}/set-aside", {"reason": "汛期道路中断"}, follow=True).content.decode()

    assert "已撤销逾期结束，原来的记录保留" in page
    assert ("汛期道路中断" in page, ASKED in page) == (True, False)
    assert client.get(f"/matter/{uid}/clock/appeal_acceptance/2").status_code == 200
    assert (last(uid).move, standing(uid).situation.state) == ("set-aside", "rejected")
