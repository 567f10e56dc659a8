"""The private address of one's calendar, and what the security log says of it."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from fuyuantong.organs.raw_sql import run_file

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_trails_verified"),
        ("organs", "0001_directory"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
        migrations.RemoveConstraint(
            model_name="securityevent",
            name="security_event_kind_known",
        ),
        migrations.AddConstraint(
            model_name="securityevent",
            constraint=models.CheckConstraint(
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
                            "trails-verified",
                            "unlocked",
                        ],
                    )
                ),
                name="security_event_kind_known",
            ),
        ),
        run_file(SQL, "feeds.sql"),
    ]
