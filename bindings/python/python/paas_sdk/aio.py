"""The same as `paas_sdk`, for `asyncio`: what computes or waits is a coroutine.

    from paas_sdk import aio

    async def deploy(template: str) -> None:
        platform = await aio.connect("anna@bank.test", "paas.db", rancher={})
        operation = await platform.applications.deploy("meridian", template)
        async for event in await operation.events():
            print(event["percent"], event["message"])
        await operation.wait()

A cancelled call is given up, and nothing else breaks: an operation goes on, and no event is lost.

Made by `cargo xtask generate` from the interface of the library.
"""

from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from . import _native, types
from ._aio_extras import (
    EventsExtras,
    ImageCopyExtras,
    KeepingImagesExtras,
    KeepingZonesExtras,
    OperationExtras,
    PlanExtras,
    PlatformExtras,
    ReleaseExtras,
    SandboxExtras,
    ScalingEngineExtras,
    TimelineExtras,
    ZoneCopyExtras,
)
from ._handle import Handle

__all__ = [
    "Events",
    "ImageCopy",
    "KeepingImages",
    "KeepingZones",
    "Operation",
    "Plan",
    "Platform",
    "PlatformApplications",
    "PlatformImages",
    "PlatformMall",
    "PlatformMembers",
    "PlatformNamespaces",
    "PlatformOperations",
    "PlatformTenants",
    "PlatformZones",
    "Release",
    "Sandbox",
    "ScalingEngine",
    "Timeline",
    "ZoneCopy",
    "check",
    "check_tenant",
    "clone_template",
    "connect",
    "decide",
    "decide_all",
    "diff_releases",
    "explain",
    "export_template",
    "grant_roles",
    "import_stack",
    "lint_scaling_policy",
    "load_scaling_engine",
    "matrix",
    "new_scaling_engine",
    "plan_members",
    "scaling_alarm_rules",
    "simulate_scaling",
    "stack_questions",
    "start_sandbox",
    "translate",
    "version",
]

_library = Handle(_native.library())


async def check(
    template: str,
    *,
    csar: bool | None = None,
    file: str | None = None,
    folder: str | None = None,
    imports: Mapping[str, str] | None = None,
    inputs: Mapping[str, Any] | None = None,
    limits: types.LimitsDocument | None = None,
    name: str | None = None,
    policy: str | None = None,
    report: types.ReportStyle | None = None,
) -> types.Checked:
    """Checks a TOSCA template: all problems in one pass, each with its place. A template with
    problems is no error of the call.

    Args:
        template: The text of the template; with `csar`, the archive.
        csar: Whether `template` is an archive (CSAR), in base64. Then what is imported is in the
            archive.
        file: The template's name in the places of problems, such as `bank.yaml`; `template.yaml` if
            not given.
        folder: The local folder below which imported files may lie; no local file is read if it is
            not given. Not with `imports`.
        imports: Texts of files that can be imported, by their paths from the template's folder.
        inputs: Values of inputs: texts as they are, anything else as YAML reads it. Secrets do not
            belong here.
        limits: What the template may cost at most.
        name: The application's name where the template gives none; the file's name if not given.
        policy: The text of a policy file: what templates may do; the default policy if not given.
        report: Tell the problems as text too, in this style.
    """
    request = {
        "template": template,
        "csar": csar,
        "file": file,
        "folder": folder,
        "imports": imports,
        "inputs": inputs,
        "limits": limits,
        "name": name,
        "policy": policy,
        "report": report,
    }
    answer: types.Checked = await _library._start("check", request)
    return answer


async def translate(
    template: str,
    *,
    csar: bool | None = None,
    file: str | None = None,
    folder: str | None = None,
    imports: Mapping[str, str] | None = None,
    inputs: Mapping[str, Any] | None = None,
    limits: types.LimitsDocument | None = None,
    name: str | None = None,
    policy: str | None = None,
    target: types.TargetDocument | None = None,
) -> Release:
    """Translates a TOSCA template to a release: the files for each network, stages, links, ports.
    Fails with `RejectedError` and all problems if there are errors.

    Args:
        template: The text of the template; with `csar`, the archive.
        csar: Whether `template` is an archive (CSAR), in base64. Then what is imported is in the
            archive.
        file: The template's name in the places of problems, such as `bank.yaml`; `template.yaml` if
            not given.
        folder: The local folder below which imported files may lie; no local file is read if it is
            not given. Not with `imports`.
        imports: Texts of files that can be imported, by their paths from the template's folder.
        inputs: Values of inputs: texts as they are, anything else as YAML reads it. Secrets do not
            belong here.
        limits: What the template may cost at most.
        name: The application's name where the template gives none; the file's name if not given.
        policy: The text of a policy file: what templates may do; the default policy if not given.
        target: Where the release goes.
    """
    request = {
        "template": template,
        "csar": csar,
        "file": file,
        "folder": folder,
        "imports": imports,
        "inputs": inputs,
        "limits": limits,
        "name": name,
        "policy": policy,
        "target": target,
    }
    return Release(await _library._start("translate", request))


async def import_stack(
    docker_compose: str,
    *,
    answers: Mapping[str, str] | None = None,
    environment: str | None = None,
    name: str | None = None,
    network: str | None = None,
    rancher_compose: str | None = None,
) -> types.ImportedStack:
    """Reads a stack of Rancher: Docker Compose of version 1 or 2 with `rancher-compose.yml`. Tells
    the TOSCA template that says the same, and everything that is not the same. A stack with
    problems is no error of the call.

    Args:
        docker_compose: The text of `docker-compose.yml`.
        answers: Answers to what the stack asks, as texts. Without one the default of the question
            counts.
        environment: The name of the environment, for files that ask for it; the network's if not
            given.
        name: The name of the application; that of the catalogue entry if not given.
        network: The network that the services are placed in; `default` if not given.
        rancher_compose: The text of `rancher-compose.yml`.
    """
    request = {
        "docker_compose": docker_compose,
        "answers": answers,
        "environment": environment,
        "name": name,
        "network": network,
        "rancher_compose": rancher_compose,
    }
    answer: types.ImportedStack = await _library._start("import_stack", request)
    return answer


async def stack_questions(rancher_compose: str) -> types.StackQuestions:
    """What somebody who installs a stack of Rancher's catalogue is asked.

    Args:
        rancher_compose: The text of `rancher-compose.yml`.
    """
    request = {"rancher_compose": rancher_compose}
    answer: types.StackQuestions = await _library._start("stack_questions", request)
    return answer


async def export_template(
    template: str,
    *,
    csar: bool | None = None,
    file: str | None = None,
    folder: str | None = None,
    imports: Mapping[str, str] | None = None,
    inputs: Mapping[str, Any] | None = None,
    limits: types.LimitsDocument | None = None,
    name: str | None = None,
    policy: str | None = None,
) -> str:
    """Writes what a TOSCA template says as one template in the profile, for people to read:
    imports, functions and other types resolved, secrets as inputs. Fails with `RejectedError` and
    all problems if there are errors.

    Args:
        template: The text of the template; with `csar`, the archive.
        csar: Whether `template` is an archive (CSAR), in base64. Then what is imported is in the
            archive.
        file: The template's name in the places of problems, such as `bank.yaml`; `template.yaml` if
            not given.
        folder: The local folder below which imported files may lie; no local file is read if it is
            not given. Not with `imports`.
        imports: Texts of files that can be imported, by their paths from the template's folder.
        inputs: Values of inputs: texts as they are, anything else as YAML reads it. Secrets do not
            belong here.
        limits: What the template may cost at most.
        name: The application's name where the template gives none; the file's name if not given.
        policy: The text of a policy file: what templates may do; the default policy if not given.
    """
    request = {
        "template": template,
        "csar": csar,
        "file": file,
        "folder": folder,
        "imports": imports,
        "inputs": inputs,
        "limits": limits,
        "name": name,
        "policy": policy,
    }
    answer: str = await _library._start("export_template", request)
    return answer


async def clone_template(
    template: str,
    mapping: types.MappingDocument,
    *,
    csar: bool | None = None,
    file: str | None = None,
    folder: str | None = None,
    imports: Mapping[str, str] | None = None,
    inputs: Mapping[str, Any] | None = None,
    limits: types.LimitsDocument | None = None,
    name: str | None = None,
    policy: str | None = None,
    tenant: str | None = None,
) -> types.ClonedTemplate:
    """Takes a template to another tenant: the same text, in which only what a mapping names is
    changed. The clone is read again, and is the old application with other names, and nothing else.
    Fails with `RejectedError` and all problems if there are errors.

    Args:
        template: The text of the template; with `csar`, the archive.
        mapping: What the template names, and what the clone shall name instead.
        csar: Whether `template` is an archive (CSAR), in base64. Then what is imported is in the
            archive.
        file: The template's name in the places of problems, such as `bank.yaml`; `template.yaml` if
            not given.
        folder: The local folder below which imported files may lie; no local file is read if it is
            not given. Not with `imports`.
        imports: Texts of files that can be imported, by their paths from the template's folder.
        inputs: Values of inputs: texts as they are, anything else as YAML reads it. Secrets do not
            belong here.
        limits: What the template may cost at most.
        name: The application's name where the template gives none; the file's name if not given.
        policy: The text of a policy file: what the clone may do; the default policy if not given.
        tenant: The text of the file of the other tenant, which must have all that the clone names;
            not asked if not given.
    """
    request = {
        "template": template,
        "mapping": mapping,
        "csar": csar,
        "file": file,
        "folder": folder,
        "imports": imports,
        "inputs": inputs,
        "limits": limits,
        "name": name,
        "policy": policy,
        "tenant": tenant,
    }
    answer: types.ClonedTemplate = await _library._start("clone_template", request)
    return answer


async def check_tenant(text: str, *, file: str | None = None) -> types.TenantChecked:
    """Checks a tenant file: whose networks and file servers there are.

    Args:
        text: The text of the file.
        file: The file's name in the places of problems; `tenant.yaml` if not given.
    """
    request = {"text": text, "file": file}
    answer: types.TenantChecked = await _library._start("check_tenant", request)
    return answer


