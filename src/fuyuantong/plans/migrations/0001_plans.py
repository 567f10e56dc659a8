"""Plans, their obligations, and who drives them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fuyuantong.organs.identity


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("matters", "0004_keeping"),
    ]

    operations = [
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=fuyuantong.organs.identity.new_uid, editable=False, unique=True)),
                ("region_code", models.CharField(db_collation="C", max_length=9)),
                ("name", models.CharField(max_length=200)),
                (
                    "office",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"),
                ),
                (
                    "above",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="below", to="plans.plan"
                    ),
                ),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "db_table": "plan",
                "indexes": [models.Index(fields=["region_code"], name="plan_region")],
            },
        ),
        migrations.CreateModel(
            name="PlanVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="plans.plan"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("state", models.CharField(max_length=20)),
                (
                    "blob",
                    models.ForeignKey(
                        db_column="digest",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.blob",
                    ),
                ),
                ("file_name", models.CharField(max_length=200)),
                ("text", models.TextField(blank=True)),
                ("text_digest", models.CharField(blank=True, max_length=64)),
                ("front", models.JSONField(default=dict)),
                ("headings", models.JSONField(default=list)),
                ("refusal", models.TextField(blank=True)),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("uploaded_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("published_at", models.DateTimeField(null=True)),
                ("valid_from", models.DateField(null=True)),
            ],
            options={
                "db_table": "plan_version",
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "number"), name="plan_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "published")), fields=("plan",), name="plan_one_in_force"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")), fields=("plan",), name="plan_one_draft"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["abandoned", "draft", "published", "superseded", "unreadable"])
                        ),
                        name="plan_version_state_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Obligation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=fuyuantong.organs.identity.new_uid, editable=False, unique=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="obligations", to="plans.plan"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="obligations", to="plans.planversion"
                    ),
                ),
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
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "number"), name="plan_obligation_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on__isnull", True), models.Q(("closed_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="plan_obligation_closed_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="plans.obligation"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("detail", models.JSONField(default=dict)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField()),
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
        migrations.CreateModel(
            name="ObligationDue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="dues", to="plans.obligation"
                    ),
                ),
                ("place", models.PositiveIntegerField()),
                ("type", models.CharField(max_length=20)),
                ("on", models.DateField(null=True)),
                ("period", models.CharField(blank=True, max_length=20)),
                ("times", models.PositiveIntegerField(null=True)),
                ("window", models.CharField(blank=True, max_length=40)),
                ("within", models.JSONField(null=True)),
                ("raw", models.CharField(blank=True, max_length=120)),
                ("ended_on", models.DateField(null=True)),
            ],
            options={
                "db_table": "plan_due",
                "ordering": ("place", "id"),
            },
        ),
        migrations.CreateModel(
            name="Responsible",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="responsible", to="plans.obligation"
                    ),
                ),
                ("place", models.PositiveIntegerField()),
                ("raw", models.CharField(max_length=120)),
                ("part", models.CharField(max_length=10)),
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
                "constraints": [
                    models.UniqueConstraint(fields=("obligation", "raw", "organ"), name="plan_responsible_once"),
                    models.CheckConstraint(
                        condition=models.Q(("part__in", ["joint", "lead"])), name="plan_responsible_part_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("region_code", models.CharField(db_collation="C", max_length=9)),
                ("section", models.CharField(max_length=20)),
                ("part", models.CharField(max_length=20)),
                ("theme", models.CharField(blank=True, max_length=60)),
                (
                    "organ",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("person", models.CharField(blank=True, max_length=60)),
                ("post", models.CharField(blank=True, max_length=100)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("note", models.CharField(blank=True, max_length=400)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("entered_at", models.DateTimeField()),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "plan_seat",
                "indexes": [models.Index(fields=["region_code", "section"], name="plan_seat_region")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True)),
                        fields=("region_code", "section", "part", "theme", "organ", "person", "post"),
                        name="plan_seat_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "section__in",
                                ["division", "leading-group", "liaison", "member", "office", "working-group"],
                            )
                        ),
                        name="plan_seat_section_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "part__in",
                                [
                                    "chair",
                                    "competent",
                                    "dedicated",
                                    "deputy",
                                    "fellow",
                                    "head",
                                    "host",
                                    "invited",
                                    "lead",
                                    "officer",
                                ],
                            )
                        ),
                        name="plan_seat_part_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="plan_seat_dates",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("region_code", models.CharField(db_collation="C", max_length=9)),
                ("raw", models.CharField(max_length=120)),
                (
                    "organ",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("set_at", models.DateTimeField()),
            ],
            options={
                "db_table": "plan_unit_name",
                "constraints": [models.UniqueConstraint(fields=("region_code", "raw"), name="plan_unit_name_once")],
            },
        ),
    ]
