"""Members of environments and Harbor projects, and image namespaces."""

from __future__ import annotations

import asyncio

import paas_sdk as paas
import pytest

RULES: paas.types.MembershipRules = {
    "identities": {"rules": [{"domain": "default", "harbor": "{name}"}]},
    "settings": {"platform": {"external_id_type": "rancher_id", "external_id": "1a1"}},
}


def test_namespaces_are_of_one_tenant() -> None:
    with paas.connect("anna", ":memory:") as platform:
        platform.tenants.put("retail", project="7c3e0b6f")
        platform.tenants.put("wealth", project="88aa")
        made = platform.namespaces.create("retail", "retail-shop")
        assert made == {"name": "retail-shop", "tenant": "retail", "id": made.get("id")}
        assert len(made.get("id", "")) == 32
        with pytest.raises(paas.NamespaceTakenError):
            platform.namespaces.create("wealth", "retail-shop")
        with pytest.raises(paas.InvalidNameError):
            platform.namespaces.create("retail", "Retail/Shop")
        shop = platform.namespaces.add_member("retail", "retail-shop", "5f3c")
        assert shop["members"] == ["5f3c"]
        reader = platform.acting_for(
            {
                "user": "5f3c",
                "tenants": {"7c3e0b6f": {"roles": ["read_only"]}},
                "namespaces": ["retail-shop"],
            }
        )
        assert [each["name"] for each in reader.namespaces.list("retail")] == ["retail-shop"]
        with pytest.raises(paas.DeniedError):
            reader.namespaces.remove_member("retail", "retail-shop", "5f3c")
        assert "members" not in platform.namespaces.remove_member("retail", "retail-shop", "5f3c")
        platform.namespaces.delete("retail", "retail-shop")
        with pytest.raises(paas.UnknownNamespaceError):
            platform.namespaces.delete("retail", "retail-shop")


def test_members_need_keystone_and_rules() -> None:
    async def ask() -> None:
        sandbox = paas.start_sandbox()
        platform = await paas.aio.connect(
            "anna", ":memory:", rancher=sandbox.credentials(), member_rules=RULES
        )
        async with platform:
            await platform.tenants.put("retail", project="7c3e0b6f")
            with pytest.raises(paas.ConfigurationError, match="without a client of Keystone"):
                await platform.members.plan("retail")
            assert await platform.members.journal("retail") == []

    asyncio.run(ask())


def test_keystone_that_is_not_there_is_told_so() -> None:
    sandbox = paas.start_sandbox()
    variables = {
        "OS_AUTH_URL": "http://127.0.0.1:9",
        "OS_USERNAME": "paas",
        "OS_PASSWORD": "canary-pw-5b1e",
        "OS_USER_DOMAIN_ID": "default",
        "OS_PROJECT_ID": "7c3e0b6f",
    }
    with paas.connect(
        "anna",
        ":memory:",
        rancher=sandbox.credentials(),
        keystone={"variables": variables},
        member_rules=RULES,
    ) as platform:
        platform.tenants.put("retail", project="7c3e0b6f")
        with pytest.raises(paas.KeystoneError) as failed:
            platform.members.apply("retail", fuse=3)
        assert failed.value.code == "client.keystone.connect"
        assert "canary" not in str(failed.value)


def test_rules_that_widen_are_refused() -> None:
    wide: paas.types.MembershipRules = {
        **RULES,
        "rancher_roles": {
            "tenant_administrator": "owner",
            "senior_member": "owner",
        },
    }
    with pytest.raises(paas.InvalidRequestError, match="could authorise membership"):
        paas.connect("anna", ":memory:", member_rules=wide)
