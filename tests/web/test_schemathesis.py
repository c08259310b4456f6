"""Whatever is sent to the API, each answer is one that its description declares.

Schemathesis makes requests of the OpenAPI document, right and wrong ones; there must
be no 500, no undeclared status, type or body, and nothing wrong that is accepted.
"""

from typing import Any, Final, TypeAlias

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import CheckFunction
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.fakes import FakeSearcher
from web import create_app

_EXAMPLES: Final = 20
"""For each address, right ones and wrong ones each."""

_UNPACKED: Final = {"Accept-Encoding": "identity"}
"""The client within the process asks for gzip and cannot unpack it."""
# A schema tells neither the query language nor that years must be in order.
_NOT_HELD: Final[list[CheckFunction]] = [positive_data_acceptance]

_SCHEMA = schemathesis.openapi.from_wsgi("/openapi.json", create_app(FakeSearcher()))
Operation: TypeAlias = APIOperation[Any, Any, Any, Any]
OPERATIONS = [
    found.ok() for found in _SCHEMA.get_all_operations() if isinstance(found, Ok)
]


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.label)
def test_every_answer_is_declared(operation: Operation, mode: GenerationMode) -> None:
    """No fault, no undeclared answer, and nothing accepted that is outside limits."""

    @settings(
        max_examples=_EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def hold(case: Case[Any]) -> None:
        case.call_and_validate(headers=_UNPACKED, excluded_checks=_NOT_HELD)

    try:
        hold()
    except Unsatisfiable:  # nothing can be wrong where nothing is asked
        assert mode is GenerationMode.NEGATIVE
        assert not list(operation.query)
