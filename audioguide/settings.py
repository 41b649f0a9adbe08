"""Settings: what the operator chose, read once from the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from audioguide.engines import AUTO, Voices, read_voices
from audioguide.errors import AskedWrongly
from audioguide.languages import Language, parse

PREFIX = "AUDIOGUIDE_"
MOST_WORKERS = 64

_COUNT = re.compile(r"[0-9]{1,3}")
_HOST_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


class SendSound(StrEnum):
    """Who sends the bytes of a sound: the program, or the front server on its word."""

    APP = "app"
    X_ACCEL = "x-accel"


@dataclass(frozen=True)
class Settings:
    """All settings of the program; the table in the README describes each."""

    base_url: str | None
    data: Path
    media: Path
    store: Path
    database_url: str
    default_language: Language | None
    language: Language | None
    voices: Voices
    workers: int
    trusted_proxies: int
    send_sound: SendSound

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
            default_language=_default_language(given.get("DEFAULT_LANGUAGE")),
            language=_language(given, "LANGUAGE"),
            voices=read_voices(given.get("VOICES", AUTO), f"{PREFIX}VOICES"),
            workers=_count(given, "WORKERS", os.cpu_count() or 1, at_least=1),
            trusted_proxies=_count(given, "TRUSTED_PROXIES", 0, at_least=0),
            send_sound=_send_sound(given.get("SEND_SOUND")),
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
    "SEND_SOUND",
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


def _straight(path: Path) -> Path:
    """Return a whole path without a way back in it, "..", which nobody wants to read."""
    return path.resolve() if ".." in path.parts else path.absolute()


def _folder(given: Mapping[str, str], name: str, default: Path) -> Path:
    try:
        folder = _straight(Path(given.get(name) or default).expanduser())
        is_file = folder.exists() and not folder.is_dir()
    except (OSError, RuntimeError) as error:  # too long a path, the home of nobody we know
        raise AskedWrongly(
            "The folder {folder} cannot be written: {reason}.",
            folder=_one_line(given.get(name, str(default))),
            reason=(getattr(error, "strerror", None) or str(error)).rstrip("."),
        ) from error
    if is_file:
        raise AskedWrongly(
            "{name} must be a folder, and {value} is a file.", name=PREFIX + name, value=folder
        )
    return folder


def _language(given: Mapping[str, str], name: str) -> Language | None:
    value = given.get(name)
    language = parse(value)
    if value and language is None:
        raise AskedWrongly(
            "{name} must be kk, ru or en, and it is {value}.",
            name=PREFIX + name,
            value=_one_line(value),
        )
    return language


def _default_language(value: str | None) -> Language | None:
    """Read a language that the museum may have or not: that is known where its pack is read."""
    language = Language.read(value)
    if value and language is None:
        raise AskedWrongly(
            "{name} must be a language such as kk or uz-Latn, and it is {value}.",
            name=f"{PREFIX}DEFAULT_LANGUAGE",
            value=_one_line(value),
        )
    return language


def _count(given: Mapping[str, str], name: str, default: int, *, at_least: int) -> int:
    value = given.get(name, str(default))
    if not _COUNT.fullmatch(value) or not at_least <= int(value) <= MOST_WORKERS:
        raise AskedWrongly(
            "{name} must be a whole number from {least} to {most}, and it is {value}.",
            name=PREFIX + name,
            least=at_least,
            most=MOST_WORKERS,
            value=_one_line(value),
        )
    return int(value)


def _send_sound(value: str | None) -> SendSound:
    sends = value or SendSound.APP
    if sends not in list(SendSound):
        raise AskedWrongly(
            "{name} must be app or x-accel, and it is {value}.",
            name=f"{PREFIX}SEND_SOUND",
            value=_one_line(sends),
        )
    return SendSound(sends)


def _database_url(value: str | None, data: Path) -> str:
    if value is None:  # in an address "%" and "?" have a meaning, in a folder's name they have none
        file = str(data / "guide.sqlite3").replace("%", "%25").replace("?", "%3F")
        return f"sqlite:///{file}"
    scheme, _, rest = value.partition("://")
    names_file = scheme == "sqlite" and rest.startswith("/") and rest[1:2] not in ("", "?", ":")
    if not names_file and not (scheme == "postgresql+psycopg" and rest):
        raise AskedWrongly(
            "{name} must begin with sqlite:/// and a file, or with postgresql+psycopg://.",
            name=f"{PREFIX}DATABASE_URL",
        )
    return value


def _base_url(value: str | None) -> str | None:
    if value is None:
        return None
    scheme, _, rest = value.partition("://")
    host = rest.removesuffix("/").lower()
    if scheme.lower() != "https" or not _is_host(host):
        raise AskedWrongly(
            "{name} must be https and a host name alone, such as https://guide.museum.kz, "
            "and it is {value}.",
            name=f"{PREFIX}BASE_URL",
            value=_one_line(value),
        )
    return f"https://{host}"


def _is_host(host: str) -> bool:
    """Tell whether this is a host name with a dot (RFC 1123, 2.1), not an address in figures."""
    labels = host.split(".")
    return (
        len(host) <= 253
        and len(labels) > 1
        and all(_HOST_LABEL.fullmatch(label) for label in labels)
        and labels[-1] != "localhost"
        and not labels[-1][0].isdigit()  # 127.1 and 0x7f.1 are addresses too
    )


def _one_line(value: str) -> str:
    return " ".join(value.split())
