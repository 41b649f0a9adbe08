"""Write a stop's address as a symbol carries it and as a hand types it."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from audioguide.errors import AskedWrongly

_HOST = re.compile(r"[A-Z0-9]([A-Z0-9.-]*[A-Z0-9])?(:[0-9]{1,5})?")
_CODE = re.compile(r"[0-9A-Z]+")


def payload(base_url: str, code: str) -> str:
    """Return what the symbol says, ``https://HOST/Q/CODE``: lower-case scheme, capitals after it.

    Some phone cameras refuse an upper-case scheme; capitals after it fit the alphanumeric mode of
    ISO/IEC 18004, 7.4.4, and make larger modules. Raise AskedWrongly for a base address that is
    more than scheme, host and port.
    """
    parts = _split(base_url)
    return f"{parts.scheme}://{parts.netloc.upper()}/Q/{_checked(code)}"


def typed_address(base_url: str, code: str) -> str:
    """Return the address as it is printed to be typed: ``guide.museum.kz/q/7k2mx``."""
    return f"{_split(base_url).netloc}/q/{_checked(code)}".lower()


def start_payload(base_url: str) -> str:
    """Return what the symbol at the entrance says, ``https://HOST/``; raise as payload does."""
    parts = _split(base_url)
    return f"{parts.scheme}://{parts.netloc.upper()}/"


def start_address(base_url: str) -> str:
    """Return the address of the entrance as it is printed to be typed: ``guide.museum.kz``."""
    return _split(base_url).netloc.lower()


def _split(base_url: str) -> SplitResult:
    try:
        parts = urlsplit(base_url.strip())
    except ValueError as error:
        raise AskedWrongly(
            "“{address}” is not an address; write it as https://guide.museum.kz.",
            address=base_url,
        ) from error
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise AskedWrongly(
            "“{address}” is not an address; write it as https://guide.museum.kz.",
            address=base_url,
        )
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise AskedWrongly(
            "“{address}” goes on after the host; the address on a label is a host alone, "
            "such as https://guide.museum.kz.",
            address=base_url,
        )
    if not _HOST.fullmatch(parts.netloc.upper()):
        raise AskedWrongly(
            "“{host}” cannot stand in a QR code: a host there has Latin letters, digits, dots "
            "and hyphens alone (a name in other letters is written in its xn-- form).",
            host=parts.netloc,
        )
    return parts


def _checked(code: str) -> str:
    upper = code.upper()
    if not _CODE.fullmatch(upper):
        raise AskedWrongly(
            "“{code}” is not a code: a code is Latin letters and digits alone.", code=code
        )
    return upper
