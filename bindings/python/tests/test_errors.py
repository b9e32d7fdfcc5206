"""Exceptions."""

from __future__ import annotations

import copy
import json
import pickle

import paas_sdk as paas
import pytest
from paas_sdk import _failures


def rejected() -> paas.RejectedError:
    with pytest.raises(paas.RejectedError) as error:
        paas.translate("tosca_definitions_version: tosca_simple_yaml_9_9\n")
    return error.value


def test_an_error_tells_what_to_do() -> None:
    error = rejected()
    assert str(error) == f"{error.message} (help: {error.help})"
    assert error.help
    assert repr(error).startswith("RejectedError('platform.rejected', ")
    assert not error.retryable
    assert error.operation is None
    assert error.diagnostics == error.details["diagnostics"]
    assert error.failures == []
    assert error.labels[0]["start"]["line"] == 1


@pytest.mark.parametrize(
    "again", [lambda e: pickle.loads(pickle.dumps(e)), copy.copy, copy.deepcopy]
)
def test_an_error_can_be_sent_elsewhere(again: object) -> None:
    error = rejected()
    error.add_note("of the nightly run")
    assert callable(again)
    copied = again(error)
    assert type(copied) is paas.RejectedError
    assert copied is not error
    assert copied.__dict__ == error.__dict__
    assert str(copied) == str(error)
    assert copied.args == error.args


def test_a_kind_that_is_not_known_is_a_plain_error() -> None:
    envelope = {
        "code": "moon.full",
        "kind": "moon",
        "message": "the moon is full",
        "retryable": True,
        "details": {},
        "labels": [],
    }
    error = _failures.from_envelope(json.dumps(envelope))
    assert type(error) is paas.PaasError
    assert (error.kind, error.help, error.retryable) == ("moon", None, True)
    assert str(error) == "the moon is full"


@pytest.mark.parametrize(
    "error",
    [
        _failures.forked("Operation"),
        _failures.internal("the call broke off"),
        _failures.invalid("a text is expected", "file"),
    ],
    ids=lambda error: error.code,
)
def test_errors_of_this_package_are_in_the_table_of_all(error: paas.PaasError) -> None:
    explained = paas.explain(error.code)
    assert explained["code"] == error.code
    assert type(error) is paas.errors.BY_KIND[error.kind]


def test_an_error_can_be_made_by_hand() -> None:
    error = paas.ApplicationBusyError(
        "busy", code="platform.application_busy", kind="application_busy"
    )
    assert error.details == {}
    assert error.labels == []
    assert str(error) == "busy"
