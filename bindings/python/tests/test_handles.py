"""What the classes have beyond the functions of the library."""

from __future__ import annotations

import asyncio
import gc
import pickle
from pathlib import Path

import paas_sdk as paas
import pytest
from conftest import SMALL


def test_a_release_has_files_and_pictures(bank: str, tmp_path: Path) -> None:
    release = paas.translate(bank, file="bank.yaml")
    assert release.files is release.files
    assert len(release.files) == 6
    assert release.to_dict()["application"] == "retail-banking"
    assert release.graph().startswith("flowchart")
    assert release.graph(format="dot").startswith("digraph")
    assert release.graph(format="svg") == release._repr_svg_()
    assert release._repr_svg_().startswith("<svg")
    assert release._repr_html_() == release.html()
    assert "<table" in release.html()
    assert repr(release) == "Release(files=6)"
    written = release.write(str(tmp_path / "out"))
    for path, text in release.files.items():
        assert path in written["created"]
        assert Path(written["folder"], path).read_text(encoding="utf-8") == text


def test_templates_are_written_again(bank: str) -> None:
    release = paas.translate(bank, file="bank.yaml")
    again = paas.export_template(bank, file="bank.yaml")
    assert "metadata: { template_name: retail-banking, secret_inputs:" in again
    assert paas.export_template(again) == again
    for text in (again, release.export_template()):
        assert paas.translate(text).files == release.files
    with pytest.raises(paas.RejectedError) as rejected:
        paas.export_template("a: b")
    assert rejected.value.code == "platform.rejected"


def test_a_plan_is_told_as_text_and_as_a_table(platform: paas.Platform) -> None:
    plan = platform.applications.plan("acme", SMALL)
    assert str(plan) == plan.text()
    assert "start `web`" in str(plan) or "web" in str(plan)
    assert "<table" in plan._repr_html_()
    assert repr(plan) == f"Plan(id='{plan.to_dict()['id']}')"
    operation = plan.begin()
    assert repr(operation) == f"Operation(id='{operation.id}')"
    assert repr(operation.events()) == "Events()"
    operation.wait()


def test_a_platform_tells_who_acts(platform: paas.Platform) -> None:
    assert platform.actor == "anna@bank.test"
    assert platform.acting_as("otto").actor == "otto"
    assert repr(platform) == "Platform(actor='anna@bank.test')"


def test_a_platform_lets_go_of_its_store(tmp_path: Path) -> None:
    store = str(tmp_path / "paas.db")
    with paas.connect("anna", store) as platform:
        platform.tenants.put("acme")
        with pytest.raises(paas.StoreError) as locked:
            paas.connect("bert", store)
        assert locked.value.code == "store.locked"
    with pytest.raises(paas.StoreError) as closed:
        platform.tenants.list()
    assert closed.value.code == "store.closed"

    async def again() -> list[str]:
        async with await paas.aio.connect("bert", store) as platform:
            return [tenant["name"] for tenant in await platform.tenants.list()]

    assert asyncio.run(again()) == ["acme"]


def test_a_handle_is_no_document(sandbox: paas.Sandbox) -> None:
    with pytest.raises(TypeError, match="cannot be pickled"):
        pickle.dumps(sandbox)
    release = paas.translate(SMALL)
    assert release.files is release.files


def test_a_sandbox_is_there_until_it_is_stopped(tmp_path: Path) -> None:
    credentials = paas.start_sandbox(environments=["dmz"], instant=True).credentials()
    gc.collect()
    with paas.connect("anna", ":memory:", rancher=credentials) as platform:
        platform.tenants.put("acme", networks=[{"name": "dmz"}])
        platform.applications.plan("acme", SMALL)


def test_an_operation_is_the_same_wherever_it_was_opened(platform: paas.Platform) -> None:
    operation = platform.applications.deploy("acme", SMALL)
    assert operation == platform.operations.open(operation.id)
    assert len({operation, platform.operations.open(operation.id)}) == 1
    assert operation != operation.id


def test_a_sandbox_never_tells_its_keys_by_itself() -> None:
    with paas.start_sandbox() as sandbox:
        access = sandbox.credentials()
        assert repr(sandbox) == f"Sandbox(url='{access['url']}')"
        for told in (repr(sandbox), str(sandbox), repr(sandbox._native), repr(vars(sandbox))):
            assert access["secret_key"] not in told
            assert access["access_key"] not in told
    assert repr(sandbox) == "Sandbox(sandbox.stopped)"
    with pytest.raises(paas.SandboxError) as error:
        sandbox.credentials()
    assert error.value.code == "sandbox.stopped"
    sandbox.stop()


def test_a_sandbox_of_asyncio_stops_too() -> None:
    async def use() -> paas.aio.Sandbox:
        async with paas.aio.start_sandbox(environments=["dmz"]) as sandbox:
            assert sandbox.resources("project")
        return sandbox

    assert repr(asyncio.run(use())) == "Sandbox(sandbox.stopped)"


def test_a_virtual_clock_is_moved_by_hand() -> None:
    with paas.start_sandbox(virtual_clock=True) as sandbox:
        sandbox.advance(1000)
    with (
        paas.start_sandbox() as sandbox,
        pytest.raises(paas.SandboxError, match="the sandbox has a real clock"),
    ):
        sandbox.advance(1000)
