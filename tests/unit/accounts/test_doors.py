"""What the pages write down, idle sessions, and the single sign-on of a place."""

from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.conf import settings
from django.test import Client, RequestFactory
from django.utils import timezone
from tests.builders import an_account, an_official, an_organ

from fuyuantong.accounts.adapters import OutsideDoor
from fuyuantong.accounts.models import SecurityEvent
from fuyuantong.accounts.passwords import choose_password
from fuyuantong.accounts.second_factor import set_rule
from fuyuantong.accounts.security_log import MACHINE
from fuyuantong.conf.single_sign_on import SingleSignOnIncomplete, providers
from fuyuantong.desk.accounts.gate import SEEN
from fuyuantong.organs.staffing import close_account

pytestmark = pytest.mark.django_db

OIDC = {"OIDC_ISSUER": "https://sso.example", "OIDC_CLIENT_ID": "fyt", "OIDC_CLIENT_SECRET": "s"}


def last():
    event = SecurityEvent.objects.order_by("pk").last()
    return (event.kind, event.account, event.detail)


def test_a_refused_read_is_written_down(client: Client):
    account, uid = an_official(an_organ()), uuid4()
    client.force_login(account)

    response = client.get(f"/matter/{uid}")

    assert response.status_code == 404
    kind, who, detail = last()
    assert (kind, who, detail["refusal"], detail["path"]) == (
        "read-refused",
        account,
        "no-such-matter",
        f"/matter/{uid}",
    )


def test_who_is_idle_for_an_hour_is_signed_out(client: Client):
    account = an_official(an_organ())
    client.force_login(account)
    client.get("/")
    session = client.session
    session[SEEN] = timezone.now().timestamp() - settings.IDLE_SECONDS - 1
    session.save()

    assert client.get("/")["Location"] == "/login"
    assert last() == ("session-ended", account, {"account": account.username, "idle": True})
    assert client.get("/").status_code == 302


def test_life_is_noted_once_a_minute(client: Client):
    client.force_login(an_official(an_organ()))
    client.get("/")
    seen = client.session[SEEN]

    client.get("/")

    assert client.session[SEEN] == seen


def test_a_new_rule_reaches_open_sessions_within_a_minute(client: Client):
    client.force_login(an_official(an_organ()))
    client.get("/")
    set_rule(None, required=True, by=an_account(), origin=MACHINE, now=timezone.now())
    session = client.session
    session[SEEN] -= 60
    session.save()

    assert client.get("/")["Location"] == "/account"


def test_who_has_no_password_here_changes_none(client: Client):
    client.force_login(an_official(an_organ()))

    assert client.get("/account/password")["Location"] == "/account"


def test_the_old_password_is_asked_and_counted(client: Client):
    account = an_official(an_organ())
    choose_password(account, "blue-Bicycle-42", origin=MACHINE, now=timezone.now())
    client.force_login(account)

    page = client.post("/account/password", {"oldpassword": "x", "password1": "y", "password2": "y"}).content.decode()

    assert "账号或密码不正确。还可以再试 4 次。" in page
    assert last()[0] == "sign-in-failed"


def test_what_is_tried_during_a_lock_is_written_down_too(client: Client):
    for _ in range(6):
        page = client.post("/login", {"login": "nobody", "password": "x"}).content.decode()

    assert "已暂时锁定" in page
    assert last() == ("sign-in-failed", None, {"step": "locked"})


def test_ending_all_other_sessions_keeps_this_one(client: Client):
    account = an_official(an_organ())
    other = Client()
    for each in (client, other):
        each.force_login(account)
        each.get("/")

    client.post("/account/sessions/end")

    assert client.get("/").status_code == 200
    assert other.get("/").status_code == 302


def test_without_settings_there_is_no_single_sign_on():
    assert providers({}) == {}


def test_half_a_single_sign_on_is_refused():
    with pytest.raises(SingleSignOnIncomplete, match="OIDC_CLIENT_ID、OIDC_CLIENT_SECRET"):
        providers({"OIDC_ISSUER": "https://sso.example"})


def test_a_whole_single_sign_on_is_offered():
    (app,) = providers({**OIDC, "OIDC_TITLE": "省政务认证"})["openid_connect"]["APPS"]

    assert (app["name"], app["settings"]["server_url"]) == ("省政务认证", "https://sso.example")


def let_in(claims, rf: RequestFactory):
    request = rf.get("/")
    login = SocialLogin(account=SocialAccount(provider="place", uid="1", extra_data=claims))
    with context.request_context(request):
        OutsideDoor().pre_social_login(request, login)
    return login.user


def test_who_is_vouched_for_is_let_in_by_the_name_of_the_account(rf: RequestFactory):
    account = an_account("court.handler")

    assert let_in({"userinfo": {"preferred_username": "court.handler"}}, rf) == account


@pytest.mark.parametrize("closed", [True, False])
def test_who_has_no_open_account_here_is_not_let_in(rf: RequestFactory, monkeypatch, closed):
    monkeypatch.setattr("fuyuantong.accounts.adapters.redirect", lambda name: name)
    if closed:
        close_account(an_account("court.handler"), by=None, now=timezone.now() - timedelta(days=1))

    with pytest.raises(ImmediateHttpResponse):
        let_in({"id_token": {"preferred_username": "court.handler"}}, rf)
    assert last() == ("sign-in-failed", None, {"step": "single-sign-on"})


def test_being_known_elsewhere_opens_no_account(rf: RequestFactory):
    with context.request_context(rf.get("/")):
        assert not OutsideDoor().is_open_for_signup(rf.get("/"), None)
