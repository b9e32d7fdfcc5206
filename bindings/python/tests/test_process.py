"""Threads, signals and processes."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import paas_sdk as paas
import pytest
from conftest import SMALL

PATIENCE = 60
"""Seconds after which a process that is to end hangs."""

STILL = """\
import paas_sdk as paas
sandbox = paas.start_sandbox(environments=["dmz"], virtual_clock=True)
platform = paas.connect("anna", ":memory:", rancher=sandbox.credentials())
platform.tenants.put("acme", networks=[{"name": "dmz"}])
operation = platform.applications.deploy("acme", TEMPLATE)
"""
"""An operation that never ends, since the clock of its Rancher stands still."""


def program(text: str) -> list[str]:
    lines = f"TEMPLATE = {SMALL!r}\n{STILL}{textwrap.dedent(text)}"
    return [sys.executable, "-X", "faulthandler", "-c", lines]


def output(text: str) -> str:
    done = subprocess.run(
        program(text), capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_ctrl_c_ends_the_waiting_and_the_operation_goes_on() -> None:
    # Whoever starts the tests in the background may have told all that comes after to ignore Ctrl-C.
    text = """
        import signal
        signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            print("waiting", flush=True)
            operation.wait(on_event=lambda event: None)
        except KeyboardInterrupt:
            print(operation.status()["state"], flush=True)
        import threading, time
        waiting = threading.Thread(target=operation.wait)
        waiting.start()
        while waiting.is_alive():
            sandbox.advance(10_000)
            time.sleep(0.01)
        print(operation.status()["state"])
    """
    with subprocess.Popen(program(text), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "waiting\n"
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        try:
            told, _ = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            # It tells on its standard error what each thread does, and dies.
            process.send_signal(signal.SIGABRT)
            told, _ = process.communicate()
        finally:
            process.kill()
    assert told.split() == ["running", "done"]
    assert process.returncode == 0


def test_a_signal_handler_runs_while_something_waits() -> None:
    text = """
        import signal
        class Alarm(Exception): pass
        def ring(*_): raise Alarm
        signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        try:
            operation.wait()
        except Alarm:
            print("rang")
    """
    assert output(text) == "rang\n"


def test_a_process_ends_while_something_waits() -> None:
    text = """
        import threading
        threading.Thread(target=operation.wait, daemon=True).start()
        print("left")
    """
    assert output(text) == "left\n"


@pytest.mark.parametrize(
    "text",
    [
        """
        import threading
        def translate():
            while True:
                paas.translate(TEMPLATE).to_dict()
        for _ in range(8):
            threading.Thread(target=translate, daemon=True).start()
        """,
        """
        import threading
        for _ in range(8):
            threading.Thread(target=operation.wait, daemon=True).start()
        threading.Event().wait(0.045)
        """,
        """
        import asyncio
        async def leave():
            library = paas._sync._library._native
            for _ in range(100):
                library.start("version", "{}")
            await library.start("version", "{}")
        asyncio.run(leave())
        """,
    ],
    ids=["computing", "waiting", "asyncio"],
)
def test_a_process_ends_well_in_the_midst_of_calls(text: str) -> None:
    for _ in range(10):
        assert output(text) == ""


def test_what_is_called_at_the_end_can_call() -> None:
    text = """
        import atexit
        atexit.register(lambda: print(operation.status()["state"]))
    """
    early = "import atexit\natexit.register(lambda: print(paas.version()))\n"
    command = program(text)
    done = subprocess.run(
        [*command[:-1], early + command[-1]],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.stdout.split() == ["running", paas.version()]
    assert done.returncode == 0


def test_a_forked_process_is_told_and_never_hangs() -> None:
    text = """
        import asyncio, gc, os, warnings
        warnings.simplefilter("ignore")
        release = paas.translate(TEMPLATE)
        policy = {"service": "web", "time_zone": "UTC", "bounds": {"min": 1, "max": 8}, "windows": []}
        timeline = paas.simulate_scaling(policy, date="2026-11-23")
        engine = paas.new_scaling_engine()
        snapshot = engine.snapshot()
        child = os.fork()
        if child == 0:
            # What belongs to the parent.
            for call in (operation.wait, operation.status, sandbox.credentials,
                         lambda: platform.tenants.list(), lambda: operation.id):
                try:
                    call()
                except paas.InvalidRequestError as error:
                    print(error.code)
            try:
                asyncio.run(paas.aio.Operation(operation._native).wait())
            except paas.PaasError as error:
                print(error.code, error.message)
            print(repr(operation), repr(sandbox))
            try:
                engine.status()
            except paas.InvalidRequestError as error:
                print(error.message)
            print(paas.load_scaling_engine(snapshot), timeline.summary["most"])
            # What is only data, and what is made here.
            print(len(release.files), len(paas.translate(TEMPLATE).files))
            with paas.start_sandbox(environments=["dmz"], instant=True) as own:
                here = paas.connect("otto", ":memory:", rancher=own.credentials())
                here.tenants.put("acme", networks=[{"name": "dmz"}])
                print(here.applications.deploy("acme", TEMPLATE).wait()["state"])
            print(asyncio.run(paas.aio.check(TEMPLATE))["accepted"])
            del engine, operation, platform, sandbox
            gc.collect()
            print("child", flush=True)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print("parent", status, operation.status()["state"])
    """
    lines = output(text).splitlines()
    assert lines == [
        *["process.forked"] * 5,
        "process.forked this `Operation` belongs to the process that was forked, "
        "and its threads stayed there",
        "Operation(process.forked) Sandbox(process.forked)",
        "this `ScalingEngine` belongs to the process that was forked, and two would decide",
        "ScalingEngine(services=0) 1",
        "2 2",
        "done",
        "True",
        "child",
        "parent 0 running",
    ]


def test_processes_of_multiprocessing_translate() -> None:
    text = """
        import multiprocessing, warnings
        warnings.simplefilter("ignore")
        def files(number):
            return len(paas.translate(TEMPLATE).files)
        with multiprocessing.get_context("fork").Pool(4) as pool:
            print(sum(pool.map(files, range(8))))
    """
    assert output(text) == "16\n"


def test_threads_translate_at_the_same_time(bank: str) -> None:
    files = paas.translate(bank).files
    with ThreadPoolExecutor(8) as pool:
        assert all(
            found == files for found in pool.map(lambda _: paas.translate(bank).files, range(40))
        )


def test_other_threads_go_on_while_one_computes(bank: str) -> None:
    # Many copies of a comment, so that a call takes much longer than a thread's turn.
    large = bank + "# a line that says nothing\n" * 150_000
    turns, done = 0, threading.Event()

    def count() -> None:
        nonlocal turns
        while not done.is_set():
            turns += 1
            time.sleep(0)

    counting = threading.Thread(target=count)
    interval = sys.getswitchinterval()
    # No thread loses its turn meanwhile: only a call that gives it away lets others go on.
    sys.setswitchinterval(1000)
    try:
        counting.start()
        before = turns
        paas.check(large)
        after = turns
    finally:
        sys.setswitchinterval(interval)
        done.set()
        counting.join(PATIENCE)
    assert after > before + 10


def test_a_call_that_waits_lets_other_threads_go_on(still: paas.Platform) -> None:
    operation = still.applications.deploy("acme", SMALL)
    waiting = threading.Thread(target=operation.wait, daemon=True)
    waiting.start()
    begun = time.monotonic()
    for _ in range(20):
        assert operation.status()["state"] == "running"
    assert time.monotonic() - begun < PATIENCE
    assert waiting.is_alive()
