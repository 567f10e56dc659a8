"""Who sits where in the organisation of the cooperation."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from fuyuantong.organs.raw_sql import run_file

SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("organs", "0001_directory"),
        ("plans", "0004_evidence_of_due_items"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Seat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("region_code", models.CharField(db_collation="C", max_length=9)),
                ("section", models.CharField(max_length=20)),
                ("part", models.CharField(max_length=20)),
                ("theme", models.CharField(blank=True, max_length=60)),
                ("person", models.CharField(blank=True, max_length=60)),
                ("post", models.CharField(blank=True, max_length=100)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("note", models.CharField(blank=True, max_length=400)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("entered_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"
                    ),
                ),
            ],
            options={
                "db_table": "plan_seat",
                "indexes": [models.Index(fields=["region_code", "section"], name="plan_seat_region")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True)),
                        fields=("region_code", "section", "part", "theme", "organ", "person", "post"),
                        name="plan_seat_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "section__in",
                                ["division", "leading-group", "liaison", "member", "office", "working-group"],
                            )
                        ),
                        name="plan_seat_section_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "part__in",
                                [
                                    "chair",
                                    "competent",
                                    "dedicated",
                                    "deputy",
                                    "fellow",
                                    "head",
                                    "host",
                                    "invited",
                                    "lead",
                                    "officer",
                                ],
                            )
                        ),
                        name="plan_seat_part_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="plan_seat_dates",
                    ),
                ],
            },
        ),
        run_file(SQL, "seats.sql"),
    ]
