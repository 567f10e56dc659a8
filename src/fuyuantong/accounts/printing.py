"""What every command prints: data or lines."""

import json
from collections.abc import Iterable
from typing import Any


def printed(data: Any, lines: Iterable[str], *, as_json: bool) -> str:
    """Return the data in one line of JSON, or lines for people."""
    return json.dumps(data, ensure_ascii=False) if as_json else "\n".join(lines)
