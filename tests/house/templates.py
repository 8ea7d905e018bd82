"""What templates and code say about each other, read without running them."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from jinja2 import Environment, nodes

LOADING = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)
TEMPLATE_NAME = re.compile(r"[\w-]+(/[\w.-]+)+\.(html|txt|xml|md|svg)\Z")


@dataclass
class Said:
    """Templates referred to (patterns where a part is worked out) and endpoints linked to, each with its place."""

    templates: dict[str, str] = field(default_factory=dict)
    endpoints: dict[str, str] = field(default_factory=dict)

    def unknown(self, existing: set[str]) -> dict[str, str]:
        """References that no existing template answers."""
        return {
            name: place
            for name, place in self.templates.items()
            if not any(fnmatchcase(each, name) for each in existing)
        }

    def unused(self, existing: set[str]) -> set[str]:
        """Templates that nothing refers to."""
        return {each for each in existing if not any(fnmatchcase(each, name) for name in self.templates)}


def read(templates: Path, code: Path) -> Said:
    """All that the files of both folders say."""
    said = Said()
    environment = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True)
    for name in sorted(names(templates)):
        tree = environment.parse((templates / name).read_text("utf-8"))
        said.templates |= dict.fromkeys(loaded(tree), f"templates/{name}")
        said.endpoints |= dict.fromkeys(linked(tree), f"templates/{name}")
    for path in sorted(code.rglob("*.py")):
        said.templates |= dict.fromkeys(
            rendered(ast.parse(path.read_text("utf-8"))), str(path.relative_to(code.parent))
        )
    return said


def names(templates: Path) -> set[str]:
    """Every template, as it is referred to."""
    return {path.relative_to(templates).as_posix() for path in templates.rglob("[!.]*") if path.is_file()}


def loaded(tree: nodes.Template) -> Iterator[str]:
    """What a template includes, imports, extends or draws as a kept part."""
    for node in tree.find_all(LOADING):
        yield from patterns(node.template)
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "shell_part":
            yield from patterns(call.args[0])


def patterns(node: nodes.Node) -> Iterator[str]:
    """The names an expression may become; `*` for each part that is worked out."""
    if isinstance(node, nodes.Const):
        yield from [node.value] if isinstance(node.value, str) else node.value
    elif isinstance(node, nodes.List | nodes.Tuple):
        for item in node.items:
            yield from patterns(item)
    elif isinstance(node, nodes.CondExpr):
        yield from patterns(node.expr1)
        if node.expr2 is not None:
            yield from patterns(node.expr2)
    elif isinstance(node, nodes.Concat):
        yield "".join(part.value if isinstance(part, nodes.Const) else "*" for part in node.nodes)


def linked(tree: nodes.Template) -> Iterator[str]:
    """Endpoints named in url_for(...)."""
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "url_for" and call.args:
            yield from patterns(call.args[0])


def rendered(tree: ast.AST) -> Iterator[str]:
    """Texts in code that look like a template's name; `*` for what an f-string works out."""
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        text = ""
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
            text = node.value
        elif isinstance(node, ast.JoinedStr):
            text = "".join(part.value if isinstance(part, ast.Constant) else "*" for part in node.values)
        if TEMPLATE_NAME.match(text.replace("*", "x")):
            yield text


def code_links(tree: ast.AST) -> Iterator[str]:
    """Endpoints named in url_for("...") in code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "url_for" and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value
