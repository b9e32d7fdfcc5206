"""Scaling policies."""

from __future__ import annotations

import asyncio
import itertools
import json
import pickle
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree

import paas_sdk as paas
import pytest


def policy(lower: float) -> paas.types.ScalingPolicy:
    return {
        "service": "web",
        "time_zone": "Asia/Shanghai",
        "bounds": {"min": 1, "max": 8},
        "windows": [
            {
                "name": "busy",
                "from": "08:00",
                "to": "20:00",
                "rule": {
                    "kind": "metric",
                    "metric": "cpu",
                    "upper": {"value": 0.7, "step": 2},
                    "lower": lower,
                    "bounds": {"min": 2, "max": 8},
                },
            },
            {"name": "night", "from": "20:00", "to": "08:00", "rule": {"kind": "fixed", "count": "min"}},
        ],
    }


def test_a_policy_is_looked_through() -> None:
    assert paas.lint_scaling_policy(policy(0.3)) == {"accepted": True, "diagnostics": []}
    flaps = paas.lint_scaling_policy(policy(0.5))
    assert flaps["accepted"]
    (doubt,) = flaps["diagnostics"]
    assert (doubt["code"], doubt["severity"]) == ("scaling.flapping", "warning")
    assert "4 of them use 0.35" in doubt["message"]
    assert asyncio.run(paas.aio.lint_scaling_policy(policy(0.5))) == flaps


def test_what_is_wrong_is_told_at_once() -> None:
    wrong = policy(0.3)
    wrong["time_zone"] = "Asia/Shangai"
    wrong["windows"][1]["name"] = "busy"
    linted = paas.lint_scaling_policy(wrong)
    assert not linted["accepted"]
    codes = [problem["code"] for problem in linted["diagnostics"]]
    assert codes == ["scaling.time_zone", "yaml.duplicate_key"]
    wrong["windows"][0]["from"] = "8 am"
    with pytest.raises(paas.InvalidRequestError, match="HH:MM"):
        paas.lint_scaling_policy(wrong)


MORNING = "2026-11-23T00:00:00Z"
"""Eight o'clock in Shanghai."""


def wrong_policy() -> paas.types.ScalingPolicy:
    wrong = policy(0.3)
    wrong["time_zone"] = "Mars"
    wrong["windows"][1]["name"] = "busy"
    return wrong


def above_and_below() -> list[str]:
    return [rule["id"] for rule in paas.scaling_alarm_rules(policy(0.3))]


def engine_at_night(service: str = "shop/web", *, count: int = 4) -> paas.ScalingEngine:
    """An engine with a service that goes back to its count in the morning."""
    engine = paas.new_scaling_engine()
    engine.upsert(service, policy(0.3), count, "2026-11-22T19:00:00Z")
    return engine


def test_a_policy_is_tried_out() -> None:
    timeline = paas.simulate_scaling(policy(0.3), date="2026-11-23", office_day=4)
    assert timeline.summary == timeline.to_dict()["summary"]
    assert timeline.decisions == timeline.to_dict()["decisions"]
    assert str(timeline) == timeline.text()
    assert str(timeline).startswith("`web` from 2026-11-23 00:00")
    assert timeline._repr_svg_() == timeline.svg()
    assert ElementTree.fromstring(timeline.svg()).tag.endswith("svg")
    hours = timeline.summary["container_hours"]
    assert repr(timeline).startswith(f"Timeline(container_hours={hours}, least=")
    assert asyncio.run(same_elsewhere()) == timeline.to_dict()


async def same_elsewhere() -> paas.types.Timeline:
    timeline = await paas.aio.simulate_scaling(policy(0.3), date="2026-11-23", office_day=4)
    assert len(await timeline.rows()) == 24 * 60
    assert timeline.compare(timeline)["comparison"]["first"]["least"] == timeline.summary["least"]
    return await timeline.to_dict()


def test_rows_fit_data_frames() -> None:
    rows = paas.simulate_scaling(policy(0.3), date="2026-11-23", constant=3).rows()
    columns = ["at", "local", "window", "count", "draining", "serving", "demand", "cpu"]
    assert all(list(row) == columns for row in rows)
    assert (rows[600]["local"], rows[600]["window"]) == ("2026-11-23 10:00", "busy")
    instants = [datetime.fromisoformat(str(row["at"])) for row in rows]
    assert {after - before for before, after in itertools.pairwise(instants)} == {timedelta(minutes=1)}
    # What a frame makes of a column: one kind of value.
    assert {type(row["count"]) for row in rows} == {int}
    assert {type(row["demand"]) for row in rows} == {float}


def test_two_plans_are_compared() -> None:
    lean, rich = (
        paas.simulate_scaling(policy(0.3), date="2026-11-23", load=load, count=2)
        for load in ("time,demand\n00:00,1\n", "time,demand\n00:00,5.5\n")
    )
    compared = lean.compare(rich)
    assert compared["comparison"]["first"]["most"] < compared["comparison"]["second"]["most"]
    assert "container hours" in compared["text"]
    # Of the other one, what was kept in a file is enough.
    assert lean.compare(json.loads(json.dumps(rich.summary))) == compared


