"""Who was told what, how each person wants to be told, and what is sent outward."""

from datetime import time
from typing import ClassVar

from django.db import models
from django.db.models import Q

from fuyuantong.matters.models.checks import is_object
from fuyuantong.notices.vocabulary import MAIL, DispatchState, Pace
from fuyuantong.organs.identity import new_uid


class Told(models.Model):
    """One notice on the desk of one person: this key is what makes it once."""

    pk = models.CompositePrimaryKey("account_id", "notice_id")
    account = models.ForeignKey("organs.Account", models.PROTECT, db_index=False, related_name="+")
    notice = models.ForeignKey("matters.Notice", models.PROTECT, db_index=False, related_name="told")
    read_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "told"
        indexes: ClassVar = [
            models.Index(name="told_unread", fields=["account", "-notice"], condition=Q(read_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.notice_id}"


class NoticeWish(models.Model):
    """
    How a person wants to be told outside the system; who has none is told as `services.wishes.DEFAULT` says.

    Shape: `paces` maps channels to `Pace`. `urgent_always`: what is urgent does not wait for the hours.
    """

    account = models.OneToOneField("organs.Account", models.PROTECT, primary_key=True, related_name="+")
    paces = models.JSONField(default=dict)
    mail_to = models.EmailField(blank=True)
    from_time = models.TimeField(default=time(8, 30))
    until_time = models.TimeField(default=time(17, 30))
    working_days_only = models.BooleanField(default=True)
    urgent_always = models.BooleanField(default=False)

    class Meta:
        db_table = "notice_wish"
        constraints: ClassVar = [
            models.CheckConstraint(name="notice_wish_hours", condition=Q(from_time__lt=models.F("until_time"))),
            models.CheckConstraint(name="notice_wish_paces_object", condition=is_object("paces")),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}"

    def pace(self, channel: str) -> Pace:
        """Return how soon the person is told through a channel; never by mail that has no address."""
        if channel == MAIL and not self.mail_to:
            return Pace.NEVER
        return Pace(self.paces.get(channel, Pace.URGENT))


class Dispatch(models.Model):
    """
    One neutral line on its way to one person outside the system: of one notice, or the digest of one morning.

    `key` goes with every try, so that who receives it twice knows it is the same.
    """

    id = models.BigAutoField(primary_key=True)
    key = models.UUIDField(default=new_uid, unique=True, editable=False)
    account = models.ForeignKey("organs.Account", models.PROTECT, db_index=False, related_name="+")
    channel = models.TextField()
    notice = models.ForeignKey("matters.Notice", models.PROTECT, null=True, db_index=False, related_name="+")
    digest_on = models.DateField(null=True)
    text = models.TextField()
    urgent = models.BooleanField(default=False)
    state = models.PositiveSmallIntegerField(default=DispatchState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    fault = models.TextField(blank=True)

    class Meta:
        db_table = "dispatch"
        indexes: ClassVar = [
            models.Index(name="dispatch_waiting", fields=["channel", "not_before", "id"], condition=Q(state=0)),
            models.Index(name="dispatch_troubled", fields=["-id"], condition=~Q(fault="") & ~Q(state=1)),
            models.Index(name="dispatch_ended", fields=["channel", "ended_at"], condition=Q(state__in=(1, 2))),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="dispatch_notice_once", fields=["notice", "account", "channel"]),
            models.UniqueConstraint(name="dispatch_digest_once", fields=["account", "channel", "digest_on"]),
            models.CheckConstraint(
                name="dispatch_of_one_thing",
                condition=Q(notice__isnull=True, digest_on__isnull=False)
                | Q(notice__isnull=False, digest_on__isnull=True),
            ),
            models.CheckConstraint(name="dispatch_state_known", condition=Q(state__in=DispatchState.values)),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.channel}"
