"""What the classes have beyond the functions of the library, where Python has a way of its own.

The generated classes derive from these. `aio` has its own where a call waits.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Generic, Self, TypeVar

from . import types
from ._error import PaasError
from ._handle import Handle


class ReleaseExtras(Handle):
    """Pictures for notebooks."""

    def _repr_html_(self) -> str:
        return str(self._call("html"))

    def _repr_svg_(self) -> str:
        return str(self._call("graph", {"format": "svg"}))

    def _told(self) -> str:
        files: dict[str, str] = self._call("files")
        return f"files={len(files)}"


class TimelineExtras(Handle):
    """The picture for notebooks, and two time-lines beside each other."""

    def compare(self, other: TimelineExtras | types.TimelineSummary) -> types.TimelinesCompared:
        """Compares what two time-lines come to.

        Args:
            other: The other one, or what was kept of it: its `summary`.
        """
        came_to = other._kept("summary") if isinstance(other, TimelineExtras) else other
        answer: types.TimelinesCompared = self._call("compare", {"other": came_to})
        return answer

    def __str__(self) -> str:
        return str(self._call("text"))

    def _repr_svg_(self) -> str:
        return str(self._call("svg"))

    def _told(self) -> str:
        summary: types.TimelineSummary = self._kept("summary")
        return (
            f"container_hours={summary['container_hours']}, "
            f"least={summary['least']}, most={summary['most']}"
        )


class ScalingEngineExtras(Handle):
    """How many services it has."""

    def _told(self) -> str:
        return _unless_it_fails(lambda: f"services={self._call('status')['services']}")


class PlatformRepr(Handle):
    """Who acts."""

    def _told(self) -> str:
        return _unless_it_fails(lambda: f"actor={self._call('actor')!r}")


class PlatformExtras(PlatformRepr):
    """Lets go of the store at the end of a `with` statement."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        error: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._wait("close")


class PlanExtras(Handle):
    """The plan as text, and as a table for notebooks."""

    def __str__(self) -> str:
        return str(self._call("text"))

    def _repr_html_(self) -> str:
        return str(self._call("html"))

    def _told(self) -> str:
        return _unless_it_fails(lambda: f"id={self._call('document')['id']!r}")


class OperationRepr(Handle):
    """Its id, by which it is the same wherever it was opened."""

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, OperationRepr):
            return NotImplemented
        return bool(self._kept("id") == other._kept("id"))

    def __hash__(self) -> int:
        return hash(self._kept("id"))

    def _told(self) -> str:
        return _unless_it_fails(lambda: f"id={self._call('id')!r}")


class OperationExtras(OperationRepr):
    """Waiting, with a look at what happens meanwhile."""

    def wait(
        self,
        *,
        on_event: Callable[[types.Event], object] | None = None,
        timeout: float | None = None,
    ) -> types.OperationDocument:
        """Waits for the operation's end. Fails with `OperationStoppedError` and what failed, or
        `OperationAbandonedError`; with `OperationStateError` if nobody carries it out. If the call
        is given up, as by Ctrl-C, the operation goes on.

        Args:
            on_event: Called with each event, from the operation's beginning on. What it raises ends
                the waiting, and the operation goes on.
            timeout: So many seconds are waited at most; then there is a `TimeoutError`, and the
                operation goes on.
        """
        end = None if timeout is None else time.monotonic() + timeout
        if on_event is not None:
            events = self._wait("events")
            while (event := events.wait("next", "{}", _left(end))) is not None:
                on_event(event)
        answer: types.OperationDocument = self._native.wait("wait", "{}", _left(end))
        return answer


class EventsExtras(Handle):
    """Events, one after the other."""

    def next(self, *, timeout: float | None = None) -> types.Event | None:
        """The next event; waits for it. `None` after the last one: when the operation has ended,
        stopped, or was left by its process. If the call is given up, no event is lost.

        Args:
            timeout: So many seconds are waited at most; then there is a `TimeoutError`.
        """
        answer: types.Event | None = self._native.wait("next", "{}", timeout)
        return answer

    def __iter__(self) -> Iterator[types.Event]:
        return self

    def __next__(self) -> types.Event:
        event = self.next()
        if event is None:
            raise StopIteration
        return event


