"""`fyt plan read`: what a plan document lays down, read without a database."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from fuyuantong.reading.form import as_form
from fuyuantong.reading.reading import read
from fuyuantong.reading.sources.files import blocks_of_file, check_size
from fuyuantong.reading.sources.unreadable import Unreadable
from fuyuantong.reading.unit_lists import named
from fuyuantong.reading.values import Obligation, Reading, SentenceKind


class Command(BaseCommand):
    """Read one plan document and say what it lays on whom."""

    help = "读取方案文件，列出任务、责任单位、时限和目标"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="方案文件：.txt、.docx、.pdf、.html")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        reading = read(blocks_of_file(_content(Path(options["file"]))))
        if options["json"]:
            self.stdout.write(json.dumps(as_form(reading), ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_told(reading)))


def _content(path: Path) -> bytes:
    try:
        check_size(path.stat().st_size)
        return path.read_bytes()
    except OSError as fault:
        raise Unreadable(f"“{path}”打不开：{fault.strerror}。", remedy="请检查文件名和权限。") from fault


def _told(reading: Reading) -> Iterator[str]:
    front = reading.front
    yield f"{front.title or '（无标题）'}　{front.doc_number or '（无文号）'}　{front.issued_on or '（无日期）'}"
    kinds = [f"{kind.word} {sum(found.kind is kind for found in reading.sentences)}" for kind in SentenceKind]
    yield f"句子 {len(reading.sentences)}：{'，'.join(kinds)}；任务 {len(reading.obligations)} 项"
    yield from (_line(found, reading.text) for found in reading.obligations)


def _line(found: Obligation, text: str) -> str:
    said = found.span.of(text)
    lead, units = "、".join(named(found.lead)), "、".join(named(found.units))
    return f"{found.clause}　{said[:40]}{'…' if len(said) > 40 else ''}　牵头：{lead or '—'}　责任：{units or '待指定'}　时限：{found.due.raw or '—'}"
