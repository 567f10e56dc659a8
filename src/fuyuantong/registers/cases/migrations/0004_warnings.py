"""Warnings of similar cases."""

from pathlib import Path

import django.db.models.deletion
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models

from fuyuantong.organs.raw_sql import run_file

SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_bulletins"),
        ("organs", "0001_directory"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseWarning",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("rule", models.TextField()),
                ("name", models.TextField()),
                ("cause", models.TextField()),
                ("act_kind", models.TextField()),
                ("year", models.PositiveSmallIntegerField()),
                ("step", models.PositiveSmallIntegerField()),
                ("n", models.PositiveIntegerField()),
                ("months", models.PositiveSmallIntegerField()),
                ("first_on", models.DateField()),
                ("last_on", models.DateField()),
                ("cases", models.JSONField()),
                ("found_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("matter", models.UUIDField(null=True)),
                ("reason", models.TextField(blank=True, default="")),
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
                (
                    "keeper",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organs.organ",
                    ),
                ),
            ],
            options={
                "db_table": "case_warning",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("keeper", "rule", "organ", "name", "cause", "act_kind", "year", "step"),
                        name="case_warning_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("matter__isnull", True), ("reason", "")),
                            models.Q(
                                models.Q(("decided_at__isnull", False)),
                                models.Q(
                                    ("matter__isnull", False), models.Q(("reason", ""), _negated=True), _connector="OR"
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="case_warning_decided",
                    ),
                ],
            },
        ),
        run_file(SQL, "warnings.sql"),
    ]
