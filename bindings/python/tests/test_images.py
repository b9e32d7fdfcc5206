"""Images on their way from the test registry to production."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import paas_sdk as paas
import pytest
from registries import MANIFEST, push, registry

IMAGE = "retail-shop/web:1.4"
DIGEST = f"sha256:{'0f' * 32}"
SECRET = "Bearer a-word-that-two-know"


def with_namespace(**connect: Any) -> paas.Platform:
    platform = paas.connect("anna", ":memory:", **connect)
    platform.tenants.put("retail", project="7c3e0b6f")
    platform.namespaces.create("retail", "retail-shop")
    return platform


def member(platform: paas.Platform, role: paas.types.Role) -> paas.Platform:
    return platform.acting_for(
        {
            "user": "5f3c",
            "tenants": {"7c3e0b6f": {"roles": [role]}},
            "namespaces": ["retail-shop"],
        }
    )


@dataclass
class Bed:
    test: str
    production: str
    platform: paas.Platform


@pytest.fixture
def bed(tmp_path: Path) -> Iterator[Bed]:
    """Two registries and a platform between them."""
    with registry(tmp_path / "test") as test, registry(tmp_path / "production") as production:
        with with_namespace(
            registry_test={"url": test}, registry_production={"url": production}
        ) as platform:
            yield Bed(test, production, platform)


def released(bed: Bed, layers: list[bytes], *, opened: bool = True) -> str:
    """Pushes and releases an image, of which a person says when it is copied; gives its digest."""
    digest = push(bed.test, "retail-shop/web", "1.4", layers)
    seen = bed.platform.images.look(IMAGE)
    assert seen is not None
    assert (seen["status"], seen["digest"]) == ("in_development", digest)
    senior = member(bed.platform, "senior_member")
    assert senior.images.release(IMAGE, digest)["status"] == "pending_sync"
    bed.platform.namespaces.set_sync_rule("retail", "retail-shop", rule={"kind": "manual"})
    if opened:
        opened_one = bed.platform.namespaces.open_in_production("retail", "retail-shop")
        assert opened_one["in_production"]
    return digest


def test_what_nobody_pushed_is_unknown() -> None:
    with with_namespace() as platform:
        assert platform.images.list("retail", namespace="retail-shop", state="synced") == []
        assert platform.images.journal(IMAGE) == []
        with pytest.raises(paas.UnknownImageError) as unknown:
            platform.images.release(IMAGE, DIGEST)
        assert unknown.value.help
        with pytest.raises(paas.UnknownImageError):
            platform.images.withdraw(IMAGE)
        with pytest.raises(paas.UnknownNamespaceError):
            platform.images.read("retail-bank/web:1.4")
        with pytest.raises(paas.InvalidRequestError, match="write `repository:tag`"):
            platform.images.read("retail-shop/web")
        with pytest.raises(paas.DeniedError):
            member(platform, "read_only").images.release(IMAGE, DIGEST)


def test_without_registries_nothing_is_looked_at() -> None:
    with with_namespace() as platform:
        for call in (
            lambda: platform.images.sync(IMAGE),
            lambda: platform.images.look(IMAGE),
            platform.images.sweep,
            platform.images.carry_on,
            platform.images.keep,
        ):
            with pytest.raises(paas.ConfigurationError, match="without the registries"):
                call()
    with pytest.raises(paas.InvalidRequestError, match="`registry_production`: .*give both"):
        paas.connect("anna", ":memory:", registry_test={"url": "https://registry.bank.test"})


def test_rules_of_namespaces_come_and_go() -> None:
    with with_namespace() as platform:
        rule: paas.types.SyncRule = {"kind": "automatic", "period": 900}
        assert (
            platform.namespaces.set_sync_rule("retail", "retail-shop", rule=rule)["sync_rule"]
            == rule
        )
        assert "sync_rule" not in platform.namespaces.set_sync_rule("retail", "retail-shop")
        with pytest.raises(paas.InvalidRequestError, match="from `1 m` to `30 d`"):
            platform.namespaces.set_sync_rule(
                "retail", "retail-shop", rule={"kind": "automatic", "period": 5}
            )


def test_what_registries_post_is_taken() -> None:
    event = {
        "id": "1",
        "timestamp": "2026-11-23T08:00:00Z",
        "action": "push",
        "target": {
            "mediaType": MANIFEST,
            "digest": DIGEST,
            "size": 500,
            "repository": "retail-shop/web",
            "tag": "1.4",
        },
    }
    body = json.dumps({"events": [event]}).encode()
    with with_namespace() as platform:
        take = platform.images.take_notifications
        assert take(body, SECRET, authorization=SECRET) == 1
        with pytest.raises(paas.DeniedError) as stranger:
            take(body, SECRET, authorization="Bearer somebody-elses-word")
        assert stranger.value.code == "notification.not_authentic"
        assert stranger.value.details["answer"] == 401
        with pytest.raises(paas.InvalidRequestError) as malformed:
            platform.images.take_harbor_webhook(b"[]", SECRET, authorization=SECRET)
        assert malformed.value.details["answer"] == 400


def test_an_image_goes_the_whole_way(bed: Bed) -> None:
    digest = released(bed, [os.urandom(3_000_000), os.urandom(70_000)])
    copy = bed.platform.images.sync(IMAGE)
    assert copy.image == IMAGE
    assert repr(copy) == f"ImageCopy(image={IMAGE!r}, id={copy.id!r})"
    seen: list[paas.types.CopyProgress] = []
    end = copy.wait(on_progress=seen.append, timeout=60)
    assert end is not None
    assert (end["what"], end["digest"]) == ("synced", digest)
    assert seen[-1] == copy.progress()
    assert seen[-1]["done"] == seen[-1]["contents"] >= 3
    assert seen[-1]["sent"] == seen[-1]["bytes"] > 3_070_000
    assert [one["sent"] for one in seen] == sorted(one["sent"] for one in seen)
    assert list(copy) == []

    status = bed.platform.images.read(IMAGE)
    assert status["state"]["kind"] == "synced"
    assert status["state"]["approval"]["by"] == "5f3c"
    what = [entry["what"] for entry in bed.platform.images.journal(IMAGE)]
    assert what == ["pushed", "released", "copy_began", "synced"]
    with pytest.raises(paas.ImageStateError) as state:
        bed.platform.images.sync(IMAGE)
    assert state.value.help
    swept = bed.platform.images.sweep()
    assert (swept["namespaces"], swept["images"], swept["changes"]) == (1, 1, [])


def test_a_namespace_that_production_lacks_is_told(bed: Bed) -> None:
    released(bed, [b"one layer"], opened=False)
    with pytest.raises(paas.ImageStateError, match="production has no namespace") as missing:
        bed.platform.images.sync(IMAGE)
    assert missing.value.help
    assert "namespaces.open_in_production" in missing.value.help
    status = bed.platform.images.withdraw(IMAGE)
    assert status["status"] == "in_development"


def test_who_may_not_decide_can_ask(bed: Bed) -> None:
    digest = push(bed.test, "retail-shop/web", "1.4", [b"a layer"])
    bed.platform.images.look(IMAGE)
    ben = member(bed.platform, "restricted_member")
    with pytest.raises(paas.DeniedError):
        ben.images.release(IMAGE, digest)
    ben.images.ask_for_release(IMAGE, note="for the fair\non Monday")
    with pytest.raises(paas.ImageStateError):
        ben.images.ask_for_sync(IMAGE)
    asked = bed.platform.images.journal(IMAGE)[-1]
    assert (asked["what"], asked.get("message")) == ("release_wished", "for the fair on Monday")


def test_images_are_kept_on_their_way(bed: Bed) -> None:
    digest = push(bed.test, "retail-shop/web", "1.4", [b"one layer"])
    keeping = bed.platform.images.keep(look_seconds=1, sweep_seconds=1)
    with keeping:
        for report in keeping:
            if report["changes"]:
                break
        assert [(change["what"], change["digest"]) for change in report["changes"]] == [
            ("pushed", digest)
        ]
    list(keeping)  # What was told before the end.
    assert keeping.next_report() is None


def test_a_copy_is_followed_in_an_event_loop(bed: Bed) -> None:
    released(bed, [os.urandom(2_000_000)])

    async def follow() -> None:
        platform = await paas.aio.connect(
            "anna",
            ":memory:",
            registry_test={"url": bed.test},
            registry_production={"url": bed.production},
        )
        await platform.tenants.put("retail")
        await platform.namespaces.create("retail", "retail-shop")
        seen = await platform.images.look(IMAGE)
        assert seen is not None
        await platform.images.release(IMAGE, seen["digest"])
        await platform.namespaces.open_in_production("retail", "retail-shop")
        await platform.namespaces.set_sync_rule("retail", "retail-shop", rule={"kind": "manual"})
        copy = await platform.images.sync(IMAGE)
        sent = [progress["sent"] async for progress in copy]
        end = await copy.wait(on_progress=lambda far: sent.append(far["sent"]))
        assert end is not None
        assert end["what"] == "synced"
        assert sent == sorted(sent)
        assert sent[-1] > 2_000_000
        async with await platform.images.keep(look_seconds=1) as keeping:
            async for report in keeping:
                assert report["images"] == 1
                break

    asyncio.run(follow())
