"""A body with a file in it: multipart/form-data, its fields as strict as JSON's."""

import hashlib
from typing import Any

from flask import g, request
from werkzeug.exceptions import UnsupportedMediaType

from backlog.api.endpoint import SchemaClass, allow_writing, load
from backlog.kernel.refusal import Invalid, wrong
from backlog.kernel.text import is_storable

FILE = "file"


def read_form(schema: SchemaClass) -> tuple[dict[str, Any], bytes, str]:
    """The fields as domain values, the file's bytes and its name; 403, 415, then 422 with every fault by field.

    The key of an idempotent request is left to be judged by the route, once the file is read.
    """
    allow_writing("write")
    if request.mimetype != "multipart/form-data":
        raise UnsupportedMediaType
    if request.args:
        raise Invalid({name[:60]: [wrong("value.unknown_field")] for name in request.args})
    fields, files = request.form.to_dict(flat=False), request.files.to_dict(flat=False)
    repeated = [name for parts in (fields, files) for name, values in parts.items() if len(values) > 1]
    errors = {name[:60]: [wrong("value.repeated")] for name in repeated}
    errors |= {name[:60]: [wrong("value.text")] for name, values in fields.items() if not is_storable(values[0])}
    errors |= {name[:60]: [wrong("value.unknown_field")] for name in {*files} - {FILE}}
    if FILE not in files:
        errors[FILE] = [wrong("value.required")]
    if errors:
        raise Invalid(errors)
    upload = files[FILE][0]
    raw, name = upload.read(), upload.filename or ""
    values = {name: texts[0] for name, texts in fields.items()}
    g.body_digest = _digest(values, raw, name)
    return load(schema, values), raw, name if is_storable(name) else ""


def _digest(values: dict[str, str], raw: bytes, name: str) -> bytes:
    told = "\n".join(f"{field}={value!r}" for field, value in sorted(values.items()))
    return hashlib.sha256(f"{told}\n{name!r}\n".encode("utf-8", "replace") + raw).digest()
