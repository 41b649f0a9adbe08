"""A request as the server gives it (RSGI), written as WSGI (PEP 3333) for Flask."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from werkzeug.middleware.proxy_fix import ProxyFix

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_OF_A_BODY = {"content-length": "CONTENT_LENGTH", "content-type": "CONTENT_TYPE"}
_PORTS = {"http": "80", "https": "443"}


class Headers(Protocol):
    """What is asked of a request's headers; names in small letters."""

    def get(self, key: str, default: Any = None) -> Any:
        """Return the first value, or None; None too for one with bytes beyond ASCII."""

    def get_all(self, key: str) -> Sequence[str]:
        """Return every value."""

    def items(self) -> Sequence[tuple[str, str]]:
        """Return every name and value."""


class Scope(Protocol):
    """A request's head as granian's RSGI gives it."""

    proto: str
    http_version: str
    server: str
    client: str
    scheme: str
    method: str
    path: str
    query_string: str
    authority: str | None

    @property
    def headers(self) -> Headers:
        """Return the headers."""


def of_scope(scope: Scope) -> WSGIEnvironment:
    """Write a request's head as WSGI does; its body is added by ``with_body``."""
    server, _, port = scope.server.rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": server,
        "SERVER_PORT": port or _PORTS.get(scope.scheme, "80"),
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": address_of(scope.client),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    return environ | _headers(scope) | {"HTTP_HOST": host_of(scope)}


def with_body(environ: WSGIEnvironment, body: BinaryIO, size_bytes: int) -> WSGIEnvironment:
    """Add a body that is whole."""
    environ["wsgi.input"] = body
    environ["CONTENT_LENGTH"] = str(size_bytes)
    environ.pop("HTTP_TRANSFER_ENCODING", None)
    return environ


def host_of(scope: Scope) -> str:
    """Return the one host that a request names, or "" (RFC 9112, 3.2 and RFC 9113, 8.3.1)."""
    if scope.authority is not None:
        return scope.authority
    named = scope.headers.get_all("host")
    return named[0] if len(named) == 1 else ""


def address_of(client: str) -> str:
    """Return the address of `address:port`, without the brackets of IPv6."""
    return client.rpartition(":")[0].strip("[]")


def trusting(proxies: int) -> ProxyFix | None:
    """Return what corrects an environment in place as so many front servers say; None for none."""
    if not proxies:
        return None
    return ProxyFix(lambda *_: [], x_for=proxies, x_proto=proxies, x_host=proxies)


def _headers(scope: Scope) -> dict[str, str]:
    """Join what was said several times (RFC 9110, 5.3; cookies: RFC 9113, 8.2.3)."""
    said: dict[str, list[str]] = {}
    for name, value in scope.headers.items():
        if "_" not in name:  # else it could pass for another: x_forwarded_for
            said.setdefault(name, []).append(value)
    return {
        _OF_A_BODY.get(name) or "HTTP_" + name.upper().replace("-", "_"): (
            "; " if name == "cookie" else ","
        ).join(values)
        for name, values in said.items()
    }
