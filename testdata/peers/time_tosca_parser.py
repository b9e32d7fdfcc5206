"""Measures tosca-parser: processor time of warm calls.

    python time_tosca_parser.py [--seconds N] [--rounds N] TEMPLATE...

Loads each template once unmeasured, then again and again, at least three times and until so many seconds or rounds
are used up. Prints one JSON object a line: file, rounds, minimum and median in milliseconds. Exits with 1 if it
refuses a template.
"""

import argparse
import json
import logging
import statistics
import sys
import time

from toscaparser.tosca_template import ToscaTemplate

FEWEST_ROUNDS = 3


def main(arguments):
    parser = argparse.ArgumentParser(description="measure tosca-parser")
    parser.add_argument("templates", nargs="+", metavar="TEMPLATE")
    parser.add_argument("--seconds", type=float, default=15.0, help="processor time for each template")
    parser.add_argument("--rounds", type=int, default=50, help="the most measured calls of each template")
    options = parser.parse_args(arguments)
    logging.disable(logging.CRITICAL)
    for path in options.templates:
        try:
            times = measure(path, options.seconds, options.rounds)
        except Exception as error:  # It has no common base class.
            print(f"{path}: {type(error).__name__}: {error}", file=sys.stderr)
            return 1
        print(
            json.dumps(
                {
                    "file": path,
                    "rounds": len(times),
                    "minimum_ms": min(times) * 1000,
                    "median_ms": statistics.median(times) * 1000,
                }
            ),
            flush=True,
        )
    return 0


def measure(path, seconds, rounds):
    load(path)
    times = []
    while len(times) < min(FEWEST_ROUNDS, rounds) or (sum(times) < seconds and len(times) < rounds):
        times.append(load(path))
    return times


def load(path):
    start = time.process_time()
    ToscaTemplate(path)
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
