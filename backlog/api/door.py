"""The API's front door: OpenAPI, who asks, and how refusals are told."""

import gc
import json
import threading
import zlib
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Response, request
from flask_smorest import Api
from marshmallow import Schema

from backlog.api import docs
from backlog.api.described import COMPONENTS
from backlog.web.application import Application, BoundedInt
from backlog.web.problems import Problem
from backlog.web.routing import public
from backlog.web.security import csrf

PREFIX = "/api/v1"


class DengtaApi(Api):
    """flask-smorest, whose error handler stays out of the pages (ours answers both doors), described when asked for."""

    spec: APISpec
    DEFAULT_ERROR_RESPONSE_NAME = None  # every status is documented with its own, as problem details

    def __init__(self) -> None:
        super().__init__()
        self.resources: list[Any] = []
        self.lock = threading.Lock()
        self.packed = b""

    def _register_error_handlers(self) -> None:
        """Leave errors to `backlog.web.errors`."""

    def register_blueprint(self, blk: Any, *, parameters: Any = None, **options: Any) -> None:
        """Every resource lies under /api/v1, and takes no cookie, so no CSRF token either."""
        csrf.exempt(blk)
        self.resources.append(blk)
        self._app.register_blueprint(blk, url_prefix=PREFIX, **options)

    def document(self) -> str:
        """The OpenAPI document as JSON: made once, and all it was made from let go."""
        with self.lock:
            if not self.packed:
                self._begin()
                for each in self.resources:
                    _describe(self, each)
                self.packed = zlib.compress(json.dumps(self.spec.to_dict(), ensure_ascii=False).encode())
                self._begin()
                gc.collect()  # it was made of circles, whose room the reader of the document can use
        return zlib.decompress(self.packed).decode()

    def _begin(self) -> None:
        self._init_spec(marshmallow_plugin=MarshmallowPlugin(schema_name_resolver=_name))

    def _openapi_json(self) -> Response:
        return Response(self.document(), content_type="application/json")


def _describe(api: DengtaApi, resource: Any) -> None:
    """Add the routes of a blueprint to the document; what `endpoint` left to be said later is said now."""
    kept = resource._docs
    resource._docs = {
        name: {
            method: {**each, **each["later"](method)} if each and "later" in each else each
            for method, each in doc.items()
        }
        for name, doc in kept.items()
    }
    try:
        resource.register_views_in_doc(api, api._app, api.spec, name=resource.name, parameters=None)
    finally:
        resource._docs = kept
    api.spec.tag({"name": resource.name, "description": resource.description})


def init_app(app: Application) -> DengtaApi:
    """Make the API; resources are registered by `create_app`."""
    app.config.update(
        API_TITLE="灯塔 Dengta",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=PREFIX,
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={
            "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}, **COMPONENTS},
            "security": [{"token": []}],
        },
    )
    app.extensions["problem_renderer"] = render
    api = DengtaApi()
    api.init_app(app)
    api.register_converter(BoundedInt, lambda _converter: {"type": "integer", "minimum": 0, "maximum": 2**63 - 1})
    draw = app.view_functions["api-docs.openapi_json"]
    app.view_functions["api-docs.openapi_json"] = public(_anonymous(draw))
    app.register_blueprint(docs.blueprint)
    return api


def _anonymous(draw: Callable[[], Any]) -> Callable[[], Any]:
    """A function of its own around a bound method, which bears no attributes."""

    def drawn() -> Any:
        return draw()

    return drawn


def _name(schema: type[Schema] | Schema | str) -> str:
    """What a schema is called in the document: `User`, and `UserChange` where every field may be left out."""
    named = schema if isinstance(schema, str) else (schema if isinstance(schema, type) else type(schema)).__name__
    return named.removesuffix("Schema") + ("Change" if isinstance(schema, Schema) and schema.partial else "")


def render(problem: Problem) -> Response:
    """A problem as application/problem+json (RFC 9457)."""
    body: dict[str, Any] = {
        "type": "about:blank" if problem.code is None else f"urn:dengta:refusal:{problem.code}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "instance": request.path[:500],
    }
    if problem.code is not None:
        body |= {"code": problem.code, "facts": problem.facts}
    if problem.errors:
        body["errors"] = problem.errors
    if problem.current is not None:
        body["current"] = problem.current if isinstance(problem.current, dict) else {"version": problem.current.version}
    response = Response(json.dumps(body, ensure_ascii=False, default=_plain), problem.status)
    response.headers["Content-Type"] = "application/problem+json"
    if problem.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) or not hasattr(value, "isoformat") else value.isoformat()


__all__ = ["PREFIX", "init_app", "render"]
