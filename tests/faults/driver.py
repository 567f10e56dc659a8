"""
Run as a process: for each order a child of its own acts, or works, until it is done or its trap kills it.

Orders are lines of JSON on standard input, the answer to each is a line on standard output.
"""

import json
import logging
import os
import sys
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import django

django.setup()

from django.core.management import call_command
from django.db import InterfaceError, OperationalError
from tests.faults.client import Client
from tests.faults.exit_codes import CUT_OFF, DONE, FAILED
from tests.faults.traps import Trap

from fuyuantong.matters.services import outbox, recomputing, rounds
from fuyuantong.registers.cases.services import demanding


def main() -> None:
    """Carry out orders until there are no more."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os._exit(_obey(json.loads(line)))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _obey(order: dict[str, Any]) -> int:
    Trap(order["point"], countdown=order["countdown"]).set()
    try:
        if order["do"] == "act":
            client = Client(Path(order["journal"]), seed=order["seed"], people=order["people"])
            client.run(order["acts"])
        elif order["do"] == "send":
            outbox.BATCH = 3
            outbox.deliver(now=datetime.fromisoformat(order["at"]))
        elif order["do"] == "import":
            call_command("case_import", order["file"], by=order["by"], stdout=StringIO())
        elif order["do"] == "tell":
            demanding.tell_of_cases(now=datetime.fromisoformat(order["at"]))
        else:
            rounds.BATCH = 3
            recomputing.recompute_for_calendar(now=datetime.fromisoformat(order["at"]))
    except (OperationalError, InterfaceError):
        return CUT_OFF
    except Exception:
        logging.getLogger(__name__).exception("the order failed")
        return FAILED
    return DONE


if __name__ == "__main__":
    main()
