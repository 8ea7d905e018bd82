"""What the OpenAPI document says is what the API does: every operation, asked by several roles with made-up values."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.bodies import furnish
from tests.house import samples
from tests.world import Call, World

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
FEW = settings(
    max_examples=3,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def operations(world: World) -> list[Any]:
    """Every operation of the document."""
    document = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", world.app)
    return [each.ok() for each in document.get_all_operations()]


@pytest.mark.parametrize("name", ["lin", "sun"])
def test_the_document_keeps_its_word(world: World, api: Call, name: str) -> None:
    samples.fill(world, api)
    furnish(world, api)
    token = {"Authorization": f"Bearer {world.tokens[name]}"}
    broken = []
    for operation in operations(world):

        @FEW
        @given(case=operation.as_strategy())
        def ask(case: Any) -> None:
            case.path_parameters = dict.fromkeys(case.path_parameters, 1)
            case.headers = {**(case.headers or {}), **token}
            case.cookies = {}
            response = case.call()
            case.validate_response(response, checks=CHECKS)

        try:
            ask()
        except FailureGroup as group:
            broken += [f"{operation.label}: {str(each)[:400]}" for each in group.exceptions]
    assert broken == [], "\n".join(broken)
