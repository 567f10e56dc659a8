"""What ended because time had passed is taken up again by who held it, on evidence; nothing is taken from the trail."""

import pytest
from tests.executions import LAPSED, a_file, not_appealed
from tests.suggestions import COURT, FORESTRY, HOUSING, act, at, closed, kinds, last, replying, standing
from tests.terminal import Terminal

from fuyuantong.matters.models.file import Attachment
from fuyuantong.matters.models.outbox import Outbox
from fuyuantong.matters.queries import NoSuchMatter
from fuyuantong.matters.services.engine import let_lapse
from fuyuantong.matters.services.setting_aside import set_aside_lapse
from fuyuantong.matters.session import acting
from fuyuantong.protocol.amendments import NotSetAside
from fuyuantong.protocol.offers import NotYourTurn, ReasonMissing

pytestmark = pytest.mark.django_db
LIFTED = at("2026-08-12")
FLOOD = "汛期道路中断，附应急管理局证明"


def lifted(county, uid, *, by=HOUSING, reason=FLOOD, files=()):
    return set_aside_lapse(uid, reason=reason, by=county.by(by), now=LIFTED, files=files)


def test_who_held_it_takes_it_up_again_and_its_time_begins_anew(county):
    uid = not_appealed(county)
    assert standing(uid).row.closed_at == LAPSED
    lifted(county, uid, files=a_file("证明", now=LIFTED))

    row = standing(uid).row
    assert (row.state, row.holder.code, row.phase, row.closed_at, row.closed_kind) == ("rejected", HOUSING, 0, None, "")
    assert (kinds(uid)[-2:], last(uid).resolved["reason"]) == (["lapse", "correction"], FLOOD)
    with acting():
        assert Attachment.objects.filter(matter=row, seq=row.seq).count() == 1
        assert {HOUSING, COURT} <= {*Outbox.objects.latest("id").body["copies"]}
    assert let_lapse(now=LIFTED) == 0
    assert act(county, uid, "accept_rejection", now=LIFTED, reason="服从裁定").state == "not_accepted"


def test_if_it_is_let_pass_again_it_ends_again(county):
    uid = not_appealed(county)
    lifted(county, uid)

    assert let_lapse(now=at("2026-10-12")) == 1
    assert kinds(uid)[-3:] == ["lapse", "correction", "lapse"]


def test_it_is_set_aside_from_the_command_line_and_all_that_is_stored_agrees(county, terminal: Terminal):
    uid, housing = not_appealed(county), county.people[HOUSING].username
    words = ("act", uid, "--set-aside", "--by", housing)

    assert terminal(*words).code == 2
    assert terminal(*words, "--reason", FLOOD).said.startswith("已办理：撤销逾期结束")
    assert terminal("trail", "verify", "--all").code == 0


@pytest.mark.parametrize(
    ("said", "refusal"),
    [({"by": COURT}, NotYourTurn), ({"by": FORESTRY}, NoSuchMatter), ({"reason": " "}, ReasonMissing)],
)
def test_others_do_not_and_nobody_does_without_evidence(county, said, refusal):
    uid = not_appealed(county)
    with pytest.raises(refusal):
        lifted(county, uid, **said)
    assert kinds(uid)[-1] == "lapse"


def test_what_was_counted_by_the_matter_above_stays(county):
    answer = replying(county, now=LAPSED)
    closed(county, answer, now=LAPSED)

    with pytest.raises(NotSetAside, match="已经汇入所属事项"):
        lifted(county, answer)