async def diff_releases(before: Any, after: Any) -> types.ReleasesCompared:
    """Tells the difference of two releases: what became of each service, what else changed, and
    what an update does. Fails with `InvalidRequestError` if one is no release that this version
    reads.

    Args:
        before: The document of what there is: that of a translated template, or `release.json`.
        after: The document of what there is to be, likewise.
    """
    request = {"before": before, "after": after}
    answer: types.ReleasesCompared = await _library._start("diff_releases", request)
    return answer


async def lint_scaling_policy(policy: types.ScalingPolicy) -> types.ScalingPolicyLinted:
    """Looks through a scaling policy: all that is wrong with it; and if nothing is, what it can
    hardly mean, such as windows that never act and thresholds that flap, as warnings with the
    numbers. A policy with problems is no error of the call.

    Args:
        policy: The policy, as it stands in `release.json`.
    """
    request = {"policy": policy}
    answer: types.ScalingPolicyLinted = await _library._start(
        "lint_scaling_policy", request
    )
    return answer


def scaling_alarm_rules(policy: types.ScalingPolicy) -> list[types.AlarmRule]:
    """The alarm rules of a policy: what monitoring is to watch for the service, with the id that
    comes back in each alarm. The same rule has the same id always.

    Args:
        policy: The policy, as it stands in `release.json`.
    """
    request = {"policy": policy}
    answer: list[types.AlarmRule] = _library._call("scaling_alarm_rules", request)
    return answer


async def simulate_scaling(
    policy: types.ScalingPolicy,
    *,
    alarm_ttl_ms: int | None = None,
    constant: float | None = None,
    count: int | None = None,
    date: str | None = None,
    end: str | datetime | None = None,
    load: str | None = None,
    model: types.SimulationModel | None = None,
    office_day: float | None = None,
    start: str | datetime | None = None,
) -> Timeline:
    """Tries a scaling policy out on a load, before anybody lets it loose: with the real engine, and
    small models of the service and of monitoring. Fails with `RejectedError` and all problems of
    the policy, if it has any.

    Args:
        policy: The policy, as it stands in `release.json`.
        alarm_ttl_ms: For so long an alarm that fires is believed after its last notification; five
            minutes if not given.
        constant: In place of a trace: so many containers are kept busy all the time.
        count: How many containers the service has before; the policy's least if not given.
        date: The day, such as `2026-11-23`, from midnight to midnight in the policy's time zone. A
            trace with instants is taken from its beginning to its end if nothing is given.
        end: In place of a day: until this instant, at most eight weeks later.
        load: The load as CSV with a heading: `time` (times of a day, or instants), and `demand`
            (how many containers it keeps busy) or metrics of each container such as `cpu` (from 0
            to 1), best with the `count` of containers of then. If no load is given: a working day
            that needs 70 percent of what the policy allows.
        model: What is assumed of the service and of monitoring.
        office_day: In place of a trace: a working day that keeps at most so many containers busy.
        start: In place of a day: from this instant on.
    """
    request = {
        "policy": policy,
        "alarm_ttl_ms": alarm_ttl_ms,
        "constant": constant,
        "count": count,
        "date": date,
        "end": end,
        "load": load,
        "model": model,
        "office_day": office_day,
        "start": start,
    }
    return Timeline(await _library._start("simulate_scaling", request))


def new_scaling_engine(*, alarm_ttl_ms: int | None = None) -> ScalingEngine:
    """A scaling engine without services.

    Args:
        alarm_ttl_ms: For so long an alarm that fires is believed after its last notification; five
            minutes if not given. Senders repeat theirs within half of it.
    """
    request = {"alarm_ttl_ms": alarm_ttl_ms}
    return ScalingEngine(_library._call("new_scaling_engine", request))


async def load_scaling_engine(snapshot: bytes) -> ScalingEngine:
    """A scaling engine as it was when a snapshot of it was made: the same calls lead to the same
    actions. After a time in which nobody decided, `take_over` is to be called next. Fails with
    `InvalidRequestError` and the code `scaling.snapshot_refused` if the bytes are no snapshot, or
    are damaged.

    Args:
        snapshot: What `snapshot` gave.
    """
    request = {"snapshot": snapshot}
    return ScalingEngine(await _library._start("load_scaling_engine", request))


def decide(
    subject: types.Subject,
    action: types.AccessAction,
    kind: types.ResourceKind,
    *,
    namespace: str | None = None,
    tenant: str | None = None,
) -> types.Decision:
    """Tells whether a user may do something to a resource, and why. A refusal is an answer, no
    error.

    Args:
        subject: The user with its roles.
        action: What it wants to do.
        kind: To what kind of resource.
        namespace: The image namespace that it is in.
        tenant: The id of the tenant that owns it; the platform owns it if not given.
    """
    request = {
        "subject": subject,
        "action": action,
        "kind": kind,
        "namespace": namespace,
        "tenant": tenant,
    }
    answer: types.Decision = _library._call("decide", request)
    return answer


async def decide_all(
    subject: types.Subject, questions: Sequence[types.Question]
) -> types.Decisions:
    """Decides many times for one user: for lists and menus.

    Args:
        subject: The user with its roles.
        questions: What it wants to do, to what.
    """
    request = {"subject": subject, "questions": questions}
    answer: types.Decisions = await _library._start("decide_all", request)
    return answer


def matrix() -> types.Matrix:
    """Gives all rules: who may what."""
    answer: types.Matrix = _library._call("matrix")
    return answer


def grant_roles(
    subject: types.Subject,
    scope: types.GrantScope,
    roles: Sequence[str],
    *,
    names: types.RoleNames | None = None,
    tenant: str | None = None,
) -> types.Subject:
    """Adds what roles of Keystone are here to a user, such as those of a token that Keystone has
    validated.

    Args:
        subject: The user.
        scope: Where it has the roles.
        roles: The names of the roles in Keystone, implied and inherited ones included.
        names: Which role a role of Keystone is here; the default names if not given.
        tenant: The id of the project that they are on, with the scope `project`.
    """
    request = {"subject": subject, "scope": scope, "roles": roles, "names": names, "tenant": tenant}
    answer: types.Subject = _library._call("grant_roles", request)
    return answer


async def plan_members(
    members: Sequence[types.TenantMember],
    identities: types.IdentityMap,
    settings: types.MembershipOptions,
    *,
    environments: Sequence[types.EnvironmentMembers] | None = None,
    frozen: bool | None = None,
    production_roles: types.HarborRoleMap | None = None,
    projects: Sequence[types.ProjectMembers] | None = None,
    rancher_roles: types.RancherRoleMap | None = None,
    test_roles: types.HarborRoleMap | None = None,
) -> types.MembershipPlan:
    """Says what to do so that the members of a tenant's environments and Harbor projects are those
    that Keystone says. Fails with `InvalidRequestError` if roles in a backend give more than those
    here.

    Args:
        members: The users of the tenant with their roles.
        identities: Who the users are in Rancher and Harbor.
        settings: What else is to be kept to.
        environments: Its environments with those who are members now.
        frozen: Whether the tenant is disabled or deleted in Keystone.
        production_roles: Which roles they have in the production registry; the default if not
            given.
        projects: The Harbor projects of its image namespaces with those who are members now.
        rancher_roles: Which roles they have in Rancher; the default if not given.
        test_roles: Which roles they have in the test registry; the default if not given.
    """
    request = {
        "members": members,
        "identities": identities,
        "settings": settings,
        "environments": environments,
        "frozen": frozen,
        "production_roles": production_roles,
        "projects": projects,
        "rancher_roles": rancher_roles,
        "test_roles": test_roles,
    }
    answer: types.MembershipPlan = await _library._start("plan_members", request)
    return answer


def explain(code: str) -> types.Explanation:
    """Explains a code, of a problem or of an error: what it means and what to do. Fails with
    `InvalidRequestError` if there is no such code.

    Args:
        code: The code, such as `tosca.unknown_type` or `platform.application_busy`.
    """
    request = {"code": code}
    answer: types.Explanation = _library._call("explain", request)
    return answer


def version() -> str:
    """The version of the library, such as `0.1.0`."""
    answer: str = _library._call("version")
    return answer


async def connect(
    actor: str,
    store: str,
    *,
    harbor_production: types.HarborOptions | None = None,
    harbor_test: types.HarborOptions | None = None,
    image_copies: types.ImageCopies | None = None,
    image_labels: bool | None = None,
    image_sources: types.ImageSources | None = None,
    keystone: types.KeystoneOptions | None = None,
    member_rules: types.MembershipRules | None = None,
    policy: types.ExecutionPolicyDocument | None = None,
    process: str | None = None,
    rancher: types.RancherOptions | types.SandboxAccess | None = None,
    registry_production: types.RegistryOptions | None = None,
    registry_test: types.RegistryOptions | None = None,
    secrets: Mapping[str, str] | None = None,
    template_policy: str | None = None,
    zones: Sequence[types.ZoneOptions] | None = None,
) -> Platform:
    """Opens the store and sets up the platform for an actor. Rancher is not asked for anything yet.
    Fails with `RejectedError` and all problems if the template policy cannot be read.

    Args:
        actor: Who acts: a person, a program.
        store: The SQLite file that keeps everything; it is made if it is not there. `:memory:`
            keeps everything until the process ends.
        harbor_production: The Harbor of the production registry.
        harbor_test: The Harbor of the test registry.
        image_copies: What copies images to production; `registry` if not given.
        image_labels: Shows in the Harbor of the test registry by labels how far images are.
        image_sources: Where the images of templates come from: what they name of these registries
            must be shown to their tenant, and is taken from the registry of the zone that it is
            deployed in. Without it, images are taken as templates say, and nobody asks whose they
            are.
        keystone: The Keystone that has users, projects and roles. Members are kept as it says.
        member_rules: By which rules users of Keystone become members of environments and Harbor
            projects.
        policy: What each step may take.
        process: The name under which this process holds what it carries out, the same again after a
            restart. Processes that share a store need one each.
        rancher: The Rancher server. Without one, what is recorded can be read, and nothing
            deployed.
        registry_production: The production registry, by its own API: where released images go. The
            login may push there.
        registry_test: The test registry, by its own API: where images are pushed to. It goes
            together with the one of production.
        secrets: The values of secret inputs, by the inputs' names. They are sent with the calls
            that need them and kept nowhere.
        template_policy: The text of a policy file: what templates may do, whoever deploys them; the
            default policy if not given.
        zones: The zones with their registries, between which images are kept in step.
    """
    request = {
        "actor": actor,
        "store": store,
        "harbor_production": harbor_production,
        "harbor_test": harbor_test,
        "image_copies": image_copies,
        "image_labels": image_labels,
        "image_sources": image_sources,
        "keystone": keystone,
        "member_rules": member_rules,
        "policy": policy,
        "process": process,
        "rancher": rancher,
        "registry_production": registry_production,
        "registry_test": registry_test,
        "secrets": secrets,
        "template_policy": template_policy,
        "zones": zones,
    }
    return Platform(await _library._start("connect", request))


