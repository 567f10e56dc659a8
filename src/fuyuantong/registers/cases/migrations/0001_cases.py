"""Administrative cases, their defendants and hearings, and how they come in."""

from pathlib import Path

import django.db.models.deletion
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models

from fuyuantong.organs.raw_sql import run_file

SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("matters", "0004_keeping"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseSight",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "scope_id", "sort_on", "case_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("scope_id", models.BigIntegerField()),
                ("sort_on", models.DateField()),
                ("case_id", models.BigIntegerField()),
            ],
            options={
                "db_table": "case_sight",
            },
        ),
        migrations.CreateModel(
            name="CourtCase",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "keeper",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organs.organ",
                    ),
                ),
                ("number", models.TextField()),
                ("number_key", models.TextField(db_collation="C")),
                ("is_old", models.BooleanField()),
                ("year", models.PositiveSmallIntegerField()),
                ("court_code", models.TextField(db_collation="C")),
                ("type_word", models.TextField()),
                ("instance", models.TextField()),
                ("court", models.TextField()),
                ("cause", models.TextField()),
                ("act_kind", models.TextField()),
                ("filed_on", models.DateField(null=True)),
                ("decided_on", models.DateField(null=True)),
                ("effective_on", models.DateField(null=True)),
                ("outcome", models.TextField()),
                ("disclosed", models.BooleanField(null=True)),
                ("below_number", models.TextField()),
                ("below_key", models.TextField(db_collation="C")),
                ("passed", models.TextField()),
                ("passed_number", models.TextField()),
                ("passed_key", models.TextField(db_collation="C")),
                ("plaintiffs", models.TextField()),
                ("defendants", models.TextField()),
                ("third", models.TextField()),
                ("note", models.TextField()),
                ("words", models.TextField()),
                ("sort_on", models.DateField()),
                ("seq", models.PositiveIntegerField()),
                ("fed_at", models.DateTimeField()),
            ],
            options={
                "db_table": "court_case",
                "indexes": [
                    models.Index(fields=["keeper", "sort_on", "id"], name="court_case_kept"),
                    models.Index(
                        condition=models.Q(("below_key", ""), _negated=True),
                        fields=["below_key"],
                        name="court_case_below",
                    ),
                    models.Index(
                        condition=models.Q(("passed_key", ""), _negated=True),
                        fields=["passed_key"],
                        name="court_case_passed",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("number_key",), name="court_case_number"),
                    models.CheckConstraint(
                        condition=models.Q(("below_key", models.F("number_key")), _negated=True),
                        name="court_case_not_its_own",
                    ),
                    models.CheckConstraint(condition=models.Q(("seq__gte", 1)), name="court_case_fed"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Appearance",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "case_id", "heard_on", "place", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="appearances",
                        to="cases.courtcase",
                    ),
                ),
                ("heard_on", models.DateField()),
                ("place", models.PositiveSmallIntegerField()),
                ("finding", models.TextField()),
            ],
            options={
                "db_table": "appearance",
            },
        ),
        migrations.CreateModel(
            name="CaseEvent",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "case_id", "seq", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="cases.courtcase",
                    ),
                ),
                ("seq", models.PositiveIntegerField()),
                ("kind", models.TextField()),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organs.organ",
                    ),
                ),
                ("at", models.DateTimeField()),
                ("said", models.JSONField()),
                ("changes", models.JSONField()),
                ("source", models.TextField()),
                ("source_digest", models.TextField()),
                ("source_row", models.PositiveIntegerField()),
                ("matter_uid", models.UUIDField(null=True)),
            ],
            options={
                "db_table": "case_event",
            },
        ),
        migrations.CreateModel(
            name="Defendant",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "case_id", "place", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="parties_sued",
                        to="cases.courtcase",
                    ),
                ),
                ("place", models.PositiveSmallIntegerField()),
                ("name", models.TextField()),
                (
                    "organ",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organs.organ",
                    ),
                ),
                ("served_on", models.DateField(null=True)),
                ("answered_on", models.DateField(null=True)),
            ],
            options={
                "db_table": "case_defendant",
                "indexes": [
                    models.Index(
                        condition=models.Q(("organ__isnull", False)),
                        fields=["organ", "case"],
                        name="case_defendant_organ",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Feed",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"
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
                ("file_name", models.TextField()),
                ("file_digest", models.TextField()),
                ("unknown_heads", models.JSONField()),
                ("rows", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("taken_at", models.DateTimeField(null=True)),
                ("taken", models.PositiveIntegerField(default=0)),
            ],
            options={
                "db_table": "case_feed",
                "indexes": [models.Index(fields=["organ", "-created_at"], name="case_feed_organ")],
            },
        ),
        migrations.CreateModel(
            name="FedRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "feed_id", "row", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "feed",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="fed",
                        to="cases.feed",
                    ),
                ),
                ("row", models.PositiveIntegerField()),
                ("number_key", models.TextField(db_collation="C")),
                ("number", models.JSONField()),
                ("content", models.JSONField()),
                ("unread", models.JSONField()),
                ("said", models.JSONField()),
                ("before", models.JSONField()),
                ("seen_seq", models.PositiveIntegerField()),
                ("verdict", models.TextField()),
                ("reopens", models.BooleanField()),
                ("contradicts", models.BooleanField(default=False)),
                ("faults", models.JSONField()),
            ],
            options={
                "db_table": "fed_row",
            },
        ),
        migrations.CreateModel(
            name="Hearing",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "case_id", "heard_on", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="hearings",
                        to="cases.courtcase",
                    ),
                ),
                ("heard_on", models.DateField()),
            ],
            options={
                "db_table": "hearing",
            },
        ),
        migrations.CreateModel(
            name="KeeperSight",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "keeper_id", "scope_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("keeper_id", models.BigIntegerField()),
                ("scope_id", models.BigIntegerField()),
            ],
            options={
                "db_table": "keeper_sight",
            },
        ),
        run_file(SQL, "walls.sql"),
    ]
