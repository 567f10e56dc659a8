"""Guards as forms show them."""

from datetime import datetime

from django.core.exceptions import ValidationError

from fuyuantong.accounts.guarding import LOCK, Attempt, LockedOut, count, locked_out
from fuyuantong.accounts.security_log import write_event
from fuyuantong.accounts.vocabulary import SecurityKind


def counted(attempt: Attempt, *, now: datetime) -> int:
    """Count an attempt; return how many more may fail. Raises: `ValidationError` while it is locked."""
    try:
        return count(attempt, now=now)
    except LockedOut as locked:
        write_event(
            SecurityKind.SIGN_IN_FAILED,
            account=attempt.account,
            origin=attempt.origin,
            now=now,
            detail={"step": "locked"},
        )
        raise ValidationError(_said(locked)) from locked


def refused(words: str, *, left: int, now: datetime) -> ValidationError:
    """Return what a form says after an attempt that failed, and how many more may fail."""
    if left > 0:
        return ValidationError(f"{words}还可以再试 {left} 次。")
    return ValidationError(words + _said(locked_out(now + LOCK, now=now)))


def _said(locked: LockedOut) -> str:
    return f"{locked.detail}{locked.remedy}"
