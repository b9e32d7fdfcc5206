"""Everything that the library offers is there, in both flavours."""

from __future__ import annotations

import inspect
import json
import typing
from collections.abc import Iterator
from typing import Any

import paas_sdk as paas
import pytest
from conftest import ROOT
from paas_sdk import _request

INTERFACE = json.loads((ROOT / "schema/interface.json").read_text(encoding="utf-8"))
CALLED = {(handle, "document"): "to_dict" for handle in ("Release", "Plan", "Timeline")}
FUNCTIONS = [
    pytest.param(handle["name"], function, id=f"{handle['name']}.{function['name']}")
    for handle in INTERFACE["handles"]
    for function in handle["functions"]
]


def found(flavour: Any, handle: str, name: str) -> Any:
    """The function, method or property of the package for one of the interface."""
    if handle == "Library":
        return getattr(flavour, name)
    group, _, short = name.rpartition(".")
    owner = getattr(flavour, f"{handle}{group.capitalize()}")
    if group:
        assert isinstance(inspect.getattr_static(getattr(flavour, handle), group), property)
    return inspect.getattr_static(owner, CALLED.get((handle, name), short))


def test_the_interface_is_not_empty() -> None:
    assert len(FUNCTIONS) > 50


@pytest.mark.parametrize(("handle", "function"), FUNCTIONS)
@pytest.mark.parametrize("flavour", [paas, paas.aio], ids=["plain", "aio"])
def test_every_function_is_there(flavour: Any, handle: str, function: dict[str, Any]) -> None:
    there = found(flavour, handle, function["name"])
    schema = INTERFACE["$defs"][function["request"]["$ref"].removeprefix("#/$defs/")]
    required, fields = schema.get("required", []), set(schema.get("properties", {}))
    if isinstance(there, property):
        assert not fields
        there = there.fget
    assert there.__doc__
    parameters = [
        one for name, one in inspect.signature(there).parameters.items() if name != "self"
    ]
    positional = [one.name for one in parameters if one.kind is one.POSITIONAL_OR_KEYWORD]
    assert positional == required
    by_name = {one.name for one in parameters if one.kind is one.KEYWORD_ONLY}
    by_hand: set[str] = set()
    if function["name"] == "wait":
        callbacks = {"ImageCopy": {"on_progress"}, "Operation": {"on_event"}}
        by_hand |= callbacks.get(handle, set())
    if flavour is paas and function["name"] in ("wait", "next"):
        by_hand.add("timeout")
    assert by_name == (fields - set(required)) | by_hand
    waits = flavour is paas.aio and function["work"] != "instant"
    assert inspect.iscoroutinefunction(there) == waits


def passed(schema: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """What is said to be an instant or bytes in all that can be passed, by the name of its field."""
    if isinstance(schema, list):
        for inner in schema:
            yield from passed(inner, name)
    elif isinstance(schema, dict):
        for key in ("format", "contentEncoding"):
            if key in schema:
                yield schema[key], name
        if "$ref" in schema:
            yield from passed(INTERFACE["$defs"][schema["$ref"].removeprefix("#/$defs/")])
        for field, inner in schema.get("properties", {}).items():
            yield from passed(inner, field)
        for key in ("items", "oneOf", "anyOf"):
            yield from passed(schema.get(key, []), name)


def test_what_is_taken_for_instants_and_bytes_is_so_in_the_interface() -> None:
    functions = [function for handle in INTERFACE["handles"] for function in handle["functions"]]
    found = {one for function in functions for one in passed(function["request"])}
    assert {name for kind, name in found if kind == "date-time"} == _request._INSTANTS
    assert {name for kind, name in found if kind == "base64"} == _request._BYTES


@pytest.mark.parametrize("kind", INTERFACE["kinds"], ids=lambda kind: kind["name"])
def test_every_kind_of_error_has_a_class(kind: dict[str, str]) -> None:
    name = "".join(part.capitalize() for part in kind["name"].split("_"))
    error = getattr(paas, f"{name}Error")
    assert issubclass(error, paas.PaasError)
    assert paas.errors.BY_KIND[kind["name"]] is error
    assert kind["help"] in " ".join(str(error.__doc__).split())


def test_every_name_that_is_offered_is_there() -> None:
    for module in (paas, paas.aio, paas.errors, paas.types):
        assert len(set(module.__all__)) == len(module.__all__)
        for name in module.__all__:
            assert hasattr(module, name)


def test_hints_can_be_read_when_a_program_runs() -> None:
    for flavour in (paas, paas.aio):
        assert "return" in typing.get_type_hints(flavour.Operation.wait)
        assert "return" in typing.get_type_hints(flavour.Events.next)
