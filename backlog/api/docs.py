"""The API as a page to read, drawn from the OpenAPI document."""

import json
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, current_app, render_template

from backlog.web.routing import allows

blueprint = Blueprint("api_docs", __name__)


@dataclass(frozen=True)
class Operation:
    """One method of one path."""

    method: str
    path: str
    summary: str
    verb: str
    fields: list[str] = field(default_factory=list)
    arguments: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)


@blueprint.get("/api/docs")
@allows("page.read")
def show() -> str:
    """List every path with its methods, fields and refusals."""
    return render_template("api/docs.html", operations=operations())


def operations() -> list[Operation]:
    """Everything the API answers, by path."""
    spec = json.loads(current_app.extensions["flask-smorest"]["apis"][""]["ext_obj"].document())
    found = []
    for path, methods in sorted(spec["paths"].items()):
        found += [_operation(spec, path, method, each) for method, each in methods.items() if isinstance(each, dict)]
    return found


def _operation(spec: dict[str, Any], path: str, method: str, each: dict[str, Any]) -> Operation:
    content = each.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    schema = spec["components"]["schemas"].get(content.get("$ref", "").rsplit("/", 1)[-1], content)
    needed = set(schema.get("required", []))
    names = [
        name + ("*" if name in needed else "")
        for name, one in schema.get("properties", {}).items()
        if not one.get("readOnly")
    ]
    arguments = [one["name"] for one in each.get("parameters", []) if one.get("in") == "query"]
    return Operation(
        method.upper(),
        path,
        each.get("summary", ""),
        each.get("x-verb", ""),
        names,
        arguments,
        each.get("x-refusals", []),
    )
