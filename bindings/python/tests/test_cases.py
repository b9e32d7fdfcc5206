"""Wrong files, with what every language must tell of them."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import paas_sdk as paas
import pytest
from conftest import ROOT

CASES = json.loads((ROOT / "testdata/bindings/cases.json").read_text(encoding="utf-8"))["cases"]


def envelope(error: paas.PaasError) -> dict[str, Any]:
    """The error as the cases have it."""
    told = {
        "code": error.code,
        "kind": error.kind,
        "message": error.message,
        "help": error.help,
        "retryable": error.retryable,
        "operation": error.operation,
        "details": error.details,
        "labels": error.labels,
    }
    return {name: value for name, value in told.items() if value is not None}


def test_there_are_cases() -> None:
    assert len(CASES) > 50
    assert any("error" in case for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_checking_tells(case: dict[str, Any]) -> None:
    assert getattr(paas, case["function"])(**case["request"]) == case["answer"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_checking_tells_in_asyncio(case: dict[str, Any]) -> None:
    assert asyncio.run(getattr(paas.aio, case["function"])(**case["request"])) == case["answer"]


@pytest.mark.parametrize(
    "case", [case for case in CASES if "error" in case], ids=lambda case: case["name"]
)
def test_how_translating_fails(case: dict[str, Any]) -> None:
    with pytest.raises(paas.RejectedError) as plain:
        paas.translate(**case["request"])
    assert envelope(plain.value) == case["error"]
    with pytest.raises(paas.RejectedError) as awaited:
        asyncio.run(paas.aio.translate(**case["request"]))
    assert envelope(awaited.value) == case["error"]