def start_sandbox(
    *,
    environments: Sequence[str] | None = None,
    hosts: int | None = None,
    instant: bool | None = None,
    port: int | None = None,
    seed: int | None = None,
    version: str | None = None,
    virtual_clock: bool | None = None,
) -> Sandbox:
    """Starts a stand-in for Rancher on a port of this machine. It stops when it is told to, and
    with the process. Fails with `SandboxError` if the port is taken.

    Args:
        environments: Environments to begin with.
        hosts: How many hosts each new environment has; 1 if not given.
        instant: Let everything happen at once, where a real Rancher takes its time.
        port: The port; any free one if not given.
        seed: What ids, keys and jitter follow from: the same number gives the same answers; 1 if
            not given.
        version: The version that it says it is; `v1.6.30` if not given.
        virtual_clock: A clock that stands still until it is moved.
    """
    request = {
        "environments": environments,
        "hosts": hosts,
        "instant": instant,
        "port": port,
        "seed": seed,
        "version": version,
        "virtual_clock": virtual_clock,
    }
    return Sandbox(_library._call("start_sandbox", request))


class Release(ReleaseExtras):
    """A translated template: the files for each network, and what they were made from. It never
    changes.
    """

    @property
    def files(self) -> dict[str, str]:
        """The files, by their paths below a folder: `dmz/docker-compose.yml`."""
        answer: dict[str, str] = self._kept("files")
        return answer

    async def to_dict(self) -> types.Release:
        """All of the release as a document: parts, services, stages, links, ports, images."""
        answer: types.Release = await self._start("document")
        return answer

    @property
    def diagnostics(self) -> types.Diagnostics:
        """The warnings of the template."""
        answer: types.Diagnostics = self._kept("diagnostics")
        return answer

    async def graph(self, *, format: types.Graph | None = None) -> str:
        """A picture of networks, services and stages.

        Args:
            format: The language of the picture; Mermaid if not given.
        """
        request = {"format": format}
        answer: str = await self._start("graph", request)
        return answer

    async def html(self) -> str:
        """A table of networks and services in HTML, for notebooks and consoles."""
        answer: str = await self._start("html")
        return answer

    async def export_template(self) -> str:
        """The release as one template in the profile, for people to read. What stands only in
        the template that it was made from is not in it: comments, functions, inputs that are not
        secret, placement policies.
        """
        answer: str = await self._start("export_template")
        return answer

    async def write(self, folder: str, *, force: bool | None = None) -> types.WrittenFiles:
        """Writes `release.json` and the files of each network below a folder: all or none. Fails
        with `FilesError` if something is in the way that no translation wrote.

        Args:
            folder: The folder; it is made if it is not there.
            force: Overwrite files that no translation wrote, or that were changed since.
        """
        request = {"folder": folder, "force": force}
        answer: types.WrittenFiles = await self._start("write", request)
        return answer


class Timeline(TimelineExtras):
    """A scaling plan tried out on a load: counts, decisions with their causes, and what it comes
    to. It never changes.
    """

    async def to_dict(self) -> types.Timeline:
        """All of it as a document: windows, counts, minutes, decisions, alarms that moved
        nothing, what it comes to.
        """
        answer: types.Timeline = await self._start("document")
        return answer

    @property
    def summary(self) -> types.TimelineSummary:
        """What it comes to: container hours, changes of the count, time above thresholds, what
        was lost.
        """
        answer: types.TimelineSummary = self._kept("summary")
        return answer

    @property
    def decisions(self) -> list[types.ScalingAction]:
        """What the engine decided, each with its cause; rules that are armed are not listed."""
        answer: list[types.ScalingAction] = self._kept("decisions")
        return answer

    async def rows(self) -> list[types.TimelineRow]:
        """Each minute as a record with the same columns, as tables and data frames take them."""
        answer: list[types.TimelineRow] = await self._start("rows")
        return answer

    async def svg(self) -> str:
        """A picture: windows as bands, the count as steps, the load as a line, decisions as
        marks.
        """
        answer: str = await self._start("svg")
        return answer

    async def text(self) -> str:
        """Some lines for people: the windows, the decisions with their causes, what it comes to."""
        answer: str = await self._start("text")
        return answer


class ScalingEngine(ScalingEngineExtras):
    """Carries the scaling plans of many services out. It has no clock, and does nothing by
    itself: each call says what time it is, and gives what is to be done. Time does not run
    backwards: what is before the latest time that it was told counts as that. Calls are answered
    one after the other, and the same calls lead to the same actions.
    """

    def upsert(
        self,
        service: str,
        policy: types.ScalingPolicy,
        count: int,
        now: str | datetime,
        *,
        drains_itself: bool | None = None,
    ) -> list[types.ScalingAction]:
        """Puts a service in, or gives it another policy, and gives what is to be done. A new
        service enters the windows that are open. Fails with `RejectedError` and all problems of the
        policy, if it has any; nothing has happened then.

        Args:
            service: The name of the service in the engine, such as `shop/web`.
            policy: Its policy, as it stands in `release.json`.
            count: How many containers it has. Of a service that is there already nobody asks: a new
                policy does not move the count back.
            now: What time it is.
            drains_itself: Whether its back end lets containers drain by itself, so that it is told
                the new count at once.
        """
        request = {
            "service": service,
            "policy": policy,
            "count": count,
            "now": now,
            "drains_itself": drains_itself,
        }
        answer: list[types.ScalingAction] = self._call("upsert", request)
        return answer

    async def upsert_all(
        self, services: Sequence[types.ScaledServiceInput], now: str | datetime
    ) -> list[types.ScalingAction]:
        """Puts many services in, as `upsert` for each, one after the other. Fails with
        `RejectedError` and all problems of all policies, if there are any; nothing has happened
        then.

        Args:
            services: The services.
            now: What time it is.
        """
        request = {"services": services, "now": now}
        answer: list[types.ScalingAction] = await self._start("upsert_all", request)
        return answer

    def remove(
        self, service: str, now: str | datetime, *, removal: types.ScalingRemoval | None = None
    ) -> list[types.ScalingAction]:
        """Takes a service out, and gives what is to be done. Nothing happens if there is none of
        that name.

        Args:
            service: The service.
            now: What time it is.
            removal: What becomes of the count; it stays if not given.
        """
        request = {"service": service, "now": now, "removal": removal}
        answer: list[types.ScalingAction] = self._call("remove", request)
        return answer

    def set_enabled(
        self, service: str, enabled: bool, now: str | datetime
    ) -> list[types.ScalingAction]:
        """Disables scaling of a service, or enables it again, and gives what is to be done.
        Disabled, it keeps its count. Nothing happens if there is none of that name.

        Args:
            service: The service.
            enabled: Whether it is to be scaled.
            now: What time it is.
        """
        request = {"service": service, "enabled": enabled, "now": now}
        answer: list[types.ScalingAction] = self._call("set_enabled", request)
        return answer

    def alarm(
        self,
        service: str,
        rule: types.RuleId,
        state: types.AlarmState,
        now: str | datetime,
        *,
        at: str | datetime | None = None,
        never_resolves: bool | None = None,
        value: float | None = None,
    ) -> types.ScalingVerdict:
        """Takes in what monitoring says of an alarm rule, and gives what is to be done, or why
        nothing is: of a service that is not there too.

        Args:
            service: The service.
            rule: The id of the rule.
            state: What it is.
            now: What time it is.
            at: When monitoring saw it; now if not given.
            never_resolves: Whether its sender never says that an alarm has resolved: one that is
                not repeated in time is over then.
            value: The measured value, to be shown; nothing is decided by it.
        """
        request = {
            "service": service,
            "rule": rule,
            "state": state,
            "now": now,
            "at": at,
            "never_resolves": never_resolves,
            "value": value,
        }
        answer: types.ScalingVerdict = self._call("alarm", request)
        return answer

    async def alarms(
        self, alarms: Sequence[types.ScalingAlarm], now: str | datetime
    ) -> list[types.ScalingVerdict]:
        """Takes many alarms in, as `alarm` for each, one after the other, and gives what each of
        them leads to, in their order.

        Args:
            alarms: The alarms.
            now: What time it is.
        """
        request = {"alarms": alarms, "now": now}
        answer: list[types.ScalingVerdict] = await self._start("alarms", request)
        return answer

    def observe_count(
        self,
        service: str,
        desired: int,
        running: int,
        source: types.CountSource,
        now: str | datetime,
    ) -> list[types.ScalingAction]:
        """Is told a count as the back end has it, and gives what is to be done. What a person sets
        stays until the next edge of a window. Nothing happens if there is no service of that name.

        Args:
            service: The service.
            desired: How many containers there should be.
            running: How many there are.
            source: Who set it. Only what a person or a template wants is intent.
            now: What time it is.
        """
        request = {
            "service": service,
            "desired": desired,
            "running": running,
            "source": source,
            "now": now,
        }
        answer: list[types.ScalingAction] = self._call("observe_count", request)
        return answer

    async def observe_counts(
        self, counts: Sequence[types.CountInput], now: str | datetime
    ) -> list[types.ScalingAction]:
        """Is told many counts, as by `observe_count` for each, one after the other.

        Args:
            counts: The counts.
            now: What time it is.
        """
        request = {"counts": counts, "now": now}
        answer: list[types.ScalingAction] = await self._start("observe_counts", request)
        return answer

    def advance(self, now: str | datetime, *, budget: int | None = None) -> types.ScalingAdvance:
        """Gives a turn to all services whose deadline has come, and gives what is to be done.

        Args:
            now: What time it is.
            budget: At most so many services have their turn, so that calls stay short; then
                `is_done` says whether to call again. All that are due if not given.
        """
        request = {"now": now, "budget": budget}
        answer: types.ScalingAdvance = self._call("advance", request)
        return answer

    def next_deadline(self) -> str | None:
        """When `advance` has something to do next: the instant to wait for, unless an alarm
        comes first. Nothing: never.
        """
        answer: str | None = self._call("next_deadline")
        return answer

    async def take_over(
        self, now: str | datetime, *, persons: Sequence[types.PersonsCount] | None = None
    ) -> list[types.ScalingAction]:
        """Begins to decide after a time in which nobody did, as with a snapshot from before a
        restart: goes to what the plans ask for now, once, and does not make up for edges that were
        missed. For one retrigger time no alarm scales in.

        Args:
            now: What time it is.
            persons: Counts that people set meanwhile.
        """
        request = {"now": now, "persons": persons}
        answer: list[types.ScalingAction] = await self._start("take_over", request)
        return answer

    def explain(self, service: str, now: str | datetime) -> types.ScalingExplained | None:
        """What is open, armed and on hold for a service, until when, and why. It changes nothing.
        Nothing: there is no such service.

        Args:
            service: The service.
            now: The instant that it is about.
        """
        request = {"service": service, "now": now}
        answer: types.ScalingExplained | None = self._call("explain", request)
        return answer

    def count(self, service: str) -> int | None:
        """The count that stands for a service: what was decided last, or what a person chose.
        Nothing: there is no such service.

        Args:
            service: The service.
        """
        request = {"service": service}
        answer: int | None = self._call("count", request)
        return answer

    def status(self) -> types.ScalingEngineStatus:
        """How many services there are, the latest time that was told, and the version of the
        time zones.
        """
        answer: types.ScalingEngineStatus = self._call("status")
        return answer

    async def snapshot(self) -> bytes:
        """All that the engine knows, as bytes with a check sum, for `load_scaling_engine` of
        this version or a newer one.
        """
        answer: bytes = await self._start("snapshot")
        return answer


