"""Hundreds of made-up questions by the interface's own description: no fault of the server, every answer as described."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from lib.web.api.resources import RESOURCES
from tests.unit.web.api.conftest import LOCAL, application

QUESTIONS = 30


# What takes no parameter cannot be asked wrongly.
ASKED = [
    *((path, GenerationMode.POSITIVE) for path in ("", "openapi.json")),
    *((each.name, mode) for each in RESOURCES for mode in GenerationMode),
]


@pytest.mark.parametrize(("path", "mode"), ASKED)
def test_every_answer_is_as_described(house, monkeypatch, path, mode):
    monkeypatch.setenv("DUIBIAO_API_PER_MINUTE", "1000000")
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", application(), headers=LOCAL)
    statuses = []

    @given(schema[f"/api/v1/{path}"]["GET"].as_strategy(generation_mode=mode))
    @settings(max_examples=QUESTIONS, suppress_health_check=[*HealthCheck])
    def check(case):
        # A code in the right form that the catalogue does not have is refused: a slip must not look like missing data.
        statuses.append(case.call_and_validate(headers=LOCAL, excluded_checks=[positive_data_acceptance]).status_code)

    check()
    assert statuses
    assert max(statuses) < 500
