"""Notices and settings of places."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from fuyuantong.organs.raw_sql import run_file

SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0005_walls"),
        ("organs", "0001_directory"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlaceSetting",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("region_code", models.TextField(db_collation="C")),
                ("key", models.TextField()),
                ("value", models.JSONField()),
                ("basis", models.TextField()),
                ("valid_from", models.DateField()),
                ("set_by", models.TextField()),
                ("set_at", models.DateTimeField()),
            ],
            options={
                "db_table": "place_setting",
                "indexes": [models.Index(fields=["key", "region_code", "-valid_from"], name="place_setting_key")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("basis", ""), _negated=True), name="place_setting_basis_said"
                    ),
                    models.CheckConstraint(
                        condition=models.Func(
                            "value", function="is_canonical_object", output_field=models.BooleanField()
                        ),
                        name="place_setting_value_object",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("outbox_id", models.BigIntegerField()),
                ("matter_uid", models.UUIDField()),
                ("kind", models.TextField()),
                ("text", models.TextField()),
                ("created_at", models.DateTimeField()),
                (
                    "organ",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"
                    ),
                ),
            ],
            options={
                "db_table": "notice",
                "indexes": [models.Index(fields=["organ", "-id"], name="notice_organ")],
                "constraints": [
                    models.UniqueConstraint(fields=("outbox_id", "organ"), name="notice_once"),
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="notice_text_said"),
                ],
            },
        ),
        run_file(SQL, "notices.sql"),
    ]
