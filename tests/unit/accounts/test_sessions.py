"""Where an account is signed in, and ending that."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from tests.builders import NOW, an_account

from fuyuantong.accounts.devices import device
from fuyuantong.accounts.models import SecurityEvent
from fuyuantong.accounts.security_log import Origin
from fuyuantong.accounts.sessions import NoSuchSession, end_session, end_sessions, sessions_of

pytestmark = pytest.mark.django_db

HERE = Origin("10.1.2.3", "Chrome")
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36 Edg/156.0"


def signed_in(account, agent=EDGE):
    client = Client()
    client.force_login(account)
    UserSession.objects.create(
        user=account, ip="10.1.2.3", user_agent=agent, session_key=client.session.session_key, last_seen_at=NOW
    )
    return client


def test_a_session_is_listed_with_device_and_address():
    account = an_account()
    client = signed_in(account)

    (session,) = sessions_of(account, current=client.session.session_key)

    assert (session.device, session.address, session.current) == ("Windows 电脑 · Edge 浏览器", "10.1.2.3", True)


def test_a_session_that_is_over_is_not_listed():
    account = an_account()
    signed_in(account).session.flush()

    assert sessions_of(account, current=None) == []


def test_ending_a_session_signs_out_there():
    account = an_account()
    client = signed_in(account)
    (session,) = sessions_of(account, current=None)

    end_session(account, session.id, by=account, origin=HERE, now=NOW)

    assert client.get("/").status_code == 302
    assert SecurityEvent.objects.get().detail == {
        "account": account.username,
        "device": "Windows 电脑 · Edge 浏览器",
        "address": "10.1.2.3",
    }


def test_nobody_ends_the_session_of_another_by_its_number():
    account = an_account()
    signed_in(account)
    (session,) = sessions_of(account, current=None)

    with pytest.raises(NoSuchSession):
        end_session(an_account(), session.id, by=account, origin=HERE, now=NOW)


def test_all_others_are_ended_at_once():
    account = an_account()
    mine, _, _ = (signed_in(account) for _ in range(3))

    assert end_sessions(account, but=mine.session.session_key, by=account, origin=HERE, now=NOW) == 2
    assert [session.current for session in sessions_of(account, current=mine.session.session_key)] == [True]


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", "Linux 电脑（含统信、麒麟） · 火狐浏览器"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Safari/604.1", "iPhone · Safari 浏览器"),
        ("curl/8", "未知设备"),
    ],
)
def test_a_device_is_named_as_its_owner_knows_it(agent, words):
    assert device(agent) == words
