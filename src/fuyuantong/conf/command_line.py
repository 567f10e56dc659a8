"""`fyt`: Django's management commands under short names, with the database at hand and refusals in words."""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import django
from django.conf import settings
from django.core.management import BaseCommand, CommandError, find_commands, get_commands, load_command_class
from django.utils.module_loading import import_string

from fuyuantong.conf.arguments import read_arguments
from fuyuantong.conf.loading import loading
from fuyuantong.refusal import Refusal

OFFLINE = "fuyuantong.conf.offline"
LISTING = ("help", "-h", "--help", "--json")


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
    except CommandError as error:
        print(error, file=sys.stderr)
        return error.returncode
    except KeyboardInterrupt:
        return 130
    return 0


def run(arguments: Sequence[str]) -> None:
    """
    Run a command named by its first word or its first two; list them all if there is none.

    Raises: `NoSuchCommand`, and whatever the command refuses.
    """
    if not arguments or arguments[0] in LISTING:
        list_commands(as_json="--json" in arguments)
        return
    offline = dict.fromkeys(find_commands(str(Path(__file__).parent / "offline" / "management")), OFFLINE)
    is_offline = named(arguments, among=offline) is not None
    _set_up(f"{OFFLINE}.settings" if is_offline else "fuyuantong.conf.settings")
    commands = get_commands()
    found = named(arguments, among=commands)
    if found is None:
        raise NoSuchCommand(f"“fyt {' '.join(arguments[:2])}”", remedy="不带参数运行 fyt 可列出全部命令。")
    name, rest = found
    # what a command needs around it is told by its settings, so that one without a database loads no driver
    command, words = _load(commands, name=name), name.replace("_", " ")
    if not _is_ours(commands[name]):
        with import_string(settings.AROUND_COMMANDS)():
            command.run_from_argv(["fyt", words, *rest])
        return
    options = read_arguments(command, name=words, words=rest)
    with import_string(settings.AROUND_COMMANDS)():
        command.execute(*options.pop("args", ()), **options)


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


def list_commands(*, as_json: bool) -> None:
    """Print our own commands with one line each."""
    _set_up("fuyuantong.conf.settings")
    ours = {name: app for name, app in sorted(get_commands().items()) if _is_ours(app)}
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


def _set_up(module: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = module
    with loading():
        django.setup()


def _is_ours(owner: str | BaseCommand) -> bool:
    return str(owner).startswith("fuyuantong.")


def _load(commands: Mapping[str, str | BaseCommand], *, name: str) -> BaseCommand:
    owner = commands[name]
    with loading():
        return owner if isinstance(owner, BaseCommand) else load_command_class(owner, name)


if __name__ == "__main__":
    sys.exit(main())
