"""`make bench`: ratios, each measured side by side in one run on a durable database of its own; no figure is a promise."""

import os
import sys
from contextlib import ExitStack
from dataclasses import replace

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fuyuantong.conf.settings")
django.setup()

from tests.bench import acts, feeds, pages, trails
from tests.bench.county import a_county
from tests.databases import Databases, copy_of_the_seed

from fuyuantong.conf.postgres.supervisor import running


def main() -> int:
    """Run every bench and print its table."""
    with ExitStack() as stack:
        cluster = replace(stack.enter_context(copy_of_the_seed()), durable=True)
        server = stack.enter_context(running(cluster))
        databases = Databases(server)
        databases.use(databases.clone())
        county = a_county()
        print(acts.table(county, server.cluster, database=databases.in_use))
        print(trails.table(county))
        print(feeds.table())
        for matters in (1_000, 200_000):
            databases.use(databases.clone())
            print(pages.table(databases, matters=matters))
    return 0


if __name__ == "__main__":
    sys.exit(main())
