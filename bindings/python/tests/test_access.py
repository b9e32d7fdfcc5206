"""Who may what."""

from __future__ import annotations

import asyncio
from pathlib import Path

import paas_sdk as paas
import pytest

ANNA: paas.types.Subject = {
    "user": "5f3c",
    "tenants": {"retail": {"roles": ["restricted_member"]}},
    "namespaces": ["retail-shop"],
}


def test_a_decision_says_why() -> None:
    yes = paas.decide(ANNA, "push", "image", tenant="retail", namespace="retail-shop")
    assert yes["allowed"]
    no = paas.decide(ANNA, "authorise", "membership", tenant="retail")
    assert not no["allowed"]
    assert no["reason"] == "role_too_low"
    assert no["because"] == (
        "a restricted member may not authorise a membership: "
        "that takes a tenant administrator or a platform administrator"
    )
    assert paas.aio.decide(ANNA, "view", "volume")["reason"] == "of_platform"


def test_many_decisions_are_the_same() -> None:
    rows = paas.matrix()["rows"]
    questions: list[paas.types.Question] = [
        {"action": row["action"], "kind": row["kind"], "tenant": "retail"}
        for row in rows
    ]
    many = paas.decide_all(ANNA, questions)
    single = [paas.decide(ANNA, row["action"], row["kind"], tenant="retail") for row in rows]
    assert many["allowed"] == [one["allowed"] for one in single]
    assert asyncio.run(paas.aio.decide_all(ANNA, questions)) == many
    assert many["reasons"] == [one["reason"] for one in single]
    assert any(many["allowed"])
    assert not all(many["allowed"])


def test_roles_of_keystone() -> None:
    nobody: paas.types.Subject = {"user": "5f3c"}
    subject = paas.grant_roles(nobody, "project", ["reader", "Manager", "creator"], tenant="retail")
    assert subject["tenants"] == {"retail": {"roles": ["tenant_administrator", "read_only"]}}
    assert paas.decide(subject, "authorise", "membership", tenant="retail")["allowed"]
    assert paas.grant_roles(nobody, "domain", ["admin"]) == {"user": "5f3c"}
    with pytest.raises(paas.InvalidRequestError, match="tenant"):
        paas.grant_roles(nobody, "project", ["reader"])


def test_members_follow_keystone() -> None:
    plan = paas.plan_members(
        [{"user": {"id": "5f3c", "name": "anna", "domain": "default"}, "roles": ["senior_member"]}],
        {
            "rules": [
                {
                    "domain": "default",
                    "rancher": {"external_id_type": "github_user", "external_id": "{name}"},
                },
            ],
        },
        {"platform": {"external_id_type": "rancher_id", "external_id": "1a1"}},
        environments=[{"environment": "1a5"}],
    )
    (environment,) = plan["environments"]
    assert [(member["identity"]["external_id"], member["role"]) for member in environment["set"]] == [
        ("anna", "restricted"),
        ("1a1", "owner"),
    ]
    assert [finding["finding"] for finding in plan["findings"]] == ["no_administrator"]


def test_roles_that_widen_are_refused() -> None:
    with pytest.raises(paas.InvalidRequestError, match="`read_only` could push production_image"):
        paas.plan_members(
            [],
            {},
            {"platform": {"external_id_type": "rancher_id", "external_id": "1a1"}},
            production_roles={"read_only": "developer"},
        )


def test_a_platform_asks_for_the_right_of_each_call(tmp_path: Path) -> None:
    with paas.connect("anna", str(tmp_path / "paas.db")) as trusted:
        trusted.tenants.put("retail", project="7c3e0b6f")
        granted: paas.types.TenantGrant = {"roles": ["read_only"]}
        reader = trusted.acting_for({"user": "5f3c", "tenants": {"7c3e0b6f": granted}})
        assert reader.actor == "5f3c"
        assert reader.tenants.read("retail")["project"] == "7c3e0b6f"
        with pytest.raises(paas.DeniedError, match="a user who reads only may not delete") as denied:
            reader.applications.remove("retail", "shop")
        assert denied.value.code == "platform.denied"
        stranger = trusted.acting_for({"user": "77aa", "tenants": {"retail": granted}})
        assert stranger.tenants.list() == []
