"""Which notices are urgent, and which have been passed on to people."""

from pathlib import Path

from django.db import migrations, models

from fuyuantong.organs.raw_sql import run_file

SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("matters", "0008_words")]

    operations = [
        migrations.AddField("notice", "urgent", models.BooleanField(default=False)),
        migrations.AddField("notice", "addressed_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "notice",
            models.Index(
                fields=("id",),
                name="notice_unaddressed",
                condition=models.Q(("addressed_at__isnull", True)),
            ),
        ),
        run_file(SQL, "addressed.sql"),
    ]
