"""Know at which address people reach the guide, and keep it for commands that run beside it."""

from __future__ import annotations

import ipaddress
import json
import socket
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from audioguide import files
from audioguide.cli.pulse import answers
from audioguide.settings import Settings
from audioguide.storage import write_whole

_KEPT = "address.json"
_USUAL = "http://127.0.0.1:8000"
_ELSEWHERE = "192.0.2.1"  # of a network that is nobody's (RFC 5737)
_CONTAINERS = (Path("/.dockerenv"), Path("/run/.containerenv"))
_PATIENCE_SECONDS = 2.0
_MOST_BYTES = 2_000


@dataclass(frozen=True)
class Reached:
    """An address without a slash at its end; ``by_phones`` when others than this machine open it.

    ``is_running`` tells whether the guide answers there now; a public address is not asked.
    """

    address: str
    by_phones: bool
    is_running: bool

    @property
    def for_symbol(self) -> str:
        """The address as a symbol can carry it: no host there is an IPv6 address."""
        parts = urlsplit(self.address)
        return f"http://localhost:{parts.port}" if parts.netloc.startswith("[") else self.address


def address(host: str, port: int) -> str:
    """Return the address to open; a server on every address is opened on this machine's own."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104
    bracketed = f"[{shown}]" if ":" in shown and not shown.startswith("[") else shown
    return f"http://{bracketed}:{port}/"


def address_for_phones(where: str, host: str) -> str | None:
    """Return the address that other devices open, None where nobody knows it.

    A server that listens to all is reached at the address of the interface that leads out. Inside
    a container that is an address of the container, which no phone can reach.
    """
    if host not in ("0.0.0.0", "::"):  # noqa: S104
        return where
    mine = None if any(each.exists() for each in _CONTAINERS) else _leading_out()
    port = where.rstrip("/").rpartition(":")[2]
    return None if mine is None else f"http://{mine}:{port}/"


def keep(settings: Settings, where: str, phones: str | None) -> None:
    """Keep where the guide is open; raise nothing: without it, commands give the usual address."""
    try:
        record = json.dumps({"open": where, "phones": phones})
        write_whole(settings.data / _KEPT, record.encode())
    except OSError:
        return


def reached(settings: Settings) -> Reached:
    """Tell the public address, else the one at which the guide was opened last, else the usual."""
    if settings.base_url:
        return Reached(settings.base_url, by_phones=True, is_running=True)
    where, phones = _kept(settings)
    found = urlsplit(where)
    is_running = answers(found.hostname or "", found.port or 80, _PATIENCE_SECONDS)
    shown = (phones or where).rstrip("/")
    return Reached(shown, by_phones=not _is_of_this_machine(shown), is_running=is_running)


def _kept(settings: Settings) -> tuple[str, str | None]:
    """Read what was kept; a file that somebody has changed counts as none."""
    try:
        record = json.loads(files.read(settings.data / _KEPT, _MOST_BYTES))
        where, phones = record["open"], record["phones"]
        for each in (where, phones or where):
            parts = urlsplit(each)
            if parts.scheme != "http" or not parts.hostname or not parts.port:
                return _USUAL, None
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return _USUAL, None
    return where, phones


def _is_of_this_machine(where: str) -> bool:
    host = urlsplit(where).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _leading_out() -> str | None:
    """Ask the system from which address it would speak to another network; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((_ELSEWHERE, 9))
            mine = str(probe.getsockname()[0])
        except OSError:  # no way out: a computer without a network, or with IPv6 alone
            return None
    reached_at = ipaddress.ip_address(mine)
    useless = reached_at.is_loopback or reached_at.is_link_local or reached_at.is_unspecified
    return None if useless else mine
