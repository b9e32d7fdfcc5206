"""What the tests share: templates, and a platform whose Rancher is a sandbox."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import paas_sdk as paas
import pytest

ROOT = Path(__file__).parents[3]

SMALL = """\
tosca_definitions_version: tosca_simple_yaml_1_3
metadata: { template_name: shop }
topology_template:
  node_templates:
    dmz: { type: paas.nodes.Network }
    web:
      type: paas.nodes.Service
      properties:
        { image: "registry.bank.test/web:1.4", resources: { cpu_limit: 0.5, memory_limit: 64 MiB } }
      requirements: [ { network: dmz } ]
"""
"""One service on one network."""


@pytest.fixture
def bank() -> str:
    """The template of the examples."""
    return (ROOT / "examples/bank/template.yaml").read_text(encoding="utf-8")


@pytest.fixture
def sandbox() -> Iterator[paas.Sandbox]:
    """A sandbox where everything happens at once, with one environment."""
    with paas.start_sandbox(environments=["dmz"], instant=True) as sandbox:
        yield sandbox


@pytest.fixture
def platform(sandbox: paas.Sandbox, tmp_path: Path) -> paas.Platform:
    """A platform with a tenant that has that environment."""
    return connected(sandbox, str(tmp_path / "paas.db"))


@pytest.fixture
def still() -> Iterator[paas.Platform]:
    """A platform whose Rancher never gets anything done, since its clock stands still."""
    with paas.start_sandbox(environments=["dmz"], virtual_clock=True) as sandbox:
        yield connected(sandbox, ":memory:")


def connected(sandbox: paas.Sandbox, store: str) -> paas.Platform:
    platform = paas.connect("anna@bank.test", store, rancher=sandbox.credentials())
    platform.tenants.put("acme", networks=[{"name": "dmz"}])
    return platform
