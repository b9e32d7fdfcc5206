"""The mall, and where the images of templates come from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import paas_sdk as paas
import pytest
from registries import push, registry

IMAGE = "retail-shop/web:1.4"
DIGEST = f"sha256:{'0f' * 32}"
REGISTRY = "registry.bank.test"

SHOP = f"""
tosca_definitions_version: tosca_simple_yaml_1_3
metadata: {{ template_name: shop }}
topology_template:
  node_templates:
    dmz: {{ type: paas.nodes.Network }}
    web:
      type: paas.nodes.Service
      properties:
        image: {REGISTRY}/{IMAGE}
        resources: {{ cpu_limit: 0.5, memory_limit: 64 MiB }}
      requirements: [ network: dmz ]
"""


def connected(**connect: Any) -> paas.Platform:
    platform = paas.connect("anna", ":memory:", **connect)
    platform.tenants.put("retail", project="7c3e0b6f")
    platform.tenants.put(
        "treasury", project="9c41", networks=[{"name": "dmz", "environment": "treasury-dmz"}]
    )
    platform.namespaces.create("retail", "retail-shop")
    return platform


def senior(platform: paas.Platform) -> paas.Platform:
    return platform.acting_for(
        {"user": "5f3c", "name": "ben", "tenants": {"7c3e0b6f": {"roles": ["senior_member"]}}}
    )


def auditor(platform: paas.Platform) -> paas.Platform:
    return platform.acting_for({"user": "a1", "platform": ["publication_auditor"]})


@pytest.fixture
def pushed(tmp_path: Path) -> Iterator[tuple[paas.Platform, str]]:
    """A platform with an image in its test registry."""
    with registry(tmp_path / "test") as test, registry(tmp_path / "production") as production:
        with connected(
            registry_test={"url": test}, registry_production={"url": production}
        ) as platform:
            digest = push(test, "retail-shop/web", "1.4", [b"a layer"])
            platform.images.look(IMAGE)
            yield platform, digest


def test_what_nobody_asked_for_is_unknown() -> None:
    with connected() as platform:
        assert platform.mall.list() == []
        assert platform.mall.publications(tenant="retail", state="requested") == []
        assert platform.mall.journal(IMAGE, DIGEST) == []
        with pytest.raises(paas.UnknownImageError):
            platform.mall.publish(IMAGE, DIGEST)
        with pytest.raises(paas.UnknownPublicationError) as unknown:
            platform.mall.approve(IMAGE, DIGEST)
        assert unknown.value.help
        with pytest.raises(paas.DeniedError):
            senior(platform).mall.approve(IMAGE, DIGEST)
        with pytest.raises(paas.UnknownTenantError):
            platform.mall.list(tenant="nobody")


def test_an_image_is_shown_to_all_once_an_auditor_has_said_yes(
    pushed: tuple[paas.Platform, str],
) -> None:
    platform, digest = pushed
    ben, carl = senior(platform), auditor(platform)
    assert platform.mall.list(tenant="treasury") == []
    asked = ben.mall.publish(IMAGE, digest, note="a front for all")
    assert (asked["status"], asked["requested"].get("reason")) == ("requested", "a front for all")
    assert carl.mall.publications(state="requested") == [asked]
    with pytest.raises(paas.PublicationRefusedError) as own:
        platform.acting_as("ben").mall.approve(IMAGE, digest)
    assert own.value.help == "have another auditor look at it"
    assert carl.mall.approve(IMAGE, digest)["state"]["kind"] == "approved"
    assert platform.mall.list(tenant="treasury", official=True, search="web") == [
        {
            "image": IMAGE,
            "digest": digest,
            "visibility": {"kind": "official"},
            "owner": "retail",
        }
    ]
    with pytest.raises(paas.PublicationRefusedError):
        carl.mall.reject(IMAGE, digest, " ")
    assert carl.mall.reject(IMAGE, digest, "too old")["status"] == "rejected"
    ben.mall.publish(IMAGE, digest)
    assert ben.mall.withdraw(IMAGE, digest)["status"] == "withdrawn"
    journal = platform.mall.journal(IMAGE, digest)
    assert [entry["number"] for entry in journal] == [1, 2, 3, 4, 5]
    assert journal[2]["state"]["kind"] == "rejected"


def test_what_is_personal_is_shown_to_one_user(pushed: tuple[paas.Platform, str]) -> None:
    platform, digest = pushed
    personal = platform.namespaces.set_personal("retail", "retail-shop", user="88")
    assert (personal["personal"], personal["members"]) == ("88", ["88"])
    assert senior(platform).mall.list() == []
    with pytest.raises(paas.PublicationRefusedError, match="is personal"):
        platform.mall.publish(IMAGE, digest)
    assert "personal" not in platform.namespaces.set_personal("retail", "retail-shop")


def test_templates_name_what_their_tenant_is_shown(tmp_path: Path) -> None:
    sources: paas.types.ImageSources = {
        "zones": [
            {"name": "north", "registry": REGISTRY},
            {"name": "south", "registry": "registry.south.test:5000/images"},
        ],
        "otherwise": "south",
    }
    with (
        registry(tmp_path / "test") as test,
        registry(tmp_path / "production") as production,
        paas.start_sandbox(environments=["treasury-dmz"], instant=True) as sandbox,
    ):
        with connected(
            rancher=sandbox.credentials(),
            registry_test={"url": test},
            registry_production={"url": production},
            image_sources=sources,
        ) as platform:
            with pytest.raises(paas.RejectedError) as hidden:
                platform.applications.plan("treasury", SHOP)
            [problem] = hidden.value.diagnostics
            assert problem["code"] == "resource.image_hidden"
            digest = push(test, "retail-shop/web", "1.4", [b"a layer"])
            platform.images.look(IMAGE)
            platform.mall.publish(IMAGE, digest)
            auditor(platform).mall.approve(IMAGE, digest)
            platform.applications.deploy("treasury", SHOP).wait()
            release = platform.applications.release("treasury", "shop").to_dict()
            assert [used["image"] for used in release["images"]] == [
                f"registry.south.test:5000/images/retail-shop/web@{digest}"
            ]
    sources["otherwise"] = "west"
    with pytest.raises(paas.InvalidRequestError, match="there is no zone `west`"):
        paas.connect("anna", ":memory:", image_sources=sources)
