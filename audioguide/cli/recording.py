"""`audioguide narrate --take`: let a recording be heard at once, and say what became of it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from audioguide.cli.museum_language import museum_language
from audioguide.cli.terminal import Bar, Terminal
from audioguide.errors import AskedWrongly
from audioguide.operations import recordings
from audioguide.operations.opening import open_guide
from audioguide.operations.pack import bring_pack
from audioguide.operations.recordings import Consent
from audioguide.services.narration import take_intake
from audioguide.settings import Settings

if TYPE_CHECKING:
    from audioguide.services.narration.take_processing import Recorded

_WHOLE = 100
_MINUTE_MS = 60_000


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the options to `audioguide narrate`."""
    parser.add_argument(
        "--take", metavar="FILE", help="let this recording be heard; with --stop and --language"
    )
    parser.add_argument(
        "--accept-cut", action="store_true", help="take a recording whose end seems missing"
    )
    parser.add_argument(
        "--accept-unlike", action="store_true", help="take one that seems to say another text"
    )


def run(asked: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Make the recording ready and let it be heard; nothing changes where it is refused."""
    if not asked.stop or not asked.language:
        raise AskedWrongly(
            "Say which stop and language it is for: --take FILE --stop STOP --language LANGUAGE."
        )
    path = Path(asked.take)
    take_intake.check_file(path)
    opened = open_guide(settings, terminal.problem)
    bring_pack(opened)
    language = museum_language(opened, asked.language)
    bar = Bar(terminal, _WHOLE, as_records=asked.json)
    consent = Consent(cut=asked.accept_cut, unlike=asked.accept_unlike)
    try:
        recorded = recordings.record(
            opened,
            asked.stop,
            language,
            path,
            lambda done: bar.show(round(_WHOLE * done)),
            consent,
        )
    finally:
        bar.clear()
    if asked.json:
        terminal.json(_record_json(recorded))
    else:
        _tell(recorded, terminal)
    return 0


def _tell(recorded: Recorded, terminal: Terminal) -> None:
    terminal.line(
        "The recording is heard now: {seconds} s, {count} sentences.",
        seconds=round(recorded.duration_ms / 1000),
        count=recorded.sentences,
    )
    terminal.line(
        "Loudness: {before} LUFS before, {after} LUFS now.",
        before=round(recorded.loudness_before_lufs, 1),
        after=round(recorded.loudness_lufs, 1),
    )
    for note in recorded.notes:
        terminal.line(note.sentence, **note.values)
    for doubt in recorded.doubts:
        terminal.line(
            "Needs review, sentence {number} at {time}: “{words}”",
            number=doubt.number + 1,
            time=clock(doubt.start_ms),
            words=doubt.words,
        )


def clock(ms: int) -> str:
    """Say a moment of a sound as minutes and seconds."""
    return f"{ms // _MINUTE_MS}:{ms % _MINUTE_MS // 1000:02}"


def _record_json(recorded: Recorded) -> dict[str, object]:
    return {
        "sound": recorded.sound,
        "webm": recorded.webm,
        "cues": recorded.cues,
        "duration_ms": recorded.duration_ms,
        "loudness_before_lufs": round(recorded.loudness_before_lufs, 2),
        "loudness_lufs": round(recorded.loudness_lufs, 2),
        "sentences": recorded.sentences,
        "notes": [str(note) for note in recorded.notes],
        "needs_review": [
            {"sentence": each.number + 1, "start_ms": each.start_ms, "text": each.words}
            for each in recorded.doubts
        ],
    }
