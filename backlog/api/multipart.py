"""A body with a file in it: multipart/form-data, its fields as strict as JSON's."""

from typing import Any

from flask import request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from backlog.api.endpoint import SchemaClass, allow_writing, load
from backlog.kernel.refusal import Invalid, wrong
from backlog.kernel.text import is_storable

FILE = "file"


def read_parts(schema: SchemaClass) -> tuple[dict[str, Any], FileStorage]:
    """The fields as domain values, and the file; 403, 415, 400, then 422 with every fault by field.

    The key of an idempotent request is left to be judged by the route.
    """
    allow_writing("write")
    if request.mimetype != "multipart/form-data":
        raise UnsupportedMediaType
    if request.args:
        raise Invalid({name[:60]: [wrong("value.unknown_field")] for name in request.args})
    fields, files = request.form.to_dict(flat=False), request.files.to_dict(flat=False)
    if not fields and not files:
        raise BadRequest  # no part of it can be read
    repeated = [name for parts in (fields, files) for name, values in parts.items() if len(values) > 1]
    errors = {name[:60]: [wrong("value.repeated")] for name in repeated}
    errors |= {name[:60]: [wrong("value.text")] for name, values in fields.items() if not is_storable(values[0])}
    errors |= {name[:60]: [wrong("value.unknown_field")] for name in {*files} - {FILE}}
    if FILE not in files:
        errors[FILE] = [wrong("value.required")]
    if errors:
        raise Invalid(errors)
    return load(schema, {name: texts[0] for name, texts in fields.items()}), files[FILE][0]


def read_form(schema: SchemaClass) -> tuple[dict[str, Any], bytes, str]:
    """The same with the file's bytes and its name."""
    values, upload = read_parts(schema)
    upload.stream.seek(0)
    name = upload.filename or ""
    return values, upload.read(), name if is_storable(name) else ""