def test_a_time_of_python_is_an_instant() -> None:
    start = datetime(2026, 11, 23, 9, tzinfo=timezone(timedelta(hours=8)))
    timeline = paas.simulate_scaling(policy(0.3), start=start, end=start + timedelta(hours=2))
    document = timeline.to_dict()
    assert (document["from"], document["until"]) == ("2026-11-23T01:00:00Z", "2026-11-23T03:00:00Z")
    engine = engine_at_night()
    engine.advance(datetime(2026, 11, 22, 23, 59, 59, 999_999, tzinfo=UTC))
    assert engine.status()["now"] == "2026-11-22T23:59:59Z"
    with pytest.raises(paas.InvalidRequestError, match="`now`: a `datetime` with a time zone") as raised:
        engine.advance(datetime(2026, 11, 23))
    assert raised.value.details.get("field") == "now"
    with pytest.raises(paas.InvalidRequestError, match="from 1970 to 2105"):
        engine.advance(datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=8))))
    with pytest.raises(paas.InvalidRequestError, match="a `datetime` cannot be passed"):
        paas.simulate_scaling(policy(0.3), date=start)  # type: ignore[arg-type]


def test_what_cannot_be_tried_out_says_why() -> None:
    with pytest.raises(paas.RejectedError) as raised:
        paas.simulate_scaling(wrong_policy(), date="2026-11-23")
    codes = [problem["code"] for problem in raised.value.diagnostics]
    assert codes == ["scaling.time_zone", "yaml.duplicate_key"]
    with pytest.raises(paas.InvalidRequestError, match="line 2: `25:00` is neither .*; line 3: "):
        paas.simulate_scaling(policy(0.3), date="2026-11-23", load="time,demand\n25:00,1\n08:00,x\n")
    with pytest.raises(paas.InvalidRequestError, match="`load`: a text is expected, not the path"):
        paas.simulate_scaling(policy(0.3), date="2026-11-23", load=Path("day.csv"))  # type: ignore[arg-type]
    with pytest.raises(paas.InvalidRequestError, match="`date`: give the day"):
        paas.simulate_scaling(policy(0.3))


def test_an_engine_goes_through_a_day() -> None:
    engine = paas.new_scaling_engine(alarm_ttl_ms=120_000)
    above, below = above_and_below()
    (night,) = engine.upsert("shop/web", policy(0.3), 4, "2026-11-23T03:00:00+08:00")
    assert night["kind"] == "scale"
    assert (night["service"], night["from"], night["to"]) == ("shop/web", 4, 1)
    closed = engine.alarm("shop/web", above, "firing", "2026-11-22T19:00:00Z")
    assert closed.get("hold") == {"because": "window_closed"}

    assert engine.next_deadline() == MORNING
    advance = engine.advance(MORNING)
    scale, arm = advance["actions"]
    assert advance["is_done"]
    assert scale["kind"] == "scale"
    assert scale["to"] == 4
    assert arm["kind"] == "arm"
    assert [rule["id"] for rule in arm["rules"]] == [above, below]

    verdict = engine.alarm("shop/web", above, "firing", "2026-11-23T00:05:00Z", value=0.9)
    (out,) = verdict["actions"]
    assert out["kind"] == "scale"
    assert (out["to"], out["cause"]) == (
        6,
        {"because": "alarm", "rule": above, "window": "busy", "side": "upper", "value": 0.9},
    )
    quiet = engine.alarm("shop/web", above, "firing", "2026-11-23T00:06:00Z")
    assert quiet.get("hold") == {"because": "quiet", "until": "2026-11-23T00:10:00Z"}
    assert quiet.get("reason") == "an action was not long ago: alarms wait until 2026-11-23T00:10:00Z"
    explained = engine.explain("shop/web", "2026-11-23T00:07:00Z")
    assert explained is not None
    assert explained["explanation"]["count"] == 6
    assert explained["explanation"]["alarms"][0]["believed_until"] == "2026-11-23T00:08:00Z"
    assert explained["text"].startswith("`shop/web` has a count of 6 at 2026-11-23T00:07:00Z\n")

    assert engine.observe_count("shop/web", 3, 3, "person", "2026-11-23T01:00:00Z") == []
    assert engine.count("shop/web") == 3
    (disarm,) = engine.set_enabled("shop/web", False, "2026-11-23T02:00:00Z")
    assert disarm["kind"] == "arm"
    assert disarm["rules"] == []
    engine.set_enabled("shop/web", True, "2026-11-23T13:00:00Z")
    (back,) = engine.remove("shop/web", "2026-11-23T13:00:00Z", removal="restore")
    assert back["kind"] == "scale"
    assert (back["service"], back["to"]) == ("shop/web", 3)
    assert repr(engine) == "ScalingEngine(services=0)"
    assert engine.next_deadline() is None


