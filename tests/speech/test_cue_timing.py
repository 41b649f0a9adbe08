"""A voice that begins each sentence with a click shows where the sentence starts when decoded."""

from __future__ import annotations

import base64
import shutil

import numpy as np
import pytest
from numpy.typing import NDArray

from audioguide.languages import Language
from audioguide.speech.cues import Cue
from audioguide.speech.decoding import decode
from audioguide.speech.narration import Line, Sound, narrate
from audioguide.speech.tags import Tags
from audioguide.speech.voice import Samples

DECODE_IN_THE_BROWSER = """
async (base64) => {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const sound = new Audio(URL.createObjectURL(new Blob([bytes], {type: "audio/mpeg"})));
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


class ClickingVoice:
    name = "clicks"
    sample_rate_hz = 22_050

    def speak(self, sentence: str) -> Samples:
        times = np.arange(22_050 + 331 * len(sentence)) / 22_050
        samples = 0.05 * np.sin(2 * np.pi * 220 * times)
        samples[0] = 0.9
        return samples.astype(np.float32)


@pytest.fixture(scope="module")
def clicks() -> Sound:
    sentences = [Line("а" * letters, "а" * letters) for letters in range(1, 31)]
    tags = Tags("t", "a", "b", Language.KK)
    return narrate([sentences[:10], sentences[10:]], ClickingVoice(), tags)


def lateness_ms(samples: NDArray[np.float32], cue: Cue) -> float:
    begin = (cue.start_ms - 100) * 24
    around = np.abs(samples[begin : begin + 200 * 24])
    return float(np.argmax(around)) / 24 - 100


def test_each_sentence_starts_with_its_cue_as_decoded(clicks: Sound) -> None:
    heard, _ = decode(clicks.mp3)

    assert len(clicks.cues) == 30
    assert max(abs(lateness_ms(heard, cue)) for cue in clicks.cues) < 2


@pytest.mark.needs_chromium
def test_each_sentence_starts_with_its_cue_in_a_browser(clicks: Sound) -> None:
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        answer = page.evaluate(DECODE_IN_THE_BROWSER, base64.b64encode(clicks.mp3).decode())
        browser.close()

    heard = np.frombuffer(base64.b64decode(answer["samples"]), np.float32)
    assert max(abs(lateness_ms(heard, cue)) for cue in clicks.cues) < 30
    assert answer["seconds"] * 1000 == pytest.approx(clicks.duration_ms, abs=30)
