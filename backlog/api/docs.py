"""The API as a page to read, drawn from the OpenAPI document."""

import json
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, current_app, render_template
from flask_babel import gettext

from backlog.api.common import RULES
from backlog.web.routing import allows

blueprint = Blueprint("api_docs", __name__)
JSON, FORM = "application/json", "multipart/form-data"


@dataclass(frozen=True)
class Operation:
    """One method of one path; names with * are needed."""

    method: str
    path: str
    summary: str
    verb: str
    fields: list[str] = field(default_factory=list)
    arguments: list[str] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    answer: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)


@blueprint.get("/api/docs")
@allows("page.read")
def show() -> str:
    """List every path with its methods, fields and refusals, after what holds for all."""
    return render_template("api/docs.html", rules=RULES, operations=operations())


def operations() -> list[Operation]:
    """Everything the API answers, by path, in the reader's language."""
    spec = json.loads(current_app.extensions["flask-smorest"]["apis"][""]["ext_obj"].document())
    schemas = spec["components"]["schemas"]
    return [
        _operation(schemas, path, method, each)
        for path, methods in sorted(spec["paths"].items())
        for method, each in methods.items()
        if isinstance(each, dict)
    ]


def _operation(schemas: dict[str, Any], path: str, method: str, each: dict[str, Any]) -> Operation:
    sent_as = each.get("requestBody", {}).get("content", {})
    body = _resolved(schemas, (sent_as.get(JSON) or sent_as.get(FORM) or {}).get("schema", {}))
    needed = set(body.get("required", []))
    sent = [name for name, one in body.get("properties", {}).items() if not one.get("readOnly")]
    parameters, summary = each.get("parameters", []), each.get("summary", "")
    return Operation(
        method.upper(),
        path,
        gettext(summary) if summary else "",
        each.get("x-verb", ""),
        [name + ("*" if name in needed else "") for name in sent],
        [one["name"] for one in parameters if one.get("in") == "query"],
        [one["name"] + ("*" if one.get("required") else "") for one in parameters if one.get("in") == "header"],
        _answered(schemas, each),
        each.get("x-refusals", []),
    )


def _answered(schemas: dict[str, Any], each: dict[str, Any]) -> list[str]:
    """The fields of what comes back; of a list, those of its rows."""
    good: dict[str, Any] = next((one for status, one in each["responses"].items() if status.startswith("2")), {})
    schema = _resolved(schemas, good.get("content", {}).get(JSON, {}).get("schema", {}))
    known = schema.get("properties", {})
    rows = _resolved(schemas, known.get("data", {}).get("items", {})) if "next_cursor" in known else {}
    return [name for name, one in (rows.get("properties") or known).items() if not one.get("writeOnly")]


def _resolved(schemas: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """A schema itself, also where only its name stands."""
    found: dict[str, Any] = schemas.get(schema.get("$ref", "").rsplit("/", 1)[-1], schema)
    return found
