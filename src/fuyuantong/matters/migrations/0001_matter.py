"""The matter and who sees it."""

from pathlib import Path

import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.lookups
import uuid_utils.compat
from django.db import migrations, models

from fuyuantong.organs.raw_sql import run_file

SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("organs", "0001_directory"),
    ]

    operations = [
        run_file(SQL, "functions.sql"),
        run_file(SQL, "roles.sql"),
        migrations.CreateModel(
            name="Declaration",
            fields=[
                ("digest", models.BinaryField(primary_key=True, serialize=False)),
                ("key", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("language", models.PositiveIntegerField()),
                ("body", models.JSONField()),
                ("stored_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "declaration",
                "indexes": [models.Index(fields=["key", "version"], name="declaration_key")],
                "constraints": [
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            models.Func("digest", function="octet_length", output_field=models.IntegerField()),
                            models.Value(32),
                        ),
                        name="declaration_digest_is_digest",
                    ),
                    models.CheckConstraint(
                        condition=models.Func(
                            "body", function="is_canonical_object", output_field=models.BooleanField()
                        ),
                        name="declaration_body_object",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__gte", 1), ("version__gte", 1)), name="declaration_numbered"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Matter",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=uuid_utils.compat.uuid7, unique=True)),
                (
                    "parent",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="matters.matter",
                    ),
                ),
                ("mechanism", models.TextField()),
                ("version", models.PositiveIntegerField()),
                (
                    "declaration",
                    models.ForeignKey(
                        db_column="declaration_digest",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.declaration",
                    ),
                ),
                ("number", models.TextField(blank=True, default="")),
                ("title", models.TextField()),
                ("state", models.TextField()),
                ("phase", models.PositiveSmallIntegerField(default=0)),
                (
                    "holder",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organs.organ",
                    ),
                ),
                (
                    "initiator",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"
                    ),
                ),
                ("custodian_node", models.TextField()),
                ("epoch", models.PositiveIntegerField(default=1)),
                ("region_code", models.TextField(db_collation="C")),
                ("secrecy", models.PositiveSmallIntegerField(default=0)),
                ("provenance", models.PositiveSmallIntegerField(default=0)),
                ("opened_at", models.DateTimeField()),
                ("due_on", models.DateField(null=True)),
                ("governing_clock", models.TextField(blank=True, default="")),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_kind", models.TextField(blank=True, default="")),
                ("seq", models.PositiveIntegerField(default=0)),
                (
                    "head",
                    models.BinaryField(
                        default=b"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
                    ),
                ),
                ("stay_seq", models.PositiveIntegerField(default=0)),
                ("round", models.PositiveIntegerField(default=0)),
                ("values", models.JSONField(default=dict)),
                ("fold", models.JSONField(default=dict)),
            ],
            options={
                "db_table": "matter",
                "indexes": [
                    models.Index(fields=["holder", "phase", "due_on", "id"], name="matter_to_do"),
                    models.Index(fields=["initiator", "-id"], name="matter_sent"),
                    models.Index(fields=["mechanism", "state", "-id"], name="matter_mechanism_state"),
                    models.Index(condition=models.Q(("phase", 0)), fields=["due_on", "id"], name="matter_due"),
                    models.Index(fields=["region_code", "-id"], name="matter_region"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("closed_kind", ""), ("phase", 0)),
                            models.Q(
                                models.Q(("closed_at__isnull", False), ("phase", 1)),
                                models.Q(("closed_kind", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="matter_closed_at_when_closed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("phase", 1), ("holder__isnull", False), _connector="OR"),
                        name="matter_open_has_holder",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("provenance__in", [0, 1, 2, 3])), name="matter_provenance_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stay_seq__lte", models.F("seq"))), name="matter_stay_not_ahead"
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            models.Func("head", function="octet_length", output_field=models.IntegerField()),
                            models.Value(32),
                        ),
                        name="matter_head_is_digest",
                    ),
                    models.CheckConstraint(
                        condition=models.Func(
                            "values", function="is_canonical_object", output_field=models.BooleanField()
                        ),
                        name="matter_values_object",
                    ),
                    models.CheckConstraint(
                        condition=models.Func(
                            "fold", function="is_canonical_object", output_field=models.BooleanField()
                        ),
                        name="matter_fold_object",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "matter_id",
                        "role",
                        "organ_id",
                        "since_seq",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parties",
                        to="matters.matter",
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"
                    ),
                ),
                ("role", models.TextField()),
                ("since_seq", models.PositiveIntegerField()),
                ("until_seq", models.PositiveIntegerField(null=True)),
                ("from_seq", models.PositiveIntegerField(default=1)),
            ],
            options={
                "db_table": "party",
                "indexes": [models.Index(fields=["organ", "role", "-matter"], name="party_organ_role")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until_seq__isnull", True)),
                        fields=("matter", "role", "organ"),
                        name="party_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_seq__isnull", True), ("until_seq__gte", models.F("since_seq")), _connector="OR"
                        ),
                        name="party_until_after_since",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sight",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "scope_id", "matter_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("scope_id", models.BigIntegerField()),
                ("matter_id", models.BigIntegerField()),
                ("from_seq", models.PositiveIntegerField(default=1)),
                ("until_seq", models.PositiveIntegerField(null=True)),
            ],
            options={
                "db_table": "sight",
                "constraints": [models.UniqueConstraint(fields=("matter_id", "scope_id"), name="sight_matter_scope")],
            },
        ),
    ]
