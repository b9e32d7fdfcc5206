"""Measures tosca-parser in turns with others: processor time of warm calls.

    python time_tosca_parser.py [--seconds N] [--calls N] TEMPLATE

Loads the template once unmeasured. Then it has a turn for each line of its input: it loads the template again and
again, at least once and until so many seconds or calls are used up, and prints the median in milliseconds as JSON.
Exits with 1 if it refuses the template.
"""

import argparse
import json
import logging
import statistics
import sys
import time

from toscaparser.tosca_template import ToscaTemplate


def main(arguments):
    parser = argparse.ArgumentParser(description="measure tosca-parser")
    parser.add_argument("template", metavar="TEMPLATE")
    parser.add_argument("--seconds", type=float, default=1.0, help="processor time of a turn")
    parser.add_argument("--calls", type=int, default=20, help="the most calls of a turn")
    options = parser.parse_args(arguments)
    logging.disable(logging.CRITICAL)
    try:
        load(options.template)
    except Exception as error:  # It has no common base class.
        print(f"{options.template}: {type(error).__name__}: {error}", file=sys.stderr)
        return 1
    for _ in sys.stdin:
        print(json.dumps({"median_ms": turn(options.template, options.seconds, options.calls)}), flush=True)
    return 0


def turn(template, seconds, most):
    times = []
    while not times or (sum(times) < seconds and len(times) < most):
        times.append(load(template))
    return statistics.median(times) * 1000


def load(path):
    start = time.process_time()
    ToscaTemplate(path)
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
