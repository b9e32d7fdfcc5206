"""From Python's values to the text of a request."""

from __future__ import annotations

import base64
import json
import math
import operator
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import SupportsIndex

from ._failures import invalid

_DEEPEST = 100
_SMALLEST, _LARGEST = -(2**63), 2**64 - 1
_SHOWN = 80
_BYTES = frozenset({"payload", "snapshot"})
_INSTANTS = frozenset({"at", "end", "now", "start"})
_PATHS = frozenset({"credentials_file", "file", "folder", "path", "store"})


def encode(request: Mapping[str, object]) -> str:
    """The request as JSON. What is `None` is not sent.

    Everything that JSON or the library could not hold is refused here, by the name of its field and
    without its value, which could be a secret.
    """
    if not request:
        return "{}"
    fields = {name: _plain(value, name, 0) for name, value in request.items() if value is not None}
    # Only ASCII, as `json` writes by itself: that is quicker to write, and Rust reads it in place.
    return json.dumps(fields, allow_nan=False, separators=(",", ":"))


def _plain(value: object, field: str, depth: int) -> object:
    """The value in JSON's own types."""
    if isinstance(value, os.PathLike):
        value = _path(value, field)
    elif isinstance(value, datetime) and _asks_for(_INSTANTS, field):
        value = _instant(value, field)
    elif isinstance(value, (bytes, bytearray, memoryview)) and _asks_for(_BYTES, field):
        value = base64.b64encode(value).decode()
    plain: object
    if value is None or isinstance(value, bool):
        plain = value
    elif isinstance(value, str):
        plain = _text(value, field)
    elif isinstance(value, float):
        plain = _finite(value, field)
    elif isinstance(value, SupportsIndex):
        plain = _whole(operator.index(value), field)
    elif isinstance(value, Mapping):
        _look_at_depth(depth, field)
        plain = {
            _key(key, field): _plain(item, f"{field}.{key}", depth + 1)
            for key, item in value.items()
        }
    elif isinstance(value, (list, tuple)):
        _look_at_depth(depth, field)
        plain = [_plain(item, f"{field}[{index}]", depth + 1) for index, item in enumerate(value)]
    else:
        name = type(value).__name__
        raise invalid(
            f"a `{name}` cannot be passed; texts, numbers, booleans, lists and dicts can", field
        )
    return plain


def _path(path: os.PathLike[str], field: str) -> object:
    """A path where one is asked for. Elsewhere it would be taken for the text in the file."""
    if not _asks_for(_PATHS, field):
        raise invalid("a text is expected, not the path of a file; read the file", field)
    return os.fspath(path)


def _asks_for(names: frozenset[str], field: str) -> bool:
    return field.rpartition(".")[2] in names


def _instant(instant: datetime, field: str) -> str:
    if instant.utcoffset() is None:
        raise invalid("a `datetime` with a time zone is expected, such as `datetime.now(UTC)`", field)
    try:
        return instant.astimezone(UTC).isoformat(timespec="seconds")
    except OverflowError:
        raise invalid("an instant from 1970 to 2105 is expected", field) from None


def _text(text: str, field: str) -> str:
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise invalid(
                f"the text has half a character at position {error.start}", field
            ) from None
    return text


def _key(key: object, field: str) -> str:
    if not isinstance(key, str):
        raise invalid(f"keys are texts, and one is of type `{type(key).__name__}`", field)
    return _text(key, field)


def _whole(number: int, field: str) -> int:
    if not _SMALLEST <= number <= _LARGEST:
        raise invalid("the number has more than 64 bits; pass it as text", field)
    return number


def _finite(number: float, field: str) -> float:
    if not math.isfinite(number):
        raise invalid("a number is expected, and this is none or infinite", field)
    return number


def _look_at_depth(depth: int, field: str) -> None:
    if depth == _DEEPEST:
        raise invalid(f"lists and dicts can be {_DEEPEST} deep, and no deeper", field[:_SHOWN])
