"""What is kept for all matters: numbers, funds, files, what is to be sent, counters."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

import fuyuantong.matters.models.outbox

SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("matters", "0003_beside")]

    operations = [
        migrations.CreateModel(
            name="Serial",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organ_id", "kind", "year", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.TextField()),
                ("year", models.PositiveSmallIntegerField()),
                ("next", models.PositiveIntegerField(default=1)),
                (
                    "organ",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"
                    ),
                ),
            ],
            options={"db_table": "serial"},
        ),
        migrations.AddConstraint(
            model_name="serial",
            constraint=models.CheckConstraint(condition=models.Q(("next__gte", 1)), name="serial_next_positive"),
        ),
        migrations.CreateModel(
            name="NumberTaken",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organ_id",
                        "kind",
                        "year",
                        "serial",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("kind", models.TextField()),
                ("year", models.PositiveSmallIntegerField()),
                ("serial", models.PositiveIntegerField()),
                ("void_reason", models.TextField(blank=True, default="")),
                (
                    "matter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="numbers",
                        to="matters.matter",
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"
                    ),
                ),
            ],
            options={"db_table": "number_taken"},
        ),
        migrations.AddConstraint(
            model_name="numbertaken",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(models.Q(("matter__isnull", True)), models.Q(("void_reason", ""), _negated=True)),
                    models.Q(("matter__isnull", False), ("void_reason", "")),
                    _connector="OR",
                ),
                name="number_taken_or_void",
            ),
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "kind", "key_mac", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.TextField()),
                ("key_mac", models.BinaryField()),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="claims", to="matters.matter"
                    ),
                ),
            ],
            options={"db_table": "claim"},
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.Exact(
                    models.Func("key_mac", function="octet_length", output_field=models.IntegerField()),
                    models.Value(32),
                ),
                name="claim_key_is_digest",
            ),
        ),
        migrations.CreateModel(
            name="Fund",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.TextField()),
                ("title", models.TextField()),
                ("balance_fen", models.BigIntegerField(default=0)),
                (
                    "organ",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"),
                ),
            ],
            options={"db_table": "fund"},
        ),
        migrations.AddConstraint(
            model_name="fund", constraint=models.UniqueConstraint(fields=("organ", "key"), name="fund_key")
        ),
        migrations.AddConstraint(
            model_name="fund",
            constraint=models.CheckConstraint(condition=models.Q(("balance_fen__gte", 0)), name="fund_never_negative"),
        ),
        migrations.CreateModel(
            name="FundEntry",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "fund_id", "seq", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("seq", models.PositiveIntegerField()),
                ("kind", models.TextField()),
                ("amount_fen", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "fund",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="matters.fund",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fund_entries",
                        to="matters.matter",
                    ),
                ),
            ],
            options={"db_table": "fund_entry"},
        ),
        migrations.AddConstraint(
            model_name="fundentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["budget", "reserve", "release", "commit", "recover"])),
                name="fund_entry_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="fundentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_fen__gt", 0)), name="fund_entry_amount_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="fundentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "budget"), ("matter__isnull", False), _connector="OR"),
                name="fund_entry_drawn_by_matter",
            ),
        ),
        migrations.CreateModel(
            name="Blob",
            fields=[
                ("digest", models.BinaryField(primary_key=True, serialize=False)),
                ("size", models.BigIntegerField()),
                ("mime_found", models.TextField()),
                ("stored_at", models.DateTimeField()),
                ("scan_state", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "db_table": "blob",
                "constraints": [
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            models.Func("digest", function="octet_length", output_field=models.IntegerField()),
                            models.Value(32),
                        ),
                        name="blob_digest_is_digest",
                    ),
                    models.CheckConstraint(condition=models.Q(("size__gte", 0)), name="blob_size_known"),
                    models.CheckConstraint(
                        condition=models.Q(("scan_state__in", [0, 1, 2, 3])), name="blob_scan_state_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("seq", models.PositiveIntegerField()),
                ("field", models.TextField(blank=True, default="")),
                ("name", models.TextField()),
                ("inner", models.BooleanField(default=False)),
                ("sensitive", models.BooleanField(default=False)),
                (
                    "organ",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organs.organ",
                    ),
                ),
                (
                    "blob",
                    models.ForeignKey(
                        db_column="digest",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="matters.blob",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="matters.matter",
                    ),
                ),
            ],
            options={"db_table": "attachment"},
        ),
        migrations.AddIndex(
            model_name="attachment", index=models.Index(fields=["matter", "seq"], name="attachment_matter")
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="attachment_name_said"
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(("inner", False), ("organ__isnull", False), _connector="OR"),
                name="attachment_inner_has_organ",
            ),
        ),
        migrations.CreateModel(
            name="Outbox",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "xid",
                    fuyuantong.matters.models.outbox.TransactionId(
                        db_default=models.Func(function="pg_current_xact_id")
                    ),
                ),
                ("target", models.TextField()),
                ("body", models.JSONField()),
                ("created_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "outbox",
                "indexes": [
                    models.Index(condition=models.Q(("done_at__isnull", True)), fields=["id"], name="outbox_waiting")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Func(
                            "body", function="is_canonical_object", output_field=models.BooleanField()
                        ),
                        name="outbox_body_object",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Idempotency",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "account_id", "key", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.TextField()),
                ("request_digest", models.BinaryField()),
                ("seq", models.PositiveIntegerField()),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
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
                    "matter",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.matter",
                    ),
                ),
            ],
            options={"db_table": "idempotency"},
        ),
        migrations.AddConstraint(
            model_name="idempotency",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.Exact(
                    models.Func("request_digest", function="octet_length", output_field=models.IntegerField()),
                    models.Value(32),
                ),
                name="idempotency_is_digest",
            ),
        ),
        migrations.CreateModel(
            name="Counter",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "scope_id",
                        "mechanism",
                        "state",
                        "phase",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("scope_id", models.BigIntegerField()),
                ("mechanism", models.TextField()),
                ("state", models.TextField()),
                ("phase", models.PositiveSmallIntegerField()),
                ("n", models.BigIntegerField(default=0)),
            ],
            options={"db_table": "counter"},
        ),
    ]