class PlatformTenants(Handle):
    """Tenants of the platform."""

    async def put(
        self,
        name: str,
        *,
        networks: Sequence[types.TenantNetworkInput | types.TenantNetwork] | None = None,
        nfs_servers: Sequence[types.NfsServerInput | types.NfsServer] | None = None,
        project: str | None = None,
    ) -> None:
        """Records a tenant, in place of what was recorded of it. Nothing happens in Rancher. Fails
        with `RejectedError` and all problems if it cannot be like that; with `TenantConflictError`
        if another tenant has one of its environments or folders. If the call is given up, it may
        have been recorded.

        Args:
            name: The tenant's name.
            networks: Its networks. Each is one environment.
            nfs_servers: The file servers that hold its volumes.
            project: The id of its project in Keystone, by which users have roles in it; its name if
                not given.
        """
        request = {
            "name": name,
            "networks": networks,
            "nfs_servers": nfs_servers,
            "project": project,
        }
        await self._start("tenants.put", request)

    async def read(self, name: str) -> types.Tenant:
        """What is recorded of a tenant. Fails with `UnknownTenantError`.

        Args:
            name: The tenant's name.
        """
        request = {"name": name}
        answer: types.Tenant = await self._start("tenants.read", request)
        return answer

    async def list(self) -> builtins.list[types.Tenant]:
        """All tenants, by name."""
        answer: builtins.list[types.Tenant] = await self._start("tenants.list")
        return answer


class PlatformApplications(Handle):
    """Applications of the platform."""

    async def check(
        self,
        tenant: str,
        template: str,
        *,
        addresses: Mapping[str, Sequence[str]] | None = None,
        csar: bool | None = None,
        file: str | None = None,
        folder: str | None = None,
        imports: Mapping[str, str] | None = None,
        inputs: Mapping[str, Any] | None = None,
        limits: types.LimitsDocument | None = None,
        link_strategy: types.LinkStrategy | None = None,
        load_balancer_image: str | None = None,
        name: str | None = None,
        report: types.ReportStyle | None = None,
        stack: str | None = None,
    ) -> types.Checked:
        """Checks a template, and then whether the tenant and Rancher have what it needs. Nothing is
        changed. A template with problems is no error of the call. Fails with `UnknownTenantError`;
        with `RancherError` for what the server says.

        Args:
            tenant: The tenant.
            template: The text of the template; with `csar`, the archive.
            addresses: Where the hosts of networks are reached from others: host names or IP
                addresses.
            csar: Whether `template` is an archive (CSAR), in base64. Then what is imported is in
                the archive.
            file: The template's name in the places of problems, such as `bank.yaml`;
                `template.yaml` if not given.
            folder: The local folder below which imported files may lie; no local file is read if it
                is not given. Not with `imports`.
            imports: Texts of files that can be imported, by their paths from the template's folder.
            inputs: Values of inputs: texts as they are, anything else as YAML reads it. Secrets do
                not belong here.
            limits: What the template may cost at most.
            link_strategy: How services reach services in other environments; by name if not given
                and Rancher is 1.6.15 or later.
            load_balancer_image: The image that load balancers run.
            name: The application's name where the template gives none; the file's name if not
                given.
            report: Tell the problems as text too, in this style.
            stack: The name of the stacks; the application's if not given.
        """
        request = {
            "tenant": tenant,
            "template": template,
            "addresses": addresses,
            "csar": csar,
            "file": file,
            "folder": folder,
            "imports": imports,
            "inputs": inputs,
            "limits": limits,
            "link_strategy": link_strategy,
            "load_balancer_image": load_balancer_image,
            "name": name,
            "report": report,
            "stack": stack,
        }
        answer: types.Checked = await self._start("applications.check", request)
        return answer

    async def plan(
        self,
        tenant: str,
        template: str,
        *,
        addresses: Mapping[str, Sequence[str]] | None = None,
        csar: bool | None = None,
        file: str | None = None,
        folder: str | None = None,
        imports: Mapping[str, str] | None = None,
        inputs: Mapping[str, Any] | None = None,
        limits: types.LimitsDocument | None = None,
        link_strategy: types.LinkStrategy | None = None,
        load_balancer_image: str | None = None,
        name: str | None = None,
        stack: str | None = None,
    ) -> Plan:
        """Checks, and plans the deployment: what will be done, to be shown and begun. Nothing is
        changed. Fails with `RejectedError` and all problems if there are errors; with
        `ApplicationDeployedError` or `ApplicationBusyError` if the application is there already or
        being worked on; with `UnknownTenantError`; with `RancherError` for what the server says.

        Args:
            tenant: The tenant.
            template: The text of the template; with `csar`, the archive.
            addresses: Where the hosts of networks are reached from others: host names or IP
                addresses.
            csar: Whether `template` is an archive (CSAR), in base64. Then what is imported is in
                the archive.
            file: The template's name in the places of problems, such as `bank.yaml`;
                `template.yaml` if not given.
            folder: The local folder below which imported files may lie; no local file is read if it
                is not given. Not with `imports`.
            imports: Texts of files that can be imported, by their paths from the template's folder.
            inputs: Values of inputs: texts as they are, anything else as YAML reads it. Secrets do
                not belong here.
            limits: What the template may cost at most.
            link_strategy: How services reach services in other environments; by name if not given
                and Rancher is 1.6.15 or later.
            load_balancer_image: The image that load balancers run.
            name: The application's name where the template gives none; the file's name if not
                given.
            stack: The name of the stacks; the application's if not given.
        """
        request = {
            "tenant": tenant,
            "template": template,
            "addresses": addresses,
            "csar": csar,
            "file": file,
            "folder": folder,
            "imports": imports,
            "inputs": inputs,
            "limits": limits,
            "link_strategy": link_strategy,
            "load_balancer_image": load_balancer_image,
            "name": name,
            "stack": stack,
        }
        return Plan(await self._start("applications.plan", request))

    async def deploy(
        self,
        tenant: str,
        template: str,
        *,
        addresses: Mapping[str, Sequence[str]] | None = None,
        csar: bool | None = None,
        file: str | None = None,
        folder: str | None = None,
        imports: Mapping[str, str] | None = None,
        inputs: Mapping[str, Any] | None = None,
        limits: types.LimitsDocument | None = None,
        link_strategy: types.LinkStrategy | None = None,
        load_balancer_image: str | None = None,
        name: str | None = None,
        stack: str | None = None,
    ) -> Operation:
        """Plans a deployment and begins it. Fails as planning does. If the call is given up, it may
        have begun.

        Args:
            tenant: The tenant.
            template: The text of the template; with `csar`, the archive.
            addresses: Where the hosts of networks are reached from others: host names or IP
                addresses.
            csar: Whether `template` is an archive (CSAR), in base64. Then what is imported is in
                the archive.
            file: The template's name in the places of problems, such as `bank.yaml`;
                `template.yaml` if not given.
            folder: The local folder below which imported files may lie; no local file is read if it
                is not given. Not with `imports`.
            imports: Texts of files that can be imported, by their paths from the template's folder.
            inputs: Values of inputs: texts as they are, anything else as YAML reads it. Secrets do
                not belong here.
            limits: What the template may cost at most.
            link_strategy: How services reach services in other environments; by name if not given
                and Rancher is 1.6.15 or later.
            load_balancer_image: The image that load balancers run.
            name: The application's name where the template gives none; the file's name if not
                given.
            stack: The name of the stacks; the application's if not given.
        """
        request = {
            "tenant": tenant,
            "template": template,
            "addresses": addresses,
            "csar": csar,
            "file": file,
            "folder": folder,
            "imports": imports,
            "inputs": inputs,
            "limits": limits,
            "link_strategy": link_strategy,
            "load_balancer_image": load_balancer_image,
            "name": name,
            "stack": stack,
        }
        return Operation(await self._start("applications.deploy", request))

    async def plan_scale(self, tenant: str, application: str, service: str, count: int) -> Plan:
        """Plans a new count of containers for a service. Nothing is changed. Fails with
        `UnknownApplicationError`, `UnknownServiceError`, `NotScalableError` or
        `ApplicationBusyError`.

        Args:
            tenant: The tenant.
            application: The application.
            service: The service.
            count: How many containers it shall have.
        """
        request = {"tenant": tenant, "application": application, "service": service, "count": count}
        return Plan(await self._start("applications.plan_scale", request))

    async def scale(self, tenant: str, application: str, service: str, count: int) -> Operation:
        """Plans and begins to scale a service. Fails as planning does. If the call is given up, it
        may have begun.

        Args:
            tenant: The tenant.
            application: The application.
            service: The service.
            count: How many containers it shall have.
        """
        request = {"tenant": tenant, "application": application, "service": service, "count": count}
        return Operation(await self._start("applications.scale", request))

    async def plan_removal(self, tenant: str, application: str) -> Plan:
        """Plans to remove an application: its stacks go, those that started last first. Volumes and
        what is in them stay. Nothing is changed. Fails with `UnknownApplicationError` or
        `ApplicationBusyError`.

        Args:
            tenant: The tenant.
            application: The application.
        """
        request = {"tenant": tenant, "application": application}
        return Plan(await self._start("applications.plan_removal", request))

    async def remove(self, tenant: str, application: str) -> Operation:
        """Plans and begins to remove an application. Fails as planning does. If the call is given
        up, it may have begun.

        Args:
            tenant: The tenant.
            application: The application.
        """
        request = {"tenant": tenant, "application": application}
        return Operation(await self._start("applications.remove", request))

    async def status(self, tenant: str, application: str) -> types.ApplicationStatus:
        """How an application is: by the platform's record, and in Rancher. Fails with
        `UnknownApplicationError`.

        Args:
            tenant: The tenant.
            application: The application.
        """
        request = {"tenant": tenant, "application": application}
        answer: types.ApplicationStatus = await self._start("applications.status", request)
        return answer

    async def list(self, tenant: str) -> builtins.list[types.ApplicationSummary]:
        """The applications of a tenant. Fails with `UnknownTenantError`.

        Args:
            tenant: The tenant.
        """
        request = {"tenant": tenant}
        answer: builtins.list[types.ApplicationSummary] = await self._start(
            "applications.list", request
        )
        return answer

    async def release(self, tenant: str, application: str) -> Release:
        """The latest release of an application. Fails with `UnknownApplicationError`.

        Args:
            tenant: The tenant.
            application: The application.
        """
        request = {"tenant": tenant, "application": application}
        return Release(await self._start("applications.release", request))


