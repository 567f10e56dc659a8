"""Who sees bulletins, and what courts published."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from fuyuantong.organs.raw_sql import run_file

SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_demands"),
        ("organs", "0001_directory"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BulletinSight",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "bulletin_id", "scope_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("bulletin_id", models.UUIDField()),
                ("scope_id", models.BigIntegerField()),
            ],
            options={
                "db_table": "bulletin_sight",
            },
        ),
        migrations.CreateModel(
            name="PublishedFigure",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("year", models.PositiveSmallIntegerField()),
                ("measure", models.TextField()),
                ("n", models.PositiveIntegerField()),
                ("source", models.TextField()),
                ("published_on", models.DateField()),
                ("entered_at", models.DateTimeField()),
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
                    "keeper",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"
                    ),
                ),
            ],
            options={
                "db_table": "published_figure",
                "indexes": [models.Index(fields=["keeper", "-year", "measure", "-id"], name="published_figure_of")],
            },
        ),
        run_file(SQL, "published.sql"),
    ]
