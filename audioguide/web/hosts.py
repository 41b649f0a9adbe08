"""Validate the Host header: pages write it down where no public address is set."""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_FLAGS = re.IGNORECASE | re.ASCII
_PORT = r"(:(?P<port>\d{1,5}))?"
_NAME = re.compile(r"(?P<name>[a-z0-9_]([a-z0-9_.-]*[a-z0-9_.])?)" + _PORT, _FLAGS)
_IPV6 = re.compile(r"\[(?P<name>[0-9a-f:.]{2,45})\]" + _PORT, _FLAGS)
_HIGHEST_PORT = 65535
_LONGEST = 260  # a name of 253 characters (RFC 1035, 2.3.4) and a port


def is_host(host: str) -> bool:
    """Tell whether this is one host, perhaps with a port (RFC 9110, 7.2)."""
    return 0 < len(host) <= _LONGEST and _is_host(host)


@lru_cache(maxsize=256)
def _is_host(host: str) -> bool:
    found = _NAME.fullmatch(host) or _IPV6.fullmatch(host)
    if found is None or int(found["port"] or 0) > _HIGHEST_PORT:
        return False
    try:  # what Werkzeug does with it later
        if host.startswith("["):
            ipaddress.IPv6Address(found["name"])
        else:
            found["name"].encode("ascii").decode("idna")
    except ValueError:
        return False
    return True


def settle(environ: WSGIEnvironment, *, by_host: bool) -> bool:
    """Tell whether a request can be answered; put a harmless host in the place of a wrong one.

    Where pages name the host that was asked, one that is missing or impossible must be refused:
    the page would be kept, and lead everybody astray.
    """
    if is_host(environ.get("HTTP_HOST", "")):
        return True
    environ["HTTP_HOST"] = "localhost"
    return not by_host


def place_of(environ: WSGIEnvironment) -> str:
    """Return scheme and host that a request names, as `http://host`."""
    return f"{environ['wsgi.url_scheme']}://{environ.get('HTTP_HOST', '')}"
