"""Speak a claimed narration and put the sound into the store; slow, so no session is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from audioguide.errors import Message, VoiceFailed, message
from audioguide.services.narration import plan
from audioguide.services.narration.lexicons import lexicon
from audioguide.services.narration.queue import Claim, Spoken
from audioguide.services.narration.scripts import script, script_digest
from audioguide.speech.narration import narrate
from audioguide.speech.remembered import ReportingVoice
from audioguide.speech.tags import Tags
from audioguide.speech.voice import Voice, shortened
from audioguide.storage import Store

_MOST_QUOTED = 3
MOST_CHARACTERS = 10_000  # about a quarter of an hour; the sound is made in memory


def speak(
    claimed: Claim,
    voice: Voice,
    media: Path,
    store: Store,
    museum: str,
    after_sentence: Callable[[], None],
) -> Spoken:
    """Speak a narration; ``after_sentence`` is called as often as the voice has spoken one.

    Raise VoiceFailed, with the sentence named, if the voice cannot; what ``after_sentence``
    raises ends the work too.
    """
    if len(claimed.text) > MOST_CHARACTERS:
        raise VoiceFailed(
            "The text has {count} characters; a stop may have {most}. Make two stops of it.",
            count=len(claimed.text),
            most=MOST_CHARACTERS,
        )
    lines = script(claimed.text, claimed.language, lexicon(media, claimed.language))
    tags = Tags(claimed.title, album=museum, artist=museum, language=claimed.language)
    sound = narrate(
        lines,
        ReportingVoice(voice, after_sentence),
        tags,
        passes_over=claimed.voice == plan.DRAFT_VOICE,  # no other one speaks in its place
    )
    return Spoken(
        sound=store.keep(sound.mp3, "mp3"),
        webm=store.keep(sound.webm, "webm"),
        cues=store.keep(sound.webvtt.encode(), "vtt"),
        size_bytes=len(sound.mp3),
        webm_size_bytes=len(sound.webm),
        duration_ms=sound.duration_ms,
        loudness_lufs=sound.loudness_lufs,
        script=script_digest(lines, claimed.espeak),
        note=_note(sound.passed_over),
    )


def _note(passed_over: Sequence[str]) -> Message | None:
    if not passed_over:
        return None
    words = " ".join(f"“{shortened(each)}”" for each in passed_over[:_MOST_QUOTED])
    return message("No voice can say this, and it is passed over: {words}", words=words)
