"""Scaling policies."""

from __future__ import annotations

import asyncio

import paas_sdk as paas
import pytest


def policy(lower: float) -> paas.types.ScalingPolicy:
    return {
        "service": "web",
        "time_zone": "Asia/Shanghai",
        "bounds": {"min": 1, "max": 8},
        "windows": [
            {
                "name": "busy",
                "from": "08:00",
                "to": "20:00",
                "rule": {
                    "kind": "metric",
                    "metric": "cpu",
                    "upper": {"value": 0.7, "step": 2},
                    "lower": lower,
                    "bounds": {"min": 2, "max": 8},
                },
            },
            {"name": "night", "from": "20:00", "to": "08:00", "rule": {"kind": "fixed", "count": "min"}},
        ],
    }


def test_a_policy_is_looked_through() -> None:
    assert paas.lint_scaling_policy(policy(0.3)) == {"accepted": True, "diagnostics": []}
    flaps = paas.lint_scaling_policy(policy(0.5))
    assert flaps["accepted"]
    (doubt,) = flaps["diagnostics"]
    assert (doubt["code"], doubt["severity"]) == ("scaling.flapping", "warning")
    assert "4 of them use 0.35" in doubt["message"]
    assert asyncio.run(paas.aio.lint_scaling_policy(policy(0.5))) == flaps


def test_what_is_wrong_is_told_at_once() -> None:
    wrong = policy(0.3)
    wrong["time_zone"] = "Asia/Shangai"
    wrong["windows"][1]["name"] = "busy"
    linted = paas.lint_scaling_policy(wrong)
    assert not linted["accepted"]
    codes = [problem["code"] for problem in linted["diagnostics"]]
    assert codes == ["scaling.time_zone", "yaml.duplicate_key"]
    wrong["windows"][0]["from"] = "8 am"
    with pytest.raises(paas.InvalidRequestError, match="HH:MM"):
        paas.lint_scaling_policy(wrong)
