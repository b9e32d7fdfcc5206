"""An ASGI application behind the gateway that asks the library for decisions.

python examples/python/asgi.py

The gateway validates the token of a request with Keystone, drops what a client says of itself, and sends who it is in
headers, by the names of Keystone's own middleware. So nobody may reach this application but through the gateway.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import paas_sdk as paas

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

# What a request wants to do, by method and the first part of the path.
RIGHTS: dict[tuple[str, str], tuple[paas.types.AccessAction, paas.types.ResourceKind]] = {
    ("GET", "volumes"): ("view", "volume"),
    ("POST", "volumes"): ("create", "volume"),
    ("POST", "members"): ("authorise", "membership"),
}


def subject_of(headers: dict[str, str]) -> paas.types.Subject | None:
    """The user that the gateway has confirmed, with its roles."""
    if headers.get("x-identity-status") != "Confirmed":
        return None
    subject: paas.types.Subject = {"user": headers["x-user-id"]}
    roles = [role for role in headers.get("x-roles", "").split(",") if role]
    if project := headers.get("x-project-id"):
        return paas.grant_roles(subject, "project", roles, tenant=project)
    if headers.get("openstack-system-scope") == "all":
        return paas.grant_roles(subject, "system", roles)
    return subject


class Authorised:
    """Lets a request through to an application if the user may do what it wants, in the tenant of its token."""

    def __init__(self, application: Application) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await answer(send, 404, {"because": "there is nothing but HTTP here"})
            return
        headers = {name.decode("latin-1"): value.decode("utf-8") for name, value in scope["headers"]}
        subject = subject_of(headers)
        if subject is None:
            await answer(send, 401, {"because": "the gateway has not confirmed who this is"})
            return
        right = RIGHTS.get((scope["method"], scope["path"].split("/")[1]))
        if right is None:
            await answer(send, 404, {"because": "there is no such thing here"})
            return
        action, kind = right
        decision = paas.decide(subject, action, kind, tenant=headers.get("x-project-id"))
        if not decision["allowed"]:
            await answer(send, 403, {"because": decision["because"]})
            return
        scope["paas.subject"] = subject
        await self.application(scope, receive, send)


async def answer(send: Send, status: int, body: dict[str, str]) -> None:
    """Sends a JSON document."""
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(body).encode()})


async def service(scope: Scope, receive: Receive, send: Send) -> None:
    """What is behind it: whoever comes here may do what it asks for."""
    await answer(send, 200, {"done": f"{scope['method']} {scope['path']}"})


async def ask(application: Application, method: str, path: str, headers: dict[str, str]) -> tuple[int, str]:
    """Asks an application as a server would."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    raw = [(name.lower().encode("latin-1"), value.encode()) for name, value in headers.items()]
    scope: Scope = {"type": "http", "method": method, "path": path, "headers": raw}
    await application(scope, receive, send)
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:]).decode()


async def main() -> None:
    application = Authorised(service)
    anna = {
        "X-Identity-Status": "Confirmed",
        "X-User-Id": "5f3c",
        "X-Project-Id": "7c3e0b6f",
        "X-Roles": "reader,member",
    }
    for method, path, headers in [
        ("GET", "/volumes/data", anna),
        ("POST", "/volumes/data", anna),
        ("POST", "/members/bob", anna),
        ("POST", "/members/bob", {**anna, "X-Roles": "manager"}),
        ("GET", "/volumes/data", {"X-User-Id": "5f3c"}),
    ]:
        status, body = await ask(application, method, path, headers)
        print(f"{method} {path}: {status} {body}")


if __name__ == "__main__":
    asyncio.run(main())
