"""What the native half calls to raise an exception, or to tell the outcome of a call."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from . import errors, types
from ._error import PaasError

_HELP = "pass what the function takes; its documentation names each field"


def from_envelope(text: str) -> PaasError:
    """The exception for a failed call."""
    envelope: types.ErrorEnvelope = json.loads(text)
    error = errors.BY_KIND.get(envelope["kind"], PaasError)
    return error(
        envelope["message"],
        code=envelope["code"],
        kind=envelope["kind"],
        help=envelope.get("help"),
        retryable=envelope["retryable"],
        operation=envelope.get("operation"),
        details=envelope["details"],
        labels=envelope["labels"],
    )


def invalid(message: str, field: str) -> PaasError:
    """The exception for a value that cannot be passed."""
    return errors.InvalidRequestError(
        f"`{field}`: {message}",
        code="request.invalid",
        kind="invalid_request",
        help=_HELP,
        details={"field": field},
    )


def forked(kind: str) -> PaasError:
    """The exception for a handle of the process that was forked."""
    message = "and its threads stayed there"
    help = "connect after the fork, in each process; or start processes by `spawn`"
    if kind == "ScalingEngine":
        message = "and two would decide"
        help = "take a `snapshot` before the fork and load it in the one process that goes on"
    return errors.InvalidRequestError(
        f"this `{kind}` belongs to the process that was forked, {message}",
        code="process.forked",
        kind="invalid_request",
        help=help,
    )


def internal(message: str) -> PaasError:
    """The exception for a fault of the library."""
    return errors.InternalError(
        message,
        code="internal.failure",
        kind="internal",
        help="report it: this is a fault of the library",
    )


def settle(future: asyncio.Future[Any], answer: object, error: BaseException | None) -> None:
    """Tells the outcome of a call to who waits for it, unless nobody does any more."""
    if future.done():
        return
    if error is None:
        future.set_result(answer)
    else:
        future.set_exception(error)
