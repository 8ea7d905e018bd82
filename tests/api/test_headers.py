"""The OpenAPI document names the headers a POST takes and those each answer has: no more, no fewer."""

from typing import Any

from tests.api.bodies import BODIES, furnish, sender
from tests.api.test_idempotency import filled
from tests.house import samples
from tests.world import Call, World

SPOKEN = ("ETag", "Location")


def document(world: World) -> Any:
    return world.app.test_client().get("/api/v1/openapi.json").get_json()["paths"]


def operation(paths: Any, method: str, path: str) -> Any:
    """The operation a concrete path belongs to."""
    parts = ("/api/v1/" + path).split("/")
    for pattern, methods in paths.items():
        wanted = pattern.split("/")
        if len(wanted) == len(parts) and all(
            a == b or a.startswith("{") for a, b in zip(wanted, parts, strict=True)
        ) and method.lower() in methods:  # fmt: skip
            return methods[method.lower()]
    raise AssertionError(f"the document has no {method} {path}")


def test_each_post_takes_a_key_and_nothing_else_does(world: World) -> None:
    wrong = []
    for path, methods in document(world).items():
        for method, said in ((name, each) for name, each in methods.items() if name != "parameters"):
            headers = {each["name"]: each for each in said.get("parameters", []) if each["in"] == "header"}
            if ("Idempotency-Key" in headers) != (method == "post"):
                wrong.append((method, path))
            if method == "post" and (headers["Idempotency-Key"]["required"] or "409" not in said["responses"]):
                wrong.append((method, path))
    assert wrong == []


def test_each_answer_has_the_headers_the_document_names(world: World, api: Call) -> None:
    samples.fill(world, api)
    names = furnish(world, api)
    paths, wrong, seen = document(world), [], set()
    asked = [("GET", "/".join("1" if "{" in each else each for each in path.split("/")), None) for path in paths]
    for method, path, body in [
        *[(method, place.removeprefix("/api/v1/"), body) for method, place, body in asked],
        *[(method, *filled(place, body, names)) for (method, place), body in BODIES.items()],
    ]:
        caller = sender(api, path)
        shown = caller("GET", path).headers.get("ETag", "")
        more = {"If-Match": shown} if shown and method in {"PATCH", "PUT"} else {}
        answer = caller(method, path, body, **more)
        if answer.status_code >= 300 or path == "openapi.json":
            continue
        said = operation(paths, method, path)["responses"][str(answer.status_code)].get("headers", {})
        sent = {name for name in SPOKEN if name in answer.headers}
        seen.add((method, path))
        if sent != set(said):
            wrong.append((method, path, sorted(sent), sorted(said)))
    assert wrong == []
    assert len(seen) > 90, len(seen)
