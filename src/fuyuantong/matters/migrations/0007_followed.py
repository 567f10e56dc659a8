"""How far the directory was followed."""

from pathlib import Path

from django.db import migrations, models

from fuyuantong.organs.raw_sql import run_file

SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("matters", "0006_notices")]

    operations = [
        migrations.CreateModel(
            name="Followed",
            fields=[
                ("name", models.TextField(primary_key=True, serialize=False)),
                ("version", models.BigIntegerField()),
                ("on_day", models.DateField()),
            ],
            options={"db_table": "followed"},
        ),
        run_file(SQL, "followed.sql"),
    ]
