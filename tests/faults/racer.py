"""
Run as a process: many acts at once, each in a thread with a connection of its own.

Each line of standard input names a database and the acts. When all threads are connected the process says so, and
waits for another line; then it prints what became of each act. A child of its own runs each race.
"""

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from typing import Any

import django

django.setup()

from django.db import DatabaseError, connection, connections

from fuyuantong.matters.services.actors import By
from fuyuantong.matters.services.acts import perform
from fuyuantong.matters.services.forms import Form
from fuyuantong.matters.services.slips import make_request
from fuyuantong.organs.queries import account_by_username
from fuyuantong.refusal import Refusal


def main() -> None:
    """Run races until there are no more."""
    while line := sys.stdin.readline():
        child = os.fork()
        if child == 0:
            try:
                _run(**json.loads(line))
            finally:
                os._exit(0)
        os.waitpid(child, 0)


def _run(database: str, acts: list[dict[str, Any]]) -> None:
    connections.settings["default"]["NAME"] = database
    barrier = Barrier(len(acts) + 1)
    with ThreadPoolExecutor(len(acts)) as threads:
        running = [threads.submit(_race, act, barrier) for act in acts]
        barrier.wait()
        print("ready", flush=True)
        sys.stdin.readline()
        barrier.wait()
        print(json.dumps([one.result() for one in running], ensure_ascii=False), flush=True)


def _race(act: dict[str, Any], barrier: Barrier) -> dict[str, Any]:
    by = By(account_by_username(act["account"]), organ=act["organ"])
    form = Form(values=act["values"], key=act["key"])
    barrier.wait()
    barrier.wait()
    try:
        do = make_request if act["move"] == "recall" else perform
        done = do(act["uid"], act["move"], by=by, now=datetime.fromisoformat(act["at"]), form=form)
    except Refusal as refusal:
        return {"refused": refusal.key, "detail": refusal.detail}
    except DatabaseError as error:
        return {"failed": str(error)}
    finally:
        connection.close()
    return {"seq": done.record.seq, "again": done.again}


if __name__ == "__main__":
    main()
