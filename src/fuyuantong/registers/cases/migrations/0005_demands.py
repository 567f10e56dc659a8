"""What matters must still hear of cases."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import fuyuantong.matters.models.outbox
from fuyuantong.organs.raw_sql import run_file

SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_warnings"), ("matters", "0016_named_rows")]

    operations = [
        migrations.CreateModel(
            name="Demand",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("seq", models.PositiveIntegerField()),
                ("event", models.TextField()),
                (
                    "xid",
                    fuyuantong.matters.models.outbox.TransactionId(
                        db_default=models.Func(function="pg_current_xact_id")
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.courtcase",
                    ),
                ),
            ],
            options={"db_table": "case_demand"},
        ),
        run_file(SQL, "demands.sql"),
    ]
