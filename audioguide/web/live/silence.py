"""A moment of silence, to unlock sound: a phone plays it at the first tap, and may sound later on.

A browser lets a page sound after a tap that played something. Whatever a stop would play then,
an iPhone lets out aloud: it ignores the volume that a page asks for.
"""

from __future__ import annotations

import io
import wave
from functools import cache

from flask import Response, request

from audioguide.web.editions import for_ever
from audioguide.web.live import following as blueprint

_RATE = 8000
_FRAMES = _RATE // 4


@blueprint.get("/silence.wav")
def silence() -> Response:
    """Answer with a quarter of a second of nothing; in ranges, without which an iPhone refuses."""
    sound = _silence()
    answer = Response(sound, content_type="audio/wav")
    answer.set_etag("silence")
    for_ever(answer)
    answer.make_conditional(request, accept_ranges=True, complete_length=len(sound))
    return answer


@cache
def _silence() -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(_RATE)
        sound.writeframes(bytes(2 * _FRAMES))
    return file.getvalue()
