"""What the classes of `aio` have beyond the functions of the library."""

from __future__ import annotations

import asyncio
import inspect
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from types import TracebackType
from typing import Any, Generic, Self

from . import _native, types
from ._extras import (
    ImageCopyRepr,
    OperationRepr,
    PlanExtras,
    PlatformRepr,
    Report,
    ReleaseExtras,
    SandboxRepr,
    ScalingEngineExtras,
    TimelineExtras,
    ZoneCopyRepr,
)
from ._handle import Handle

__all__ = [
    "EventsExtras",
    "ImageCopyExtras",
    "KeepingImagesExtras",
    "KeepingZonesExtras",
    "OperationExtras",
    "PlanExtras",
    "PlatformExtras",
    "ReleaseExtras",
    "SandboxExtras",
    "ScalingEngineExtras",
    "TimelineExtras",
    "ZoneCopyExtras",
]


class PlatformExtras(PlatformRepr):
    """Lets go of the store at the end of an `async with` statement."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        error: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._start("close")


class OperationExtras(OperationRepr):
    """Waiting, with a look at what happens meanwhile."""

    async def wait(
        self, *, on_event: Callable[[types.Event], object] | None = None
    ) -> types.OperationDocument:
        """Waits for the operation's end. Fails with `OperationStoppedError` and what failed, or
        `OperationAbandonedError`; with `OperationStateError` if nobody carries it out. If the call
        is given up, the operation goes on.

        Args:
            on_event: Called with each event, from the operation's beginning on; awaited if it is a
                coroutine function. What it raises ends the waiting, and the operation goes on.
        """
        if on_event is not None:
            events: _native.Handle = await self._start("events")
            while (event := await events.start("next", "{}")) is not None:
                result = on_event(event)
                if inspect.isawaitable(result):
                    await result
        answer: types.OperationDocument = await self._start("wait")
        return answer


class EventsExtras(Handle):
    """Events, one after the other."""

    def __init__(self, native: _native.Handle) -> None:
        super().__init__(native)
        self._guard = threading.Lock()
        # The event that was asked for. Whoever gives up leaves it to the next one to ask, in
        # whatever event loop.
        self._asked: Future[Any] | None = None

    async def next(self) -> types.Event | None:
        """The next event; waits for it. `None` after the last one: when the operation has ended,
        stopped, or was left by its process. If the call is given up, no event is lost.
        """
        while True:
            with self._guard:
                if self._asked is None:
                    self._asked = self._native.submit("next", "{}")
                asked = self._asked
            try:
                event: types.Event | None = await asyncio.shield(asyncio.wrap_future(asked))
            except asyncio.CancelledError:
                raise
            except BaseException:
                self._take(asked)
                raise
            # Of several who wait for the same event one gets it; the others ask for the one after.
            if self._take(asked):
                return event

    def _take(self, asked: Future[Any]) -> bool:
        with self._guard:
            is_there = self._asked is asked
            if is_there:
                self._asked = None
            return is_there

    def __aiter__(self) -> AsyncIterator[types.Event]:
        return self

    async def __anext__(self) -> types.Event:
        event = await self.next()
        if event is None:
            raise StopAsyncIteration
        return event


class ImageCopyExtras(ImageCopyRepr):
    """How far it is, one after the other, and waiting with a look at that."""

    async def wait(
        self, *, on_progress: Callable[[types.CopyProgress], object] | None = None
    ) -> types.ImageChange | None:
        """Waits until the copy has ended, and gives what was written of its end: `what` is
        `synced`, or `copy_failed` with the `failure` and a `message`. `None` if that could not be
        written, or if another process took over: reading the image tells how far it is. If the call
        is given up, the copy goes on.

        Args:
            on_progress: Called each time it is further; awaited if it is a coroutine function. What
                it raises ends the waiting, and the copy goes on.
        """
        if on_progress is not None:
            while (further := await self._start("next_progress")) is not None:
                result = on_progress(further)
                if inspect.isawaitable(result):
                    await result
        answer: types.ImageChange | None = await self._start("wait")
        return answer

    def __aiter__(self) -> AsyncIterator[types.CopyProgress]:
        return self

    async def __anext__(self) -> types.CopyProgress:
        further: types.CopyProgress | None = await self._start("next_progress")
        if further is None:
            raise StopAsyncIteration
        return further


class Keeping(Handle, Generic[Report]):
    """Reports, one after the other; it stops at the end of an `async with` statement."""

    def __aiter__(self) -> AsyncIterator[Report]:
        return self

    async def __anext__(self) -> Report:
        report: Report | None = await self._start("next_report")
        if report is None:
            raise StopAsyncIteration
        return report

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        error: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._start("stop")


class KeepingImagesExtras(Keeping[types.SweepReport]):
    """What sweeps found, one after the other; it stops at the end of an `async with` statement."""


class KeepingZonesExtras(Keeping[types.ZoneScan]):
    """What scans found, one after the other; it stops at the end of an `async with` statement."""


class ZoneCopyExtras(ZoneCopyRepr):
    """Waiting for its end."""

    async def wait(self) -> list[types.ZoneHappening]:
        """Waits until the copy has ended, and gives what was written of its end: of kind `copied`,
        or `failed` with the failure. Nothing if another process took over. If the call is given up,
        the copy goes on.
        """
        answer: list[types.ZoneHappening] = await self._start("wait")
        return answer


class SandboxExtras(SandboxRepr):
    """Stops at the end of an `async with` statement."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        error: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._call("stop")