class PlatformMembers(Handle):
    """Members of the platform."""

    async def plan(
        self, tenant: str, *, foreign: types.ForeignMembers | None = None, fuse: int | None = None
    ) -> types.MembersReport:
        """Tells what `members.apply` would do; nothing is changed. Fails with `UnknownTenantError`,
        `DeniedError`, and `ConfigurationError` without Keystone, rules, or the id of the tenant's
        project; with `KeystoneError` if that fails. What cannot be read in a back end stands in the
        report.

        Args:
            tenant: The tenant's name.
            foreign: What becomes of members that the platform did not put there; as the rules say
                if not given.
            fuse: How many members may lose rights; as the rules say if not given.
        """
        request = {"tenant": tenant, "foreign": foreign, "fuse": fuse}
        answer: types.MembersReport = await self._start("members.plan", request)
        return answer

    async def apply(
        self, tenant: str, *, foreign: types.ForeignMembers | None = None, fuse: int | None = None
    ) -> types.MembersReport:
        """Makes the members of a tenant's environments and Harbor projects those that Keystone
        says. Done twice, the second time does nothing. Fails as `members.plan`; with kind
        `members_fuse` if more members would lose rights than may, with `members_busy` if that is
        done already: then nothing was changed. What fails in a back end stands in the report, and
        the rest is done. If the call is given up, what was under way may have happened; the next
        time finds it.

        Args:
            tenant: The tenant's name.
            foreign: What becomes of members that the platform did not put there; as the rules say
                if not given.
            fuse: How many members may lose rights; as the rules say if not given.
        """
        request = {"tenant": tenant, "foreign": foreign, "fuse": fuse}
        answer: types.MembersReport = await self._start("members.apply", request)
        return answer

    async def journal(self, tenant: str) -> list[types.MembersEntry]:
        """The journal of a tenant's members, from its beginning: which calls were made, and by
        whom.

        Args:
            tenant: The tenant's name.
        """
        request = {"tenant": tenant}
        answer: list[types.MembersEntry] = await self._start("members.journal", request)
        return answer


class PlatformNamespaces(Handle):
    """Namespaces of the platform."""

    async def create(self, tenant: str, name: str) -> types.ImageNamespace:
        """Makes an image namespace for a tenant, and its project in the test registry if the
        platform has one. Again for the same tenant, it is the same. Fails with
        `NamespaceTakenError` if it is another tenant's, or if the registry has a project of that
        name already; with `HarborError` if that fails: asking again goes on.

        Args:
            tenant: The tenant's name.
            name: The name of the namespace.
        """
        request = {"tenant": tenant, "name": name}
        answer: types.ImageNamespace = await self._start("namespaces.create", request)
        return answer

    async def delete(self, tenant: str, name: str) -> None:
        """Deletes an image namespace with its project in the test registry, and its rules. Fails
        with `HarborError` if Harbor has images in it, and with `NamespaceTakenError` if images of
        it are recorded, in zones too, or if it is in production: then nothing was changed.

        Args:
            tenant: The tenant's name.
            name: The name of the namespace.
        """
        request = {"tenant": tenant, "name": name}
        await self._start("namespaces.delete", request)

    async def list(self, tenant: str) -> builtins.list[types.ImageNamespace]:
        """The image namespaces of a tenant that the actor may see, by name.

        Args:
            tenant: The tenant's name.
        """
        request = {"tenant": tenant}
        answer: builtins.list[types.ImageNamespace] = await self._start("namespaces.list", request)
        return answer

    async def add_member(self, tenant: str, name: str, user: str) -> types.ImageNamespace:
        """Adds a user of the tenant to an image namespace. In Harbor it becomes a member with the
        next `members.apply`.

        Args:
            tenant: The tenant's name.
            name: The name of the namespace.
            user: The id of the user in Keystone.
        """
        request = {"tenant": tenant, "name": name, "user": user}
        answer: types.ImageNamespace = await self._start("namespaces.add_member", request)
        return answer

    async def remove_member(self, tenant: str, name: str, user: str) -> types.ImageNamespace:
        """Takes a user out of an image namespace.

        Args:
            tenant: The tenant's name.
            name: The name of the namespace.
            user: The id of the user in Keystone.
        """
        request = {"tenant": tenant, "name": name, "user": user}
        answer: types.ImageNamespace = await self._start(
            "namespaces.remove_member", request
        )
        return answer

    async def open_in_production(self, tenant: str, name: str) -> types.ImageNamespace:
        """Opens an image namespace in the production registry, so that images of it can go there;
        its project is made there if that registry has a Harbor. Again, it is the same. Fails with
        `NamespaceTakenError` if production has a project of that name that is not the namespace's;
        with `HarborError` if that fails: asking again goes on.

        Args:
            tenant: The tenant's name.
            name: The name of the namespace.
        """
        request = {"tenant": tenant, "name": name}
        answer: types.ImageNamespace = await self._start(
            "namespaces.open_in_production", request
        )
        return answer

    async def set_sync_rule(
        self, tenant: str, name: str, *, rule: types.SyncRule | None = None
    ) -> types.ImageNamespace:
        """Says when released images of a namespace go to production, in the place of the rule that
        there was, for images that wait as well.

        Args:
            tenant: The tenant's name.
            name: The name of the namespace.
            rule: The rule: `{"kind": "manual"}`, or `{"kind": "automatic", "period": 900}` with
                seconds from the release on. Without one the namespace has none from now on, and its
                images do not go to production.
        """
        request = {"tenant": tenant, "name": name, "rule": rule}
        answer: types.ImageNamespace = await self._start(
            "namespaces.set_sync_rule", request
        )
        return answer

    async def set_personal(
        self, tenant: str, name: str, *, user: str | None = None
    ) -> types.ImageNamespace:
        """Says to which user of the tenant alone the images of a namespace are shown; the user
        belongs to it from then on. What is personal is not deployed from, and not published. Fails
        with `PublicationRefusedError` as long as images of it are published, or are to be.

        Args:
            tenant: The tenant's name.
            name: The name of the namespace.
            user: The user, by its id in Keystone; none: the images are shown to the tenant.
        """
        request = {"tenant": tenant, "name": name, "user": user}
        answer: types.ImageNamespace = await self._start(
            "namespaces.set_personal", request
        )
        return answer


