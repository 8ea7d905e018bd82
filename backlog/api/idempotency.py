"""A POST with an Idempotency-Key happens once in 24 hours, also when ten copies arrive together."""

import hashlib
from collections.abc import Callable

from flask import Response, g, request

from backlog.kernel.refusal import Invalid, Refusal, wrong
from backlog.web.files import files_sent
from backlog.web.kept_answer import find_answer, keep_answer, wait_for_twins
from backlog.web.models import KeptAnswer

LONGEST = 255


class Replayed(Exception):
    """The same request was answered before."""

    def __init__(self, response: Response) -> None:
        super().__init__("replayed")
        self.response = response


def once(act: Callable[[], Response]) -> Response:
    """Do a keyed request once; what it did for a key that names another request is rolled back and refused."""
    g.key_of_another = False
    key = _key(request.headers["Idempotency-Key"])
    wait_for_twins(g.actor.id, key)
    try:
        response = act()
    except Replayed as before:
        return before.response
    except Refusal:
        if not g.key_of_another:
            raise
    if g.key_of_another:
        raise Refusal("request.idempotency")
    if response.status_code < 400:
        told = {"location": response.headers.get("Location", ""), "etag": response.headers.get("ETag", "")}
        keep_answer(g.actor.id, key, _fingerprint(), response.status_code, body=response.get_data(as_text=True), **told)
    return response


def judge() -> None:
    """Look at the key, once the thing was found, the right held and the body read: so 404, 403, 415 and 400 come first.

    The same request as before is answered at once; for another one the fields are judged (422) before the key (409).
    """
    typed = request.headers.get("Idempotency-Key")
    if typed is None or request.method != "POST":
        return
    if not 1 <= len(typed.strip()) <= LONGEST:
        raise Invalid({"Idempotency-Key": [wrong("value.length", least=1, most=LONGEST)]})
    wait_for_twins(g.actor.id, _key(typed))  # again, where the route ended the transaction to read a file
    kept = find_answer(g.actor.id, _key(typed))
    if kept is None:
        return
    if kept.fingerprint == _fingerprint():
        raise Replayed(_again(kept))
    g.key_of_another = True


def _key(typed: str) -> str:
    return hashlib.sha256(typed.strip().encode("utf-8", "replace")).hexdigest()


def _fingerprint() -> str:
    line = f"{request.method} {request.full_path}\n".encode()
    if request.mimetype == "multipart/form-data":  # each sending draws another boundary between the same parts
        return hashlib.sha256(
            line + repr(sorted([*request.form.items(multi=True), *files_sent()])).encode()
        ).hexdigest()
    return hashlib.sha256(line + request.get_data(cache=True)).hexdigest()


def _again(kept: KeptAnswer) -> Response:
    response = Response(kept.body, kept.status, content_type="application/json")
    for name, value in (("Location", kept.location), ("ETag", kept.etag)):
        if value:
            response.headers[name] = value
    response.headers["Idempotency-Replayed"] = "true"
    return response
