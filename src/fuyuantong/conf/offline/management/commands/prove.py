"""`fyt prove`: whether every mechanism leads to its end, and where one does not."""

import json
import sys
from collections.abc import Mapping
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from fuyuantong.protocol import library
from fuyuantong.protocol.faults import Proof
from fuyuantong.protocol.library import Library
from fuyuantong.protocol.rules.circles import family


class Command(BaseCommand):
    """Prove all mechanisms, a line each; faults with their paths and exit code 1 when one fails."""

    help = "证明每个机制闭环：有人办理、有期限、能办结"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help="全部通过时更新 proved.csv")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        shelf = library.read()
        proofs = shelf.prove(sorted(shelf.mechanisms))
        lines = [_line(shelf, key, proof) for key, proof in proofs.items()]
        if options["json"]:
            self.stdout.write(json.dumps(lines, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(text for line in lines for text in _told(line)))
        if any(proof.faults for proof in proofs.values()):
            sys.exit(1)
        if options["write"]:
            shelf.write_proved()


def _line(shelf: Library, key: str, proof: Proof) -> dict[str, Any]:
    found = shelf.mechanisms[key]
    members = list(family(found))
    return {
        "key": key,
        "version": found.version,
        "title": found.title,
        "states": sum(len(member.states) for member in members),
        "configurations": proof.configurations,
        "edges": proof.edges,
        "clocks": sum(len(member.clocks) for member in members),
        "moves": sum(len(getattr(state, "moves", ())) for member in members for state in member.states),
        "digest": shelf.digests[key],
        "faults": [{"rule": fault.rule, "message": fault.message, "path": list(fault.path)} for fault in proof.faults],
    }


def _told(line: Mapping[str, Any]) -> list[str]:
    counted = {"状态": "states", "配置": "configurations", "边": "edges", "时钟": "clocks", "事项": "moves"}
    numbers = " ".join(f"{title} {line[name]}" for title, name in counted.items())
    verdict = f"未通过，{len(line['faults'])} 处" if line["faults"] else "通过"
    told = [f"{line['key']} v{line['version']} {line['title']}：{numbers} 摘要 {line['digest'][:12]} {verdict}"]
    for fault in line["faults"]:
        told += [f"  [{fault['rule']}] {fault['message']}", *(f"      {step}" for step in fault["path"])]
    return told
