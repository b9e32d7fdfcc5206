"""Measures processor time of warm calls: `translate.py ROUNDS TEMPLATE`, one JSON object."""

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import paas_sdk as paas


def cpu_ms(call: Callable[[], object]) -> float:
    start = time.thread_time()
    call()
    return (time.thread_time() - start) * 1000


def main() -> None:
    rounds, path = int(sys.argv[1]), Path(sys.argv[2])
    template = path.read_text(encoding="utf-8")

    def files() -> object:
        return paas.translate(template, file=path.name).files

    def document() -> object:
        return paas.translate(template, file=path.name).to_dict()

    # All rounds of one before the other, so that neither cleans up after the other.
    def measured(call: Callable[[], object]) -> float:
        call()
        return statistics.median(cpu_ms(call) for _ in range(rounds))

    print(json.dumps({"files_ms": measured(files), "document_ms": measured(document)}))


main()
