"""Deploys the bank's application to a sandbox, with a bar that grows on a terminal, then scales it.

python examples/python/deploy.py
"""

from __future__ import annotations

import sys
from pathlib import Path

import paas_sdk as paas

BANK = Path(__file__).parents[2] / "examples/bank"
SECRETS = {"database_password": "only-an-example", "card_api_key": "another-example"}


def main() -> None:
    template = (BANK / "template.yaml").read_text(encoding="utf-8")
    tenant = paas.check_tenant((BANK / "tenant.yaml").read_text(encoding="utf-8")).get("tenant")
    assert tenant

    # In place of a Rancher server a stand-in, with an environment for each network of the tenant.
    with paas.start_sandbox() as sandbox:
        for network in tenant.get("networks", []):
            environment = sandbox.add_environment(network["environment"])
            sandbox.add_certificate(environment["id"], "www.bank.test")

        platform = paas.connect(
            "anna@bank.test", ":memory:", rancher=sandbox.credentials(), secrets=SECRETS
        )
        platform.tenants.put(
            tenant["name"],
            networks=tenant.get("networks"),
            nfs_servers=tenant.get("nfs_servers"),
        )

        plan = platform.applications.plan(tenant["name"], template, file="template.yaml")
        print(plan)
        operation = plan.begin()
        operation.wait(on_event=show)

        platform.applications.scale(tenant["name"], "retail-banking", "web-front", 5).wait()
        status = platform.applications.status(tenant["name"], "retail-banking")
        print(f"\n{status['application']} is {status['state']}")
        for part in status["networks"]:
            for service in part["services"]:
                count = service.get("current_scale", "-")
                print(f"  {part['network']:12} {service['name']:20} {service['state']:10} {count}")


def show(event: paas.types.Event) -> None:
    """One bar that grows on a terminal; elsewhere a line for each event."""
    percent, message = event["percent"], event["message"]
    if not sys.stdout.isatty():
        print(f"{percent:3}% {message}")
        return
    bar = "█" * (percent * 30 // 100)
    end = "\n" if event["kind"] in {"done", "stopped", "abandoned"} else ""
    print(f"\r\x1b[K{bar:░<30} {percent:3}% {message[:60]}", end=end, flush=True)


if __name__ == "__main__":
    main()
