"""What is left of a recording, or is one in a form that is not read; from its name alone."""

from __future__ import annotations

import re

from audioguide.content import takes
from audioguide.errors import Message, message
from audioguide.languages import Languages

# Projects of programs that cut sound, dictation machines, and coders that few players know.
_OTHERS = (
    "aup aup3 sesx als rpp reapeaks logicx band cpr npr sng veg dss ds2 dvf msv dct sri wv wvc ape "
    "tta ofr shn mpc ra ram rm rmvb gsm vox voc 8svx mid midi kar m3u m3u8 pls xspf cue acm aax "
    "dsf dff mlp thd ac3 ec3 eac3 dts adx vqf la pac tak apac qcp vdo flv f4v f4a vob swf"
)
_ARCHIVES = "zip rar 7z tar gz tgz bz2 xz zst cab arj lzh"
_OTHER_SOUND, _PACKED = frozenset(_OTHERS.split()), frozenset(_ARCHIVES.split())
_CLOUD = frozenset(("icloud",))
_TAKE = re.compile(r"(?:^|[\W_])take(?=[\W_]|$)")
_NUMBER = re.compile(r"(?:[\s_-]+\(?\d+\)?|\(\d+\)|^\d+)?~?$")


def of_name(name: str, languages: Languages, *, is_stop: bool) -> tuple[Message, Message] | None:
    """Say what a file is that once was a recording, or holds one, and what to do; else None."""
    parts = [_NUMBER.sub("", part.strip()) for part in name.casefold().split(".")]
    ending = parts[-1] if len(parts) > 1 else ""
    is_sound = not takes.ENDINGS.isdisjoint(parts[1:]) or _TAKE.search(name.casefold())
    if ending in _PACKED:
        return message("Nothing packed is read."), message("Unpack it, and put in what it holds.")
    if ending not in _OTHER_SOUND and not is_sound:
        return None
    if not is_stop:
        what = message("The guide does not use this file.")
        return what, message("A recording belongs into the folder of its stop.")
    return _of_stop(ending, _wanted(name, parts, languages))


def _of_stop(ending: str, names: str) -> tuple[Message, Message]:
    if ending in _OTHER_SOUND:
        return (
            message("A recording in this form is not read."),
            message("Save it as M4A, MP3 or WAV, and call it {names}.", names=names),
        )
    if ending in _CLOUD:
        return (
            message("This only stands for a recording that is still in iCloud."),
            message("Open it there, and put in the recording as {names}.", names=names),
        )
    return (
        message("This is left of a recording, or was renamed, and is not heard."),
        message("If it is the recording, call it {names}; else take it out.", names=names),
    )


def _wanted(name: str, parts: list[str], languages: Languages) -> str:
    """Name the recording that is meant: in the language that stands first, else in each."""
    ending = next((part for part in parts[1:] if part in takes.ENDINGS), "m4a")
    language = takes.language_of_stem(re.split(r"[\W_]", name)[0], languages)
    named = [language] if language else languages
    return " / ".join(f"{each}.take.{ending}" for each in named)
