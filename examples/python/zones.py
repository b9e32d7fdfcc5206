"""Keeps images in step between the registries of two zones: a push in the one, a push where it does
not belong in the other, and what a person decides of that.

python examples/python/zones.py

The registries are small ones in this program. With `REGISTRY_NORTH_URL` and `REGISTRY_SOUTH_URL`
they are real ones that let everybody in; something is pushed there as `retail-shop/web:1.4`.
"""

from __future__ import annotations

import hashlib
import json
import os
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import paas_sdk as paas

IMAGE = "retail-shop/web:1.4"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"


def main() -> None:
    north = os.environ.get("REGISTRY_NORTH_URL") or start_registry()
    south = os.environ.get("REGISTRY_SOUTH_URL") or start_registry()
    # With a login: `"username": "paas", "password": …`, and `https:` in the address.
    zones: list[paas.types.ZoneOptions] = [
        {"name": "north", "url": north},
        {"name": "south", "url": south},
    ]
    # A portal has a store that stays: "paas.db".
    with paas.connect("zones", ":memory:", zones=zones) as platform:
        platform.tenants.put("retail")
        platform.namespaces.create("retail", "retail-shop")
        platform.zones.set_rule("retail-shop", rule={"zones": ["north", "south"]})

        print("Something is pushed in the north.")
        push(north, b"the first build")
        carry_out(platform)

        print("Somebody pushes something else in the south, under the same name.")
        other = push(south, b"not the first build")
        carry_out(platform)

        print("A person has looked at it: the north is right.")
        platform.zones.replace(IMAGE, "south", other)
        carry_out(platform)
        for entry in platform.zones.journal(IMAGE):
            print(f"  {entry['number']}  {entry['kind']}")


def carry_out(platform: paas.Platform) -> None:
    """Compares the zones once, and copies what lacks. A portal has `platform.zones.keep` do it."""
    scan = platform.zones.scan()
    for failure in scan["failures"]:
        print(f"  {failure['zone']}: {failure['message']}")
    for copy in platform.zones.carry_on():
        for end in copy.wait():
            print(f"  {copy.image}, {copy.source} -> {copy.destination}: {end['kind']}")
    for zone, standing in platform.zones.read(IMAGE)["standings"].items():
        print(f"  {zone}: {standing['kind']}")


def push(registry: str, layer: bytes) -> str:
    """Pushes an image of one layer, as `docker push` does; gives its digest."""
    repository, tag = IMAGE.split(":")
    at = f"{registry}/v2/{repository}"

    def send(method: str, url: str, content: bytes, kind: str = "application/octet-stream") -> str:
        headers = {"Content-Type": kind}
        request = urllib.request.Request(url, data=content, method=method, headers=headers)
        with urllib.request.urlopen(request) as answer:
            return str(answer.headers["Location"])

    def blob(kind: str, content: bytes) -> dict[str, object]:
        place = send("POST", f"{at}/blobs/uploads/", b"")
        mark = "&" if "?" in place else "?"
        send("PUT", f"{place}{mark}digest={digest_of(content)}", content)
        return {"mediaType": kind, "digest": digest_of(content), "size": len(content)}

    config = json.dumps({"architecture": "amd64", "os": "linux"}).encode()
    manifest = {
        "schemaVersion": 2,
        "mediaType": MANIFEST,
        "config": blob("application/vnd.oci.image.config.v1+json", config),
        "layers": [blob("application/vnd.oci.image.layer.v1.tar", layer)],
    }
    content = json.dumps(manifest).encode()
    send("PUT", f"{at}/manifests/{tag}", content, MANIFEST)
    return digest_of(content)


def digest_of(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def start_registry() -> str:
    """A registry in memory, as far as this program needs one; gives its address."""
    kept: dict[str, tuple[str, bytes]] = {}
    uploads: dict[str, bytes] = {}

    class Registry(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            path = self.path.partition("?")[0]
            content = self.content()
            if path.endswith("/blobs/uploads/"):
                place = f"{path}{os.urandom(8).hex()}"
                uploads[place] = b""
                self.answer(202, {"Location": f"{address}{place}", "Range": "0-0"})
            elif path in uploads and self.command == "PATCH":
                uploads[path] += content
                end = len(uploads[path]) - 1
                self.answer(202, {"Location": f"{address}{path}", "Range": f"0-{end}"})
            elif path in uploads:
                blob = uploads.pop(path) + content
                place = f"{path.split('uploads/')[0]}{digest_of(blob)}"
                kept[place] = ("application/octet-stream", blob)
                self.answer(201, {"Location": place, "Docker-Content-Digest": digest_of(blob)})
            elif self.command == "PUT":
                for name in (path, f"{path.rpartition('/')[0]}/{digest_of(content)}"):
                    kept[name] = (str(self.headers["Content-Type"]), content)
                self.answer(201, {"Docker-Content-Digest": digest_of(content)})
            elif path == "/v2/_catalog":
                manifests = [name for name in kept if "/manifests/" in name]
                names = {name.split("/manifests/")[0].removeprefix("/v2/") for name in manifests}
                self.answer(200, {}, json.dumps({"repositories": sorted(names)}).encode())
            elif path.endswith("/tags/list"):
                at = path.removesuffix("/tags/list")
                named = [name.rpartition("/manifests/") for name in kept]
                tags = [tag for of, _, tag in named if of == at and ":" not in tag]
                listed = {"name": at.removeprefix("/v2/"), "tags": tags}
                self.answer(200, {}, json.dumps(listed).encode())
            elif path in kept:
                kind, content = kept[path]
                headers = {"Content-Type": kind, "Docker-Content-Digest": digest_of(content)}
                self.answer(200, headers, content)
            else:
                self.answer(200 if path == "/v2/" else 404, {})

        do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = handle_any

        def content(self) -> bytes:
            if self.headers.get("Transfer-Encoding") != "chunked":
                return self.rfile.read(int(self.headers.get("Content-Length") or 0))
            content = b""
            while size := int(self.rfile.readline(), 16):
                content += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return content

        def answer(self, status: int, headers: dict[str, str], content: bytes = b"") -> None:
            self.send_response(status)
            headers = {"Docker-Distribution-Api-Version": "registry/2.0", **headers}
            for name, value in {**headers, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Registry)
    server.daemon_threads = True
    address = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    return address


if __name__ == "__main__":
    main()
