"""Translates the bank's template and writes the files.

python examples/python/translate.py
"""

from __future__ import annotations

from pathlib import Path

import paas_sdk as paas

ROOT = Path(__file__).parents[2]


def main() -> None:
    template = ROOT / "examples/bank/template.yaml"
    release = paas.translate(template.read_text(encoding="utf-8"), file=template.name)
    for warning in release.diagnostics:
        print(f"{warning['severity']}[{warning['code']}]: {warning['message']}")

    written = release.write(str(ROOT / "target/python/bank"))
    folder = Path(written["folder"]).relative_to(ROOT)
    for path, text in release.files.items():
        print(f"{folder / path}: {len(text.splitlines())} lines")

    print()
    for stage in release.to_dict()["stages"]:
        services = ", ".join(service["service"] for service in stage["activations"])
        print(f"stage {stage['number']}: {services}")

    # A template with mistakes: all of them at once, each with its place.
    broken = ROOT / "examples/bank/broken.yaml"
    checked = paas.check(broken.read_text(encoding="utf-8"), file=broken.name, report="short")
    print()
    print(checked.get("report", ""), end="")


if __name__ == "__main__":
    main()