class ImageCopyRepr(Handle):
    """Which copy of which image it is."""

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ImageCopyRepr):
            return NotImplemented
        return bool(self._kept("id") == other._kept("id"))

    def __hash__(self) -> int:
        return hash(self._kept("id"))

    def _told(self) -> str:
        return _unless_it_fails(lambda: f"image={self._call('image')!r}, id={self._call('id')!r}")


class ImageCopyExtras(ImageCopyRepr):
    """How far it is, one after the other, and waiting with a look at that."""

    def wait(
        self,
        *,
        on_progress: Callable[[types.CopyProgress], object] | None = None,
        timeout: float | None = None,
    ) -> types.ImageChange | None:
        """Waits until the copy has ended, and gives what was written of its end: `what` is
        `synced`, or `copy_failed` with the `failure` and a `message`. `None` if that could not be
        written, or if another process took over: reading the image tells how far it is. If the call
        is given up, as by Ctrl-C, the copy goes on.

        Args:
            on_progress: Called each time it is further. What it raises ends the waiting, and the
                copy goes on.
            timeout: So many seconds are waited at most; then there is a `TimeoutError`, and the
                copy goes on.
        """
        end = None if timeout is None else time.monotonic() + timeout
        if on_progress is not None:
            while (further := self._native.wait("next_progress", "{}", _left(end))) is not None:
                on_progress(further)
        answer: types.ImageChange | None = self._native.wait("wait", "{}", _left(end))
        return answer

    def __iter__(self) -> Iterator[types.CopyProgress]:
        return self

    def __next__(self) -> types.CopyProgress:
        further: types.CopyProgress | None = self._wait("next_progress")
        if further is None:
            raise StopIteration
        return further


Report = TypeVar("Report")


class Keeping(Handle, Generic[Report]):
    """Reports, one after the other; it stops at the end of a `with` statement."""

    def __iter__(self) -> Iterator[Report]:
        return self

    def __next__(self) -> Report:
        report: Report | None = self._wait("next_report")
        if report is None:
            raise StopIteration
        return report

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        error: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._wait("stop")


class KeepingImagesExtras(Keeping[types.SweepReport]):
    """What sweeps found, one after the other; it stops at the end of a `with` statement."""


class KeepingZonesExtras(Keeping[types.ZoneScan]):
    """What scans found, one after the other; it stops at the end of a `with` statement."""


class ZoneCopyRepr(Handle):
    """Which copy of which image it is."""

    def _told(self) -> str:
        return _unless_it_fails(
            lambda: (
                f"image={self._call('image')!r}, source={self._call('source')!r}, "
                f"destination={self._call('destination')!r}"
            )
        )


class ZoneCopyExtras(ZoneCopyRepr):
    """Waiting for its end, for so long."""

    def wait(self, *, timeout: float | None = None) -> list[types.ZoneHappening]:
        """Waits until the copy has ended, and gives what was written of its end: of kind `copied`,
        or `failed` with the failure. Nothing if another process took over. If the call is given up,
        as by Ctrl-C, the copy goes on.

        Args:
            timeout: So many seconds are waited at most; then there is a `TimeoutError`, and the
                copy goes on.
        """
        answer: list[types.ZoneHappening] = self._native.wait("wait", "{}", timeout)
        return answer


class SandboxRepr(Handle):
    """Where it is, without its keys."""

    def _told(self) -> str:
        return _unless_it_fails(lambda: f"url={self._call('credentials')['url']!r}")


class SandboxExtras(SandboxRepr):
    """Stops at the end of a `with` statement."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        error: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._call("stop")


def _left(end: float | None) -> float | None:
    """How many seconds are left."""
    return None if end is None else max(0.0, end - time.monotonic())


def _unless_it_fails(tell: Callable[[], str]) -> str:
    """`repr` never fails: of what is closed or belongs to another process, it tells the code of the
    error.
    """
    try:
        return tell()
    except PaasError as error:
        return error.code
