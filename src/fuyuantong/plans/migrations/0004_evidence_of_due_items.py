"""Evidence is shown for one due item; and whoever acts adds to what people said, but never changes it."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from fuyuantong.organs.raw_sql import run_file

SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_unit_names_and_sources")]

    operations = [
        migrations.AddField(
            model_name="progressnote",
            name="due_item",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="plans.dueitem"
            ),
        ),
        run_file(SQL, "append_only_for_all.sql"),
    ]
