"""Plans, their versions, and the obligations in force."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fuyuantong.organs.identity


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("matters", "0012_words_by_index"),
        ("organs", "0001_directory"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Obligation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=fuyuantong.organs.identity.new_uid, editable=False, unique=True)),
                ("number", models.PositiveIntegerField()),
                ("clause", models.CharField(max_length=60)),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("modality", models.CharField(max_length=20)),
                ("targets", models.JSONField(default=list)),
                ("span_start", models.PositiveIntegerField()),
                ("span_end", models.PositiveIntegerField()),
                ("since", models.DateField()),
                ("closed_on", models.DateField(null=True)),
                ("closed_reason", models.TextField(blank=True)),
            ],
            options={
                "db_table": "plan_obligation",
            },
        ),
        migrations.CreateModel(
            name="ObligationDue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveIntegerField()),
                ("type", models.CharField(max_length=20)),
                ("on", models.DateField(null=True)),
                ("period", models.CharField(blank=True, max_length=20)),
                ("times", models.PositiveIntegerField(null=True)),
                ("window", models.CharField(blank=True, max_length=40)),
                ("within", models.JSONField(null=True)),
                ("raw", models.CharField(blank=True, max_length=120)),
                ("ended_on", models.DateField(null=True)),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="dues", to="plans.obligation"
                    ),
                ),
            ],
            options={
                "db_table": "plan_due",
                "ordering": ("place", "id"),
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=fuyuantong.organs.identity.new_uid, editable=False, unique=True)),
                ("region_code", models.CharField(db_collation="C", max_length=9)),
                ("name", models.CharField(max_length=200)),
                ("created_at", models.DateTimeField()),
                (
                    "above",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="below", to="plans.plan"
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"),
                ),
            ],
            options={
                "db_table": "plan",
            },
        ),
        migrations.AddField(
            model_name="obligation",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="obligations", to="plans.plan"
            ),
        ),
        migrations.CreateModel(
            name="PlanVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("state", models.CharField(max_length=20)),
                ("file_name", models.CharField(max_length=200)),
                ("text", models.TextField(blank=True)),
                ("text_digest", models.CharField(blank=True, max_length=64)),
                ("front", models.JSONField(default=dict)),
                ("headings", models.JSONField(default=list)),
                ("refusal", models.TextField(blank=True)),
                ("uploaded_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("valid_from", models.DateField(null=True)),
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
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="plans.plan"
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "plan_version",
            },
        ),
        migrations.AddField(
            model_name="obligation",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="obligations", to="plans.planversion"
            ),
        ),
        migrations.CreateModel(
            name="Responsible",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveIntegerField()),
                ("raw", models.CharField(max_length=120)),
                ("part", models.CharField(max_length=10)),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="responsible", to="plans.obligation"
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
                "db_table": "plan_responsible",
                "ordering": ("place", "id"),
            },
        ),
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("detail", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="plans.obligation"
                    ),
                ),
            ],
            options={
                "db_table": "plan_entry",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "closed",
                                    "evidence-set",
                                    "mapped",
                                    "published",
                                    "reopened",
                                    "reviewed",
                                    "reworded",
                                    "succeeded",
                                ],
                            )
                        ),
                        name="plan_entry_kind_known",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="plan",
            index=models.Index(fields=["region_code"], name="plan_region"),
        ),
        migrations.AddConstraint(
            model_name="planversion",
            constraint=models.UniqueConstraint(fields=("plan", "number"), name="plan_version_once"),
        ),
        migrations.AddConstraint(
            model_name="planversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "published")), fields=("plan",), name="plan_one_in_force"
            ),
        ),
        migrations.AddConstraint(
            model_name="planversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "draft")), fields=("plan",), name="plan_one_draft"
            ),
        ),
        migrations.AddConstraint(
            model_name="planversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "published", "superseded", "unreadable"])),
                name="plan_version_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="obligation",
            constraint=models.UniqueConstraint(fields=("plan", "number"), name="plan_obligation_number_once"),
        ),
        migrations.AddConstraint(
            model_name="obligation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_on__isnull", True), models.Q(("closed_reason", ""), _negated=True), _connector="OR"
                ),
                name="plan_obligation_closed_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="responsible",
            constraint=models.UniqueConstraint(fields=("obligation", "raw", "organ"), name="plan_responsible_once"),
        ),
        migrations.AddConstraint(
            model_name="responsible",
            constraint=models.CheckConstraint(
                condition=models.Q(("part__in", ["joint", "lead"])), name="plan_responsible_part_known"
            ),
        ),
    ]
