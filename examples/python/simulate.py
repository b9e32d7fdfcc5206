"""Tries the scaling plan of the bank's web front out on a day, and a thriftier one beside it.

python examples/python/simulate.py
"""

from __future__ import annotations

import copy
from pathlib import Path

import paas_sdk as paas

ROOT = Path(__file__).parents[2]
DAY = "2026-11-23"

# What there was to do, in containers that it keeps busy: from a trace, or made up as here.
LOAD = """\
time,demand
00:00,0.5
06:00,0.5
09:00,4
10:30,8.5
12:30,5
15:00,8
18:00,4
22:00,1
"""


def main() -> None:
    template = (ROOT / "examples/bank/template.yaml").read_text(encoding="utf-8")
    policies = paas.translate(template).to_dict()["policies"]
    policy = next(policy for policy in policies if policy["service"] == "web-front")

    timeline = paas.simulate_scaling(policy, date=DAY, load=LOAD, count=3)
    print(timeline)

    # In a notebook the time-line is this picture; its rows are what `pandas.DataFrame` takes.
    picture = ROOT / "target/python/web-front.svg"
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_text(timeline.svg(), encoding="utf-8")
    print(f"{picture.relative_to(ROOT)}: the same as a picture")
    busiest = max(timeline.rows(), key=lambda row: float(row["cpu"] or 0))
    print(f"busiest at {busiest['local']}, with {busiest['count']} containers at {busiest['cpu']:.0%}")

    # One container at a time, and later: what does it save, and what does it cost?
    thrifty = copy.deepcopy(policy)
    for window in thrifty["windows"]:
        rule = window["rule"]
        if rule["kind"] == "metric":
            rule["upper"] = {"value": 0.9, "sustained_for_ms": 300_000, "step": 1}
    for doubt in paas.lint_scaling_policy(thrifty)["diagnostics"]:
        print(f"{doubt['severity']}[{doubt['code']}]: {doubt['message']}")
    other = paas.simulate_scaling(thrifty, date=DAY, load=LOAD, count=3)
    print()
    print(timeline.compare(other)["text"], end="")


if __name__ == "__main__":
    main()
