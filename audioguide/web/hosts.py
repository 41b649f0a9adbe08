"""Which host a request names: pages write it down where no public address is set."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_NAME = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_.])?(:\d{1,5})?", re.IGNORECASE | re.ASCII)
_IPV6 = re.compile(r"\[[0-9a-f:.]{2,45}\](:\d{1,5})?", re.IGNORECASE | re.ASCII)
_LONGEST = 260  # a name of 253 characters (RFC 1035, 2.3.4) and a port


@lru_cache(maxsize=256)
def is_host(host: str) -> bool:
    """Tell whether this is one host, perhaps with a port (RFC 9110, 7.2)."""
    is_short = 0 < len(host) <= _LONGEST
    return is_short and bool(_NAME.fullmatch(host) or _IPV6.fullmatch(host))


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
