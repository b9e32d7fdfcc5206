"""Images kept in step between the registries of several zones."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import paas_sdk as paas
import pytest
from registries import push, registry

IMAGE = "retail-shop/web:1.4"
DIGEST = f"sha256:{'0f' * 32}"
SECRET = "Bearer a-word-that-two-know"
RULE: paas.types.DistributionRule = {"zones": ["north", "south"]}


def connected(**connect: Any) -> paas.Platform:
    platform = paas.connect("anna", ":memory:", **connect)
    platform.tenants.put("retail", project="7c3e0b6f")
    platform.namespaces.create("retail", "retail-shop")
    return platform


@dataclass
class Bed:
    north: str
    south: str
    platform: paas.Platform


@pytest.fixture
def bed(tmp_path: Path) -> Iterator[Bed]:
    """Two zones and a platform between them."""
    with registry(tmp_path / "north") as north, registry(tmp_path / "south") as south:
        zones = [{"name": "north", "url": north}, {"name": "south", "url": south}]
        with connected(zones=zones) as platform:
            yield Bed(north, south, platform)


def test_without_zones_there_is_nothing_to_keep_in_step() -> None:
    with connected() as platform:
        assert platform.zones.list() == []
        assert platform.zones.status("retail") == []
        assert platform.zones.images("retail", only_behind=True) == []
        assert platform.zones.journal(IMAGE) == []
        assert "rule" not in platform.zones.rule("retail-shop")
        with pytest.raises(paas.UnknownImageError):
            platform.zones.read(IMAGE)
        for call in (
            platform.zones.scan,
            platform.zones.carry_on,
            platform.zones.keep,
            lambda: platform.zones.look(IMAGE),
            lambda: platform.zones.set_rule("retail-shop", rule=RULE),
        ):
            with pytest.raises(paas.ConfigurationError, match="zones"):
                call()


def test_zones_are_told_when_the_platform_is_connected() -> None:
    north: paas.types.ZoneOptions = {"name": "north", "url": "https://registry.north.bank.test/"}
    south: paas.types.ZoneOptions = {
        "name": "south",
        "url": "https://r.test",
        "registry": "registry.south.test/images",
    }
    with connected(zones=[north, south]) as platform:
        assert platform.zones.list() == [
            {"name": "north", "registry": "registry.north.bank.test"},
            {"name": "south", "registry": "registry.south.test/images"},
        ]
        with pytest.raises(paas.UnknownZoneError):
            platform.zones.set_rule("retail-shop", rule={"zones": ["north", "moon"]})
        with pytest.raises(paas.InvalidRequestError, match="two zones at least"):
            platform.zones.set_rule("retail-shop", rule={"zones": ["north"]})
        rule = platform.zones.set_rule(
            "retail-shop",
            rule={"zones": ["north", "south"], "tags": {"include": ["versions >=1.2"]}},
        )
        assert rule["rule"]["zones"] == ["north", "south"]
        assert "rule" not in platform.zones.set_rule("retail-shop")
        reader = platform.acting_for(
            {"user": "5f3c", "tenants": {"7c3e0b6f": {"roles": ["read_only"]}}}
        )
        with pytest.raises(paas.DeniedError):
            reader.zones.set_rule("retail-shop", rule=RULE)
    with pytest.raises(paas.ConfigurationError, match="two zones `north`"):
        paas.connect("anna", ":memory:", zones=[north, north])
    with pytest.raises(paas.InvalidRequestError, match="go together"):
        paas.connect("anna", ":memory:", zones=[{**north, "username": "robot"}])


def test_what_is_pushed_in_one_zone_comes_to_the_other(bed: Bed) -> None:
    zones = bed.platform.zones
    zones.set_rule("retail-shop", rule=RULE)
    digest = push(bed.north, "retail-shop/web", "1.4", [b"a layer"])
    scan = zones.scan()
    assert (scan["images"], scan["behind"]) == (1, 1)
    [copy] = zones.carry_on()
    assert (copy.image, copy.source, copy.destination) == (IMAGE, "north", "south")
    assert "source='north', destination='south'" in repr(copy)
    assert copy.wait(timeout=60) == [{"kind": "copied", "zone": "south", "digest": digest}]
    assert copy.progress()["bytes"] > 0
    assert zones.carry_on(most=1) == []
    image = zones.read(IMAGE)
    assert (image["origin"], image["standings"]["south"]["kind"]) == ("north", "in_step")
    assert zones.images("retail", only_behind=True) == []
    [status] = zones.status("retail")
    assert status["zones"]["south"]["behind"] == 0

    # Somebody pushes where it does not belong; a person decides.
    other = push(bed.south, "retail-shop/web", "1.4", [b"another layer"])
    looked = zones.look(IMAGE)
    assert looked is not None
    assert looked["standings"]["south"] == {"kind": "conflict", "there": other}
    zones.replace(IMAGE, "south", other)
    [copy] = zones.carry_on()
    assert copy.wait()[0]["kind"] == "copied"
    assert zones.take_over(IMAGE, "south")["origin"] == "south"
    assert zones.retry(IMAGE, "north")["origin"] == "south"
    kinds = [entry["kind"] for entry in zones.journal(IMAGE)]
    assert kinds[:2] == ["belongs", "copied"]
    assert {"conflict", "replaced", "taken_over"} <= set(kinds)


def test_what_registries_post_is_looked_at_and_copied(bed: Bed) -> None:
    zones = bed.platform.zones
    zones.set_rule("retail-shop", rule=RULE)
    with zones.keep(look_seconds=1, scan_seconds=3600, copies=2) as keeping:
        # The first scan, by the new rule.
        assert next(keeping)["images"] == 0
        digest = push(bed.north, "retail-shop/web", "1.4", [b"a layer"])
        event = {
            "id": "1",
            "timestamp": "2026-11-23T08:00:00Z",
            "action": "push",
            "target": {
                "mediaType": "application/vnd.oci.image.manifest.v1+json",
                "digest": digest,
                "size": 500,
                "repository": "retail-shop/web",
                "tag": "1.4",
            },
        }
        payload = json.dumps({"events": [event]}).encode()
        with pytest.raises(paas.DeniedError) as refused:
            zones.take_notifications("north", payload, SECRET)
        assert refused.value.details["answer"] == 401
        with pytest.raises(paas.InvalidRequestError):
            zones.take_harbor_webhook("north", b"{}", SECRET, authorization=SECRET)
        assert zones.take_notifications("north", payload, SECRET, authorization=SECRET) == 1
        zones.notice("north", [IMAGE])
        for _ in range(300):
            if [e for e in zones.journal(IMAGE) if e["kind"] == "copied"]:
                break
            asyncio.run(asyncio.sleep(0.1))
        standings = zones.read(IMAGE)["standings"]
        assert standings["south"]["kind"] == "in_step"
    keeping.stop()
    assert list(keeping) == []


def test_asyncio(bed: Bed) -> None:
    async def run() -> None:
        zones: list[paas.types.ZoneOptions] = [
            {"name": "north", "url": bed.north},
            {"name": "south", "url": bed.south},
        ]
        async with await paas.aio.connect("anna", ":memory:", zones=zones) as platform:
            await platform.tenants.put("retail", project="7c3e0b6f")
            await platform.namespaces.create("retail", "retail-shop")
            await platform.zones.set_rule("retail-shop", rule=RULE)
            push(bed.north, "retail-shop/web", "1.4", [b"a layer"])
            async with await platform.zones.keep(look_seconds=1) as keeping:
                async for report in keeping:
                    assert report["images"] == 1
                    break
            while copies := await platform.zones.carry_on():
                for copy in copies:
                    await copy.wait()
            for _ in range(100):
                image = await platform.zones.read(IMAGE)
                if image["standings"]["south"]["kind"] == "in_step":
                    return
                await asyncio.sleep(0.1)
            raise AssertionError(image)

    asyncio.run(run())
