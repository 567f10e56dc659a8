"""The shape of the house: sizes, names and habits that a reader may rely on."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from tests.repository import REPOSITORY, python_files, texts

LONGEST_FILE = 500  # 250 is usual and 400 a reason to split; what is longer nobody reads
LONGEST_FUNCTION = 60
# the one facade: whoever declares a mechanism imports its words from here; Django looks for models in the other
FACADES = {
    Path("src/fuyuantong/protocol/__init__.py"),
    Path("src/fuyuantong/matters/models/__init__.py"),
    Path("src/fuyuantong/plans/models/__init__.py"),
    Path("src/fuyuantong/registers/cases/models/__init__.py"),
}
VAGUE_NAMES = {"utils", "helpers", "common", "misc", "manager", "handler", "lib", "base", "types2"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def faults(found: Iterator[str]) -> str:
    """Return all faults as one text: empty is good."""
    return "\n".join(found)


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Return all that stands in a file, read once for all tests."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return every function of a file."""
    return (node for node in nodes(path) if isinstance(node, FUNCTIONS))


def test_no_file_is_too_long_to_read() -> None:
    long = (f"{path}: {n}" for path in python_files() if (n := len(texts(path).splitlines())) > LONGEST_FILE)

    assert faults(long) == ""


def test_no_function_is_too_long_to_see() -> None:
    long = (
        f"{path}:{found.lineno} {found.name}"
        for path in python_files()
        for found in functions(path)
        if (found.end_lineno or 0) - found.lineno >= LONGEST_FUNCTION
    )

    assert faults(long) == ""


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert faults(str(path) for path in python_files() if path.stem.removeprefix("base_") in VAGUE_NAMES) == ""


def test_no_package_hides_where_its_names_come_from() -> None:
    full = {path for path in python_files("src") if path.name == "__init__.py" and _code_of(path)}

    assert full - FACADES == set()


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX"])
def test_nothing_is_left_for_later(word: str) -> None:
    assert faults(str(path) for path in python_files("src") if f"# {word}" in texts(path)) == ""


def test_the_root_is_surveyed_at_a_glance() -> None:
    seen = [entry.name for entry in REPOSITORY.iterdir() if not entry.name.startswith(".")]

    assert len(seen) <= 20


def _code_of(path: Path) -> list[ast.stmt]:
    body = ast.parse(texts(path)).body
    is_docstring = body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
    return body[1:] if is_docstring else body


def test_every_refusal_says_what_to_do() -> None:
    """A remedy stands in the class for all cases, or is given where the refusal is raised."""
    found = {path: nodes(path) for path in python_files("src")}
    classes = [node for path in found for node in found[path] if isinstance(node, ast.ClassDef)]
    kinds = _refusals(classes)
    silent = (
        f"{path}:{call.lineno} {_name_of(call.func)}"
        for path in found
        for call in found[path]
        if isinstance(call, ast.Call)
        and kinds.get(_name_of(call.func)) is False
        and "remedy" not in {keyword.arg for keyword in call.keywords}
    )

    assert faults(silent) == ""


def _refusals(classes: list[ast.ClassDef]) -> dict[str, bool]:
    """Return each kind of refusal with whether it says by itself what to do."""
    found = {"Refusal": False}
    while new := [
        one for one in classes if one.name not in found and {_name_of(base) for base in one.bases} & found.keys()
    ]:
        for one in new:
            own = {
                *(target.id for line in one.body if isinstance(line, ast.Assign) for target in line.targets),
                *(line.name for line in one.body if isinstance(line, ast.FunctionDef)),
            }
            inherited = any(found.get(_name_of(base), False) for base in one.bases)
            found[one.name] = inherited or bool(own & {"remedy", "__init__"})
    return found


def _name_of(node: ast.expr) -> str:
    return getattr(node, "id", getattr(node, "attr", ""))
