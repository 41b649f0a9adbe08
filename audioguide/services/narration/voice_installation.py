"""Install a Piper voice on this machine by its name, or the usual one of a language."""

from __future__ import annotations

from pathlib import Path

from audioguide.errors import AskedWrongly, AudioguideError
from audioguide.languages import Languages
from audioguide.services.narration import available_voices
from audioguide.speech import fetching, piper
from audioguide.storage import make_folder


def install(name: str, data: Path, languages: Languages) -> str:
    """Fetch a voice, and return its name; one that is there and whole is left as it is.

    ``name`` is a voice as `kk_KZ-issai-high`, or a language. Raise AskedWrongly for a name that
    is neither, AudioguideError where the voice cannot be had.
    """
    speaker = _speaker(name, languages)
    if not piper.is_installed():
        raise AudioguideError(
            "The package piper-tts is not installed. Run: python3 scripts/voices.py install {name}",
            name=name,
        )
    folder = available_voices.folder(data)
    make_folder(folder)
    if piper.what_is_wrong(folder, speaker) is not None or not _is_kept(folder, speaker):
        fetching.fetch(folder, speaker)
    return speaker


def _speaker(name: str, languages: Languages) -> str:
    speakers = {str(each): piper.usual_speaker(each) for each in languages}
    if speakers.get(name):
        return speakers[name]
    if piper.NAME.fullmatch(name) is None or languages.parse(name.partition("-")[0]) is None:
        raise AskedWrongly(
            "{name} is not the name of a Piper voice. Write {known}, or a name such as {usual}.",
            name=name,
            known=", ".join(languages),
            usual=next(filter(None, speakers.values()), "kk_KZ-issai-high"),
        )
    return name


def _is_kept(folder: Path, speaker: str) -> bool:
    """Tell whether a voice is the file that was fetched; one put there by hand is left alone."""
    kept = folder / f"{speaker}{piper.CHECKSUM}"
    if not kept.is_file():
        return True
    return kept.read_text(encoding="ascii").strip() == piper.checksum(
        folder / f"{speaker}{piper.MODEL}"
    )
