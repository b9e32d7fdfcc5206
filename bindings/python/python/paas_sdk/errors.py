"""The exceptions: one class for each kind of failure.

Made by `cargo xtask generate` from the interface of the library.
"""

from __future__ import annotations

from ._error import PaasError

__all__ = [
    "ApplicationBusyError",
    "ApplicationDeployedError",
    "ConfigurationError",
    "DeniedError",
    "FilesError",
    "HarborError",
    "ImageBusyError",
    "ImageStateError",
    "InternalError",
    "InvalidNameError",
    "InvalidRequestError",
    "KeystoneError",
    "MembersBusyError",
    "MembersFuseError",
    "NamespaceTakenError",
    "NotScalableError",
    "OperationAbandonedError",
    "OperationStateError",
    "OperationStoppedError",
    "PaasError",
    "PublicationRefusedError",
    "RancherError",
    "RegistryError",
    "RejectedError",
    "SandboxError",
    "StalePlanError",
    "StoreError",
    "TakenOverError",
    "TenantConflictError",
    "UnknownApplicationError",
    "UnknownImageError",
    "UnknownNamespaceError",
    "UnknownOperationError",
    "UnknownPublicationError",
    "UnknownServiceError",
    "UnknownTenantError",
    "UnknownZoneError",
]


class ConfigurationError(PaasError):
    """Kind `configuration`. What to do: see what is passed when connecting: the store, the
    address and the keys.
    """


class StoreError(PaasError):
    """Kind `store`. What to do: nothing that was written before is lost: mend the store, then
    ask again.
    """


class RancherError(PaasError):
    """Kind `rancher`. What to do: nothing was changed by this call: see to the server, then ask
    again.
    """


class HarborError(PaasError):
    """Kind `harbor`. What to do: see what it says and to the platform's login there, then ask
    again.
    """


class KeystoneError(PaasError):
    """Kind `keystone`. What to do: nothing was changed by this call: see to the server and to
    the platform's login there, then ask again.
    """


class InvalidNameError(PaasError):
    """Kind `invalid_name`. What to do: names have 1 to 63 letters, digits, dots, dashes and
    underscores, and begin with a letter or digit.
    """


class DeniedError(PaasError):
    """Kind `denied`. What to do: somebody who administers the tenant can give it a role that
    may, in Keystone; `paas matrix` has all rules.
    """


class UnknownTenantError(PaasError):
    """Kind `unknown_tenant`. What to do: record the tenant first."""


class TenantConflictError(PaasError):
    """Kind `tenant_conflict`. What to do: give each tenant environments and folders of its own."""


class UnknownApplicationError(PaasError):
    """Kind `unknown_application`. What to do: see which applications the tenant has."""


class UnknownServiceError(PaasError):
    """Kind `unknown_service`. What to do: see which services the application has."""


class UnknownOperationError(PaasError):
    """Kind `unknown_operation`. What to do: see which operations there are."""


class RejectedError(PaasError):
    """Kind `rejected`. What to do: mend the template, or give the tenant what it needs."""


class ApplicationDeployedError(PaasError):
    """Kind `application_deployed`. What to do: remove it first."""


class ApplicationBusyError(PaasError):
    """Kind `application_busy`. What to do: wait for that operation, resume it, or abandon it."""


class StalePlanError(PaasError):
    """Kind `stale_plan`. What to do: make a new plan."""


class OperationStateError(PaasError):
    """Kind `operation_state`. What to do: see the state of the operation."""


class OperationStoppedError(PaasError):
    """Kind `operation_stopped`. What to do: mend what it tells of, then resume it; or abandon
    it.
    """


class OperationAbandonedError(PaasError):
    """Kind `operation_abandoned`. What to do: remove the application to clean up what is left."""


class NotScalableError(PaasError):
    """Kind `not_scalable`. What to do: services that run once or on every host, and external
    ones, have no count.
    """


class UnknownNamespaceError(PaasError):
    """Kind `unknown_namespace`. What to do: see which namespaces the tenant has."""


class NamespaceTakenError(PaasError):
    """Kind `namespace_taken`. What to do: take another name, or remove first what is there."""


class RegistryError(PaasError):
    """Kind `registry`. What to do: see what it says and to the platform's login there, then ask
    again.
    """


class UnknownImageError(PaasError):
    """Kind `unknown_image`. What to do: push it to the test registry; if it is there, look at it
    again.
    """


class ImageStateError(PaasError):
    """Kind `image_state`. What to do: see how far the image is on its way to production."""


class ImageBusyError(PaasError):
    """Kind `image_busy`. What to do: nothing was changed by this call: ask again in a moment."""


class UnknownZoneError(PaasError):
    """Kind `unknown_zone`. What to do: see which zones the platform has."""


class UnknownPublicationError(PaasError):
    """Kind `unknown_publication`. What to do: see which publications there are."""


class PublicationRefusedError(PaasError):
    """Kind `publication_refused`. What to do: see how far the publication is, and who asked for
    it.
    """


class MembersBusyError(PaasError):
    """Kind `members_busy`. What to do: ask again when that has ended."""


class MembersFuseError(PaasError):
    """Kind `members_fuse`. What to do: look at the plan; if it is right, carry it out with a
    higher fuse.
    """


class TakenOverError(PaasError):
    """Kind `taken_over`. What to do: ask that process, or look at the operation by its id."""


class InvalidRequestError(PaasError):
    """Kind `invalid_request`. What to do: pass what the function takes: the message names it."""


class FilesError(PaasError):
    """Kind `files`. What to do: see to the files that the diagnostics name."""


class SandboxError(PaasError):
    """Kind `sandbox`. What to do: see what the sandbox has and can do."""


class InternalError(PaasError):
    """Kind `internal`. What to do: report it: this is a fault of the library."""


BY_KIND: dict[str, type[PaasError]] = {
    "configuration": ConfigurationError,
    "store": StoreError,
    "rancher": RancherError,
    "harbor": HarborError,
    "keystone": KeystoneError,
    "invalid_name": InvalidNameError,
    "denied": DeniedError,
    "unknown_tenant": UnknownTenantError,
    "tenant_conflict": TenantConflictError,
    "unknown_application": UnknownApplicationError,
    "unknown_service": UnknownServiceError,
    "unknown_operation": UnknownOperationError,
    "rejected": RejectedError,
    "application_deployed": ApplicationDeployedError,
    "application_busy": ApplicationBusyError,
    "stale_plan": StalePlanError,
    "operation_state": OperationStateError,
    "operation_stopped": OperationStoppedError,
    "operation_abandoned": OperationAbandonedError,
    "not_scalable": NotScalableError,
    "unknown_namespace": UnknownNamespaceError,
    "namespace_taken": NamespaceTakenError,
    "registry": RegistryError,
    "unknown_image": UnknownImageError,
    "image_state": ImageStateError,
    "image_busy": ImageBusyError,
    "unknown_zone": UnknownZoneError,
    "unknown_publication": UnknownPublicationError,
    "publication_refused": PublicationRefusedError,
    "members_busy": MembersBusyError,
    "members_fuse": MembersFuseError,
    "taken_over": TakenOverError,
    "invalid_request": InvalidRequestError,
    "files": FilesError,
    "sandbox": SandboxError,
    "internal": InternalError,
}
"""The class for each kind. A kind that is not in it is a plain `PaasError`."""
