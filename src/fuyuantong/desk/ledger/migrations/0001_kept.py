"""Views and columns that people keep."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

ACCOUNT = settings.AUTH_USER_MODEL


class Migration(migrations.Migration):
    initial = True

    dependencies = [("organs", "0001_directory")]

    operations = [
        migrations.CreateModel(
            name="LedgerView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=30)),
                ("address", models.TextField()),
                ("first", models.BooleanField(default=False)),
                (
                    "account",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=ACCOUNT),
                ),
                (
                    "shared_with",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organs.organ"
                    ),
                ),
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
            name="LedgerColumns",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=ACCOUNT,
                    ),
                ),
                ("columns", models.JSONField()),
            ],
            options={"db_table": "ledger_columns"},
        ),
    ]
