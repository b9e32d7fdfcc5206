"""Values that JSON or the library cannot hold, and very large ones."""

from __future__ import annotations

import asyncio
import datetime
import decimal
import enum
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType
from typing import Any

import paas_sdk as paas
import pytest
from conftest import SMALL

SECRET = "hunter2"


class Colour(enum.StrEnum):
    RED = "red"


def nested(depth: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    return value


def in_itself() -> list[Any]:
    value: list[Any] = []
    value.append(value)
    return value


REFUSED = [
    pytest.param(float("nan"), "a number is expected, and this is none or infinite", id="nan"),
    pytest.param(float("inf"), "a number is expected, and this is none or infinite", id="inf"),
    pytest.param(2**64, "the number has more than 64 bits; pass it as text", id="2**64"),
    pytest.param(-(2**63) - 1, "the number has more than 64 bits; pass it as text", id="-2**63-1"),
    pytest.param(10**5000, "the number has more than 64 bits; pass it as text", id="5000 digits"),
    pytest.param("a\ud800b", "the text has half a character at position 1", id="surrogate"),
    pytest.param(b"x", "a `bytes` cannot be passed; ", id="bytes"),
    pytest.param({1}, "a `set` cannot be passed; ", id="set"),
    pytest.param(decimal.Decimal(1), "a `Decimal` cannot be passed; ", id="Decimal"),
    pytest.param(datetime.date(2026, 1, 2), "a `date` cannot be passed; ", id="date"),
    pytest.param(object(), "a `object` cannot be passed; ", id="object"),
]


@pytest.mark.parametrize(("value", "message"), REFUSED)
@pytest.mark.parametrize(
    ("inputs", "field"),
    [
        (lambda value: {"size": value}, "inputs.size"),
        (lambda value: {"sizes": [0, {"a": (value,)}]}, "inputs.sizes[1].a[0]"),
    ],
    ids=["flat", "nested"],
)
def test_what_cannot_be_passed_is_told_by_its_field(
    value: object, message: str, inputs: Callable[[object], dict[str, Any]], field: str
) -> None:
    with pytest.raises(paas.InvalidRequestError) as plain:
        paas.check(SMALL, inputs=inputs(value))
    assert plain.value.message.startswith(f"`{field}`: {message}")
    assert plain.value.code == "request.invalid"
    assert plain.value.kind == "invalid_request"
    assert plain.value.details == {"field": field}
    with pytest.raises(paas.InvalidRequestError) as awaited:
        asyncio.run(paas.aio.check(SMALL, inputs=inputs(value)))
    assert awaited.value.message == plain.value.message


def test_keys_are_texts() -> None:
    odd: Any = {"a": {1: "b"}}
    with pytest.raises(paas.InvalidRequestError, match=r"^`inputs\.a`: keys are texts, and one is"):
        paas.check(SMALL, inputs=odd)
    with pytest.raises(paas.InvalidRequestError, match=r"^`inputs`: the text has half a character"):
        paas.check(SMALL, inputs={"\udfff": 1})


@pytest.mark.parametrize("value", [nested(5000), in_itself()], ids=["5000 deep", "in itself"])
def test_depth_ends_somewhere(value: list[Any]) -> None:
    with pytest.raises(paas.InvalidRequestError, match="lists and dicts can be 100 deep"):
        paas.check(SMALL, inputs={"a": value})
    assert paas.check(SMALL, inputs={"a": nested(90)})["diagnostics"][0]["code"]


WITH_NUMBER = SMALL + (
    "  inputs: { size: { type: integer } }\n  outputs: { size: { value: { get_input: size } } }\n"
)


@pytest.mark.parametrize("number", [0, 2**53 - 1, 2**53 + 1, 2**63 - 1, -(2**63)])
def test_whole_numbers_arrive_with_all_their_digits(number: int) -> None:
    document = paas.translate(WITH_NUMBER, inputs={"size": number}).to_dict()
    # Documents hold what every language can read: what has more than 53 bits is a text.
    value = number if abs(number) < 2**53 else str(number)
    assert document.get("outputs") == [{"name": "size", "value": value}]


@pytest.mark.parametrize("number", [2**63 + 1, 2**64 - 1])
def test_a_number_that_is_too_large_for_tosca_is_told_with_all_its_digits(number: int) -> None:
    with pytest.raises(paas.RejectedError, match=f"is `{number}`"):
        paas.translate(WITH_NUMBER, inputs={"size": number})


def test_values_of_pythons_own_kinds_are_taken(tmp_path: Path) -> None:
    checked = paas.check(SMALL, inputs=MappingProxyType({"a": Colour.RED, "b": (1, 2), "c": True}))
    assert {problem["code"] for problem in checked["diagnostics"]} == {"tosca.unknown_input"}
    folder: Any = tmp_path / "out"
    assert paas.translate(SMALL).write(folder)["folder"] == str(folder)


def test_a_large_template_is_no_trouble() -> None:
    # Beyond the basic plane too, so that nothing counts in units of its own.
    template = SMALL + "".join(f"# {number:06} 🏦 {'x' * 87}\n" for number in range(50_000))
    assert len(template.encode()) > 5_000_000
    assert paas.check(template)["accepted"]
    assert paas.translate(template).files.keys() == paas.translate(SMALL).files.keys()


def test_a_template_that_is_too_large_is_told() -> None:
    with pytest.raises(paas.RejectedError) as error:
        paas.translate(SMALL, limits={"bytes": 10})
    assert error.value.diagnostics[0]["code"] == "yaml.too_large"


def test_an_unknown_field_is_told_with_those_that_there_are() -> None:
    limits: Any = {"byte": 10}
    with pytest.raises(paas.InvalidRequestError) as error:
        paas.check(SMALL, limits=limits)
    message = error.value.message
    assert message.startswith("`limits`: unknown field `byte`, expected one of `bytes`, ")
    assert "`expanded_nodes`" in message
    assert error.value.details.get("field", "").startswith("limits")


@pytest.mark.parametrize(
    "odd",
    [
        {"secrets": SECRET},
        {"secrets": [SECRET]},
        {"secrets": {"password": 5, "other": SECRET}},
        {"secrets": {"password": f"{SECRET}\ud800"}},
        {"secrets": {"password": SECRET.encode()}},
        {"secrets": {"password": {SECRET: SECRET}}},
        {"rancher": {"secret_key": [SECRET]}},
        {"rancher": {"secret_key": SECRET}},
        {"rancher": SECRET},
    ],
)
def test_secrets_are_never_told(odd: dict[str, Any]) -> None:
    with pytest.raises(paas.PaasError) as error:
        paas.connect("anna", ":memory:", **odd)
    assert error.value.code == "request.invalid"
    for told in (str(error.value), repr(error.value), repr(error.value.details)):
        assert SECRET not in told


def test_what_must_be_given_is_not_none() -> None:
    nothing: Any = None
    with pytest.raises(paas.InvalidRequestError, match="missing field `template`"):
        paas.check(nothing)


def test_a_path_is_no_template() -> None:
    with pytest.raises(paas.InvalidRequestError, match="`template`: a text is expected, not the"):
        paas.translate(Path("bank.yaml"))  # type: ignore[arg-type]
