"""A browser plays a long sound to its end, though the first answer brings only a part of it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import av
import numpy as np
import pytest
from playwright.sync_api import BrowserContext, Response

from audioguide.web.visitor.sound import MOST_BYTES
from museum import World
from started import started

Phone = Callable[..., BrowserContext]

pytestmark = pytest.mark.needs_chromium

SECONDS, RATE_HZ, BIT_RATE = 120, 24_000, 56_000  # 840 KB, of which the first answer brings 262
FASTEST = 16  # as fast as a browser plays


@pytest.fixture(scope="module")
def long_guide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    world = World(tmp_path_factory.mktemp("long"))
    world.bring()
    sound = a_long_sound()
    while (claimed := world.claim()) is not None:
        world.keep(claimed, sound)
    world.close()
    with started(world.folder, world.environment()) as made:
        yield made.address


def a_long_sound() -> bytes:
    file = io.BytesIO()
    tone = np.sin(np.arange(SECONDS * RATE_HZ) * (2 * np.pi * 440 / RATE_HZ)) * 3000
    with av.open(file, "w", format="mp3") as output:
        stream = output.add_stream("libmp3lame", rate=RATE_HZ, layout="mono")
        stream.bit_rate = BIT_RATE
        frame = av.AudioFrame.from_ndarray(tone.astype(np.int16)[None], "s16p", "mono")
        frame.sample_rate = RATE_HZ
        for packets in (stream.encode(frame), stream.encode(None)):
            output.mux(packets)
    return file.getvalue()


def test_a_long_sound_plays_to_its_end_in_several_answers(long_guide: str, phone: Phone) -> None:
    page = phone("en").new_page()
    answers: list[Response] = []
    page.on("response", lambda each: answers.append(each) if ".mp3" in each.url else None)
    page.goto(f"{long_guide}/en/stops/alash")
    page.evaluate(
        f"audio = document.querySelector('audio'); audio.playbackRate = {FASTEST}; audio.play()"
    )
    for _ in range(600):
        if page.evaluate("document.querySelector('audio').ended"):
            break
        page.wait_for_timeout(100)
    assert page.evaluate("document.querySelector('audio').error") is None
    assert page.evaluate("document.querySelector('audio').currentTime") > SECONDS - 1
    assert {answer.status for answer in answers} == {206}
    ranges = [answer.headers["content-range"] for answer in answers]
    size = int(ranges[0].rpartition("/")[2])
    assert size > 3 * MOST_BYTES
    assert ranges[0] == f"bytes 0-{MOST_BYTES - 1}/{size}"
    assert ranges[-1].endswith(f"-{size - 1}/{size}")
