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

    files(), document()
    times = [(cpu_ms(files), cpu_ms(document)) for _ in range(rounds)]
    of_files, of_documents = zip(*times, strict=True)
    print(json.dumps({"files_ms": statistics.median(of_files), "document_ms": statistics.median(of_documents)}))


main()
