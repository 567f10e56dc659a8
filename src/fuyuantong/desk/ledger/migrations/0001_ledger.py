"""What an official keeps of the ledger."""

import django.db.models.deletion
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("organs", "0001_directory"),
    ]

    operations = [
        migrations.CreateModel(
            name="LedgerColumns",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("columns", models.JSONField()),
            ],
            options={
                "db_table": "ledger_columns",
            },
        ),
        migrations.CreateModel(
            name="LedgerView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "shared_with",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organs.organ"
                    ),
                ),
                ("name", models.CharField(max_length=30)),
                ("address", models.TextField()),
                ("first", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "ledger_view",
                "constraints": [
                    models.UniqueConstraint(fields=("account", "name"), name="ledger_view_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("first", True)), fields=("account",), name="ledger_view_one_first"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperColumn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organ",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organs.organ"),
                ),
                ("mechanism", models.TextField()),
                ("head", models.TextField()),
                ("meaning", models.TextField()),
            ],
            options={
                "db_table": "paper_column",
                "constraints": [
                    models.UniqueConstraint(fields=("organ", "mechanism", "head"), name="paper_column_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperTable",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organs.organ"),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("mechanism", models.TextField()),
                ("file_name", models.CharField(max_length=200)),
                ("file_digest", models.CharField(max_length=64)),
                ("heads", models.JSONField()),
                ("rows", models.JSONField()),
                ("meanings", models.JSONField(default=dict)),
                ("everywhere", models.JSONField(default=dict)),
                ("left_out", models.JSONField(default=list)),
                ("faults", models.JSONField(default=list)),
                ("taken", models.JSONField(default=list)),
                ("created_at", models.DateTimeField()),
                ("looked_at", models.DateTimeField(null=True)),
                ("taken_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "paper_table",
                "indexes": [models.Index(fields=["organ", "-created_at"], name="paper_table_organ")],
            },
        ),
    ]
