"""Deploys to several tenants at once with `asyncio`; one of them has bad luck, and is resumed.

python examples/python/deploy_async.py
"""

from __future__ import annotations

import asyncio

import paas_sdk as paas
from paas_sdk import aio

TEMPLATE = """\
tosca_definitions_version: tosca_simple_yaml_1_3
metadata: { template_name: shop }
topology_template:
  node_templates:
    dmz: { type: paas.nodes.Network }
    web:
      type: paas.nodes.Service
      properties:
        image: registry.bank.test/web:1.4
        resources: { cpu_limit: 0.5, memory_limit: 64 MiB }
      requirements: [ { network: dmz } ]
"""
TENANTS = ["north", "south", "west"]


async def main() -> None:
    async with aio.start_sandbox() as sandbox:
        for tenant in TENANTS:
            sandbox.add_environment(f"{tenant}-dmz")
        platform = await aio.connect(
            "nightly@bank.test",
            ":memory:",
            rancher=sandbox.credentials(),
            policy={"ready_seconds": 5},
        )

        # All three at once: who waits for one does not keep the others waiting.
        await asyncio.gather(*(deploy(platform, tenant) for tenant in TENANTS))

        # The next containers do not start in time. The operation stops, and says why.
        sandbox.add_fault({"fault": "stays_activating", "service": "web"})
        operation = await platform.applications.scale("west", "shop", "web", 3)
        try:
            await operation.wait()
        except paas.OperationStoppedError as error:
            print(f"west: {error.message}")
            sandbox.clear_faults()
            again = await platform.operations.open(operation.id)
            await again.resume()
            print(f"west: {(await again.wait())['state']}, after it was resumed by its id")


async def deploy(platform: aio.Platform, tenant: str) -> None:
    await platform.tenants.put(tenant, networks=[{"name": "dmz", "environment": f"{tenant}-dmz"}])
    operation = await platform.applications.deploy(tenant, TEMPLATE)
    async for event in await operation.events():
        print(f"{tenant}: {event['percent']:3}% {event['message']}")
    await operation.wait()


if __name__ == "__main__":
    asyncio.run(main())
