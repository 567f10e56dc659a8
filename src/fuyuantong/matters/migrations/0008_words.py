"""Words by which matters are found."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from fuyuantong.organs.raw_sql import run_file

SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("matters", "0007_followed")]

    operations = [
        migrations.CreateModel(
            name="MatterWords",
            fields=[
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="matters.matter",
                    ),
                ),
                ("text", models.TextField()),
            ],
            options={"db_table": "matter_words"},
        ),
        run_file(SQL, "words.sql"),
    ]