class PlatformImages(Handle):
    """Images of the platform."""

    async def list(
        self,
        tenant: str,
        *,
        namespace: str | None = None,
        state: types.PromotionStateName | None = None,
    ) -> builtins.list[types.ImageStatus]:
        """The images of a tenant that the actor may see, by name. Fails with `UnknownTenantError`.

        Args:
            tenant: The tenant's name.
            namespace: Only those of this namespace.
            state: Only those in this state.
        """
        request = {"tenant": tenant, "namespace": namespace, "state": state}
        answer: builtins.list[types.ImageStatus] = await self._start("images.list", request)
        return answer

    async def read(self, image: types.ImageName) -> types.ImageStatus:
        """An image, as it is recorded: how far it is, and what it waits for. Fails with
        `UnknownImageError`, `UnknownNamespaceError`, `DeniedError`.

        Args:
            image: The image, such as `retail-shop/web:1.4`.
        """
        request = {"image": image}
        answer: types.ImageStatus = await self._start("images.read", request)
        return answer

    async def journal(self, image: types.ImageName) -> builtins.list[types.ImageEntry]:
        """The journal of an image, from its beginning; it outlives the image. Fails with
        `UnknownNamespaceError`, `DeniedError`.

        Args:
            image: The image, such as `retail-shop/web:1.4`.
        """
        request = {"image": image}
        answer: builtins.list[types.ImageEntry] = await self._start("images.journal", request)
        return answer

    async def release(self, image: types.ImageName, digest: types.ImageDigest) -> types.ImageStatus:
        """Releases an image for production: exactly this digest, which the person has seen. It is
        copied when the rule of its namespace says so. Fails as `images.read`; with kind
        `image_state` if something else is under the name by now, or if the image is in no state for
        it: then nothing was changed.

        Args:
            image: The image, such as `retail-shop/web:1.4`.
            digest: What is released: `sha256:9f86…`, as `images.read` gives it.
        """
        request = {"image": image, "digest": digest}
        answer: types.ImageStatus = await self._start("images.release", request)
        return answer

    async def withdraw(self, image: types.ImageName) -> types.ImageStatus:
        """Takes a release back, before the image is copied. Fails as `images.read`; with kind
        `image_state` if the image is in no state for it: then nothing was changed.

        Args:
            image: The image, such as `retail-shop/web:1.4`.
        """
        request = {"image": image}
        answer: types.ImageStatus = await self._start("images.withdraw", request)
        return answer

    async def ask_for_release(self, image: types.ImageName, *, note: str | None = None) -> None:
        """Asks those who may for an image to be released, with a note of one line: it is in the
        journal of the image, and nothing else happens. Whoever may change the image in test may
        ask. Fails as `images.read`; with kind `image_state` if nobody could release it now.

        Args:
            image: The image, such as `retail-shop/web:1.4`.
            note: What is said with it: one line, of at most 500 characters.
        """
        request = {"image": image, "note": note}
        await self._start("images.ask_for_release", request)

    async def ask_for_sync(self, image: types.ImageName, *, note: str | None = None) -> None:
        """Asks those who may for a released image to be copied to production, as
        `images.ask_for_release` does. Fails as that; with kind `image_state` if nobody could have
        it copied now.

        Args:
            image: The image, such as `retail-shop/web:1.4`.
            note: What is said with it: one line, of at most 500 characters.
        """
        request = {"image": image, "note": note}
        await self._start("images.ask_for_sync", request)

    async def sync(self, image: types.ImageName) -> ImageCopy:
        """Has a released image copied to production now, by this process. Fails as `images.read`;
        with kind `image_state` if the image is in no state for it, its namespace has no rule, or
        production lacks the namespace; with `registry` if production did not say whether it has it;
        with `configuration` without registries. If the call is given up, the copy may have begun,
        and goes on.

        Args:
            image: The image, such as `retail-shop/web:1.4`.
        """
        request = {"image": image}
        return ImageCopy(await self._start("images.sync", request))

    async def look(self, image: types.ImageName) -> types.ImageStatus | None:
        """Looks what is under a name in the test registry now, and records it; gives the image, or
        nothing if there is none. Fails with `UnknownNamespaceError`, `DeniedError`,
        `ConfigurationError` without registries, `RegistryError` if the test registry does not
        answer: then nothing was changed.

        Args:
            image: The image, such as `retail-shop/web:1.4`.
        """
        request = {"image": image}
        answer: types.ImageStatus | None = await self._start("images.look", request)
        return answer

    async def sweep(
        self, *, accept_deletions: bool | None = None, namespace: str | None = None
    ) -> types.SweepReport:
        """Compares what the registries hold with what is recorded, in all namespaces whose images
        the actor may have copied, and mends the records. What registries say stands in the report,
        and so do records that cannot be read. If so many released images are missing in the test
        registry that it may be the wrong storage, or an old backup, no deletion is recorded, and
        the report has a failure of kind `source_missing`, until somebody accepts it. Fails with
        `ConfigurationError` without registries; of one namespace with `DeniedError` and
        `UnknownNamespaceError`. If the call is given up, what was seen so far is recorded.

        Args:
            accept_deletions: Whether what is missing in the test registry was deleted, however much
                it is: a person has seen to that.
            namespace: Only this namespace.
        """
        request = {"accept_deletions": accept_deletions, "namespace": namespace}
        answer: types.SweepReport = await self._start("images.sweep", request)
        return answer

    async def carry_on(self, *, most: int | None = None) -> builtins.list[ImageCopy]:
        """Does what is due by now, once: released images whose period has passed begin to be copied
        by this process, and copies whose lease has ended count as lost. Gives the copies that
        began. `images.keep` does it again and again; this is for programs with timers of their own.
        Fails with `ConfigurationError` without registries.

        Args:
            most: How many copies this process carries out at once; 4 if not given. What does not
                fit is due the next time.
        """
        request = {"most": most}
        return [ImageCopy(native) for native in await self._start("images.carry_on", request)]

    async def keep(
        self,
        *,
        copies: int | None = None,
        look_seconds: int | None = None,
        sweep_seconds: int | None = None,
    ) -> KeepingImages:
        """Keeps images on their way: looks what is due, looks at what registries told of, and
        sweeps, at once and then after each period. It goes on until it is stopped, the platform is
        closed, or the process ends, whether or not anybody holds it. Several processes may do this.
        Fails with `ConfigurationError` without registries.

        Args:
            copies: How many copies this process carries out at once; 4 if not given.
            look_seconds: Seconds between two looks at what is due; 5 if not given.
            sweep_seconds: Seconds between two sweeps; 600 if not given.
        """
        request = {"copies": copies, "look_seconds": look_seconds, "sweep_seconds": sweep_seconds}
        return KeepingImages(await self._start("images.keep", request))

    def notice(self, images: Sequence[types.ImageName]) -> None:
        """Says that something happened to images in the test registry: each is looked at soon by
        `images.keep` in this process, once however often it was said.

        Args:
            images: The images, such as `retail-shop/web:1.4`.
        """
        request = {"images": images}
        self._call("images.notice", request)

    def take_notifications(
        self, payload: bytes, secret: str, *, authorization: str | None = None
    ) -> int:
        """Takes what the test registry posted, a plain one: each image that was pushed or whose tag
        was removed is looked at soon by `images.keep` in this process. Gives how many names it told
        of. The body is nothing but a hint: the registry itself is looked at. Fails with
        `DeniedError` if the header is another, and `InvalidRequestError` if the body is no list of
        events; `details.answer` is the status to answer with.

        Args:
            payload: The body of the request, as it came.
            secret: What was agreed on as the whole header `Authorization`, of 16 characters at
                least.
            authorization: The header `Authorization` that came with it, if one came.
        """
        request = {"payload": payload, "secret": secret, "authorization": authorization}
        answer: int = self._call("images.take_notifications", request)
        return answer

    def take_harbor_webhook(
        self, payload: bytes, secret: str, *, authorization: str | None = None
    ) -> int:
        """The same of the test registry's Harbor: takes what its webhook posted. Fails as
        `images.take_notifications`.

        Args:
            payload: The body of the request, as it came.
            secret: What was agreed on as the whole header `Authorization`, of 16 characters at
                least.
            authorization: The header `Authorization` that came with it, if one came.
        """
        request = {"payload": payload, "secret": secret, "authorization": authorization}
        answer: int = self._call("images.take_harbor_webhook", request)
        return answer


class PlatformMall(Handle):
    """Mall of the platform."""

    async def list(
        self, *, official: bool | None = None, search: str | None = None, tenant: str | None = None
    ) -> builtins.list[types.MallImage]:
        """The images that the actor is shown, by name: those that are published to all, exactly as
        they were published; and those of its tenants, as they are in test now, in the namespaces
        that it may see. Fails with `UnknownTenantError`, for those who may see all.

        Args:
            official: Only what is shown to all.
            search: Only images with this text in their names.
            tenant: Only what is shown to this tenant as a whole: what its applications may use.
        """
        request = {"official": official, "search": search, "tenant": tenant}
        answer: builtins.list[types.MallImage] = await self._start("mall.list", request)
        return answer

    async def publications(
        self, *, state: types.PublicationStateName | None = None, tenant: str | None = None
    ) -> builtins.list[types.PublicationStatus]:
        """The publications that the actor may see, by image: all, for auditors; else those of its
        tenants.

        Args:
            state: Only those that are so far.
            tenant: Only those of this tenant's images.
        """
        request = {"state": state, "tenant": tenant}
        answer: builtins.list[types.PublicationStatus] = await self._start(
            "mall.publications", request
        )
        return answer

    async def journal(
        self, image: types.ImageName, digest: types.ImageDigest
    ) -> builtins.list[types.PublicationEntry]:
        """What was said of a publication, from its beginning: how it was from then on. It outlives
        the image. Fails with `UnknownNamespaceError`, `DeniedError`.

        Args:
            image: The image, such as `retail-shop/web:1.4`.
            digest: Which of it: `sha256:9f86…`.
        """
        request = {"image": image, "digest": digest}
        answer: builtins.list[types.PublicationEntry] = await self._start("mall.journal", request)
        return answer

    async def publish(
        self, image: types.ImageName, digest: types.ImageDigest, *, note: str | None = None
    ) -> types.PublicationStatus:
        """Asks for an image to be shown to all: exactly this of it, which is under that name in
        test, in production or in its zone. Nobody is shown anything before an auditor has said yes.
        Fails with `DeniedError`, `UnknownNamespaceError`, `UnknownImageError`; with
        `PublicationRefusedError` if something else is under the name by now, if that was asked
        already and nobody has said no, or if the namespace is personal: then nothing was changed.

        Args:
            image: The image, such as `retail-shop/web:1.4`.
            digest: What is to be shown: `sha256:9f86…`, as `images.read` gives it.
            note: What is said to the auditor: one line, of at most 500 characters.
        """
        request = {"image": image, "digest": digest, "note": note}
        answer: types.PublicationStatus = await self._start("mall.publish", request)
        return answer

    async def approve(
        self, image: types.ImageName, digest: types.ImageDigest
    ) -> types.PublicationStatus:
        """Says yes to a publication: it is shown to all from now on. Fails with `DeniedError`,
        `UnknownNamespaceError`, `UnknownPublicationError`; with `PublicationRefusedError` if it was
        not asked for, or not any more, or if whoever says it has asked for it: then nothing was
        changed.

        Args:
            image: The image, such as `retail-shop/web:1.4`.
            digest: Which of it: `sha256:9f86…`.
        """
        request = {"image": image, "digest": digest}
        answer: types.PublicationStatus = await self._start("mall.approve", request)
        return answer

    async def reject(
        self, image: types.ImageName, digest: types.ImageDigest, reason: str
    ) -> types.PublicationStatus:
        """Says no to a publication, or takes a yes back. What runs already goes on running. Fails
        as `mall.approve`; with kind `publication_refused` without a reason.

        Args:
            image: The image, such as `retail-shop/web:1.4`.
            digest: Which of it: `sha256:9f86…`.
            reason: Why: one line, of at most 500 characters.
        """
        request = {"image": image, "digest": digest, "reason": reason}
        answer: types.PublicationStatus = await self._start("mall.reject", request)
        return answer

    async def withdraw(
        self, image: types.ImageName, digest: types.ImageDigest
    ) -> types.PublicationStatus:
        """Takes a publication of the tenant's own back, before an auditor has looked at it or
        after. What runs already goes on running. Fails as `mall.approve`.

        Args:
            image: The image, such as `retail-shop/web:1.4`.
            digest: Which of it: `sha256:9f86…`.
        """
        request = {"image": image, "digest": digest}
        answer: types.PublicationStatus = await self._start("mall.withdraw", request)
        return answer


