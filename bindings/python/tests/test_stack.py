"""Stacks of Rancher, and templates written again."""

from __future__ import annotations

from pathlib import Path

import paas_sdk as paas
from conftest import SMALL

STACK = Path(__file__).parents[3] / "examples" / "stack"
DOCKER = (STACK / "docker-compose.yml").read_text(encoding="utf-8")
RANCHER = (STACK / "rancher-compose.yml").read_text(encoding="utf-8")


def test_a_stack_becomes_a_template() -> None:
    imported = paas.import_stack(
        DOCKER, rancher_compose=RANCHER, network="dmz", answers={"PORT": "9090"}
    )
    assert imported["accepted"] and imported["diagnostics"] == []
    assert [loss["key"] for loss in imported["losses"] if loss["kept"] == "none"] == [
        "drain_timeout_ms"
    ]
    template = imported.get("template")
    assert template is not None and "default: 9090" in template
    assert paas.check(template)["accepted"] is False  # the policy of a bank knows no `logging`
    ports = [question["name"] for question in imported["inputs"] if question["type"] == "integer"]
    assert ports == ["PORT"]


def test_questions_are_told() -> None:
    asked = paas.stack_questions(RANCHER)["questions"]
    assert [question["name"] for question in asked if question["secret"]] == ["DB_PASSWORD"]
    assert asked[0].get("valid_values") == ["1.4", "1.5"]


def test_problems_are_no_exception() -> None:
    imported = paas.import_stack("web: { image: 'a:1', tty: 'yes' }")
    assert not imported["accepted"] and "template" not in imported
    assert imported["diagnostics"][0]["code"] == "compose.shape"


def test_a_template_is_written_again() -> None:
    again = paas.export_template(SMALL)
    assert paas.export_template(again) == again
    assert paas.translate(again).files == paas.translate(SMALL).files
