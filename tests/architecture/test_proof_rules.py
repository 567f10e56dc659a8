"""Every rule of the proof is explained in docs/proof.md and broken by a test of its own."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOLD = re.compile(
    r'(?:Fault\(|Need\(|yield |return )\s*"([a-z]+(?:-[a-z]+)+|carry|keeper|recall|stranded|unfilled|unclocked)",'
)
PAIRED = re.compile(r'\("([a-z]+-cycle)", "')
ROW = re.compile(r"^\| (`.*?`) \|", re.MULTILINE)


def rules_in_the_code() -> set[str]:
    """Return the rule keys that the proof can tell."""
    sources = [file.read_text(encoding="utf-8") for file in (ROOT / "src/fuyuantong/protocol").rglob("*.py")]
    return {rule for source in sources for pattern in (TOLD, PAIRED) for rule in pattern.findall(source)}


def test_every_rule_is_explained() -> None:
    rows = ROW.findall((ROOT / "docs/proof.md").read_text(encoding="utf-8"))

    assert {rule for row in rows for rule in re.findall(r"`([a-z-]+)`", row)} == rules_in_the_code()


def test_every_rule_is_broken_by_a_test() -> None:
    tests = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "tests/unit/protocol").rglob("test_*.py"))

    assert {rule for rule in rules_in_the_code() if f'"{rule}"' not in tests} == set()
