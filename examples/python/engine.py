"""Drives the scaling engine by hand through a day of two services: with a clock of its own, so that
the day is over at once.

python examples/python/engine.py
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta, timezone
from pathlib import Path

import paas_sdk as paas

BANK = Path(__file__).parents[2] / "examples/bank"
SHANGHAI = timezone(timedelta(hours=8))
BEGIN = datetime(2026, 11, 23, 6, tzinfo=SHANGHAI)

# What monitoring says of the web front: when, which threshold, and what it is.
ALARMS: list[tuple[str, paas.types.Side, paas.types.AlarmState]] = [
    ("09:10", "upper", "firing"),
    ("09:14", "upper", "firing"),
    ("09:17", "upper", "resolved"),
    ("13:00", "lower", "firing"),
    ("13:02", "lower", "resolved"),
]


def main() -> None:
    template = (BANK / "template.yaml").read_text(encoding="utf-8")
    policies = {
        policy["service"]: policy for policy in paas.translate(template).to_dict()["policies"]
    }
    engine = paas.new_scaling_engine()
    services: list[paas.types.ScaledServiceInput] = [
        {"service": f"retail/{name}", "policy": policies[name], "count": 3}
        for name in ("web-front", "payments")
    ]
    show(engine.upsert_all(services, BEGIN))

    rules = {rule["side"]: rule["id"] for rule in paas.scaling_alarm_rules(policies["web-front"])}
    for at, side, state in ALARMS:
        now = datetime.combine(BEGIN, time.fromisoformat(at), SHANGHAI)
        go_on(engine, now)
        verdict = engine.alarm("retail/web-front", rules[side], state, now)
        show(verdict["actions"])
        if "reason" in verdict:
            print(f"{now:%H:%M:%S}  the {side} alarm is {state}: {verdict['reason']}")

    # The process ends here, and another one goes on with what it knew.
    engine = paas.load_scaling_engine(engine.snapshot())
    now = BEGIN.replace(hour=15)
    go_on(engine, now)
    show(engine.observe_count("retail/web-front", 6, 6, "person", now))
    if (explained := engine.explain("retail/web-front", now)) is not None:
        print(explained["text"], end="")
    go_on(engine, BEGIN + timedelta(days=1))
    print(f"{engine!r}: {engine.next_deadline()} is next")


def go_on(engine: paas.ScalingEngine, until: datetime) -> None:
    """Lets happen what is due. A program would wait for the deadline, or for an alarm."""
    while (deadline := engine.next_deadline()) is not None:
        now = datetime.fromisoformat(deadline)
        if now > until:
            break
        show(engine.advance(now)["actions"])


def show(actions: Sequence[paas.types.ScalingAction]) -> None:
    """Tells what a back end would be asked for."""
    for action in actions:
        at = datetime.fromisoformat(action["at"]).astimezone(SHANGHAI)
        if action["kind"] == "scale":
            what = f"{action['from']} -> {action['to']}"
        elif action["kind"] == "drain":
            what = f"{action['from'] - action['to']} drain"
        elif action["kind"] == "cancel_drain":
            what = f"{action['count']} stay"
        else:
            what = f"{len(action['rules'])} alarm rules to watch"
        print(f"{at:%H:%M:%S}  {action['service']}: {what}; {action['reason']}")


if __name__ == "__main__":
    main()
