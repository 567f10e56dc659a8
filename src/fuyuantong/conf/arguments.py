"""What is typed after a command, read so that faults and `--help` are in Chinese."""

import argparse
from collections.abc import Sequence
from typing import Any

from django.core.management import BaseCommand, CommandError

from fuyuantong.matters.console.output import BadOption

# what Django offers to every command, and nobody who works with matters needs
DJANGOS_OWN = frozenset(
    ("--version", "--verbosity", "--settings", "--pythonpath", "--traceback", "--no-color", "--force-color")
)
WORDS = {
    "usage: ": "用法：",
    "positional arguments": "内容",
    "options": "选项",
    "show this help message and exit": "查看参数",
    "the following arguments are required: %s": "缺少 %s",
    "unrecognized arguments: %s": "不认识 %s",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s 不明确，可能是 %(matches)s",
    "ignored explicit argument %r": "后面不接内容，却写了 %r",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s %(message)s",
    "invalid %(type)s value: %(value)r": "“%(value)s”不是整数",
    "invalid choice: %(value)r (choose from %(choices)s)": "“%(value)s”不在可选之列：%(choices)s",
    "expected one argument": "后面须接一项内容",
    "expected at most one argument": "后面至多接一项内容",
    "expected at least one argument": "后面至少接一项内容",
}


def read_arguments(command: BaseCommand, *, name: str, words: Sequence[str]) -> dict[str, Any]:
    """Return the options of a command of ours as typed; `--help` prints them and ends. Raises: `BadOption`."""
    setattr(argparse, "_", lambda said: WORDS.get(said, said))  # noqa: B010  argparse asks gettext, which has no Chinese
    command.suppressed_base_arguments = set(DJANGOS_OWN)
    parser = command.create_parser("fyt", name)
    try:
        return vars(parser.parse_args(list(words)))
    except CommandError as fault:
        detail = str(fault).removeprefix("Error: ")
        raise BadOption(detail, remedy=f"查看参数：fyt {name} --help。") from fault
