"""A voice that begins each sentence with a click shows where the sentence starts when decoded."""

from __future__ import annotations

import base64

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Browser

from audioguide.languages import Language
from audioguide.speech.cues import Cue
from audioguide.speech.decoding import decode
from audioguide.speech.narration import Line, Sound, narrate
from audioguide.speech.resampling import resample
from audioguide.speech.tags import Tags
from audioguide.speech.voice import Samples

DECODE_IN_THE_BROWSER = """
async ([base64, type]) => {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const sound = new Audio(URL.createObjectURL(new Blob([bytes], {type})));
  await new Promise((done, failed) => { sound.onloadedmetadata = done; sound.onerror = failed; });
  const decoded = await new OfflineAudioContext(1, 24000, 24000).decodeAudioData(bytes.buffer);
  const reader = new FileReader();
  await new Promise((done) => {
    reader.onload = done;
    reader.readAsDataURL(new Blob([decoded.getChannelData(0)]));
  });
  return {seconds: sound.duration, samples: reader.result.split(",")[1]};
}
"""


READ_THE_CUES_IN_THE_BROWSER = """
async (webvtt) => {
  const track = document.createElement("track");
  track.src = URL.createObjectURL(new Blob([webvtt], {type: "text/vtt"}));
  document.body.appendChild(new Audio()).appendChild(track);
  track.track.mode = "hidden";
  await new Promise((done, failed) => { track.onload = done; track.onerror = failed; });
  const ms = (seconds) => Math.round(1000 * seconds);
  return [...track.track.cues].map((cue) =>
    [ms(cue.startTime), ms(cue.endTime), cue.getCueAsHTML().textContent]);
}
"""


class ClickingVoice:
    name = settings = "clicks"
    sample_rate_hz = 22_050

    def speak(self, sentence: str) -> Samples:
        times = np.arange(22_050 + 331 * len(sentence)) / 22_050
        samples = 0.05 * np.sin(2 * np.pi * 220 * times)
        samples[0] = 0.9
        return samples.astype(np.float32)


@pytest.fixture(scope="module")
def clicks() -> Sound:
    # The signs of markup stand in a text only, and must reach the reader as they are.
    sentences = [Line("<а> & " + "а" * letters, "а" * letters) for letters in range(1, 31)]
    tags = Tags("t", "a", "b", Language("kk"))
    return narrate([sentences[:10], sentences[10:]], ClickingVoice(), tags)


def lateness_ms(samples: NDArray[np.float32], cue: Cue) -> float:
    begin = (cue.start_ms - 100) * 24
    around = np.abs(samples[begin : begin + 200 * 24])
    return float(np.argmax(around)) / 24 - 100


def test_each_sentence_starts_with_its_cue_as_decoded(clicks: Sound) -> None:
    assert len(clicks.cues) == 30
    for coded in (clicks.mp3, clicks.webm):
        heard, sample_rate_hz = decode(coded)
        heard = resample(heard, sample_rate_hz, 24_000)
        assert max(abs(lateness_ms(heard, cue)) for cue in clicks.cues) < 2


@pytest.mark.needs_chromium
def test_each_sentence_starts_with_its_cue_in_a_browser_in_either_format(
    clicks: Sound, browser: Browser
) -> None:
    page = browser.new_page()
    answers = [
        page.evaluate(DECODE_IN_THE_BROWSER, [base64.b64encode(coded).decode(), kind])
        for coded, kind in ((clicks.mp3, "audio/mpeg"), (clicks.webm, "audio/webm"))
    ]
    cues = page.evaluate(READ_THE_CUES_IN_THE_BROWSER, clicks.webvtt)
    page.close()

    for answer in answers:
        heard = np.frombuffer(base64.b64decode(answer["samples"]), np.float32)
        assert max(abs(lateness_ms(heard, cue)) for cue in clicks.cues) < 30
        assert answer["seconds"] * 1000 == pytest.approx(clicks.duration_ms, abs=30)
    assert [Cue(*cue) for cue in cues] == list(clicks.cues)
