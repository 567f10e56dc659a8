"""Tables of paper matters on their way in, and what their columns stand for."""

import django.db.models.deletion
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models

ACCOUNT = settings.AUTH_USER_MODEL
CASCADE = django.db.models.deletion.CASCADE


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_kept"), ("organs", "0001_directory")]

    operations = [
        migrations.CreateModel(
            name="PaperTable",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
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
                ("account", models.ForeignKey(on_delete=CASCADE, related_name="+", to=ACCOUNT)),
                ("organ", models.ForeignKey(on_delete=CASCADE, related_name="+", to="organs.organ")),
            ],
            options={
                "db_table": "paper_table",
                "indexes": [models.Index(fields=["organ", "-created_at"], name="paper_table_organ")],
            },
        ),
        migrations.CreateModel(
            name="PaperColumn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mechanism", models.TextField()),
                ("head", models.TextField()),
                ("meaning", models.TextField()),
                ("organ", models.ForeignKey(on_delete=CASCADE, related_name="+", to="organs.organ")),
            ],
            options={
                "db_table": "paper_column",
                "constraints": [
                    models.UniqueConstraint(fields=("organ", "mechanism", "head"), name="paper_column_once")
                ],
            },
        ),
    ]
