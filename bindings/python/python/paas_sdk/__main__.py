"""`python -m paas_sdk`: templates checked, translated and planned, and scaling plans tried out, from
a shell.
"""

from __future__ import annotations

import argparse
import getpass
import io
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import paas_sdk as paas

if TYPE_CHECKING:
    from . import types

_SECRET = "PAAS_SECRET_"
"""How variables of the environment begin that have the values of secret inputs."""


def main(words: Sequence[str] | None = None) -> int:
    """Runs the command. 0: all is well; 1: the template has errors or the call failed; 2: the
    words are not understood.
    """
    options = _parser().parse_args(words)
    # A report has characters that not every terminal has.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        ended = int(options.run(options))
        sys.stdout.flush()
    except paas.PaasError as error:
        _tell(error)
    except BrokenPipeError:
        # Who reads has seen enough, as `head`. Python would complain again when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except UnicodeDecodeError as error:
        print(f"error: {options.file}: {error}", file=sys.stderr)
    except OSError as error:
        print(f"error: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    else:
        return ended
    return 1


def _tell(error: paas.PaasError) -> None:
    print(f"error[{error.code}]: {error.message}", file=sys.stderr)
    if len(error.diagnostics) > 1:
        for problem in error.diagnostics:
            print(f"  {_place(problem)}{problem['code']}: {problem['message']}", file=sys.stderr)
    if error.help:
        print(f"help: {error.help}", file=sys.stderr)


def _place(problem: types.Diagnostic) -> str:
    for label in problem["labels"]:
        start = label["start"]
        return f"{label['file']}:{start['line']}:{start['column']}: "
    return ""


def _check(options: argparse.Namespace) -> int:
    checked = paas.check(
        _text(options.file),
        file=options.file,
        inputs=dict(options.inputs),
        policy=_policy(options),
        report="human",
    )
    print(checked.get("report") or f"{options.file}: no problems\n", end="")
    return 0 if checked["accepted"] else 1


def _translate(options: argparse.Namespace) -> int:
    release = paas.translate(
        _text(options.file),
        file=options.file,
        inputs=dict(options.inputs),
        policy=_policy(options),
    )
    written = release.write(options.out, force=options.force)
    for path in sorted([*written["created"], *written["replaced"], *written["unchanged"]]):
        print(Path(written["folder"], path))
    return 0


def _plan(options: argparse.Namespace) -> int:
    rancher: types.RancherOptions = {}
    if options.credentials:
        rancher["credentials_file"] = options.credentials
    secrets = {
        name.removeprefix(_SECRET): value
        for name, value in os.environ.items()
        if name.startswith(_SECRET)
    }
    actor = options.actor or _user()
    with paas.connect(
        actor, options.store, rancher=rancher, secrets=secrets, template_policy=_policy(options)
    ) as platform:
        plan = platform.applications.plan(
            options.tenant,
            _text(options.file),
            file=options.file,
            inputs=dict(options.inputs),
        )
        print(plan, end="")
    return 0


def _simulate(options: argparse.Namespace) -> int:
    release = paas.translate(
        _text(options.file),
        file=options.file,
        inputs=dict(options.inputs),
        policy=_policy(options),
    )
    document = release.to_dict()
    policies = {policy["service"]: policy for policy in document.get("policies", [])}
    if options.service not in policies:
        names = ", ".join(f"`{name}`" for name in policies)
        those = f"those that have some are {names}" if names else "nor has any other service"
        print(f"error: `{options.service}` has no scaling policies: {those}", file=sys.stderr)
        return 1
    scales = {
        service["name"]: service["scale"]
        for part in document["parts"]
        for service in part["services"]
        if service["kind"] == "container"
    }
    timeline = paas.simulate_scaling(
        policies[options.service],
        load=_text(options.load) if options.load else None,
        date=options.date,
        count=scales.get(options.service) if options.count is None else options.count,
    )
    shown = {"table": timeline.text, "svg": timeline.svg}
    told = shown.get(options.format, lambda: json.dumps(timeline.to_dict(), indent=2) + "\n")
    print(told(), end="")
    return 0


def _user() -> str:
    """Who runs this: by name, or by number where the number has no name, as in a container."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid-{os.getuid()}"


def _input(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals):
        raise argparse.ArgumentTypeError("this is not `NAME=VALUE`")
    return name, value


def _policy(options: argparse.Namespace) -> str | None:
    return _text(options.policy) if options.policy else None


def _text(path: str) -> str:
    return Path(path).read_text(encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m paas_sdk",
        description="Templates checked, translated and planned; scaling plans tried out.",
    )
    parser.add_argument("--version", action="version", version=paas.__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    check = commands.add_parser("check", help="check a template and tell all its problems")
    check.set_defaults(run=_check)

    translate = commands.add_parser("translate", help="write what Rancher needs of a template")
    translate.add_argument("--out", required=True, metavar="FOLDER", help="where the files go")
    translate.add_argument(
        "--force", action="store_true", help="overwrite files that no translation wrote"
    )
    translate.set_defaults(run=_translate)

    plan = commands.add_parser(
        "plan",
        help="tell what deploying a template would do",
        description="Tells what deploying a template would do. Values of secret inputs come from "
        f"variables of the environment: {_SECRET}NAME.",
    )
    plan.add_argument("--tenant", required=True, metavar="NAME", help="who it is for")
    plan.add_argument("--store", required=True, metavar="FILE", help="what is known of tenants")
    plan.add_argument(
        "--credentials", metavar="FILE", help="the server and its keys; else of the environment"
    )
    plan.add_argument("--actor", metavar="NAME", help="who acts; you if not given")
    plan.set_defaults(run=_plan)

    simulate = commands.add_parser(
        "simulate", help="try the scaling plan of a service out on a day's load"
    )
    simulate.add_argument("--service", required=True, metavar="NAME", help="whose plan")
    simulate.add_argument(
        "--date", metavar="DAY", help="such as 2026-11-23; not needed for a load with instants"
    )
    simulate.add_argument(
        "--load", metavar="FILE", help="the load as CSV; a working day if not given"
    )
    simulate.add_argument(
        "--count", type=int, metavar="NUMBER", help="so many containers before; else the scale"
    )
    simulate.add_argument("--format", choices=("table", "json", "svg"), default="table")
    simulate.set_defaults(run=_simulate)

    for command in (check, translate, plan, simulate):
        command.add_argument("file", metavar="FILE", help="the template")
        command.add_argument(
            "--input",
            action="append",
            default=[],
            dest="inputs",
            metavar="NAME=VALUE",
            type=_input,
            help="a value of an input, written as in YAML; can be repeated",
        )
        command.add_argument(
            "--policy", metavar="FILE", help="what templates may do; else the default policy"
        )
    return parser


if __name__ == "__main__":
    sys.exit(main())