class PlatformZones(Handle):
    """Zones of the platform."""

    def list(self) -> builtins.list[types.Zone]:
        """The zones of the platform, in their order; none if it has none."""
        answer: builtins.list[types.Zone] = self._call("zones.list")
        return answer

    async def status(self, tenant: str) -> builtins.list[types.NamespaceZones]:
        """How each zone stands with the namespaces of a tenant that have a rule: in step, behind by
        so many, with the last error, as was last seen; no registry is asked. Fails with
        `UnknownTenantError`, for those who may see all.

        Args:
            tenant: The tenant's name.
        """
        request = {"tenant": tenant}
        answer: builtins.list[types.NamespaceZones] = await self._start("zones.status", request)
        return answer

    async def images(
        self, tenant: str, *, only_behind: bool | None = None
    ) -> builtins.list[types.ZonedImage]:
        """The images of a tenant that are in zones, as they were last seen, by name. Fails with
        `UnknownTenantError`, for those who may see all.

        Args:
            tenant: The tenant's name.
            only_behind: Only those that are not in step.
        """
        request = {"tenant": tenant, "only_behind": only_behind}
        answer: builtins.list[types.ZonedImage] = await self._start("zones.images", request)
        return answer

    async def read(self, image: types.ImageName) -> types.ZonedImage:
        """An image in its zones, as it was last seen. Fails with `UnknownImageError`,
        `UnknownNamespaceError`, `DeniedError`.

        Args:
            image: The image, such as `retail-shop/web:1.4`.
        """
        request = {"image": image}
        answer: types.ZonedImage = await self._start("zones.read", request)
        return answer

    async def journal(self, image: types.ImageName) -> builtins.list[types.ZoneEntry]:
        """The journal of an image in its zones, from its beginning; it outlives the image. Fails
        with `UnknownNamespaceError`, `DeniedError`.

        Args:
            image: The image, such as `retail-shop/web:1.4`.
        """
        request = {"image": image}
        answer: builtins.list[types.ZoneEntry] = await self._start("zones.journal", request)
        return answer

    async def look(self, image: types.ImageName) -> types.ZonedImage | None:
        """Looks at an image in all zones now, and records what it finds; gives it, or nothing if it
        is nowhere. What is to be copied is copied by `zones.carry_on` or `zones.keep`. Fails with
        `UnknownNamespaceError`, `DeniedError`, `ConfigurationError` without zones.

        Args:
            image: The image, such as `retail-shop/web:1.4`.
        """
        request = {"image": image}
        answer: types.ZonedImage | None = await self._start("zones.look", request)
        return answer

    async def rule(self, namespace: str) -> types.ZoneRule:
        """Which zones have the images of a namespace. Fails with `UnknownNamespaceError`,
        `DeniedError`.

        Args:
            namespace: The namespace.
        """
        request = {"namespace": namespace}
        answer: types.ZoneRule = await self._start("zones.rule", request)
        return answer

    async def set_rule(
        self, namespace: str, *, rule: types.DistributionRule | None = None
    ) -> types.ZoneRule:
        """Says which zones have the images of a namespace, and which of its tags, in the place of
        the rule that there was. All its images are looked at soon by `zones.keep`. Fails with
        `UnknownNamespaceError`, `DeniedError`; `UnknownZoneError` for one that the platform does
        not have, `ConfigurationError` without zones.

        Args:
            namespace: The namespace.
            rule: The rule: `{"zones": ["north", "south"], "tags": {"include": ["v*"]}}`. Without
                one the images of the namespace stay where they are from now on; what was copied is
                kept.
        """
        request = {"namespace": namespace, "rule": rule}
        answer: types.ZoneRule = await self._start("zones.set_rule", request)
        return answer

    async def replace(
        self, image: types.ImageName, zone: types.ZoneName, digest: types.ImageDigest
    ) -> types.ZonedImage:
        """Has what a zone holds under a name replaced by what is right: exactly this digest, which
        the person has seen, and which nobody of the platform put there. Fails with
        `UnknownNamespaceError`, `UnknownZoneError`, `DeniedError`; `UnknownImageError` if nobody
        knows what is right; `ConfigurationError` without zones.

        Args:
            image: The image, such as `retail-shop/web:1.4`.
            zone: The zone.
            digest: What may be replaced there: `sha256:9f86…`, as `zones.read` gives it.
        """
        request = {"image": image, "zone": zone, "digest": digest}
        answer: types.ZonedImage = await self._start("zones.replace", request)
        return answer

    async def take_over(self, image: types.ImageName, zone: types.ZoneName) -> types.ZonedImage:
        """Says that what a zone holds under a name is right: the tag belongs to that zone from now
        on, and what copies put elsewhere is replaced. Fails as `zones.replace`.

        Args:
            image: The image, such as `retail-shop/web:1.4`.
            zone: The zone.
        """
        request = {"image": image, "zone": zone}
        answer: types.ZonedImage = await self._start("zones.take_over", request)
        return answer

    async def retry(self, image: types.ImageName, zone: types.ZoneName) -> types.ZonedImage:
        """Has a copy to a zone tried again now, also if it failed in a way that does not pass by
        itself. Fails as `zones.replace`.

        Args:
            image: The image, such as `retail-shop/web:1.4`.
            zone: The zone that it goes to.
        """
        request = {"image": image, "zone": zone}
        answer: types.ZonedImage = await self._start("zones.retry", request)
        return answer

    async def scan(self) -> types.ZoneScan:
        """Compares what the zones hold, in all namespaces with a rule whose images the actor may
        have copied, and mends the records. What registries say stands in the report. Fails with
        `ConfigurationError` without zones. If the call is given up, what was seen so far is
        recorded.
        """
        answer: types.ZoneScan = await self._start("zones.scan")
        return answer

    async def carry_on(self, *, most: int | None = None) -> builtins.list[ZoneCopy]:
        """Copies what is due by now, once: what lacks in a zone, and what failed and is to be tried
        again. Gives the copies that began. `zones.keep` does it again and again; this is for
        programs with timers of their own. Fails with `ConfigurationError` without zones.

        Args:
            most: How many copies this process carries out at once; 4 if not given. What does not
                fit is due the next time.
        """
        request = {"most": most}
        return [ZoneCopy(native) for native in await self._start("zones.carry_on", request)]

    async def keep(
        self,
        *,
        copies: int | None = None,
        look_seconds: int | None = None,
        scan_seconds: int | None = None,
    ) -> KeepingZones:
        """Keeps the zones in step: looks at what registries told of, copies what is due, and
        compares the zones of each namespace once its rule was set and then after each period. It
        goes on until it is stopped, the platform is closed, or the process ends, whether or not
        anybody holds it. Several processes may do this. Fails with `ConfigurationError` without
        zones.

        Args:
            copies: How many copies this process carries out at once; 4 if not given.
            look_seconds: Seconds between two looks at what is due; 5 if not given.
            scan_seconds: Seconds between two scans of a namespace; 600 if not given.
        """
        request = {"copies": copies, "look_seconds": look_seconds, "scan_seconds": scan_seconds}
        return KeepingZones(await self._start("zones.keep", request))

    def notice(self, zone: types.ZoneName, images: Sequence[types.ImageName]) -> None:
        """Says that images were pushed or deleted in a zone: each is looked at soon by `zones.keep`
        in this process, once however often it was said. Of a zone that the platform does not have,
        nothing is noticed.

        Args:
            zone: The zone.
            images: The images, such as `retail-shop/web:1.4`.
        """
        request = {"zone": zone, "images": images}
        self._call("zones.notice", request)

    def take_notifications(
        self, zone: types.ZoneName, payload: bytes, secret: str, *, authorization: str | None = None
    ) -> int:
        """Takes what the registry of a zone posted, a plain one: each image that was pushed or
        whose tag was removed is looked at soon by `zones.keep` in this process. Gives how many
        names it told of. Fails with `DeniedError` if the header is another, and
        `InvalidRequestError` if the body is no list of events; `details.answer` is the status to
        answer with.

        Args:
            zone: The zone whose registry posted it.
            payload: The body of the request, as it came.
            secret: What was agreed on as the whole header `Authorization`, of 16 characters at
                least.
            authorization: The header `Authorization` that came with it, if one came.
        """
        request = {
            "zone": zone,
            "payload": payload,
            "secret": secret,
            "authorization": authorization,
        }
        answer: int = self._call("zones.take_notifications", request)
        return answer

    def take_harbor_webhook(
        self, zone: types.ZoneName, payload: bytes, secret: str, *, authorization: str | None = None
    ) -> int:
        """The same of the Harbor of a zone: takes what its webhook posted. Fails as
        `zones.take_notifications`.

        Args:
            zone: The zone whose Harbor posted it.
            payload: The body of the request, as it came.
            secret: What was agreed on as the whole header `Authorization`, of 16 characters at
                least.
            authorization: The header `Authorization` that came with it, if one came.
        """
        request = {
            "zone": zone,
            "payload": payload,
            "secret": secret,
            "authorization": authorization,
        }
        answer: int = self._call("zones.take_harbor_webhook", request)
        return answer


class PlatformOperations(Handle):
    """Operations of the platform."""

    async def open(self, id: str) -> Operation:
        """Opens an operation by its id. Fails with `UnknownOperationError`.

        Args:
            id: The operation's id.
        """
        request = {"id": id}
        return Operation(await self._start("operations.open", request))

    async def list(self, *, tenant: str | None = None) -> builtins.list[types.OperationDocument]:
        """The operations that there are, the latest first.

        Args:
            tenant: Only those of this tenant.
        """
        request = {"tenant": tenant}
        answer: builtins.list[types.OperationDocument] = await self._start(
            "operations.list", request
        )
        return answer

    async def resume_interrupted(self) -> builtins.list[Operation]:
        """Resumes all operations that were left by their process. A program calls this when it
        starts. Fails if one of them could not be resumed; the others are resumed all the same.
        """
        return [Operation(native) for native in await self._start("operations.resume_interrupted")]


