"""What a route says of itself in the OpenAPI document."""

from dataclasses import dataclass
from typing import Any, ClassVar

from marshmallow import Schema

from backlog.api import paging
from backlog.api.idempotency import LONGEST

PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string", "description": "which rule refused (409)"},
        "facts": {"type": "object", "description": "what the rule's sentence names (409)"},
        "errors": {"type": "object", "description": "texts by field (422)"},
        "current": {"type": "object", "description": "the present state (412)"},
    },
}
COMPONENTS = {
    "schemas": {"Problem": PROBLEM},
    "responses": {
        "Problem": {
            "description": "Problem details",
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    },
}
REFUSED = {"$ref": "#/components/responses/Problem"}
TEXTS = {200: "The thing", 201: "Made", 202: "Accepted", 204: "Done"}
KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST},
    "description": "for 24 hours the same request with the same key is answered as before and done once; another is 409",
}
IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "schema": {"type": "string"},
    "description": "the ETag the change began from",
}
ETAG = {"schema": {"type": "string"}, "description": "the version, for If-Match"}
LOCATION = {"schema": {"type": "string", "format": "uri-reference"}, "description": "where what was made is read"}


def needs_body(schema: type[Schema]) -> bool:
    """Whether something must be sent: some field of the body is required."""
    return any(each.required for each in schema._declared_fields.values() if not getattr(each, "dump_only", False))


@dataclass(frozen=True)
class Said:
    """What `endpoint` was told of one route; described when the document is asked for."""

    verb: str
    body: Any
    answer: Any
    many: bool
    query: Any
    status: int
    condition: bool | None
    refusals: tuple[str, ...]
    tagged: bool
    doc: str
    multipart: bool = False
    later: bool = False
    file: bool = False

    versioned: ClassVar[set[type[Schema]]] = set()

    def __post_init__(self) -> None:
        """Note that what is changed on a condition is answered with its version everywhere."""
        if self.condition and self.answer is not None:
            self.versioned.add(self.answer)

    def described(self, method: str) -> dict[str, Any]:
        """The part of the document about the route under one of its methods."""
        manual: dict[str, Any] = {
            "responses": self._responses(method),
            "x-verb": self.verb,
            "x-refusals": list(self.refusals),
            "parameters": self._parameters(method),
            "summary": self.doc.strip().split("\n")[0],
        }
        if self.body is not None:
            schema = self.body(partial=True) if self.condition else self.body
            needed = self.condition or needs_body(self.body)
            manual["requestBody"] = {"required": needed, "content": {self._type: {"schema": schema}}}
        return {"manual_doc": manual, "docstring": {}, "success_status_codes": [str(self.status)]}

    @property
    def _type(self) -> str:
        return "multipart/form-data" if self.multipart else "application/json"

    def _parameters(self, method: str) -> list[Any]:
        query = [{"in": "query", "schema": self.query}] if self.query is not None else []
        match = [] if self.condition is False else [{**IF_MATCH, "required": self.condition is True}]
        return [*query, *match, *([KEY] if method.upper() == "POST" else [])]

    def _responses(self, method: str) -> dict[str, Any]:
        good: dict[str, Any] = {"description": TEXTS.get(self.status, "Answer")}
        if self.answer is not None:
            schema = paging.list_schema(self.answer) if self.many else self.answer
            good["content"] = {"application/json": {"schema": schema}}
        if self.file:
            good["content"] = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
        if headers := self._headers():
            good["headers"] = headers
        late = {"202": {**good, "description": TEXTS[202]}} if self.later else {}
        return {str(self.status): good, **late, **{str(code): dict(REFUSED) for code in self._refused(method)}}

    def _headers(self) -> dict[str, Any]:
        numbered = self.answer is not None and {"id", "version"} <= self.answer._declared_fields.keys()
        tagged = self.tagged or ((self.answer in self.versioned or numbered) and not self.many)
        return {**({"ETag": ETAG} if tagged else {}), **({"Location": LOCATION} if self.status == 201 else {})}

    def _refused(self, method: str) -> list[int]:
        found = [400, 401, 403, 404, 405, 406, 413, 415, 422, 429, 503]
        found += [412, 428] if self.condition else [412] if self.condition is None else []
        return sorted([*found, *([409] if self.refusals or self.body is not None or method.upper() == "POST" else [])])


__all__ = ["COMPONENTS", "Said", "needs_body"]
