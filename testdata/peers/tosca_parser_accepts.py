"""Loads templates with tosca-parser and says whether it accepts them.

    python tosca_parser_accepts.py [--input NAME=VALUE]... TEMPLATE...

Prints `accepted PATH` for each template that it takes and `rejected PATH` with the reason for each that it
does not. Exits with 0 if all were accepted, with 1 if not, with 2 if it was called wrongly. A file of types
without a topology is a template too.
"""

import argparse
import logging
import sys

from toscaparser.tosca_template import ToscaTemplate


def main(arguments):
    options = parse(arguments)
    logging.disable(logging.CRITICAL)
    reasons = [report(path, options.inputs) for path in options.templates]
    return 1 if any(reasons) else 0


def parse(arguments):
    parser = argparse.ArgumentParser(description="say whether tosca-parser accepts templates")
    parser.add_argument("templates", nargs="+", metavar="TEMPLATE")
    parser.add_argument("--input", dest="inputs", action="append", type=pair, default=[], metavar="NAME=VALUE")
    options = parser.parse_args(arguments)
    options.inputs = dict(options.inputs)
    return options


def pair(text):
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise argparse.ArgumentTypeError(f"`{text}` is not of the form NAME=VALUE")
    return name, value


def report(path, inputs):
    reason = refusal(path, inputs)
    print(f"rejected {path}\n{reason}" if reason else f"accepted {path}", flush=True)
    return reason


def refusal(path, inputs):
    """The reason why tosca-parser does not take the template, or nothing if it does."""
    try:
        # A copy: tosca-parser may change what it is given.
        ToscaTemplate(path, parsed_params=dict(inputs))
    except Exception as error:  # It has no common base class, and malformed input ends in bare Python errors.
        return without_stack(f"{type(error).__name__}: {error}")
    return None


def without_stack(text):
    """The text without the places in tosca-parser's own source, which it indents by two tabs."""
    return "\n".join(line for line in text.splitlines() if line.strip() and not line.startswith("\t\t"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
