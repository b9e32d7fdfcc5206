"""From a template to a running application, in the sandbox."""

from __future__ import annotations

from pathlib import Path

import paas_sdk as paas
import pytest
from conftest import SMALL, connected


def test_an_application_is_deployed_scaled_and_removed(platform: paas.Platform) -> None:
    plan = platform.applications.plan("acme", SMALL, file="shop.yaml")
    assert plan.to_dict()["plan"]["kind"] == "deploy"
    assert plan.release().files.keys() == {"dmz/docker-compose.yml", "dmz/rancher-compose.yml"}
    operation = plan.begin()
    assert operation.id == plan.to_dict()["id"]

    events = list(operation.events())
    assert [event["number"] for event in events] == sorted(event["number"] for event in events)
    assert (events[0]["kind"], events[-1]["kind"]) == ("begun", "done")
    assert events[-1]["percent"] == 100
    done = operation.wait()
    assert (done["state"], done["percent"]) == ("done", 100)
    assert done == operation.status()
    assert operation.plan() == plan.to_dict()["plan"]
    assert operation.journal()[0]["note"] == "begun"

    status = platform.applications.status("acme", "shop")
    assert status["state"] == "deployed"
    assert [service["name"] for service in status["networks"][0]["services"]] == ["web"]
    assert platform.applications.list("acme") == [{"name": "shop", "state": "deployed"}]
    assert platform.applications.release("acme", "shop").files == plan.release().files

    platform.applications.scale("acme", "shop", "web", 3).wait()
    scaled = platform.applications.status("acme", "shop")
    assert scaled["networks"][0]["services"][0].get("scale") == 3

    platform.applications.remove("acme", "shop").wait()
    assert platform.applications.list("acme") == []
    operations = platform.operations.list(tenant="acme")
    assert [one["kind"] for one in operations] == ["remove", "scale", "deploy"]


def test_failures_are_told_and_the_operation_goes_on_by_its_id(
    sandbox: paas.Sandbox, tmp_path: Path
) -> None:
    store = str(tmp_path / "paas.db")
    connected(sandbox, store)
    platform = paas.connect(
        "anna@bank.test", store, rancher=sandbox.credentials(), policy={"ready_seconds": 1}
    )
    sandbox.add_fault({"fault": "stays_activating", "service": "web"})
    operation = platform.applications.deploy("acme", SMALL)
    with pytest.raises(paas.OperationStoppedError) as error:
        operation.wait()
    assert error.value.operation == operation.id
    assert error.value.failures
    assert "web" in error.value.failures[0]["title"]

    with pytest.raises(paas.ApplicationBusyError) as busy:
        platform.applications.deploy("acme", SMALL)
    assert busy.value.operation == operation.id

    sandbox.clear_faults()
    again = platform.operations.open(operation.id)
    again.resume()
    assert again.wait()["state"] == "done"
    with pytest.raises(paas.OperationStateError):
        again.resume()


def test_two_handles_of_an_operation_see_the_same(platform: paas.Platform) -> None:
    operation = platform.applications.deploy("acme", SMALL)
    other = platform.acting_as("otto@bank.test").operations.open(operation.id)
    assert list(other.events()) == list(operation.events())
    assert other.wait() == operation.wait()


def test_an_operation_can_be_abandoned(still: paas.Platform) -> None:
    operation = still.applications.deploy("acme", SMALL)
    operation.abandon()
    with pytest.raises(paas.OperationAbandonedError):
        operation.wait()


def test_what_a_callback_raises_ends_the_waiting_only(platform: paas.Platform) -> None:
    operation = platform.applications.deploy("acme", SMALL)
    seen: list[paas.types.Event] = []

    def enough(event: paas.types.Event) -> None:
        seen.append(event)
        if event["kind"] == "doing":
            raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        operation.wait(on_event=enough)
    assert operation.wait()["state"] == "done"
    everything: list[paas.types.Event] = []
    operation.wait(on_event=everything.append)
    assert everything[: len(seen)] == seen
    assert everything[-1]["kind"] == "done"


def test_warnings_come_with_the_plan_and_the_release(platform: paas.Platform) -> None:
    template = SMALL.replace("web:1.4", "web:latest")
    release = paas.translate(template)
    assert [problem["severity"] for problem in release.diagnostics] == ["warning"]
    plan = platform.applications.plan("acme", template)
    assert [one["code"] for one in plan.to_dict()["diagnostics"]] == [
        one["code"] for one in release.diagnostics
    ]
    checked = platform.applications.check("acme", template, report="short")
    assert checked["accepted"]
    assert checked["diagnostics"][0]["code"] in checked.get("report", "")


def test_what_is_not_there_is_told(platform: paas.Platform) -> None:
    with pytest.raises(paas.UnknownTenantError):
        platform.tenants.read("nobody")
    with pytest.raises(paas.UnknownApplicationError):
        platform.applications.status("acme", "nothing")
    with pytest.raises(paas.UnknownOperationError):
        platform.operations.open("op-1a201b30d2c-n8y9jasgrf8j")
    platform.applications.deploy("acme", SMALL).wait()
    with pytest.raises(paas.UnknownServiceError):
        platform.applications.plan_scale("acme", "shop", "nothing", 2)
    removal = platform.applications.plan_removal("acme", "shop")
    with pytest.raises(paas.InvalidRequestError, match="deploys nothing"):
        removal.release()


def test_a_tenant_is_as_it_was_put(platform: paas.Platform) -> None:
    platform.tenants.put(
        "other",
        networks=[{"name": "core", "environment": "other-core"}],
        nfs_servers=[
            {"name": "gold", "host": "10.0.0.1", "export_base": "/exports", "tier": "gold"}
        ],
    )
    tenant = platform.tenants.read("other")
    platform.tenants.put(
        tenant["name"], networks=tenant.get("networks"), nfs_servers=tenant.get("nfs_servers")
    )
    assert platform.tenants.read("other") == tenant
    assert [one["name"] for one in platform.tenants.list()] == ["acme", "other"]


def test_waiting_ends_in_time_and_the_operation_goes_on(still: paas.Platform) -> None:
    operation = still.applications.deploy("acme", SMALL)
    seen: list[paas.types.Event] = []
    with pytest.raises(TimeoutError, match="did not end in time"):
        operation.wait(timeout=0.2, on_event=seen.append)
    assert seen
    with pytest.raises(TimeoutError):
        operation.wait(timeout=0)
    events = operation.events()
    with pytest.raises(TimeoutError):
        while True:
            events.next(timeout=0.2)
    for wrong in (-1.0, float("nan")):
        with pytest.raises(ValueError, match="no number of seconds"):
            events.next(timeout=wrong)
    assert operation.status()["state"] == "running"
