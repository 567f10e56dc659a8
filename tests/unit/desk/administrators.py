"""Administrators at their pages, for tests without a browser."""

from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.test import Client
from tests.builders import an_official

from fuyuantong.accounts.models import SecurityEvent
from fuyuantong.organs.models import Account, Organ
from fuyuantong.organs.vocabulary import PostKind


class Desk:
    """One administrator who has signed in."""

    def __init__(self, organ: Organ, kind: PostKind) -> None:
        self.account: Account = an_official(organ, kind=kind)
        Authenticator.objects.create(user=self.account, type=Authenticator.Type.WEBAUTHN, data={})
        self.client = Client()
        self.client.force_login(self.account)

    def page(self, path: str) -> str:
        """Return a page that is shown."""
        answer = self.client.get(f"/administration/{path}")
        assert answer.status_code == 200, answer.content.decode()
        return answer.content.decode()

    def does(self, path: str, **fields: object) -> str:
        """Return the page after an act that was done."""
        answer = self.client.post(f"/administration/{path}", fields, follow=True)
        assert answer.status_code == 200, answer.content.decode()
        return answer.content.decode()

    def fails(self, path: str, **fields: object) -> str:
        """Return the page of an act that was refused."""
        answer: HttpResponse = self.client.post(f"/administration/{path}", fields)
        assert answer.status_code == 422, answer.content.decode()
        return answer.content.decode()


def last_event() -> SecurityEvent:
    """Return the last entry of the security log."""
    return SecurityEvent.objects.order_by("-pk")[0]
