"""The closed lists of notices: how soon one is told outside the system, and where a dispatch stands."""

from django.db import models

MAIL = "mail"


class Pace(models.TextChoices):
    """How soon a person is told through one channel."""

    NEVER = "never", "不发送"
    DIGEST = "digest", "每个工作日早上汇总一次"
    URGENT = "urgent", "逾期、督办即时发送，其余早上汇总"
    EACH = "each", "逐条即时发送"


class DispatchState(models.IntegerChoices):
    """Where a dispatch stands."""

    WAITING = 0, "待发送"
    SENT = 1, "已发送"
    DEAD = 2, "未送达"
