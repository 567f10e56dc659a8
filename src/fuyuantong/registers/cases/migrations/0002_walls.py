"""Grants, triggers and row-level security of the register."""

from pathlib import Path

from django.db import migrations

from fuyuantong.organs.raw_sql import run_file

SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_cases"), ("matters", "0012_words_by_index")]

    operations = [run_file(SQL, "walls.sql")]
