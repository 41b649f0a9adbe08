"""Have one voice say a few sentences into a file, to be compared with others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from audioguide.engines import Voices
from audioguide.languages import Language
from audioguide.services.narration import available_voices, plan
from audioguide.speech.narration import Line, narrate
from audioguide.speech.tags import Tags
from audioguide.storage import write_whole


@dataclass(frozen=True)
class Sentences:
    """What each voice is to say, each sentence as shown and as spoken, and of which text it is.

    ``espeak`` is the museum's choice among the voices of espeak-ng, or nothing.
    """

    title: str
    language: Language
    lines: Sequence[tuple[str, str]]
    espeak: str = ""


def sample(text: Sentences, name: str, voices: Voices, data: Path, file: Path) -> int:
    """Have a voice say the sentences into an MP3; return how many seconds it lasts.

    Raise VoiceFailed or VoiceUnavailable where it cannot; there is no file then.
    """
    voice = available_voices.voice(name, text.language, voices, data, text.espeak)
    tags = Tags(name, album=text.title, artist=name, language=text.language)
    lines = [Line(shown, spoken) for shown, spoken in text.lines]
    sound = narrate([lines], voice, tags, passes_over=name == plan.DRAFT_VOICE)
    write_whole(file, sound.mp3)
    return round(sound.duration_ms / 1000)
