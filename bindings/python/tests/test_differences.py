"""Differences of releases."""

from __future__ import annotations

import asyncio

import paas_sdk as paas
import pytest
from conftest import SMALL

NEWER = SMALL.replace("web:1.4", "web:1.5")


def test_two_releases_are_compared() -> None:
    old, new = (paas.translate(template).to_dict() for template in (SMALL, NEWER))
    compared = paas.diff_releases(old, new)
    assert compared["differ"]
    (web,) = compared["difference"]["services"]
    assert (web["service"], web["fate"]) == ("web", "upgraded")
    assert web["changes"][0]["path"] == "image"
    assert "~ image: registry.bank.test/web:1.4 → " in compared["text"]
    assert compared["mermaid"].startswith("flowchart")
    assert not paas.diff_releases(old, old)["differ"]
    assert asyncio.run(paas.aio.diff_releases(old, new)) == compared


def test_what_is_no_release_is_refused() -> None:
    with pytest.raises(paas.InvalidRequestError) as caught:
        paas.diff_releases({"format": 9}, {})
    assert "this version reads 1" in str(caught.value)
