"""Why a matter is seen, in words, and why it is not, without telling whether it exists."""

from uuid import uuid4

import pytest
from tests.builders import NOW, an_account, an_office, an_official, an_organ
from tests.matter_rows import Part, a_matter

from fuyuantong.matters.models.party import COPIED
from fuyuantong.matters.sight import reading_as
from fuyuantong.matters.why_visible import why_visible
from fuyuantong.organs.vocabulary import PostKind

pytestmark = pytest.mark.django_db


def why(account, uid):
    with reading_as(account, at=NOW) as reader:
        return why_visible(reader, uid)


def test_a_party_is_told_its_parts():
    court = an_organ(short="温县法院")
    matter = a_matter(Part(court, "sender"), Part(court, COPIED))

    assert why(an_official(court), matter.uid).reasons == ("您的单位温县法院是本件的一方（抄送单位、发函单位）",)


def test_a_receiver_is_told_from_which_record():
    bureau = an_organ(short="县人社局")
    matter = a_matter(Part(an_organ(), "sender"), Part(bureau, from_seq=2))

    assert why(an_official(bureau), matter.uid).reasons == (
        "您的单位县人社局是本件的一方（收函单位），自第 2 号记录起",
    )


def test_a_leader_is_told_of_the_organs_below():
    government = an_organ(short="温县政府")
    matter = a_matter(Part(an_organ(under=government)))

    assert why(an_official(government, kind=PostKind.HEAD), matter.uid).reasons == (
        "您是温县政府的负责人，其下级单位是本件的一方",
    )


def test_the_office_is_told_of_its_region():
    court = an_organ()
    clerk = an_official(an_office(serving=court), kind=PostKind.OFFICE)

    assert why(clerk, a_matter(Part(court)).uid).reasons == (
        "您在领导小组办公室任职，本件有一方在其负责的区域（温县）",
    )


def test_an_auditor_is_told_the_limits():
    auditor = an_official(an_organ(), kind=PostKind.AUDITOR)

    assert why(auditor, a_matter(Part(an_organ())).uid).reasons == (
        "您是审计管理员，可以查看本区域（温县）事项的留痕，但不含标记为敏感的内容",
    )


def test_who_was_a_party_is_told_until_when():
    bureau = an_organ()
    matter = a_matter(Part(an_organ()), Part(bureau, until_seq=2))
    answer = why(an_official(bureau), matter.uid)

    assert (answer.visible, answer.reasons) == (
        False,
        ("您的单位在本件中的参与已经结束；此前送达的留痕（至第 2 号记录）仍可查看",),
    )


def test_a_stranger_is_told_the_rule_and_not_whether_it_exists():
    stranger = an_official(an_organ())
    answers = [why(stranger, uid) for uid in (a_matter(Part(an_organ())).uid, uuid4())]

    assert answers[0] == answers[1]
    assert answers[0].reasons[0] == "没有这件事项，或者它不在您的岗位可以看到的范围内"


def test_who_has_no_post_is_told_so():
    assert why(an_account(), a_matter(Part(an_organ())).uid).reasons[0] == "您目前没有在任职务，看不到任何事项"
