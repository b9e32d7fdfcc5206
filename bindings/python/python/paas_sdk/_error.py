"""The exception that all others derive from."""

from __future__ import annotations

from typing import Any

from . import types


class PaasError(Exception):
    """A call that failed: what went wrong, where, and what to do. Nothing in it is secret.

    There is a subclass for each kind of failure: catch that, or compare `kind`.
    """

    code: str
    """The stable code, such as `platform.application_busy`; `paas_sdk.explain` tells what each
    means and what to do.
    """

    kind: str
    """What kind of failure it is; code decides by it."""

    message: str
    """What went wrong."""

    help: str | None
    """What to do."""

    retryable: bool
    """Whether asking again later may help without anybody doing something about it."""

    operation: str | None
    """The id of the operation that it is about."""

    details: types.Details
    """What else is known."""

    labels: list[types.Label]
    """The places that it points at, the main one first."""

    def __init__(
        self,
        message: str,
        *,
        code: str,
        kind: str,
        help: str | None = None,
        retryable: bool = False,
        operation: str | None = None,
        details: types.Details | None = None,
        labels: list[types.Label] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.kind = kind
        self.help = help
        self.retryable = retryable
        self.operation = operation
        self.details = {} if details is None else details
        self.labels = [] if labels is None else labels

    @property
    def diagnostics(self) -> list[types.Diagnostic]:
        """All problems of a template or another file."""
        return self.details.get("diagnostics", [])

    @property
    def failures(self) -> list[types.StepFailure]:
        """What kept an operation from its end: one for each step that failed."""
        return self.details.get("failures", [])

    def __str__(self) -> str:
        return f"{self.message} (help: {self.help})" if self.help else self.message

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.code!r}, {self.message!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        # An exception is made anew from its arguments, and ours has keywords.
        return (_remade, (type(self), self.message, self.__dict__.copy()))


def _remade(error: type[PaasError], message: str, attributes: dict[str, Any]) -> PaasError:
    remade = error.__new__(error, message)
    remade.__dict__.update(attributes)
    return remade
