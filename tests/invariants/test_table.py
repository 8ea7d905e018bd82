"""docs/invariants.md names every rule, and only tests that exist."""

import re
from pathlib import Path

TOP = Path(__file__).parents[2]
PAGE = (TOP / "docs" / "invariants.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)`(?: `(test_\w+)`)?")


def test_every_rule_has_a_row_and_a_file() -> None:
    rows = [f"R{number}" for number in range(1, 13)]
    assert re.findall(r"^\| (R\d+) \|", PAGE, re.MULTILINE) == rows
    files = sorted(each.name for each in Path(__file__).parent.glob("test_r*.py"))
    assert [f"R{int(name[6:8])}" for name in files] == rows
    assert {f"tests/invariants/{name}" for name in files} <= {path for path, _ in NAMED.findall(PAGE)}


def test_every_test_it_names_exists() -> None:
    for path, name in NAMED.findall(PAGE):
        text = (TOP / path).read_text(encoding="utf-8")
        assert not name or f"def {name}(" in text, (path, name)
