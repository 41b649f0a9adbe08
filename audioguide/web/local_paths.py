"""Open redirects, prevented: where a request says to lead on to, and whether that is this site."""

from __future__ import annotations

from urllib.parse import urlsplit

LONGEST_PATH = 1000  # far more than any of ours; some servers refuse long headers


def is_local(path: str) -> bool:
    """Tell whether a path stays on this site, whatever a browser makes of slashes."""
    plain = path.isprintable() and path.startswith("/") and "\\" not in path
    if not plain or "//" in path or len(path) > LONGEST_PATH:
        return False
    try:
        parts = urlsplit(path)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc
