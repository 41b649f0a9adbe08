"""What the operator chose, read once from the environment; nothing here looks at the world."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from audioguide.errors import AskedWrongly
from audioguide.languages import Language, parse

PREFIX = "AUDIOGUIDE_"
MOST_WORKERS = 64


@dataclass(frozen=True)
class Settings:
    """All settings of the program; the table in the README describes each."""

    base_url: str | None
    data: Path
    media: Path
    store: Path
    database_url: str
    default_language: Language
    language: Language | None
    voices: str
    workers: int
    trusted_proxies: int

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the settings from ``AUDIOGUIDE_*`` variables.

        Raise AskedWrongly, in one line, for a value that cannot be used and for a variable
        that is no setting.
        """
        given = _given(os.environ if environment is None else environment)
        data = _folder(given, "DATA", Path("instance"))
        media = _folder(given, "MEDIA", Path("media"))
        return cls(
            base_url=_base_url(given.get("BASE_URL")),
            data=data,
            media=media,
            store=_folder(given, "STORE", media / "generated"),
            database_url=_database_url(given.get("DATABASE_URL"), data),
            default_language=_language(given, "DEFAULT_LANGUAGE") or Language.KK,
            language=_language(given, "LANGUAGE"),
            voices=_voices(given.get("VOICES")),
            workers=_count(given, "WORKERS", os.cpu_count() or 1, at_least=1),
            trusted_proxies=_count(given, "TRUSTED_PROXIES", 0, at_least=0),
        )


NAMES = (
    "BASE_URL",
    "DATA",
    "MEDIA",
    "STORE",
    "DATABASE_URL",
    "DEFAULT_LANGUAGE",
    "LANGUAGE",
    "VOICES",
    "WORKERS",
    "TRUSTED_PROXIES",
)


def _given(environment: Mapping[str, str]) -> dict[str, str]:
    given = {
        name.removeprefix(PREFIX): value.strip()
        for name, value in environment.items()
        if name.startswith(PREFIX)
    }
    for name in sorted(given):
        if name not in NAMES:
            raise AskedWrongly(
                "{name} is not a setting. The settings are: {known}.",
                name=PREFIX + name,
                known=", ".join(PREFIX + known for known in NAMES),
            )
    return {name: value for name, value in given.items() if value}


def _folder(given: Mapping[str, str], name: str, default: Path) -> Path:
    folder = Path(given.get(name) or default).expanduser().absolute()
    if folder.exists() and not folder.is_dir():
        raise AskedWrongly(
            "{name} must be a folder, and {value} is a file.", name=PREFIX + name, value=folder
        )
    return folder


def _language(given: Mapping[str, str], name: str) -> Language | None:
    value = given.get(name)
    language = parse(value)
    if value and language is None:
        raise AskedWrongly(
            "{name} must be kk, ru or en, and it is {value}.", name=PREFIX + name, value=value
        )
    return language


def _count(given: Mapping[str, str], name: str, default: int, *, at_least: int) -> int:
    value = given.get(name, str(default))
    if not value.isascii() or not value.isdigit() or not at_least <= int(value) <= MOST_WORKERS:
        raise AskedWrongly(
            "{name} must be a whole number from {least} to {most}, and it is {value}.",
            name=PREFIX + name,
            least=at_least,
            most=MOST_WORKERS,
            value=value,
        )
    return int(value)


def _voices(value: str | None) -> str:
    voices = value or "auto"
    if voices not in ("auto", "offline"):
        raise AskedWrongly(
            "{name} must be auto or offline, and it is {value}.",
            name=f"{PREFIX}VOICES",
            value=voices,
        )
    return voices


def _database_url(value: str | None, data: Path) -> str:
    url = value or f"sqlite:///{data / 'guide.sqlite3'}"
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise AskedWrongly(
            "{name} must begin with sqlite:/// or postgresql+psycopg://.",
            name=f"{PREFIX}DATABASE_URL",
        )
    return url


def _base_url(value: str | None) -> str | None:
    if value is None:
        return None
    try:
        parts = urlsplit(value)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    plain = parts.path in ("", "/") and not parts.query and not parts.fragment
    if parts.scheme != "https" or port or parts.username or not plain or not _is_host(host):
        raise AskedWrongly(
            "{name} must be https and a host name alone, such as https://guide.museum.kz, "
            "and it is {value}.",
            name=f"{PREFIX}BASE_URL",
            value=value,
        )
    return f"https://{host}"


def _is_host(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        labels = host.split(".")
        return len(labels) > 1 and all(
            label.isascii() and label.replace("-", "x").isalnum() for label in labels
        )
    return False
