"""What breaks the laws of one edge and of told facts, read from a file's text: who commits, who writes, who speaks."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.places import ROOT

DOMAIN_WORDS = ("models", "rules", "queries", "actions")
DOOR_WORDS = ("pages", "forms", "schemas", "api")
EDGES = ("kernel", "web", "api", "sample")  # the rooms that hold the one commit, or play a whole installation
SESSION_WRITES = {"add", "add_all", "delete", "merge", "flush", "bulk_save_objects"}
STATEMENTS = {"insert", "update", "delete"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
WITNESSED = {  # every boolean column, and why nobody asks "who said so, and when?" of it alone
    "users.active": "the journal tells who deactivated whom",
    "users.may_verify": "the journal tells who gave the right",
    "users.is_sample": "said once, by the command that loads the sample",
    "projects.confidential": "a field people edit together; the journal tells who changed it",
    "impact_confirmations.is_refusal": "the row is the witness: who, when, why",
    "impact_confirmations.on_behalf": "the row is the witness",
    "baseline_agreements.is_refusal": "the row is the witness",
    "baseline_agreements.on_behalf": "the row is the witness",
    "sprint_scope.committed": "the row has its moments in and out",
    "storms.votes_hidden": "a field people edit together; the journal tells who changed it",
    "scoring_models.active": "the journal tells who made it the active one",
    "criteria.required": "part of a version that is never changed",
    "criteria.needs_evidence": "part of a version that is never changed",
    "imports.dry_run": "the row is the witness: who tried what, when",
    "imports.good_rows": "the row is the witness",
    "ledger_entries.evidence_restricted": "part of a row that is never changed",
}


def files(*words: str) -> Iterator[Path]:
    """Files of the rooms whose name, or whose folder's, is one of the house's words."""
    for path in sorted((ROOT / "backlog").rglob("*.py")):
        room, *inside = path.relative_to(ROOT / "backlog").parts
        if inside and room not in EDGES and inside[0].removesuffix(".py") in words:
            yield path


def name_of(node: ast.expr) -> str:
    """The last name of what is called."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def calls(source: str) -> Iterator[ast.Call]:
    """Every call in a source."""
    return (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))


def commits(source: str) -> list[int]:
    """Lines that commit."""
    return [call.lineno for call in calls(source) if name_of(call.func) == "commit"]


def writes(source: str) -> list[int]:
    """Lines that write rows: through the session, or as a statement of SQLAlchemy's."""
    return sorted(call.lineno for call in calls(source) if _is_write(call.func))


def _is_write(called: ast.expr) -> bool:
    if isinstance(called, ast.Attribute):
        return name_of(called.value) == "session" and called.attr in SESSION_WRITES
    return isinstance(called, ast.Name) and called.id in STATEMENTS


def sentences(source: str) -> list[int]:
    """Lines that speak to a person: a translation asked for, or Chinese outside a docstring."""
    tree = ast.parse(source)
    spoken = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and _translates(node)]
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in said)
    return spoken + [node.lineno for node in texts if isinstance(node.value, str) and CHINESE.search(node.value)]


def _translates(node: ast.ImportFrom) -> bool:
    return (node.module or "").startswith("flask_babel") or any("gettext" in each.name for each in node.names)
