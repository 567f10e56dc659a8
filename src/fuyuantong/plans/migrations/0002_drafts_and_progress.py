"""Drafts of versions, due items, evidence and notes; what is only ever added to."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fuyuantong.plans.vocabulary
from fuyuantong.organs.raw_sql import run_file

SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0012_words_by_index"),
        ("organs", "0001_directory"),
        ("plans", "0001_plans"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DraftRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("decision", models.CharField(default=fuyuantong.plans.vocabulary.Decision["OPEN"], max_length=20)),
                ("reason", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(null=True)),
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
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="plans.planversion"
                    ),
                ),
            ],
            options={
                "db_table": "plan_draft_row",
                "ordering": ("place", "id"),
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("field", models.CharField(max_length=20)),
                ("read", models.JSONField(null=True)),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="corrections", to="plans.draftrow"
                    ),
                ),
            ],
            options={
                "db_table": "plan_correction",
            },
        ),
        migrations.CreateModel(
            name="EvidenceRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("query", models.JSONField()),
                ("set_at", models.DateTimeField()),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence_rules",
                        to="plans.obligation",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "plan_evidence_rule",
            },
        ),
        migrations.CreateModel(
            name="PlanSentence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("clause", models.CharField(max_length=60)),
                ("kind", models.CharField(max_length=20)),
                ("rule", models.CharField(max_length=60)),
                ("judged_kind", models.CharField(blank=True, max_length=20)),
                ("judged_at", models.DateTimeField(null=True)),
                (
                    "judged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sentences", to="plans.planversion"
                    ),
                ),
            ],
            options={
                "db_table": "plan_sentence",
            },
        ),
        migrations.CreateModel(
            name="ProgressNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="plans.obligation"
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"
                    ),
                ),
            ],
            options={
                "db_table": "plan_note",
            },
        ),
        migrations.CreateModel(
            name="NoteFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                (
                    "blob",
                    models.ForeignKey(
                        db_column="digest",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.blob",
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="plans.progressnote"
                    ),
                ),
            ],
            options={
                "db_table": "plan_note_file",
            },
        ),
        migrations.CreateModel(
            name="DueItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    "due",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.obligationdue"
                    ),
                ),
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
                    "done_note",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.progressnote",
                    ),
                ),
            ],
            options={
                "db_table": "plan_due_item",
            },
        ),
        migrations.AddConstraint(
            model_name="draftrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("decision__in", ["confirmed", "dismissed", "merged", "open"])),
                name="plan_draft_row_decision_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="draftrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("decision", "dismissed"), ("reason", ""), _negated=True),
                name="plan_draft_row_dismissed_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="plansentence",
            constraint=models.UniqueConstraint(fields=("version", "start"), name="plan_sentence_once"),
        ),
        migrations.AddConstraint(
            model_name="progressnote",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["evidence", "imported", "progress"])), name="plan_note_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="progressnote",
            constraint=models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="plan_note_said"),
        ),
        migrations.AddIndex(
            model_name="dueitem",
            index=models.Index(fields=["organ", "due_on"], name="plan_due_item_organ"),
        ),
        migrations.AddConstraint(
            model_name="dueitem",
            constraint=models.UniqueConstraint(fields=("obligation", "organ", "period"), name="plan_due_item_once"),
        ),
        migrations.AddConstraint(
            model_name="dueitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gte", models.F("starts_on"))), name="plan_due_item_dates"
            ),
        ),
        run_file(SQL, "append_only.sql"),
    ]
