"""What the worker puts away at night."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone
from tests.builders import an_official, an_organ

from fuyuantong.accounts.guarding import count, password_attempt
from fuyuantong.accounts.models import Guard
from fuyuantong.accounts.security_log import Origin
from fuyuantong.desk.tasks import forget_sessions

pytestmark = pytest.mark.django_db


def test_sessions_that_are_over_are_put_away_and_others_kept(client: Client):
    account, gone = an_official(an_organ()), Client()
    for each in (client, gone):
        each.force_login(account)
        each.get("/")
    gone.session.delete()

    forget_sessions(timestamp=0)

    assert [row.session_key for row in UserSession.objects.all()] == [client.session.session_key]


def test_guesses_of_the_day_before_are_forgotten():
    for days in (2, 0):
        origin = Origin(f"10.1.2.{days}", "")
        count(password_attempt(f"nobody{days}", origin=origin), now=timezone.now() - timedelta(days=days))

    forget_sessions(timestamp=0)

    assert Guard.objects.count() == 2
