"""The trail, the inner trail and the slips of a matter."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.lookups
import uuid_utils.compat
from django.db import migrations, models

from fuyuantong.matters.models.spelled_json import SpelledJSONField


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0001_matter"),
    ]

    operations = [
        migrations.CreateModel(
            name="InnerRecord",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "matter_id", "organ_id", "seq", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inner_records",
                        to="matters.matter",
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"
                    ),
                ),
                ("seq", models.PositiveIntegerField()),
                ("kind", models.TextField()),
                ("account", models.TextField()),
                ("post", models.TextField(blank=True, default="")),
                ("recorded_at", models.DateTimeField()),
                ("values", SpelledJSONField(default=dict)),
                (
                    "files",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BinaryField(), default=list, size=None),
                ),
                ("prev", models.BinaryField()),
                ("digest", models.BinaryField(unique=True)),
            ],
            options={
                "db_table": "inner_record",
                "indexes": [
                    models.Index(
                        condition=models.Q(("kind", "document-proposed")),
                        fields=["organ", "recorded_at"],
                        name="inner_record_documents",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind", ""), _negated=True), name="inner_record_kind_said"
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            models.Func("prev", function="octet_length", output_field=models.IntegerField()),
                            models.Value(32),
                        ),
                        name="inner_record_prev_is_digest",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            models.Func("digest", function="octet_length", output_field=models.IntegerField()),
                            models.Value(32),
                        ),
                        name="inner_record_digest_is_digest",
                    ),
                    models.CheckConstraint(
                        condition=models.Func(
                            "values", function="is_canonical_object", output_field=models.BooleanField()
                        ),
                        name="inner_record_values_object",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Record",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "matter_id", "seq", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="records",
                        to="matters.matter",
                    ),
                ),
                ("seq", models.PositiveIntegerField()),
                ("epoch", models.PositiveIntegerField()),
                ("node_id", models.TextField()),
                ("kind", models.TextField()),
                ("move", models.TextField(blank=True, default="")),
                ("from_state", models.TextField(blank=True, default="")),
                ("to_state", models.TextField(blank=True, default="")),
                ("account", models.TextField(blank=True, default="")),
                ("post", models.TextField(blank=True, default="")),
                ("organ", models.TextField(blank=True, default="")),
                ("on_behalf_of", models.TextField(blank=True, default="")),
                ("effective_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("basis", models.TextField(blank=True, default="")),
                ("values", SpelledJSONField(default=dict)),
                ("resolved", SpelledJSONField(default=dict)),
                (
                    "files",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BinaryField(), default=list, size=None),
                ),
                ("prev", models.BinaryField()),
                ("digest", models.BinaryField(unique=True)),
                ("signature", models.BinaryField(null=True)),
            ],
            options={
                "db_table": "record",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "open",
                                    "move",
                                    "lapse",
                                    "join",
                                    "handover",
                                    "arrived",
                                    "slip-admitted",
                                    "clock-recomputed",
                                    "correction",
                                    "succession",
                                    "version-moved",
                                    "imported",
                                ],
                            )
                        ),
                        name="record_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            models.Func("prev", function="octet_length", output_field=models.IntegerField()),
                            models.Value(32),
                        ),
                        name="record_prev_is_digest",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            models.Func("digest", function="octet_length", output_field=models.IntegerField()),
                            models.Value(32),
                        ),
                        name="record_digest_is_digest",
                    ),
                    models.CheckConstraint(
                        condition=models.Func(
                            "values", function="is_canonical_object", output_field=models.BooleanField()
                        ),
                        name="record_values_object",
                    ),
                    models.CheckConstraint(
                        condition=models.Func(
                            "resolved", function="is_canonical_object", output_field=models.BooleanField()
                        ),
                        name="record_resolved_object",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(
                                models.F("effective_on"),
                                django.db.models.functions.comparison.Cast(
                                    models.Func(
                                        models.Value("Asia/Shanghai"),
                                        models.F("recorded_at"),
                                        function="timezone",
                                        output_field=models.DateField(),
                                    ),
                                    models.DateField(),
                                ),
                            ),
                            models.Q(("basis", ""), _negated=True),
                            models.Q(("files", []), _negated=True),
                            _connector="OR",
                        ),
                        name="record_other_date_has_basis",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Slip",
            fields=[
                ("uid", models.UUIDField(default=uuid_utils.compat.uuid7, primary_key=True, serialize=False)),
                ("matter_uid", models.UUIDField()),
                (
                    "matter",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slips",
                        to="matters.matter",
                    ),
                ),
                ("author_node", models.TextField()),
                (
                    "author_seq",
                    models.BigIntegerField(
                        db_default=models.Func(
                            models.Value("slip_author_seq"), function="nextval", output_field=models.BigIntegerField()
                        )
                    ),
                ),
                ("kind", models.TextField()),
                (
                    "organ",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"
                    ),
                ),
                ("account", models.TextField(blank=True, default="")),
                ("body", models.JSONField()),
                ("digest", models.BinaryField()),
                ("signature", models.BinaryField(null=True)),
                ("created_at", models.DateTimeField()),
                ("admitted_seq", models.PositiveIntegerField(null=True)),
                ("answer", models.JSONField(null=True)),
            ],
            options={
                "db_table": "slip",
                "indexes": [models.Index(fields=["matter_uid", "created_at"], name="slip_matter")],
                "constraints": [
                    models.UniqueConstraint(fields=("author_node", "author_seq"), name="slip_author"),
                    models.CheckConstraint(condition=models.Q(("kind", ""), _negated=True), name="slip_kind_said"),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            models.Func("digest", function="octet_length", output_field=models.IntegerField()),
                            models.Value(32),
                        ),
                        name="slip_digest_is_digest",
                    ),
                    models.CheckConstraint(
                        condition=models.Func(
                            "body", function="is_canonical_object", output_field=models.BooleanField()
                        ),
                        name="slip_body_object",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answer__isnull", True),
                            models.Func("answer", function="is_canonical_object", output_field=models.BooleanField()),
                            _connector="OR",
                        ),
                        name="slip_answer_object",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("admitted_seq__isnull", True), ("matter__isnull", False), _connector="OR"),
                        name="slip_admitted_has_matter",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer__isnull", True), ("admitted_seq__isnull", False), _connector="OR"),
                        name="slip_answered_when_admitted",
                    ),
                ],
            },
        ),
    ]
