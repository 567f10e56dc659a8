"""Append-only triggers, grants, row-level security and its doors."""

from pathlib import Path

from django.db import migrations

from fuyuantong.organs.raw_sql import run_file

SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("matters", "0004_keeping")]

    operations = [run_file(SQL, "append_only.sql"), run_file(SQL, "walls.sql"), run_file(SQL, "doors.sql")]
