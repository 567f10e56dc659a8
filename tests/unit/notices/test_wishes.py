"""How a person wants to be told."""

from dataclasses import replace
from datetime import time

import pytest
from tests.suggestions import at

from fuyuantong.matters.sight import reading_as
from fuyuantong.notices.queries import wish_of
from fuyuantong.notices.services.wishes import Wished, WishRefused, wish
from fuyuantong.notices.vocabulary import Pace

pytestmark = pytest.mark.django_db
MONDAY = at("2026-11-23")
WISHED = Wished(
    paces={"sms": "each"}, mail_to="", begin=time(9), end=time(18), working_days_only=False, urgent_always=True
)


def test_a_wish_is_kept_and_kept_anew(liaison, wire, settings):
    settings.NOTICE_MAIL_FROM = "fyt@wenxian.example"
    wish(WISHED, by=liaison)
    wish(replace(WISHED, paces={"sms": "never", "mail": "digest"}, mail_to="a@wenxian.example"), by=liaison)
    with reading_as(liaison, at=MONDAY) as reader:
        kept = wish_of(reader)

    assert (kept.pace("sms"), kept.pace("mail"), kept.mail_to) == (Pace.NEVER, Pace.DIGEST, "a@wenxian.example")
    assert (str(kept), kept.from_time) == (str(liaison.pk), time(9))


def test_who_never_said_is_told_at_once_of_what_is_urgent_but_by_no_mail(liaison):
    with reading_as(liaison, at=MONDAY) as reader:
        assert (wish_of(reader).pace("sms"), wish_of(reader).pace("mail")) == (Pace.URGENT, Pace.NEVER)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"begin": time(18)}, "end"),
        ({"paces": {"sms": "often"}}, "pace-sms"),
        ({"paces": {"pigeon": "each"}}, "pace-pigeon"),
        ({"mail_to": "nobody"}, "mail_to"),
        ({"paces": {"mail": "each"}}, "mail_to"),
    ],
)
def test_what_cannot_be_wished_is_refused_in_its_place(liaison, wire, settings, change, field):
    settings.NOTICE_MAIL_FROM = "fyt@wenxian.example"
    with pytest.raises(WishRefused) as refused:
        wish(replace(WISHED, **change), by=liaison)
    assert refused.value.field == field
