"""`fyt coverage`: which rows of the matrix are there, and where."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from fuyuantong.protocol import coverage, library


class Command(BaseCommand):
    """Tell how many rows of each group are there, or write the page; exit code 1 for unknown and doubled rows."""

    help = "各方案要求的 221 项，哪些已实现、在哪里"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", metavar="FILE", help="写成页面，例如 docs/coverage.md")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        shelf = library.read()
        found = coverage.coverage(shelf.folder, shelf.mechanisms.values())
        faults = list(found.faults())
        if options["write"]:
            Path(options["write"]).write_text(found.page(), encoding="utf-8")
        if options["json"]:
            told = {"rows": len(found.rows), "covered": found.covered, "places": found.places, "faults": faults}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            self.stdout.write("\n".join([f"{len(found.rows)} 项中已实现 {found.covered} 项", *faults]))
        if faults:
            sys.exit(1)
