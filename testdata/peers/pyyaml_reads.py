"""Reads YAML files with PyYAML, a reader of YAML 1.1 as Rancher's own is, and prints what it understood.

    python pyyaml_reads.py FILE...

Prints one JSON object: the path of each file and the value in it. Stricter than PyYAML itself: a file holds one
document, no key comes twice, every key is a string, and every value is one that JSON knows. Exits with 1 and the
reason if a file is not so.
"""

import json
import sys

import yaml


def main(paths):
    values = {}
    for path in paths:
        try:
            with open(path, encoding="utf-8") as file:
                values[path] = yaml.load(file, Loader=StrictLoader)
        except (OSError, ValueError, yaml.YAMLError) as error:
            print(f"{path}: {error}", file=sys.stderr)
            return 1
    json.dump(values, sys.stdout, allow_nan=False)
    return 0


class StrictLoader(yaml.SafeLoader):
    """The safe loader without its leniency."""


def strict_map(loader, node):
    value = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str):
            raise yaml.constructor.ConstructorError(None, None, f"{key!r} is a key and no string", key_node.start_mark)
        if key in value:
            raise yaml.constructor.ConstructorError(None, None, f"{key!r} is there twice", key_node.start_mark)
        value[key] = loader.construct_object(value_node, deep=True)
    return value


def refuse(loader, node):
    raise yaml.constructor.ConstructorError(None, None, f"{node.tag} has no place in these files", node.start_mark)


StrictLoader.add_constructor("tag:yaml.org,2002:map", strict_map)
for kind in ("timestamp", "binary", "set", "omap", "pairs"):
    StrictLoader.add_constructor(f"tag:yaml.org,2002:{kind}", refuse)

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
