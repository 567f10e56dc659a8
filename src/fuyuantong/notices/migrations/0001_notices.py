"""Notices of persons, their wishes, and what goes outward."""

import datetime
from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fuyuantong.organs.identity
from fuyuantong.organs.raw_sql import run_file

SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("matters", "0004_keeping"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dispatch",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.UUIDField(default=fuyuantong.organs.identity.new_uid, editable=False, unique=True)),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("channel", models.TextField()),
                (
                    "notice",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.notice",
                    ),
                ),
                ("digest_on", models.DateField(null=True)),
                ("text", models.TextField()),
                ("urgent", models.BooleanField(default=False)),
                ("state", models.PositiveSmallIntegerField(default=0)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("not_before", models.DateTimeField()),
                ("created_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("fault", models.TextField(blank=True)),
            ],
            options={
                "db_table": "dispatch",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", 0)),
                        fields=["channel", "not_before", "id"],
                        name="dispatch_waiting",
                    ),
                    models.Index(
                        condition=models.Q(
                            models.Q(("fault", ""), _negated=True), models.Q(("state", 1), _negated=True)
                        ),
                        fields=["-id"],
                        name="dispatch_troubled",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", (1, 2))), fields=["channel", "ended_at"], name="dispatch_ended"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("notice", "account", "channel"), name="dispatch_notice_once"),
                    models.UniqueConstraint(fields=("account", "channel", "digest_on"), name="dispatch_digest_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("digest_on__isnull", False), ("notice__isnull", True)),
                            models.Q(("digest_on__isnull", True), ("notice__isnull", False)),
                            _connector="OR",
                        ),
                        name="dispatch_of_one_thing",
                    ),
                    models.CheckConstraint(condition=models.Q(("state__in", [0, 1, 2])), name="dispatch_state_known"),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeWish",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("paces", models.JSONField(default=dict)),
                ("mail_to", models.EmailField(blank=True, max_length=254)),
                ("from_time", models.TimeField(default=datetime.time(8, 30))),
                ("until_time", models.TimeField(default=datetime.time(17, 30))),
                ("working_days_only", models.BooleanField(default=True)),
                ("urgent_always", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "notice_wish",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("from_time__lt", models.F("until_time"))), name="notice_wish_hours"
                    ),
                    models.CheckConstraint(
                        condition=models.Func(
                            "paces", function="is_canonical_object", output_field=models.BooleanField()
                        ),
                        name="notice_wish_paces_object",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Told",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "account_id", "notice_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="told",
                        to="matters.notice",
                    ),
                ),
                ("read_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "told",
                "indexes": [
                    models.Index(
                        condition=models.Q(("read_at__isnull", True)), fields=["account", "-notice"], name="told_unread"
                    )
                ],
            },
        ),
        run_file(SQL, "notices.sql"),
    ]
