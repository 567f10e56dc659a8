"""The form with which a person signs in."""

from typing import ClassVar

from django.contrib.auth.forms import AuthenticationForm


class LoginForm(AuthenticationForm):
    """Check account and password; the answer tells nobody which of the two was wrong."""

    error_messages: ClassVar = {  # type: ignore[misc]
        "invalid_login": "账号或密码不正确。",
        "inactive": "账号或密码不正确。",
    }
