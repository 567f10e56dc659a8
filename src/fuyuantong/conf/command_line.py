"""`fyt`: Django's management commands under short names, with the database at hand and refusals in words."""

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import django
from django.core.management import BaseCommand, find_commands, get_commands, load_command_class

from fuyuantong.conf.data_dir import data_dir
from fuyuantong.conf.databases import databases
from fuyuantong.conf.foreign_database import prepare_foreign_database
from fuyuantong.conf.postgres.binaries import server_user
from fuyuantong.conf.postgres.claim import server_at_hand
from fuyuantong.conf.postgres.cluster import cluster_of
from fuyuantong.conf.postgres.making import prepare_place
from fuyuantong.refusal import Refusal

OFFLINE = "fuyuantong.conf.offline"
HELP = ("help", "-h", "--help")


class NoSuchCommand(Refusal):
    """Refuse a command that does not exist."""

    key = "no-such-command"
    title = "没有这个命令"


def main() -> int:
    """Run the command that was typed; 0 done, 2 refused; an unexpected error shows its trace and gives 1."""
    arguments = sys.argv[1:]
    try:
        run(arguments)
    except Refusal as refusal:
        show(refusal, as_json="--json" in arguments)
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


def run(arguments: Sequence[str]) -> None:
    """
    Run a command named by its first word or its first two; list them all if there is none.

    Raises: `NoSuchCommand`, and whatever the command refuses.
    """
    if not arguments or arguments[0] in HELP:
        list_commands(as_json="--json" in arguments)
        return
    offline = dict.fromkeys(find_commands(str(Path(__file__).parent / "offline" / "management")), OFFLINE)
    if found := named(arguments, among=offline):
        _set_up(f"{OFFLINE}.settings")
        _execute(offline, name=found[0], rest=found[1])
        return
    if not os.environ.get("DATABASE_URL"):
        prepare_place(cluster_of(data_dir()), user=server_user())
    _set_up("fuyuantong.conf.settings")
    commands = get_commands()
    found = named(arguments, among=commands)
    if found is None:
        raise NoSuchCommand(f"“fyt {' '.join(arguments[:2])}”", remedy="不带参数运行 fyt 可列出全部命令。")
    with database_at_hand():
        _execute(commands, name=found[0], rest=found[1])


def named(arguments: Sequence[str], *, among: Mapping[str, object]) -> tuple[str, Sequence[str]] | None:
    """
    Return the command that the first two words name together, else the first alone, and the words that follow.

    Example: `clock due --from 2026-08-03` is command `clock_due`.
    """
    for words in (2, 1):
        name = "_".join(arguments[:words]).replace("-", "_")
        if len(arguments) >= words and name in among:
            return name, arguments[words:]
    return None


@contextmanager
def database_at_hand() -> Iterator[None]:
    """Give a command its database: the one that DATABASE_URL names, else our own server, joined or started."""
    if os.environ.get("DATABASE_URL"):
        prepare_foreign_database(databases(data_dir()))
        yield
    else:
        with server_at_hand(cluster_of(data_dir())):
            yield


def list_commands(*, as_json: bool) -> None:
    """Print our own commands with one line each."""
    _set_up("fuyuantong.conf.settings")
    ours = {name: app for name, app in sorted(get_commands().items()) if str(app).startswith("fuyuantong.")}
    lines = {name.replace("_", " "): _load(ours, name=name).help for name in ours}
    if as_json:
        print(json.dumps(lines, ensure_ascii=False))
        return
    print("fyt <命令> [--json]        fyt <命令> --help 查看参数；Django 自带的命令也可用\n")
    for name, line in lines.items():
        print(f"  {name:<20}{line}")


def show(refusal: Refusal, *, as_json: bool) -> None:
    """Print a refusal: one paragraph on standard error, or an RFC 9457 problem on standard output."""
    if as_json:
        print(json.dumps(dict(refusal.as_problem()), ensure_ascii=False))
        return
    parts = (str(refusal), refusal.basis and f"依据：{refusal.basis}", refusal.remedy and f"怎么办：{refusal.remedy}")
    print("\n".join(part for part in parts if part), file=sys.stderr)


def _set_up(settings: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    django.setup()


def _load(commands: Mapping[str, str | BaseCommand], *, name: str) -> BaseCommand:
    owner = commands[name]
    return owner if isinstance(owner, BaseCommand) else load_command_class(owner, name)


def _execute(commands: Mapping[str, str | BaseCommand], *, name: str, rest: Sequence[str]) -> None:
    _load(commands, name=name).run_from_argv(["fyt", name.replace("_", " "), *rest])


if __name__ == "__main__":
    sys.exit(main())
