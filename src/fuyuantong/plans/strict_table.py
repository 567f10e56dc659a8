"""A table of a TOML file, taken from key by key: what is missing, of the wrong kind or unknown is noted down."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final, TypeVar

NEVER: Final = date.min
_Term = TypeVar("_Term", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class KeyFault:
    """Where a file is wrong and why: `at` is the path of the key."""

    file: str
    at: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file} 的 {self.at or '文件'}：{self.reason}"


_KINDS: Final = {str: "文字", int: "整数", bool: "true 或 false", date: "日期", list: "列表", dict: "表"}


@dataclass
class StrictTable:
    """One table of a file; what is taken from it is checked, what nobody takes is unknown."""

    file: str
    at: str
    data: Mapping[str, Any]
    faults: list[KeyFault]
    taken: set[str] = field(default_factory=set)

    def fault(self, key: str, reason: str) -> None:
        """Note what is wrong with a key."""
        self.faults.append(KeyFault(self.file, self._path(key), reason))

    def take(self, key: str, kind: type, *, default: Any) -> Any:
        """Return a value of that kind; without a default (`...`) it must be there."""
        self.taken.add(key)
        if key not in self.data:
            if default is ...:
                self.fault(key, "缺少")
                return kind() if kind is not date else NEVER
            return default
        value = self.data[key]
        if type(value) is kind:
            return value
        self.fault(key, f"应为{_KINDS[kind]}")
        return kind() if kind is not date else NEVER

    def text(self, key: str, *, default: Any = "") -> str:
        """Return words, not blank ones."""
        value: str = self.take(key, str, default=default)
        if key in self.data and not value.strip():
            self.fault(key, "不能为空")
        return value

    def day(self, key: str) -> date:
        """Return a day, which must be there."""
        value: date = self.take(key, date, default=...)
        return value

    def texts(self, key: str, *, default: Any = ()) -> tuple[str, ...]:
        """Return a list of words, each once."""
        values = self.take(key, list, default=default)
        if any(not isinstance(value, str) or not value.strip() for value in values):
            self.fault(key, "应为文字的列表")
            return ()
        if len({*values}) < len(values):
            self.fault(key, "有重复")
        return tuple(values)

    def term(self, key: str, kind: type[_Term], *, default: _Term | None = None) -> _Term | None:
        """Return a term of a closed list."""
        value = self.text(key, default=... if default is None else default.value)
        if value in {one.value for one in kind}:
            return kind(value)
        if key in self.data:
            self.fault(key, f"“{value}”应为 {'、'.join(one.value for one in kind)} 之一")
        return default

    def table(self, key: str, *, default: Any = ...) -> "StrictTable":
        """Return a table inside this one."""
        return StrictTable(self.file, self._path(key), self.take(key, dict, default=default), self.faults)

    def tables(self, key: str, *, default: Any = ()) -> Iterator["StrictTable"]:
        """Yield the tables of a list."""
        for number, data in enumerate(self.take(key, list, default=default), start=1):
            if isinstance(data, dict):
                yield StrictTable(self.file, f"{self._path(key)}[{number}]", data, self.faults)
            else:
                self.fault(key, f"第 {number} 项应为表")

    def done(self) -> None:
        """Find the keys that nobody asked for."""
        for key in self.data.keys() - self.taken:
            self.fault(key, "没有这个键")

    def _path(self, key: str) -> str:
        return ".".join(part for part in (self.at, key) if part)
