"""What is kept of accounts beside the directory."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from fuyuantong.organs.raw_sql import run_file

SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("organs", "0001_directory"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarFeed",
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
                ("digest", models.BinaryField(unique=True)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "db_table": "calendar_feed",
            },
        ),
        migrations.CreateModel(
            name="FactorRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organ",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"
                    ),
                ),
                ("required", models.BooleanField()),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("set_at", models.DateTimeField()),
            ],
            options={
                "db_table": "factor_rule",
            },
        ),
        migrations.CreateModel(
            name="Guard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("key", models.CharField(db_collation="C", max_length=80)),
                ("attempts", models.IntegerField()),
                ("since", models.DateTimeField()),
                ("locked_until", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "sign_in_guard",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["account", "address", "factor"])),
                        name="sign_in_guard_kind_known",
                    ),
                    models.UniqueConstraint(fields=("kind", "key"), name="sign_in_guard_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PasswordStanding",
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
                ("set_at", models.DateTimeField()),
                ("must_change", models.BooleanField()),
            ],
            options={
                "db_table": "password_standing",
            },
        ),
        migrations.CreateModel(
            name="SecurityEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("address", models.GenericIPAddressField(null=True)),
                ("agent", models.CharField(blank=True, max_length=200)),
                ("detail", models.JSONField()),
            ],
            options={
                "db_table": "security_event",
                "indexes": [
                    models.Index(fields=["account", "-id"], name="security_event_account"),
                    models.Index(fields=["kind", "-id"], name="security_event_kind"),
                    models.Index(fields=["-at", "-id"], name="security_event_at"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "administered",
                                    "administration-refused",
                                    "codes-printed",
                                    "factor-added",
                                    "factor-removed",
                                    "factor-rule-set",
                                    "feed-made",
                                    "feed-revoked",
                                    "locked",
                                    "password-changed",
                                    "password-given",
                                    "read-refused",
                                    "session-ended",
                                    "sign-in-failed",
                                    "signed-in",
                                    "signed-out",
                                    "token-made",
                                    "token-revoked",
                                    "trails-verified",
                                    "unlocked",
                                ],
                            )
                        ),
                        name="security_event_kind_known",
                    )
                ],
            },
        ),
        run_file(SQL, "guards.sql"),
        run_file(SQL, "feeds.sql"),
    ]
