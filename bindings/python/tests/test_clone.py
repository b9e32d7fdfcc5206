"""Templates for other tenants."""

from __future__ import annotations

import asyncio

import paas_sdk as paas
import pytest
from conftest import SMALL


def test_a_clone_is_the_same_text_with_other_names() -> None:
    cloned = paas.clone_template(
        SMALL,
        {
            "name": "shop-b",
            "networks": {"dmz": "outer"},
            "registries": {"registry.bank.test": "registry.b.test/mirror"},
        },
    )
    network = "{ type: paas.nodes.Network"
    wanted = (
        SMALL.replace("template_name: shop", "template_name: shop-b")
        .replace(network, f"{network}, properties: {{ network_name: outer }}")
        .replace("registry.bank.test", "registry.b.test/mirror")
    )
    assert cloned["template"] == wanted
    assert cloned["imports"] == {}
    assert cloned["diagnostics"] == []
    assert paas.check(cloned["template"])["accepted"]


def test_values_of_inputs_are_of_any_kind() -> None:
    inputs = "topology_template:\n  inputs: { n: { type: integer }, s: { type: string } }"
    template = SMALL.replace("topology_template:", inputs)
    cloned = asyncio.run(
        paas.aio.clone_template(template, {"inputs": {"n": 3, "s": "3"}}),
    )
    assert "n: { type: integer, default: 3 }" in cloned["template"]
    assert 's: { type: string, default: "3" }' in cloned["template"]


def test_what_is_no_clone_is_refused() -> None:
    with pytest.raises(paas.RejectedError) as caught:
        paas.clone_template(SMALL, {"networks": {"dmzz": "outer"}})
    (problem,) = caught.value.diagnostics
    assert problem["code"] == "clone.no_match"
    assert problem.get("help") == "did you mean `dmz`?"
    with pytest.raises(paas.RejectedError) as caught:
        paas.clone_template(SMALL, {}, tenant="tenant: b\nnetworks: []\n")
    assert caught.value.diagnostics[0]["code"] == "resource.unknown_network"
