"""Raw SQL of migrations, kept in files that a database administrator can read."""

from pathlib import Path

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def run_file(folder: Path, name: str) -> migrations.RunPython:
    """
    Return a migration operation that runs one SQL file.

    Shape: `:app_role` in the file stands for the quoted name of setting `APP_ROLE` (default "app"), and
    `:'app_role'` for it as a literal. Going back drops nothing: the tables that the file dresses are dropped whole.
    """

    def run(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        role = getattr(settings, "APP_ROLE", "app")
        text = (folder / name).read_text(encoding="utf-8")
        text = text.replace(":'app_role'", "'" + role.replace("'", "''") + "'")
        editor.execute(text.replace(":app_role", editor.quote_name(role)), params=None)

    return migrations.RunPython(run, migrations.RunPython.noop, elidable=False)
