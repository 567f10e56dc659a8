"""The key ring: the newest key encrypts, older ones still decrypt, a destroyed one opens nothing any more."""

import os
import re
import secrets
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from fuyuantong.refusal import Refusal
from fuyuantong.seal.canonical import NotCanonical, canonical, parse

KEY_LENGTH: Final = 16
INDEX_KEY_LENGTH: Final = 32

_ID = re.compile(r"\d{4}-\d{2}-\d{2}\.\d{1,4}", re.ASCII)


class BadKeyFile(Refusal):
    """Refuse a key file that is not exactly in its form."""

    key = "bad-key-file"
    title = "密钥文件不可用"


class NoSuchKey(Refusal):
    """Say that the key under which something was encrypted is not on the ring."""

    key = "no-such-key"
    title = "密钥环中没有该密钥"


@dataclass(frozen=True, slots=True)
class Key:
    """One SM4 key and the id that every ciphertext made with it carries: day made, dot, number of that day."""

    id: str
    secret: bytes

    def __repr__(self) -> str:
        return f"Key({self.id})"


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Keys from oldest to newest, and the key of the blind index, which never rotates with them."""

    keys: tuple[Key, ...]
    index_key: bytes

    def __repr__(self) -> str:
        return f"KeyRing({', '.join(key.id for key in self.keys)})"

    @property
    def newest(self) -> Key:
        """Return the key that encrypts."""
        return self.keys[-1]

    def find(self, key_id: str) -> Key:
        """
        Return the key with this id.

        Raises: `NoSuchKey` if it was destroyed or belongs to another ring.
        """
        for key in self.keys:
            if key.id == key_id:
                return key
        raise NoSuchKey(
            f"密文所用密钥 {key_id or '（无）'} 不在密钥环中", remedy="请由安全管理员核对密钥文件，或从密钥备份恢复"
        )


def new_ring(*, made_on: date) -> KeyRing:
    """Return a ring with one fresh key and a fresh index key."""
    return KeyRing((_new_key((), made_on),), secrets.token_bytes(INDEX_KEY_LENGTH))


def rotated(ring: KeyRing, *, made_on: date) -> KeyRing:
    """Return the ring with one more key, which encrypts from now on."""
    return replace(ring, keys=(*ring.keys, _new_key(ring.keys, made_on)))


def without_key(ring: KeyRing, key_id: str) -> KeyRing:
    """
    Return the ring without one key: whatever is still encrypted under it can never be read again.

    Raises: `NoSuchKey` if it is not there; `BadKeyFile` if it is the newest, which still encrypts.
    """
    gone = ring.find(key_id)
    if gone == ring.newest:
        raise BadKeyFile(f"{key_id} 是正在使用的密钥，不能销毁", remedy="请先轮换密钥并重新加密，再销毁旧密钥")
    return replace(ring, keys=tuple(key for key in ring.keys if key != gone))


def ring_to_bytes(ring: KeyRing) -> bytes:
    """
    Return the content of a key file.

    Shape: canonical JSON `{"index_key":hex,"keys":[{"id":…,"sm4":hex} …]}`, keys from oldest to newest.
    """
    keys = [{"id": key.id, "sm4": key.secret.hex()} for key in ring.keys]
    return canonical({"index_key": ring.index_key.hex(), "keys": keys})


def ring_from_bytes(data: bytes) -> KeyRing:
    """
    Return the ring of a key file's content.

    Raises: `BadKeyFile` for anything but the exact form, without repeating the content.
    """
    try:
        content = parse(data.rstrip(b"\n"))
    except NotCanonical:
        raise _bad("不是规范 JSON") from None
    if not isinstance(content, dict) or content.keys() != {"index_key", "keys"}:
        raise _bad("应有且只有 index_key 与 keys")
    entries = content["keys"]
    if not isinstance(entries, list) or not entries:
        raise _bad("keys 至少要有一把密钥")
    keys = tuple(_key_of(entry) for entry in entries)
    if len({key.id for key in keys}) != len(keys):
        raise _bad("密钥编号重复")
    return KeyRing(keys, _bytes_of(content["index_key"], INDEX_KEY_LENGTH))


def save_ring(ring: KeyRing, path: Path) -> None:
    """Write the key file whole or not at all, readable by its owner only."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(ring_to_bytes(ring) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def load_ring(path: Path) -> KeyRing:
    """
    Return the ring of a key file.

    Raises: `BadKeyFile` if it is missing, unreadable or not in its form.
    """
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise _bad(fault.strerror or "无法读取") from fault
    return ring_from_bytes(data)


def _new_key(keys: tuple[Key, ...], made_on: date) -> Key:
    number = 1 + max((int(key.id[11:]) for key in keys if key.id.startswith(made_on.isoformat())), default=0)
    return Key(f"{made_on.isoformat()}.{number}", secrets.token_bytes(KEY_LENGTH))


def _key_of(entry: object) -> Key:
    if not isinstance(entry, dict) or entry.keys() != {"id", "sm4"}:
        raise _bad("每把密钥应有且只有 id 与 sm4")
    key_id = entry["id"]
    if not isinstance(key_id, str) or not _ID.fullmatch(key_id):
        raise _bad("密钥编号应为“制作日期.序号”，例如 2026-11-22.1")
    return Key(key_id, _bytes_of(entry["sm4"], KEY_LENGTH))


def _bytes_of(value: object, length: int) -> bytes:
    if not isinstance(value, str) or not re.fullmatch(f"[0-9a-f]{{{2 * length}}}", value):
        raise _bad(f"密钥应为 {2 * length} 位小写十六进制")
    return bytes.fromhex(value)


def _bad(reason: str) -> BadKeyFile:
    return BadKeyFile(reason, remedy="请由安全管理员从密钥备份恢复，或重新生成（重新生成后旧密文不可读）")
