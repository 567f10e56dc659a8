from pathlib import Path

import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fuyuantong.organs.identity
from fuyuantong.organs.raw_sql import run_file

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        run_file(SQL, "extensions.sql"),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("uid", models.UUIDField(default=fuyuantong.organs.identity.new_uid, editable=False, unique=True)),
                ("username", models.CharField(db_collation="C", max_length=60, unique=True)),
                ("display_name", models.CharField(max_length=60)),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "db_table": "account",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("username__regex", "^[a-z0-9]+([._-][a-z0-9]+)*$")),
                        name="account_username_form",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Organ",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=fuyuantong.organs.identity.new_uid, editable=False, unique=True)),
                ("code", models.CharField(db_collation="C", max_length=60, unique=True)),
                ("branch", models.CharField(max_length=20)),
                ("kind", models.CharField(max_length=40)),
                ("region_code", models.CharField(db_collation="C", max_length=9)),
                ("node_id", models.CharField(max_length=60)),
                ("online", models.BooleanField()),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
            ],
            options={
                "db_table": "organ",
                "indexes": [models.Index(fields=["region_code"], name="organ_region")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[0-9]{6}([0-9]{3})?-[a-z0-9]+(-[a-z0-9]+)*$")),
                        name="organ_code_form",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("branch__in", ["court", "government", "other", "party", "procuratorate"])),
                        name="organ_branch_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="organ_dates",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DirectoryChange",
            fields=[
                ("version", models.BigIntegerField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=40)),
                ("detail", models.JSONField()),
                ("effective_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
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
                    "organ",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"
                    ),
                ),
            ],
            options={
                "db_table": "directory_change",
            },
        ),
        migrations.CreateModel(
            name="OrganName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("full", models.CharField(max_length=120)),
                ("short", models.CharField(max_length=60)),
                ("sort_key", models.CharField(db_collation="C", max_length=400)),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField()),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="names", to="organs.organ"
                    ),
                ),
            ],
            options={
                "db_table": "organ_name",
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(db_collation="C", max_length=40)),
                ("title", models.CharField(max_length=60)),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="organs.organ"
                    ),
                ),
            ],
            options={
                "db_table": "post",
            },
        ),
        migrations.CreateModel(
            name="Region",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(db_collation="C", max_length=9)),
                ("name", models.CharField(max_length=100)),
                ("level", models.CharField(max_length=20)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
            ],
            options={
                "db_table": "region",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[0-9]{6}([0-9]{3})?$")), name="region_code_form"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="region_dates",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Scope",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("region_code", models.CharField(db_collation="C", max_length=9, null=True)),
                (
                    "organ",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="scopes", to="organs.organ"
                    ),
                ),
            ],
            options={
                "db_table": "scope",
            },
        ),
        migrations.CreateModel(
            name="Succession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("principal", models.BooleanField()),
                ("effective_on", models.DateField()),
                (
                    "change",
                    models.ForeignKey(
                        db_column="version",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organs.directorychange",
                    ),
                ),
                (
                    "predecessor",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"),
                ),
                (
                    "successor",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"),
                ),
            ],
            options={
                "db_table": "succession",
            },
        ),
        migrations.CreateModel(
            name="Tenure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("post_kind", models.CharField(db_collation="C", max_length=40)),
                ("valid", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tenures", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tenures", to="organs.post"
                    ),
                ),
            ],
            options={
                "db_table": "tenure",
            },
        ),
        migrations.CreateModel(
            name="Cover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("post_kind", models.CharField(db_collation="C", max_length=40)),
                ("valid", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                (
                    "to_account",
                    models.ForeignKey(
                        db_column="to_account",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="covers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "from_tenure",
                    models.ForeignKey(
                        db_column="from_tenure",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="covers",
                        to="organs.tenure",
                    ),
                ),
            ],
            options={
                "db_table": "cover",
            },
        ),
        migrations.CreateModel(
            name="OrganRelation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("relation", models.CharField(db_collation="C", max_length=40)),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField()),
                (
                    "from_organ",
                    models.ForeignKey(
                        db_column="from_id",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organs.organ",
                    ),
                ),
                (
                    "to_organ",
                    models.ForeignKey(
                        db_column="to_id",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organs.organ",
                    ),
                ),
            ],
            options={
                "db_table": "organ_relation",
                "indexes": [models.Index(fields=["to_organ", "relation"], name="organ_relation_to")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("from_organ", models.F("to_organ")), _negated=True),
                        name="organ_relation_not_itself",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(fields=("organ", "kind", "title"), name="post_once"),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(fields=("id", "kind"), name="post_id_kind"),
        ),
        migrations.AddConstraint(
            model_name="scope",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ["organ", "tree"]), ("organ__isnull", False), ("region_code__isnull", True)),
                    models.Q(
                        ("kind__in", ["audit", "office"]), ("organ__isnull", True), ("region_code__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="scope_by_organ_or_region",
            ),
        ),
        migrations.AddConstraint(
            model_name="scope",
            constraint=models.UniqueConstraint(fields=("organ", "kind"), name="scope_of_organ"),
        ),
        migrations.AddConstraint(
            model_name="scope",
            constraint=models.UniqueConstraint(fields=("region_code", "kind"), name="scope_of_region"),
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.CheckConstraint(
                condition=models.Q(("predecessor", models.F("successor")), _negated=True), name="succession_not_itself"
            ),
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.UniqueConstraint(fields=("predecessor", "successor"), name="succession_once"),
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.UniqueConstraint(
                condition=models.Q(("principal", True)), fields=("predecessor",), name="succession_one_principal"
            ),
        ),
        migrations.AddConstraint(
            model_name="tenure",
            constraint=models.UniqueConstraint(fields=("id", "post_kind"), name="tenure_id_kind"),
        ),
        migrations.AddConstraint(
            model_name="cover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("post_kind__in", ["auditor", "security_administrator", "system_administrator"]), _negated=True
                ),
                name="cover_no_administrator",
            ),
        ),
        run_file(SQL, "guards.sql"),
    ]
