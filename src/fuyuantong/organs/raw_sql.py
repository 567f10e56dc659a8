"""Raw SQL of migrations, kept in files that a database administrator can read."""

from pathlib import Path

from django.conf import settings
from django.db import migrations


def run_file(folder: Path, name: str) -> migrations.RunSQL:
    """
    Return a migration operation that runs one SQL file.

    Shape: `:app_role` in the file stands for the quoted name of setting `APP_ROLE` (default "app"), and
    `:'app_role'` for it as a literal. Going back drops nothing: the tables that the file dresses are dropped whole.
    """
    role = getattr(settings, "APP_ROLE", "app")
    text = (folder / name).read_text(encoding="utf-8")
    text = text.replace(":'app_role'", "'" + role.replace("'", "''") + "'")
    text = text.replace(":app_role", '"' + role.replace('"', '""') + '"')
    # in a list it is sent as it is, not parted into statements
    return migrations.RunSQL([text], migrations.RunSQL.noop)
