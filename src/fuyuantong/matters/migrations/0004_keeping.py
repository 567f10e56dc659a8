"""Numbers, files, funds, queues and what a place has set; then the wall round it all."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

import fuyuantong.matters.models.outbox
from fuyuantong.organs.raw_sql import run_file

SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0003_beside"),
    ]

    operations = [
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
                (
                    "matter",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="matters.matter",
                    ),
                ),
                ("seq", models.PositiveIntegerField()),
                ("field", models.TextField(blank=True, default="")),
                (
                    "blob",
                    models.ForeignKey(
                        db_column="digest",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="matters.blob",
                    ),
                ),
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
            ],
            options={
                "db_table": "attachment",
                "indexes": [models.Index(fields=["matter", "seq"], name="attachment_matter")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="attachment_name_said"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("inner", False), ("organ__isnull", False), _connector="OR"),
                        name="attachment_inner_has_organ",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Chain",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "organ",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"
                    ),
                ),
                ("mechanism", models.TextField()),
                ("move", models.TextField()),
                ("posts", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ("set_by", models.TextField()),
                ("set_at", models.DateTimeField()),
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
            options={
                "db_table": "claim",
                "constraints": [
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            models.Func("key_mac", function="octet_length", output_field=models.IntegerField()),
                            models.Value(32),
                        ),
                        name="claim_key_is_digest",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Followed",
            fields=[
                ("name", models.TextField(primary_key=True, serialize=False)),
                ("version", models.BigIntegerField()),
                ("on_day", models.DateField()),
            ],
            options={
                "db_table": "followed",
            },
        ),
        migrations.CreateModel(
            name="Fund",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "organ",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"),
                ),
                ("key", models.TextField()),
                ("title", models.TextField()),
                ("balance_fen", models.BigIntegerField(default=0)),
            ],
            options={
                "db_table": "fund",
                "constraints": [
                    models.UniqueConstraint(fields=("organ", "key"), name="fund_key"),
                    models.CheckConstraint(condition=models.Q(("balance_fen__gte", 0)), name="fund_never_negative"),
                ],
            },
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
                (
                    "fund",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="matters.fund",
                    ),
                ),
                ("seq", models.PositiveIntegerField()),
                ("kind", models.TextField()),
                ("amount_fen", models.BigIntegerField()),
                (
                    "matter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fund_entries",
                        to="matters.matter",
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "fund_entry",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["budget", "reserve", "release", "commit", "recover"])),
                        name="fund_entry_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_fen__gt", 0)), name="fund_entry_amount_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "budget"), ("matter__isnull", False), _connector="OR"),
                        name="fund_entry_drawn_by_matter",
                    ),
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
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("key", models.TextField()),
                ("request_digest", models.BinaryField()),
                (
                    "matter",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.matter",
                    ),
                ),
                ("seq", models.PositiveIntegerField()),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "idempotency",
                "constraints": [
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            models.Func("request_digest", function="octet_length", output_field=models.IntegerField()),
                            models.Value(32),
                        ),
                        name="idempotency_is_digest",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("outbox_id", models.BigIntegerField()),
                (
                    "organ",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"
                    ),
                ),
                ("matter_uid", models.UUIDField(null=True)),
                ("kind", models.TextField()),
                ("text", models.TextField()),
                ("urgent", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
                ("addressed_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "notice",
                "indexes": [
                    models.Index(fields=["organ", "-id"], name="notice_organ"),
                    models.Index(
                        condition=models.Q(("addressed_at__isnull", True)), fields=["id"], name="notice_unaddressed"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("outbox_id", "organ"), name="notice_once"),
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="notice_text_said"),
                ],
            },
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
                (
                    "organ",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"
                    ),
                ),
                ("kind", models.TextField()),
                ("year", models.PositiveSmallIntegerField()),
                ("serial", models.PositiveIntegerField()),
                (
                    "matter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="numbers",
                        to="matters.matter",
                    ),
                ),
                ("void_reason", models.TextField(blank=True, default="")),
            ],
            options={
                "db_table": "number_taken",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(models.Q(("matter__isnull", True)), models.Q(("void_reason", ""), _negated=True)),
                            models.Q(("matter__isnull", False), ("void_reason", "")),
                            _connector="OR",
                        ),
                        name="number_taken_or_void",
                    )
                ],
            },
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
            name="Serial",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organ_id", "kind", "year", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"
                    ),
                ),
                ("kind", models.TextField()),
                ("year", models.PositiveSmallIntegerField()),
                ("next", models.PositiveIntegerField(default=1)),
            ],
            options={
                "db_table": "serial",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("next__gte", 1)), name="serial_next_positive")
                ],
            },
        ),
        run_file(SQL, "append_only.sql"),
        run_file(SQL, "walls.sql"),
        run_file(SQL, "doors.sql"),
        run_file(SQL, "notices.sql"),
        run_file(SQL, "followed.sql"),
        run_file(SQL, "words.sql"),
        run_file(SQL, "chains.sql"),
        run_file(SQL, "named_rows.sql"),
    ]
