"""What all classes of handles have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from . import _native
from ._request import encode

_NO_FIELDS: Mapping[str, object] = {}


class Handle:
    """Something that stays between calls."""

    def __init__(self, native: _native.Handle) -> None:
        self._native = native

    def _call(self, function: str, request: Mapping[str, object] = _NO_FIELDS) -> Any:
        """Calls a function that waits for nobody."""
        return self._native.call(function, encode(request))

    def _kept(self, function: str) -> Any:
        """What a function gives that never changes, asked for once."""
        kept = self.__dict__
        name = f"_kept_{function}"
        if name not in kept:
            kept[name] = self._call(function)
        return kept[name]

    def _wait(self, function: str, request: Mapping[str, object] = _NO_FIELDS) -> Any:
        """Calls a function and waits for its end."""
        return self._native.wait(function, encode(request))

    async def _start(self, function: str, request: Mapping[str, object] = _NO_FIELDS) -> Any:
        """Calls a function and lets others of the event loop go on until its end."""
        return await self._native.start(function, encode(request))

    def _told(self) -> str:
        """What `repr` tells. Nothing of it is secret."""
        return ""

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            f"a `{type(self).__name__}` cannot be pickled or copied: it is at home in one process; "
            "pass a document of it, or the id of the operation"
        )

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._told()})"
