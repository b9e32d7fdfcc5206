"""Loads templates with the parser of xOpera and says which it does not accept.

    python xopera_accepts.py TEMPLATE...

Prints `rejected PATH` with the reason for each that it does not take. Exits with 0 if all were accepted, with 1 if not.
"""

import pathlib
import sys

from opera_tosca_parser.parser import tosca


def main(paths):
    reasons = [report(pathlib.Path(path)) for path in paths]
    return 1 if any(reasons) else 0


def report(path):
    reason = refusal(path)
    if reason:
        print(f"rejected {path}\n{reason}", flush=True)
    return reason


def refusal(path):
    """The reason why xOpera does not take the template, or nothing if it does."""
    try:
        tosca.load_service_template(path.parent, pathlib.PurePath(path.name)).get_template({})
    except Exception as error:  # Malformed input ends in bare Python errors.
        return f"{type(error).__name__}: {getattr(error, 'loc', '')} {error}"
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
