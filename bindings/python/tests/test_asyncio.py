"""The flavour for `asyncio`."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import paas_sdk as paas
import pytest
from conftest import SMALL


@asynccontextmanager
async def connected(
    *, virtual_clock: bool = False
) -> AsyncIterator[tuple[paas.aio.Sandbox, paas.aio.Platform]]:
    async with paas.aio.start_sandbox(
        environments=["dmz"], instant=not virtual_clock, virtual_clock=virtual_clock
    ) as sandbox:
        platform = await paas.aio.connect("anna", ":memory:", rancher=sandbox.credentials())
        await platform.tenants.put("acme", networks=[{"name": "dmz"}])
        yield sandbox, platform


def test_an_application_is_deployed() -> None:
    async def deploy() -> None:
        async with connected() as (_, platform):
            plan = await platform.applications.plan("acme", SMALL)
            operation = await plan.begin()
            events = [event async for event in await operation.events()]
            assert (events[0]["kind"], events[-1]["kind"]) == ("begun", "done")
            assert (await operation.wait())["state"] == "done"
            status = await platform.applications.status("acme", "shop")
            assert status["state"] == "deployed"
            release = await platform.applications.release("acme", "shop")
            assert (await release.to_dict())["application"] == "shop"
            assert release._repr_html_() == await release.html()

    asyncio.run(deploy(), debug=True)


@pytest.mark.parametrize("is_coroutine", [False, True])
def test_callbacks_are_called_or_awaited(is_coroutine: bool) -> None:
    async def deploy() -> list[int]:
        seen: list[int] = []

        def note(event: paas.types.Event) -> None:
            seen.append(event["percent"])

        async def note_later(event: paas.types.Event) -> None:
            await asyncio.sleep(0)
            note(event)

        async with connected() as (_, platform):
            operation = await platform.applications.deploy("acme", SMALL)
            await operation.wait(on_event=note_later if is_coroutine else note)
        return seen

    assert asyncio.run(deploy())[-1] == 100


def test_what_a_callback_raises_ends_the_waiting_only() -> None:
    async def deploy() -> None:
        def enough(_: paas.types.Event) -> None:
            raise LookupError("enough")

        async with connected() as (_, platform):
            operation = await platform.applications.deploy("acme", SMALL)
            with pytest.raises(LookupError, match="enough"):
                await operation.wait(on_event=enough)
            assert (await operation.wait())["state"] == "done"

    asyncio.run(deploy())


def test_a_cancelled_call_is_given_up_and_nothing_else_breaks() -> None:
    async def cancel() -> None:
        async with connected(virtual_clock=True) as (sandbox, platform):
            operation = await platform.applications.deploy("acme", SMALL)
            for _ in range(20):
                task = asyncio.ensure_future(operation.wait())
                await asyncio.sleep(0.001)
                task.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await task
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(operation.wait(), 0.05)
            assert (await operation.status())["state"] == "running"
            ended = asyncio.ensure_future(operation.wait())
            while not ended.done():
                sandbox.advance(10_000)
                await asyncio.sleep(0.01)
            assert (await ended)["state"] == "done"

    asyncio.run(cancel(), debug=True)


def test_no_event_is_lost_by_those_who_give_up() -> None:
    async def impatient() -> None:
        async with connected(virtual_clock=True) as (sandbox, platform):
            operation = await platform.applications.deploy("acme", SMALL)
            events = await operation.events()
            seen: list[paas.types.Event] = []
            while True:
                try:
                    event = await asyncio.wait_for(events.next(), 0.002)
                except TimeoutError:
                    sandbox.advance(10_000)
                    continue
                if event is None:
                    break
                seen.append(event)
            assert seen == [event async for event in await operation.events()]
            assert await events.next() is None

    asyncio.run(impatient())


def test_one_event_goes_to_one_of_those_who_ask() -> None:
    async def several() -> None:
        async with connected() as (_, platform):
            operation = await platform.applications.deploy("acme", SMALL)
            await operation.wait()
            everything = [event async for event in await operation.events()]
            events = await operation.events()
            seen = await asyncio.gather(*(events.next() for _ in everything))
            # Who asks first need not be the first to be answered, but each event goes to one.
            numbers = sorted(event["number"] for event in seen if event)
            assert numbers == [event["number"] for event in everything]

    asyncio.run(several())


def test_others_go_on_while_a_template_is_translated(bank: str) -> None:
    async def translate() -> int:
        turns, done = 0, False

        async def count() -> None:
            nonlocal turns
            while not done:
                turns += 1
                await asyncio.sleep(0)

        counting = asyncio.ensure_future(count())
        await asyncio.gather(*(paas.aio.translate(bank) for _ in range(10)))
        done = True
        await counting
        return turns

    assert asyncio.run(translate()) > 10


def test_errors_are_the_same_as_of_plain_calls() -> None:
    with pytest.raises(paas.RejectedError) as plain:
        paas.translate("a: 1")
    with pytest.raises(paas.RejectedError) as awaited:
        asyncio.run(paas.aio.translate("a: 1"))
    assert vars(awaited.value) == vars(plain.value)


def test_an_event_loop_can_end_while_something_waits() -> None:
    async def leave() -> tuple[paas.aio.Sandbox, paas.aio.Operation]:
        sandbox = paas.aio.start_sandbox(environments=["dmz"], virtual_clock=True)
        platform = await paas.aio.connect("anna", ":memory:", rancher=sandbox.credentials())
        await platform.tenants.put("acme", networks=[{"name": "dmz"}])
        operation = await platform.applications.deploy("acme", SMALL)
        asyncio.ensure_future(operation.wait())  # noqa: RUF006
        # A call whose outcome comes when nobody can be told any more.
        operation._native.start("wait", "{}")
        await asyncio.sleep(0.01)
        return sandbox, operation

    sandbox, operation = asyncio.run(leave())

    async def again() -> str:
        waiting = asyncio.ensure_future(operation.wait())
        while not waiting.done():
            sandbox.advance(10_000)
            await asyncio.sleep(0.01)
        return (await waiting)["state"]

    assert asyncio.run(again()) == "done"
    sandbox.stop()
    gc.collect()


def test_without_an_event_loop_there_is_nothing_to_wait_in() -> None:
    call = paas.aio.connect("anna", ":memory:")
    with pytest.raises(RuntimeError, match="no running event loop"):
        call.send(None)


def test_every_thread_can_have_a_loop_of_its_own() -> None:
    accepted: list[bool] = []

    def check() -> None:
        accepted.append(asyncio.run(paas.aio.check(SMALL))["accepted"])

    threads = [threading.Thread(target=check) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert accepted == [True] * 8


def test_no_event_is_lost_over_event_loops() -> None:
    with paas.start_sandbox(environments=["dmz"], virtual_clock=True) as sandbox:
        rancher = sandbox.credentials()

        async def first() -> tuple[paas.aio.Events, list[int]]:
            platform = await paas.aio.connect("anna", ":memory:", rancher=rancher)
            await platform.tenants.put("acme", networks=[{"name": "dmz"}])
            operation = await platform.applications.deploy("acme", SMALL)
            events = await operation.events()
            seen: list[int] = []
            while True:
                try:
                    event = await asyncio.wait_for(events.next(), 0.3)
                except TimeoutError:
                    return events, seen
                assert event is not None
                seen.append(event["number"])

        events, seen = asyncio.run(first())
        assert seen
        for _ in range(100):
            sandbox.advance(1000)

        async def second() -> list[paas.types.Event]:
            # The clock moves on while the operation looks.
            async def tick() -> None:
                while True:
                    sandbox.advance(1000)
                    await asyncio.sleep(0.01)

            ticking = asyncio.ensure_future(tick())
            rest = [event async for event in events]
            ticking.cancel()
            return rest

        rest = asyncio.run(second())
        numbers = seen + [event["number"] for event in rest]
        assert numbers == sorted(set(numbers))
        assert rest[-1]["kind"] == "done"
