"""What is begun for hearings, and what matters tell of them."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from fuyuantong.organs.raw_sql import run_file

SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_published")]

    operations = [
        migrations.AddField("caseevent", "matter_uid", models.UUIDField(null=True)),
        migrations.AddField("fedrow", "contradicts", models.BooleanField(default=False)),
        migrations.CreateModel(
            name="HearingNotice",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "case_id",
                        "heard_on",
                        "place",
                        "matter_uid",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("heard_on", models.DateField()),
                ("place", models.PositiveSmallIntegerField()),
                ("mechanism", models.TextField()),
                ("matter_uid", models.UUIDField()),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="notices",
                        to="cases.courtcase",
                    ),
                ),
            ],
            options={"db_table": "hearing_notice"},
        ),
        migrations.CreateModel(
            name="Heard",
            fields=[
                ("matter_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("seq", models.PositiveIntegerField()),
            ],
            options={"db_table": "matter_heard"},
        ),
        run_file(SQL, "hearings.sql"),
    ]
