"""What a password must be, said in Chinese (Django's AUTH_PASSWORD_VALIDATORS)."""

from typing import Final

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError

from fuyuantong.organs.models import Account

KINDS_WANTED: Final = 3


class LongEnough(MinimumLengthValidator):
    """Demand a length."""

    def get_error_message(self) -> str:
        """Return what is wrong."""
        return f"密码至少 {self.min_length} 位。"


class NotWellKnown(CommonPasswordValidator):
    """Refuse what everybody tries first."""

    def get_error_message(self) -> str:
        """Return what is wrong."""
        return "这个密码太常见，容易被猜到。"


class NotLikeTheName(UserAttributeSimilarityValidator):
    """Refuse what stands on the door."""

    DEFAULT_USER_ATTRIBUTES = ("username", "display_name")

    def get_error_message(self) -> str:
        """Return what is wrong."""
        return "密码与账号或姓名太相近。"


class KindsOfCharacters:
    """Demand of a password three of four kinds of characters."""

    def validate(self, password: str, user: Account | None = None) -> None:
        """Check a password. Raises: `ValidationError`."""
        kinds = (str.islower, str.isupper, str.isdecimal, lambda letter: not letter.isalnum())
        if sum(any(of_kind(letter) for letter in password) for of_kind in kinds) < KINDS_WANTED:
            raise ValidationError(self.get_help_text(), code="password_too_plain")

    def get_help_text(self) -> str:
        """Return the rule in words."""
        return "密码须包含小写字母、大写字母、数字、符号中的至少三种。"


class NotTheSame:
    """Demand that a new password is a new one."""

    def validate(self, password: str, user: Account | None = None) -> None:
        """Check a password. Raises: `ValidationError`."""
        if user is not None and user.has_usable_password() and user.check_password(password):
            raise ValidationError(self.get_help_text(), code="password_same")

    def get_help_text(self) -> str:
        """Return the rule in words."""
        return "新密码不能与原密码相同。"