def test_many_go_together() -> None:
    engine = paas.new_scaling_engine()
    services: list[paas.types.ScaledServiceInput] = [
        {"service": name, "policy": policy(0.3), "count": 4} for name in ("a", "b", "c")
    ]
    wrong = [*services, {"service": "d", "policy": wrong_policy(), "count": 1}]
    with pytest.raises(paas.RejectedError, match="`d`: ") as raised:
        engine.upsert_all(wrong, MORNING)  # type: ignore[arg-type]
    assert len(raised.value.diagnostics) == 2
    assert engine.status()["services"] == 0

    scaled = engine.upsert_all(services, "2026-11-22T19:00:00Z")
    assert [action["service"] for action in scaled] == ["a", "b", "c"]
    actions, is_done = [], False
    while not is_done:
        advance = engine.advance(MORNING, budget=1)
        actions += advance["actions"]
        is_done = advance["is_done"]
    assert [action["service"] for action in actions if action["kind"] == "scale"] == ["a", "b", "c"]
    with pytest.raises(paas.InvalidRequestError, match="`budget`"):
        engine.advance(MORNING, budget=0)

    above, _ = above_and_below()
    verdicts = engine.alarms(
        [{"service": name, "rule": above, "state": "firing"} for name in ("a", "x", "a")],
        "2026-11-23T00:05:00Z",
    )
    holds = [verdict["hold"]["because"] if "hold" in verdict else None for verdict in verdicts]
    assert holds == [None, "unknown_service", "repeated"]
    engine.observe_counts(
        [
            {"service": "b", "desired": 8, "running": 8, "source": "person"},
            {"service": "c", "desired": 8, "running": 8, "source": "platform"},
        ],
        "2026-11-23T00:06:00Z",
    )
    assert [engine.count(name) for name in ("a", "b", "c", "x")] == [6, 8, 4, None]


def test_a_service_that_is_not_there_moves_nothing() -> None:
    engine = engine_at_night()
    above, _ = above_and_below()
    verdict = engine.alarm("shop/wbe", above, "firing", MORNING)
    assert verdict["actions"] == []
    assert verdict.get("hold") == {"because": "unknown_service"}
    assert verdict.get("reason") == "no such service is scaled"
    assert engine.observe_count("shop/wbe", 1, 1, "person", MORNING) == []
    assert engine.set_enabled("shop/wbe", True, MORNING) == []
    assert engine.remove("shop/wbe", MORNING) == []
    assert engine.explain("shop/wbe", MORNING) is None
    with pytest.raises(paas.InvalidRequestError, match="sixteen hexadecimal digits"):
        engine.alarm("shop/web", "above", "firing", MORNING)


def test_time_does_not_run_backwards() -> None:
    engine = engine_at_night()
    engine.advance("2026-11-23T04:00:00Z")
    assert engine.advance(MORNING) == {"actions": [], "is_done": True}
    assert engine.status()["now"] == "2026-11-23T04:00:00Z"


def test_a_snapshot_and_the_rest_are_the_whole() -> None:
    first, second = engine_at_night(), engine_at_night()
    rules = above_and_below()
    now = datetime(2026, 11, 22, 19, tzinfo=UTC)
    for quarter in range(200):
        now += timedelta(minutes=15)
        rule = rules[quarter % 3 == 0]
        state: Literal["firing", "resolved"] = "resolved" if quarter % 2 else "firing"
        assert first.advance(now) == second.advance(now)
        told = first.alarm("shop/web", rule, state, now)
        assert told == second.alarm("shop/web", rule, state, now)
        if quarter % 7 == 0:
            second = paas.load_scaling_engine(second.snapshot())
    assert first.snapshot() == second.snapshot()

    # After some days without an engine: what holds then, once.
    restored = asyncio.run(paas.aio.load_scaling_engine(first.snapshot()))
    persons: list[paas.types.PersonsCount] = [{"service": "shop/web", "count": 7}]
    actions = asyncio.run(restored.take_over("2026-11-27T19:00:00Z", persons=persons))
    assert actions[0]["kind"] == "scale"
    assert (actions[0]["to"], actions[0]["cause"]) == (
        1,
        {"because": "window", "window": "night", "trigger": "caught_up"},
    )


def test_what_is_no_snapshot_is_refused() -> None:
    snapshot = engine_at_night().snapshot()
    assert isinstance(snapshot, bytes)
    assert paas.load_scaling_engine(bytearray(snapshot)).snapshot() == snapshot  # type: ignore[arg-type]
    flipped = bytearray(snapshot)
    flipped[20] ^= 1
    for damaged, message in [
        (b"hello", "this is not a snapshot"),
        (snapshot[:-1], "damaged"),
        (bytes(flipped), "damaged"),
    ]:
        with pytest.raises(paas.InvalidRequestError, match=message) as raised:
            paas.load_scaling_engine(damaged)
        assert raised.value.code == "scaling.snapshot_refused"
    with pytest.raises(paas.InvalidRequestError, match="bytes are expected, in base64"):
        paas.load_scaling_engine("no base64!")  # type: ignore[arg-type]


def test_an_engine_stays_in_its_process() -> None:
    with pytest.raises(TypeError, match="pickled"):
        pickle.dumps(engine_at_night())
