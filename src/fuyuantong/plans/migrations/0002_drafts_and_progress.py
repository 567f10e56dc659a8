"""Plans on their way in, and how their obligations go."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fuyuantong.plans.vocabulary
from fuyuantong.organs.raw_sql import run_file

SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0001_plans"),
    ]

    operations = [
        migrations.CreateModel(
            name="DraftRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="plans.planversion"
                    ),
                ),
                ("place", models.PositiveIntegerField()),
                ("origin", models.CharField(max_length=20)),
                ("is_standing", models.BooleanField(default=False)),
                ("span_start", models.PositiveIntegerField()),
                ("span_end", models.PositiveIntegerField()),
                ("part_start", models.PositiveIntegerField()),
                ("part_end", models.PositiveIntegerField()),
                ("rule", models.CharField(blank=True, max_length=60)),
                ("signature", models.CharField(max_length=64)),
                ("read", models.JSONField(null=True)),
                ("wording", models.JSONField()),
                ("sources", models.JSONField(default=dict)),
                ("decision", models.CharField(default=fuyuantong.plans.vocabulary.Decision["OPEN"], max_length=20)),
                ("reason", models.TextField(blank=True)),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="merged",
                        to="plans.draftrow",
                    ),
                ),
                (
                    "continues",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.obligation"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "plan_draft_row",
                "ordering": ("place", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("decision__in", ["confirmed", "dismissed", "merged", "open"])),
                        name="plan_draft_row_decision_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decision", "dismissed"), ("reason", ""), _negated=True),
                        name="plan_draft_row_dismissed_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="corrections", to="plans.draftrow"
                    ),
                ),
                ("field", models.CharField(max_length=20)),
                ("read", models.JSONField(null=True)),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "plan_correction",
            },
        ),
        migrations.CreateModel(
            name="EvidenceRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence_rules",
                        to="plans.obligation",
                    ),
                ),
                ("query", models.JSONField()),
                (
                    "set_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("set_at", models.DateTimeField()),
            ],
            options={
                "db_table": "plan_evidence_rule",
            },
        ),
        migrations.CreateModel(
            name="PlanSentence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sentences", to="plans.planversion"
                    ),
                ),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("clause", models.CharField(max_length=60)),
                ("kind", models.CharField(max_length=20)),
                ("rule", models.CharField(max_length=60)),
                ("judged_kind", models.CharField(blank=True, max_length=20)),
                (
                    "judged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("judged_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "plan_sentence",
                "constraints": [models.UniqueConstraint(fields=("version", "start"), name="plan_sentence_once")],
            },
        ),
        migrations.CreateModel(
            name="DueItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="due_items", to="plans.obligation"
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"),
                ),
                (
                    "due",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.obligationdue"
                    ),
                ),
                ("period", models.CharField(max_length=20)),
                ("starts_on", models.DateField()),
                ("due_on", models.DateField()),
                ("created_at", models.DateTimeField()),
                ("late_created", models.BooleanField(default=False)),
                ("done_on", models.DateField(null=True)),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "matter",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
            ],
            options={
                "db_table": "plan_due_item",
                "indexes": [models.Index(fields=["organ", "due_on"], name="plan_due_item_organ")],
                "constraints": [
                    models.UniqueConstraint(fields=("obligation", "organ", "period"), name="plan_due_item_once"),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("starts_on"))), name="plan_due_item_dates"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgressNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="plans.obligation"
                    ),
                ),
                (
                    "due_item",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="plans.dueitem"
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("text", models.TextField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "plan_note",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["evidence", "imported", "progress"])),
                        name="plan_note_kind_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="plan_note_said"),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoteFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="plans.progressnote"
                    ),
                ),
                (
                    "blob",
                    models.ForeignKey(
                        db_column="digest",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.blob",
                    ),
                ),
                ("name", models.CharField(max_length=200)),
            ],
            options={
                "db_table": "plan_note_file",
            },
        ),
        migrations.AddField(
            model_name="dueitem",
            name="done_note",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.progressnote"
            ),
        ),
        run_file(SQL, "append_only.sql"),
    ]
