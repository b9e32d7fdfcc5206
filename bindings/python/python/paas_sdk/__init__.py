"""Platform logic of a container PaaS, for portals and automation: TOSCA templates in, running
applications out.

    import paas_sdk as paas

    with open("bank.yaml") as file:
        release = paas.translate(file.read(), file="bank.yaml")
    release.write("out")

Documents are plain dictionaries, typed in `paas_sdk.types`. A failed call raises a `PaasError`, or
its subclass for the kind of failure. `paas_sdk.aio` has the same for `asyncio`.

Made by `cargo xtask generate` from the interface of the library.
"""

from __future__ import annotations

from . import aio, errors, types
from ._sync import (
    Events,
    Operation,
    Plan,
    Platform,
    PlatformApplications,
    PlatformOperations,
    PlatformTenants,
    Release,
    Sandbox,
    check,
    check_tenant,
    clone_template,
    connect,
    decide,
    decide_all,
    diff_releases,
    explain,
    export_template,
    grant_roles,
    import_stack,
    matrix,
    plan_members,
    stack_questions,
    start_sandbox,
    translate,
    version,
)
from .errors import (
    ApplicationBusyError,
    ApplicationDeployedError,
    ConfigurationError,
    DeniedError,
    FilesError,
    InternalError,
    InvalidNameError,
    InvalidRequestError,
    NotScalableError,
    OperationAbandonedError,
    OperationStateError,
    OperationStoppedError,
    PaasError,
    RancherError,
    RejectedError,
    SandboxError,
    StalePlanError,
    StoreError,
    TakenOverError,
    TenantConflictError,
    UnknownApplicationError,
    UnknownOperationError,
    UnknownServiceError,
    UnknownTenantError,
)

__all__ = [
    "ApplicationBusyError",
    "ApplicationDeployedError",
    "ConfigurationError",
    "DeniedError",
    "Events",
    "FilesError",
    "InternalError",
    "InvalidNameError",
    "InvalidRequestError",
    "NotScalableError",
    "Operation",
    "OperationAbandonedError",
    "OperationStateError",
    "OperationStoppedError",
    "PaasError",
    "Plan",
    "Platform",
    "PlatformApplications",
    "PlatformOperations",
    "PlatformTenants",
    "RancherError",
    "RejectedError",
    "Release",
    "Sandbox",
    "SandboxError",
    "StalePlanError",
    "StoreError",
    "TakenOverError",
    "TenantConflictError",
    "UnknownApplicationError",
    "UnknownOperationError",
    "UnknownServiceError",
    "UnknownTenantError",
    "__version__",
    "aio",
    "check",
    "check_tenant",
    "clone_template",
    "connect",
    "decide",
    "decide_all",
    "diff_releases",
    "errors",
    "explain",
    "export_template",
    "grant_roles",
    "import_stack",
    "matrix",
    "plan_members",
    "stack_questions",
    "start_sandbox",
    "translate",
    "types",
    "version",
]

__version__ = version()
