"""`python -m paas_sdk`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import paas_sdk as paas
import pytest
from conftest import ROOT, SMALL, connected
from paas_sdk.__main__ import main


@pytest.fixture
def small(tmp_path: Path) -> str:
    path = tmp_path / "shop.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return str(path)


def test_a_good_template(small: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", small]) == 0
    assert "no problems" in capsys.readouterr().out


def test_a_broken_template() -> None:
    command = [sys.executable, "-m", "paas_sdk", "check", "examples/bank/broken.yaml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "examples/bank/broken.yaml:" in done.stdout
    assert "help:" in done.stdout
    assert done.stderr == ""


def test_inputs_are_given_and_secrets_are_in_the_environment(
    sandbox: paas.Sandbox,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    template, store, credentials = (str(tmp_path / name) for name in ("shop.yaml", "db", "env"))
    inputs = "inputs: { tag: { type: string }, key: { type: string, metadata: { secret: true } } }"
    text = SMALL.replace("topology_template:\n", f"topology_template:\n  {inputs}\n").replace(
        '"registry.bank.test/web:1.4"',
        "{ concat: [ 'registry.bank.test/web:', { get_input: tag } ] }, "
        "environment: { KEY: { get_input: key } }",
    )
    Path(template).write_text(text, encoding="utf-8")
    assert main(["check", template, "--input", "tag=2.0"]) == 0
    assert main(["translate", template, "--out", str(tmp_path / "out"), "--input", "tag=2.0"]) == 0
    assert "web:2.0" in (tmp_path / "out/dmz/docker-compose.yml").read_text(encoding="utf-8")
    with pytest.raises(SystemExit) as misunderstood:
        main(["check", template, "--input", "tag"])
    assert misunderstood.value.code == 2

    connected(sandbox, store)
    sandbox.write_credentials(credentials)
    words = ["plan", template, "--store", store, "--credentials", credentials, "--tenant", "acme"]
    assert main([*words, "--input", "tag=2.0"]) == 1
    assert "resource.secret_missing" in capsys.readouterr().err
    monkeypatch.setenv("PAAS_SECRET_key", "hunter22")
    assert main([*words, "--input", "tag=2.0"]) == 0
    told = capsys.readouterr()
    assert "hunter22" not in told.out + told.err


def test_files_are_written(small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert main(["translate", small, "--out", str(out)]) == 0
    told = capsys.readouterr().out.split()
    assert str(out / "dmz/docker-compose.yml") in told
    assert all(Path(path).is_file() for path in told)

    (out / "dmz/docker-compose.yml").write_text("mine", encoding="utf-8")
    assert main(["translate", small, "--out", str(out)]) == 1
    assert "help: " in capsys.readouterr().err
    assert main(["translate", small, "--out", str(out), "--force"]) == 0


def test_a_plan(
    small: str, sandbox: paas.Sandbox, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store, credentials = str(tmp_path / "paas.db"), str(tmp_path / "rancher.env")
    connected(sandbox, store)
    sandbox.write_credentials(credentials)
    words = ["plan", small, "--store", store, "--credentials", credentials, "--tenant"]
    assert main([*words, "acme"]) == 0
    assert "stack shop" in capsys.readouterr().out
    assert main([*words, "nobody"]) == 1
    assert capsys.readouterr().err.startswith("error[platform.unknown_tenant]: ")


def test_a_file_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "nowhere.yaml"]) == 1
    assert "nowhere.yaml" in capsys.readouterr().err


def test_a_command_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as error:
        main(["dance"])
    assert error.value.code == 2
    assert "dance" in capsys.readouterr().err


def test_who_has_no_name_can_check(small: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found: 54321")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert main(["check", small]) == 0
    assert main(["plan", small, "--tenant", "acme", "--store", "s", "--credentials", "none"]) == 1


def test_a_terminal_that_lacks_characters() -> None:
    command = [sys.executable, "-m", "paas_sdk", "check", "examples/bank/broken.yaml"]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert "help:" in done.stdout


def test_each_problem_has_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["translate", str(ROOT / "examples/bank/broken.yaml"), "--out", str(tmp_path)]
    assert main(words) == 1
    problems = [line for line in capsys.readouterr().err.splitlines() if line.startswith("  ")]
    assert len(problems) > 1
    assert all("broken.yaml:" in problem for problem in problems)


def test_a_policy(tmp_path: Path, small: str, capsys: pytest.CaptureFixture[str]) -> None:
    template = Path(small)
    template.write_text(SMALL.replace("web:1.4", "web:latest"), encoding="utf-8")
    policy = tmp_path / "policy.yaml"
    for level, ended in (("deny", 1), ("allow", 0)):
        policy.write_text(f"mutable_tags: {level}\n", encoding="utf-8")
        assert main(["check", small, "--policy", str(policy)]) == ended
        assert ("policy.mutable_tags" in capsys.readouterr().out) == (ended == 1)


def test_a_scaling_plan_is_tried_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bank = str(ROOT / "examples/bank/template.yaml")
    words = ["simulate", bank, "--date", "2026-11-23", "--service"]
    assert main([*words, "web-front"]) == 0
    told = capsys.readouterr().out
    # The template says with how many it begins.
    assert told.startswith("`web-front` from 2026-11-23 00:00 to 2026-11-24 00:00")
    assert "beginning with 3" in told.splitlines()[0]
    load = tmp_path / "day.csv"
    load.write_text("time,demand\n00:00,1\n", encoding="utf-8")
    assert main([*words, "web-front", "--load", str(load), "--count", "5", "--format", "json"]) == 0
    timeline = json.loads(capsys.readouterr().out)
    assert (timeline["counts"][0]["count"], timeline["minutes"][0]["demand"]) == (5, 1.0)
    assert main([*words, "web-front", "--format", "svg"]) == 0
    assert capsys.readouterr().out.startswith("<svg")
    assert main([*words, "web-frnt"]) == 1
    assert "those that have some are `web-front`, `api-gateway`" in capsys.readouterr().err
    small = tmp_path / "shop.yaml"
    small.write_text(SMALL, encoding="utf-8")
    assert main(["simulate", str(small), "--service", "web"]) == 1
    assert "nor has any other service" in capsys.readouterr().err
    assert main([*words[:2], "--service", "web-front"]) == 1
    assert "error[request.invalid]: `date`: give the day" in capsys.readouterr().err
