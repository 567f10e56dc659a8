"""Rows of registers that matters name."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from fuyuantong.organs.raw_sql import run_file

SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("matters", "0015_recurrences")]

    operations = [
        migrations.CreateModel(
            name="NamedRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "matter_id", "field", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("field", models.TextField()),
                ("register", models.TextField()),
                ("key", models.TextField(db_collation="C")),
                (
                    "matter",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.matter",
                    ),
                ),
            ],
            options={
                "db_table": "named_row",
                "indexes": [models.Index(fields=["register", "key"], name="named_row_key")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("key", ""), _negated=True), name="named_row_key_said")
                ],
            },
        ),
        run_file(SQL, "named_rows.sql"),
    ]
