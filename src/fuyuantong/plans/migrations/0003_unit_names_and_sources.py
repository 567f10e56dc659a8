"""From where in the text a value was taken, and what people have said which organ a name means."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organs", "0001_directory"),
        ("plans", "0002_drafts_and_progress"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="draftrow",
            name="sources",
            field=models.JSONField(default=dict),
        ),
        migrations.CreateModel(
            name="UnitName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("region_code", models.CharField(db_collation="C", max_length=9)),
                ("raw", models.CharField(max_length=120)),
                ("set_at", models.DateTimeField()),
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
            ],
            options={
                "db_table": "plan_unit_name",
                "constraints": [models.UniqueConstraint(fields=("region_code", "raw"), name="plan_unit_name_once")],
            },
        ),
    ]
