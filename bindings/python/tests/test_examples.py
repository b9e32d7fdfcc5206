"""The examples and the code of the documentation run as they are."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from conftest import ROOT

EXAMPLES = sorted((ROOT / "examples/python").glob("*.py"))
README = ROOT / "bindings/python/README.md"
SECONDS = 120
SAID = {
    "asgi": "that takes a tenant administrator",
    "deploy": "is deployed",
    "deploy_async": "resumed by its id",
    "engine": "09:15:00  retail/web-front: 5 -> 7; ",
    "simulate": "container hours                 167.4  143.3",
    "translate": "stage 3:",
    "zones": "retail-shop/web:1.4, north -> south: copied",
}
"""What each of the examples says."""


def run(words: list[str]) -> str:
    command = [sys.executable, "-W", "error", *words]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def test_there_are_examples() -> None:
    assert {path.stem for path in EXAMPLES} == set(SAID)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_runs(path: object) -> None:
    assert SAID[getattr(path, "stem", "")] in run([str(path)])


def test_the_code_of_the_readme_runs() -> None:
    blocks = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) > 3
    told = run(["-c", "\n".join(blocks)])
    assert "registry.bank.test/web:1.4" in told
    assert "tosca.unknown_property" in told
    assert "100% done" in told
    assert "[True, False]" in told
