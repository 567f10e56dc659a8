"""Words are found by their index."""

from pathlib import Path

from django.db import migrations

from fuyuantong.organs.raw_sql import run_file

SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("matters", "0011_chains")]

    operations = [run_file(SQL, "words_by_index.sql")]
