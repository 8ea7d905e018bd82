"""Files and functions stay small, and no function hides an import of ours."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.places import ROOT, own_files

LONGEST_FILE, LONGEST_FUNCTION, LONGEST_TEMPLATE = 300, 40, 120
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def functions(tree: ast.AST) -> Iterator[ast.AST]:
    return (node for node in ast.walk(tree) if isinstance(node, FUNCTIONS))


def own_import(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return bool(node.level) or (node.module or "").partition(".")[0] == "backlog"
    return isinstance(node, ast.Import) and any(name.name.partition(".")[0] == "backlog" for name in node.names)


def hidden_imports(source: str) -> list[int]:
    return [n.lineno for f in functions(ast.parse(source)) for n in ast.walk(f) if own_import(n)]


def long_functions(source: str) -> list[str]:
    found = (n for n in functions(ast.parse(source)) if n.end_lineno - n.lineno + 1 > LONGEST_FUNCTION)
    return [f"{getattr(n, 'name', 'lambda')} (line {n.lineno})" for n in found]


def python_files(folder: str) -> list[Path]:
    return sorted(path for path in (ROOT / folder).rglob("*.py"))


def test_no_function_imports_our_own_modules() -> None:
    found = {str(p.relative_to(ROOT)): hidden_imports(p.read_text("utf-8")) for p in python_files("backlog")}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_no_function_outgrows_a_page() -> None:
    found = {str(p.relative_to(ROOT)): long_functions(p.read_text("utf-8")) for p in python_files("backlog")}
    assert {name: names for name, names in found.items() if names} == {}


@pytest.mark.parametrize(
    ("suffixes", "most"), [({".py", ".js", ".mjs", ".css"}, LONGEST_FILE), ({".html"}, LONGEST_TEMPLATE)]
)
def test_no_file_outgrows_its_measure(suffixes: set[str], most: int) -> None:
    lengths = {str(p.relative_to(ROOT)): p.read_text("utf-8").count("\n") for p in own_files() if p.suffix in suffixes}
    found = {name: lines for name, lines in lengths.items() if lines > most and not name.startswith("migrations/")}
    assert found == {}


@pytest.mark.parametrize(
    "line", ["from backlog.board import models", "import backlog.board.models", "from . import models"]
)
def test_a_planted_import_is_found(line: str) -> None:
    assert hidden_imports(f"def act():\n    if True:\n        {line}\n") == [3]
    assert hidden_imports(f"{line}\nimport os\n") == []


def test_a_planted_long_function_is_found() -> None:
    body = "    pass\n" * LONGEST_FUNCTION
    assert long_functions(f"def act():\n{body}") == ["act (line 1)"]
