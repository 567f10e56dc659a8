"""What is made of cases: bulletins, warnings, demands, notices of hearings; and the tokens of feeds."""

from pathlib import Path

import django.db.models.deletion
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models

import fuyuantong.matters.models.outbox
from fuyuantong.organs.raw_sql import run_file

SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_cases"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bulletin",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "keeper",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("quarter", models.PositiveSmallIntegerField()),
                ("edition", models.PositiveSmallIntegerField()),
                ("figures", models.JSONField()),
                ("issued_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "appearance_bulletin",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("keeper", "year", "quarter", "edition"), name="bulletin_edition_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BulletinSight",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "bulletin_id", "scope_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("bulletin_id", models.UUIDField()),
                ("scope_id", models.BigIntegerField()),
            ],
            options={
                "db_table": "bulletin_sight",
            },
        ),
        migrations.CreateModel(
            name="CaseWarning",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "keeper",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"
                    ),
                ),
                ("rule", models.TextField()),
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
                ("name", models.TextField()),
                ("cause", models.TextField()),
                ("act_kind", models.TextField()),
                ("year", models.PositiveSmallIntegerField()),
                ("step", models.PositiveSmallIntegerField()),
                ("n", models.PositiveIntegerField()),
                ("months", models.PositiveSmallIntegerField()),
                ("first_on", models.DateField()),
                ("last_on", models.DateField()),
                ("cases", models.JSONField()),
                ("found_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("matter", models.UUIDField(null=True)),
                ("reason", models.TextField(blank=True, default="")),
            ],
            options={
                "db_table": "case_warning",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("keeper", "rule", "organ", "name", "cause", "act_kind", "year", "step"),
                        name="case_warning_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("matter__isnull", True), ("reason", "")),
                            models.Q(
                                models.Q(("decided_at__isnull", False)),
                                models.Q(
                                    ("matter__isnull", False), models.Q(("reason", ""), _negated=True), _connector="OR"
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="case_warning_decided",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Demand",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.courtcase",
                    ),
                ),
                ("seq", models.PositiveIntegerField()),
                ("event", models.TextField()),
                (
                    "xid",
                    fuyuantong.matters.models.outbox.TransactionId(
                        db_default=models.Func(function="pg_current_xact_id")
                    ),
                ),
            ],
            options={
                "db_table": "case_demand",
            },
        ),
        migrations.CreateModel(
            name="FeedToken",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("digest", models.BinaryField(unique=True)),
                ("label", models.TextField()),
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
                    "organ",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "case_feed_token",
            },
        ),
        migrations.CreateModel(
            name="FeedAnswer",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "token_id", "key", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "token",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.feedtoken",
                    ),
                ),
                ("key", models.TextField()),
                ("request_digest", models.TextField()),
                ("body", models.JSONField()),
                ("answered_at", models.DateTimeField()),
            ],
            options={
                "db_table": "case_feed_answer",
            },
        ),
        migrations.CreateModel(
            name="Heard",
            fields=[
                ("matter_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("seq", models.PositiveIntegerField()),
            ],
            options={
                "db_table": "matter_heard",
            },
        ),
        migrations.CreateModel(
            name="HearingNotice",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "case_id",
                        "heard_on",
                        "place",
                        "matter_uid",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="notices",
                        to="cases.courtcase",
                    ),
                ),
                ("heard_on", models.DateField()),
                ("place", models.PositiveSmallIntegerField()),
                ("mechanism", models.TextField()),
                ("matter_uid", models.UUIDField()),
            ],
            options={
                "db_table": "hearing_notice",
            },
        ),
        migrations.CreateModel(
            name="PublishedFigure",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "keeper",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("measure", models.TextField()),
                ("n", models.PositiveIntegerField()),
                ("source", models.TextField()),
                ("published_on", models.DateField()),
                ("entered_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "published_figure",
                "indexes": [models.Index(fields=["keeper", "-year", "measure", "-id"], name="published_figure_of")],
            },
        ),
        run_file(SQL, "bulletins.sql"),
        run_file(SQL, "warnings.sql"),
        run_file(SQL, "demands.sql"),
        run_file(SQL, "hearings.sql"),
        run_file(SQL, "tokens.sql"),
    ]