class Platform(PlatformExtras):
    """The platform for one actor: tenants, applications, operations, kept in a store, carried
    out in Rancher.
    """

    def acting_as(self, actor: str) -> Platform:
        """The same platform for another actor.

        Args:
            actor: Who acts: a person, a program.
        """
        request = {"actor": actor}
        return Platform(self._call("acting_as", request))

    def acting_for(self, subject: types.Subject) -> Platform:
        """The same platform for a user with its roles: every call is decided by them, and fails
        with kind `denied` if they do not allow it.

        Args:
            subject: The user with its roles. Its tenants are the ids of their projects, as
                `tenants.put` said them.
        """
        request = {"subject": subject}
        return Platform(self._call("acting_for", request))

    @property
    def actor(self) -> str:
        """Who acts."""
        answer: str = self._kept("actor")
        return answer

    async def close(self) -> None:
        """Lets go of the store, so that another process can open it. What is under way here is
        left as if the process had ended: resuming what was interrupted goes on with it. Whatever is
        called later, of this handle and of those that came of it, fails with `store.closed`. Again:
        nothing happens. A store in memory stays as it is.
        """
        await self._start("close")

    @property
    def tenants(self) -> PlatformTenants:
        """Tenants of the platform."""
        return PlatformTenants(self._native)

    @property
    def applications(self) -> PlatformApplications:
        """Applications of the platform."""
        return PlatformApplications(self._native)

    @property
    def members(self) -> PlatformMembers:
        """Members of the platform."""
        return PlatformMembers(self._native)

    @property
    def namespaces(self) -> PlatformNamespaces:
        """Namespaces of the platform."""
        return PlatformNamespaces(self._native)

    @property
    def images(self) -> PlatformImages:
        """Images of the platform."""
        return PlatformImages(self._native)

    @property
    def mall(self) -> PlatformMall:
        """Mall of the platform."""
        return PlatformMall(self._native)

    @property
    def zones(self) -> PlatformZones:
        """Zones of the platform."""
        return PlatformZones(self._native)

    @property
    def operations(self) -> PlatformOperations:
        """Operations of the platform."""
        return PlatformOperations(self._native)


class Plan(PlanExtras):
    """A plan: what will be done, to be shown, and then begun."""

    def to_dict(self) -> types.PlanDocument:
        """The plan as a document: its steps, in their order, and the warnings of the template."""
        answer: types.PlanDocument = self._call("document")
        return answer

    def text(self) -> str:
        """The plan as text: a line for each step, by stages."""
        answer: str = self._call("text")
        return answer

    def html(self) -> str:
        """The plan as a table in HTML, for notebooks and consoles."""
        answer: str = self._call("html")
        return answer

    async def release(self) -> Release:
        """What will be deployed. Fails with `InvalidRequestError` for a plan that deploys
        nothing.
        """
        return Release(await self._start("release"))

    async def begin(self) -> Operation:
        """Begins what was planned. The same plan twice is the same operation. Fails with
        `StalePlanError` if something has changed since. If the call is given up, it may have begun.
        """
        return Operation(await self._start("begin"))


class Operation(OperationExtras):
    """An operation. It goes on whether or not anybody holds it, and can be opened again by its
    id.
    """

    @property
    def id(self) -> str:
        """The id of the operation, by which any process can open it again."""
        answer: str = self._kept("id")
        return answer

    async def status(self) -> types.OperationDocument:
        """How the operation stands."""
        answer: types.OperationDocument = await self._start("status")
        return answer

    async def plan(self) -> types.Plan:
        """What the operation is to do."""
        answer: types.Plan = await self._start("plan")
        return answer

    async def journal(self) -> list[types.JournalEntry]:
        """All of the operation's journal."""
        answer: list[types.JournalEntry] = await self._start("journal")
        return answer

    async def events(self) -> Events:
        """Follows the events of the operation, from its beginning on. Nothing is missed,
        whenever one begins to follow.
        """
        return Events(await self._start("events"))

    async def resume(self) -> None:
        """Goes on with the operation, after it stopped or its process ended. If it is under way
        here, nothing changes. Fails with `OperationStateError` if it has ended.
        """
        await self._start("resume")

    async def abandon(self) -> None:
        """Gives the operation up: nothing more is done, and its application is free again. What
        it has made stays until the application is removed. Fails with `OperationStateError` if it
        has ended.
        """
        await self._start("abandon")


class Events(EventsExtras):
    """The events of an operation, from its beginning on, and then as they happen."""


class ImageCopy(ImageCopyExtras):
    """A copy of an image to production, which this process carries out. It goes on whether or
    not anybody holds it.
    """

    @property
    def id(self) -> str:
        """The id of the copy, as the image's state has it while it is being copied."""
        answer: str = self._kept("id")
        return answer

    @property
    def image(self) -> str:
        """Which image it is: `retail-shop/web:1.4`."""
        answer: str = self._kept("image")
        return answer

    def progress(self) -> types.CopyProgress:
        """How far the copy is."""
        answer: types.CopyProgress = self._call("progress")
        return answer

    async def next_progress(self) -> types.CopyProgress | None:
        """How far the copy is as soon as it is further than this handle told last; waits for it.
        Nothing if it has ended.
        """
        answer: types.CopyProgress | None = await self._start("next_progress")
        return answer

    def interrupt(self) -> None:
        """Ends the copy before its time: the image waits to be copied again, and what has
        arrived is not sent again. It has ended when waiting for it ends.
        """
        self._call("interrupt")


class KeepingImages(KeepingImagesExtras):
    """Images kept on their way by this process, until it is stopped, the platform is closed, or
    the process ends.
    """

    async def next_report(self) -> types.SweepReport | None:
        """What the next sweep found; waits for it. Nothing after the end. Fails with what keeps
        it from going on, which it tries again by itself. Of more than 16 reports that nobody asked
        for, the oldest are forgotten.
        """
        answer: types.SweepReport | None = await self._start("next_report")
        return answer

    async def stop(self) -> None:
        """Ends it, and waits until what is being looked at has ended. Copies that are under way
        go on. Again: nothing happens.
        """
        await self._start("stop")


class ZoneCopy(ZoneCopyExtras):
    """A copy of an image from zone to zone, which this process carries out. It goes on whether
    or not anybody holds it.
    """

    @property
    def image(self) -> str:
        """Which image it is: `retail-shop/web:1.4`."""
        answer: str = self._kept("image")
        return answer

    @property
    def source(self) -> str:
        """The zone that it comes from."""
        answer: str = self._kept("source")
        return answer

    @property
    def destination(self) -> str:
        """The zone that it goes to."""
        answer: str = self._kept("destination")
        return answer

    def progress(self) -> types.CopyProgress:
        """How far the copy is."""
        answer: types.CopyProgress = self._call("progress")
        return answer


class KeepingZones(KeepingZonesExtras):
    """Images kept in step between zones by this process, until it is stopped, the platform is
    closed, or the process ends.
    """

    async def next_report(self) -> types.ZoneScan | None:
        """What the next scan found; waits for it. Nothing after the end. Fails with what keeps
        it from going on, which it tries again by itself. Of more than 16 reports that nobody asked
        for, the oldest are forgotten.
        """
        answer: types.ZoneScan | None = await self._start("next_report")
        return answer

    async def stop(self) -> None:
        """Ends it, and waits until what is being looked at has ended. Copies that are under way
        go on. Again: nothing happens.
        """
        await self._start("stop")


class Sandbox(SandboxExtras):
    """A stand-in for Rancher 1.6 on this machine. It is no evidence of what a real Rancher does."""

    def credentials(self) -> types.SandboxAccess:
        """Where the sandbox is, and the administrator's key to it: what connecting takes as
        `rancher`. The key opens nothing else.
        """
        answer: types.SandboxAccess = self._call("credentials")
        return answer

    def add_environment(self, name: str) -> types.SandboxKey:
        """Adds an environment that is active at once, with hosts and a key of its own.

        Args:
            name: Its name.
        """
        request = {"name": name}
        answer: types.SandboxKey = self._call("add_environment", request)
        return answer

    def add_person(self, name: str) -> types.SandboxKey:
        """Adds a person, who sees only the environments whose members name the account.

        Args:
            name: The person's name.
        """
        request = {"name": name}
        answer: types.SandboxKey = self._call("add_person", request)
        return answer

    def add_certificate(self, environment: str, name: str) -> None:
        """Adds a certificate to an environment, for load balancers that name it.

        Args:
            environment: The id of the environment.
            name: The certificate's name.
        """
        request = {"environment": environment, "name": name}
        self._call("add_certificate", request)

    def add_fault(self, fault: types.Fault) -> None:
        """Lets something go wrong.

        Args:
            fault: What, to what, and how often: `{"fault": "conflict", "method": "PUT", "path":
                "/services/", "times": 3}`.
        """
        request = {"fault": fault}
        self._call("add_fault", request)

    def clear_faults(self) -> None:
        """Lets nothing go wrong any more. Services that waited for that go on."""
        self._call("clear_faults")

    def advance(self, millis: int) -> None:
        """Moves a virtual clock on, and lets everything happen that is due by then. Fails with
        `SandboxError` if the clock is a real one.

        Args:
            millis: By how many milliseconds.
        """
        request = {"millis": millis}
        self._call("advance", request)

    def requests(self) -> list[types.RequestRecord]:
        """The requests so far, in the order in which they came."""
        answer: list[types.RequestRecord] = self._call("requests")
        return answer

    def clear_requests(self) -> None:
        """Forgets the requests so far."""
        self._call("clear_requests")

    def resources(self, kind: str) -> list[Any]:
        """All resources of a type that are not removed, as Rancher's API shows them to an
        administrator.

        Args:
            kind: The type, such as `project`, `stack`, `service` or `volume`.
        """
        request = {"kind": kind}
        answer: list[Any] = self._call("resources", request)
        return answer

    def write_credentials(self, path: str) -> None:
        """Writes the address and the administrator's key to a file that only its owner can read.

        Args:
            path: The path of the file.
        """
        request = {"path": path}
        self._call("write_credentials", request)

    def stop(self) -> None:
        """Stops the sandbox, with all its connections. Again: nothing happens."""
        self._call("stop")
