"""Registries that run for a test, and an image for them."""

from __future__ import annotations

import hashlib
import json
import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

MANIFEST = "application/vnd.oci.image.manifest.v1+json"


@contextmanager
def registry(folder: Path) -> Iterator[str]:
    """A registry of the distribution project that lets everybody in; gives its address."""
    program = os.environ.get("PAAS_DOCKER_REGISTRY")
    if not program:
        pytest.skip("there is no `PAAS_DOCKER_REGISTRY`, the program `docker-registry`")
    folder.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    # JSON is YAML.
    configuration = {
        "version": "0.1",
        "log": {"level": "error", "accesslog": {"disabled": True}},
        "storage": {"filesystem": {"rootdirectory": str(folder / "data")}},
        "http": {"addr": f"127.0.0.1:{port}"},
    }
    path = folder / "configuration.yml"
    path.write_text(json.dumps(configuration), encoding="utf-8")
    null = subprocess.DEVNULL
    with subprocess.Popen([program, "serve", str(path)], stdout=null, stderr=null) as process:
        try:
            for _ in range(600):
                assert process.poll() is None, "the registry ended"
                try:
                    socket.create_connection(("127.0.0.1", port)).close()
                    break
                except ConnectionRefusedError:
                    time.sleep(0.05)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()


def push(registry: str, repository: str, tag: str, layers: list[bytes]) -> str:
    """Pushes an image of these layers; gives its digest."""
    at = f"{registry}/v2/{repository}"
    config = json.dumps({"architecture": "amd64", "os": "linux"}).encode()
    manifest = json.dumps(
        {
            "schemaVersion": 2,
            "mediaType": MANIFEST,
            "config": _blob(at, "application/vnd.oci.image.config.v1+json", config),
            "layers": [_blob(at, "application/vnd.oci.image.layer.v1.tar", one) for one in layers],
        }
    ).encode()
    _send("PUT", f"{at}/manifests/{tag}", manifest, MANIFEST)
    return _digest(manifest)


def _blob(at: str, kind: str, content: bytes) -> dict[str, object]:
    place = _send("POST", f"{at}/blobs/uploads/", b"", "application/octet-stream")
    query = "&" if "?" in place else "?"
    _send("PUT", f"{place}{query}digest={_digest(content)}", content, "application/octet-stream")
    return {"mediaType": kind, "digest": _digest(content), "size": len(content)}


def _send(method: str, url: str, content: bytes, kind: str) -> str:
    request = urllib.request.Request(
        url, data=content, method=method, headers={"Content-Type": kind}
    )
    with urllib.request.urlopen(request) as answer:
        return str(answer.headers["Location"])


def _digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"
