"""What lies beside a matter: rows, secrets, clocks, links and words."""

from pathlib import Path

import django.db.models.deletion
import django.db.models.lookups
from django.db import migrations, models

from fuyuantong.organs.raw_sql import run_file

SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0002_trail"),
    ]

    operations = [
        migrations.CreateModel(
            name="Blind",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "kind", "mac", "matter_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.TextField()),
                ("mac", models.BinaryField()),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
            ],
            options={
                "db_table": "blind",
                "constraints": [
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            models.Func("mac", function="octet_length", output_field=models.IntegerField()),
                            models.Value(32),
                        ),
                        name="blind_mac_is_digest",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Clock",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "matter_id", "name", "lap", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clocks",
                        to="matters.matter",
                    ),
                ),
                ("name", models.TextField()),
                ("lap", models.PositiveIntegerField(default=1)),
                ("started_on", models.DateField()),
                ("rule", models.JSONField()),
                ("due_on", models.DateField(null=True)),
                ("calendar_version", models.TextField()),
                ("state", models.PositiveSmallIntegerField(default=0)),
                ("proof", models.JSONField(null=True)),
            ],
            options={
                "db_table": "clock",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", 0)), fields=["due_on", "matter"], name="clock_running_due"
                    ),
                    models.Index(
                        condition=models.Q(("state__in", (0, 1))),
                        fields=["calendar_version", "matter"],
                        name="clock_running_calendar",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("state__in", [0, 1, 2, 3])), name="clock_state_known"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", 0), _negated=True), ("due_on__isnull", False), _connector="OR"
                        ),
                        name="clock_running_has_due",
                    ),
                    models.CheckConstraint(
                        condition=models.Func(
                            "rule", function="is_canonical_object", output_field=models.BooleanField()
                        ),
                        name="clock_rule_object",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Deferred",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("due_on", models.DateField()),
                (
                    "matter",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deferred",
                        to="matters.matter",
                    ),
                ),
                ("body", models.JSONField()),
                ("done_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "deferred",
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at__isnull", True)), fields=["due_on", "id"], name="deferred_waiting"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Func(
                            "body", function="is_canonical_object", output_field=models.BooleanField()
                        ),
                        name="deferred_body_object",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "from_uid", "to_uid", "kind", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("from_uid", models.UUIDField()),
                ("to_uid", models.UUIDField()),
                ("kind", models.TextField()),
                ("round", models.PositiveIntegerField(default=0)),
                ("row_key", models.TextField(blank=True, default="")),
                ("text_digest", models.BinaryField(null=True)),
            ],
            options={
                "db_table": "link",
                "indexes": [models.Index(fields=["to_uid"], name="link_to")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["child", "opened", "continues", "corrects", "case", "about", "recurs", "distinct"],
                            )
                        ),
                        name="link_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("text_digest__isnull", True),
                            django.db.models.lookups.Exact(
                                models.Func("text_digest", function="octet_length", output_field=models.IntegerField()),
                                models.Value(32),
                            ),
                            _connector="OR",
                        ),
                        name="link_text_is_digest",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MatterRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "matter_id", "field", "row_key", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="matters.matter",
                    ),
                ),
                ("field", models.TextField()),
                ("row_key", models.TextField()),
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
                ("values", models.JSONField(default=dict)),
                ("outcome", models.TextField(blank=True, default="")),
            ],
            options={
                "db_table": "matter_row",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Func(
                            "values", function="is_canonical_object", output_field=models.BooleanField()
                        ),
                        name="matter_row_values_object",
                    )
                ],
            },
        ),
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
            options={
                "db_table": "matter_words",
            },
        ),
        migrations.CreateModel(
            name="NamedRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "matter_id", "field", blank=True, editable=False, primary_key=True, serialize=False
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
                ("field", models.TextField()),
                ("register", models.TextField()),
                ("key", models.TextField(db_collation="C")),
            ],
            options={
                "db_table": "named_row",
                "indexes": [models.Index(fields=["register", "key"], name="named_row_key")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("key", ""), _negated=True), name="named_row_key_said")
                ],
            },
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[run_file(SQL, "reading_log.sql")],
            state_operations=[
                migrations.CreateModel(
                    name="ReadingLog",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "at",
                                "account_id",
                                "matter_id",
                                "field",
                                "row_key",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("account_id", models.BigIntegerField()),
                        ("matter_id", models.BigIntegerField()),
                        ("field", models.TextField()),
                        ("row_key", models.TextField(blank=True, default="")),
                        ("purpose", models.TextField()),
                    ],
                    options={
                        "db_table": "reading_log",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("purpose", ""), _negated=True), name="reading_log_purpose_said"
                            )
                        ],
                    },
                ),
            ],
        ),
        migrations.CreateModel(
            name="Rung",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "matter_id", "stay_seq", "rung", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rungs",
                        to="matters.matter",
                    ),
                ),
                ("stay_seq", models.PositiveIntegerField()),
                ("rung", models.TextField()),
                ("taken_at", models.DateTimeField()),
            ],
            options={
                "db_table": "rung",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("rung", ""), _negated=True), name="rung_said")
                ],
            },
        ),
        migrations.CreateModel(
            name="Secret",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "matter_id", "field", "row_key", blank=True, editable=False, primary_key=True, serialize=False
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
                ("field", models.TextField()),
                ("row_key", models.TextField(blank=True, default="")),
                ("salt", models.BinaryField()),
                ("cipher", models.BinaryField()),
                ("key_id", models.TextField()),
                ("erased_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "secret",
                "indexes": [
                    models.Index(condition=models.Q(("erased_at__isnull", True)), fields=["key_id"], name="secret_key")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("erased_at__isnull", True),
                            models.Q(("cipher", b""), ("key_id", ""), ("salt", b"")),
                            _connector="OR",
                        ),
                        name="secret_erased_is_empty",
                    )
                ],
            },
        ),
    ]
