"""The documentation tells what the code has: settings, commands, refusals, facts, API paths."""

import ast
import re
from pathlib import Path

import pytest

import docs
from backlog.kernel.language import fact_codes, refusal_codes

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return docs.pages()


@pytest.mark.parametrize("name", ["settings.md", "commands.md", "refusals.md", "facts.md", "api.md", "rights.md"])
def test_a_generated_page_tells_what_the_code_has(pages: dict[str, str], name: str) -> None:
    assert (ROOT / "docs" / name).read_text("utf-8") == pages[name], "run `make docs`"


def calls_with_code(*names: str) -> set[str]:
    """Codes written as the first text of calls to these functions anywhere in backlog/."""
    found = set()
    for path in (ROOT / "backlog").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in names:
                texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
                found |= {text for text in texts[:1] if re.fullmatch(r"[a-z_]+\.[a-z0-9_]+", text)}
    return found


def test_every_refusal_has_a_sentence(pages: dict[str, str]) -> None:
    assert calls_with_code("Refusal", "wrong", "fail", "refuse", "refuse_archived") <= set(refusal_codes())


def test_every_fact_has_a_sentence(pages: dict[str, str]) -> None:
    assert calls_with_code("record") <= set(fact_codes())


def test_the_readme_names_only_files_that_exist() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    missing = [path for path in re.findall(r"\]\(([^)#]+)\)", readme) if not (ROOT / path).exists()]
    assert missing == []
