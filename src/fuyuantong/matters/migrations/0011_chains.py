"""Through whose hands an act goes inside an organ."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from fuyuantong.organs.raw_sql import run_file

SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("matters", "0010_no_counters"), ("organs", "0001_directory")]

    operations = [
        migrations.CreateModel(
            name="Chain",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("mechanism", models.TextField()),
                ("move", models.TextField()),
                ("posts", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ("set_by", models.TextField()),
                ("set_at", models.DateTimeField()),
                (
                    "organ",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organs.organ",
                    ),
                ),
            ],
            options={
                "db_table": "approval_chain",
                "indexes": [models.Index(fields=["organ", "mechanism", "move", "-id"], name="approval_chain_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("posts", []), _negated=True), name="approval_chain_has_posts"
                    )
                ],
            },
        ),
        run_file(SQL, "chains.sql"),
    ]
