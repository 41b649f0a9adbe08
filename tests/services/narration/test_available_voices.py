from __future__ import annotations

import threading
import urllib.parse
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import piper.download_voices
import pytest

from audioguide.errors import AskedWrongly, AudioguideError, Grade, VoiceFailed, VoiceUnavailable
from audioguide.languages import Language, Languages
from audioguide.services.narration import available_voices, backoff, voice_installation
from audioguide.services.narration.available_voices import Readiness
from audioguide.speech import fetching
from museum import THREE, World
from toy_voice import write_voice

KK, RU, EN = Language("kk"), Language("ru"), Language("en")
ISSAI = "kk_KZ-issai-high"


def told(world: World, **variables: str) -> dict[tuple[str, str], tuple[Readiness, str]]:
    settings = world.settings_with(**variables)
    with world.database.reading() as session:
        states = available_voices.states_now(session, settings.voices, settings.data)
    return {(each.language, each.voice): (each.readiness, str(each.why)) for each in states}


def test_every_voice_says_whether_it_can_speak_and_why_not(world: World) -> None:
    write_voice(world.settings.data / "voices", ISSAI)
    states = told(world, VOICES="auto")
    assert states[KK, f"piper:{ISSAI}"][0] == Readiness.READY
    assert states[RU, "piper:ru_RU-irina-medium"] == (
        Readiness.UNAVAILABLE,
        "No voice is installed.",
    )
    assert states[RU, "gtts"][0] == Readiness.READY
    assert states[EN, "espeak-ng"][0] == Readiness.READY


def test_offline_voices_are_off_and_say_by_what(world: World) -> None:
    assert told(world)[RU, "gtts"] == (Readiness.OFF, "AUDIOGUIDE_VOICES is offline.")


def test_a_voice_that_rests_says_why_and_until_when(world: World) -> None:
    with world.database.writing() as session:
        backoff.rest(session, "gtts", VoiceUnavailable("{service} is away.", service="Google"))
    readiness, why = told(world, VOICES="auto")[RU, "gtts"]
    assert readiness == Readiness.UNAVAILABLE
    assert why.startswith("Google is away. The next attempt is after ")


def test_a_voice_that_is_named_and_absent_is_said_to_be_absent(world: World) -> None:
    states = told(world, VOICES="kk=piper:kk_KZ-raya-x_low")
    assert states[KK, "piper:kk_KZ-raya-x_low"] == (
        Readiness.UNAVAILABLE,
        "kk_KZ-raya-x_low.onnx is not there.",
    )


def test_the_speakers_of_a_voice_are_listed_and_one_that_it_has_not_is_said_to_be_absent(
    world: World,
) -> None:
    write_voice(world.settings.data / "voices", ISSAI, speakers=2, named={"Raya": 1})
    states = told(world, VOICES=f"kk=piper:{ISSAI}#Raya,piper:{ISSAI}#7")
    assert states[KK, f"piper:{ISSAI}#Raya"] == (
        Readiness.READY,
        "It can speak. Its speakers, each named after a #: 0, 1 (Raya).",
    )
    assert states[KK, f"piper:{ISSAI}#7"] == (
        Readiness.UNAVAILABLE,
        f"{ISSAI} has no speaker “7”. It has: 0, 1 (Raya).",
    )
    assert states[KK, "espeak-ng"][0] == Readiness.READY


def test_check_notes_the_chain_what_is_missing_and_that_gtts_has_no_kazakh(world: World) -> None:
    settings = world.settings_with(VOICES="auto")
    with world.database.reading() as session:
        notes = [
            str(each) for each in available_voices.notes(session, settings.voices, settings.data)
        ]
    assert "voices kk: gtts does not speak this language." in notes
    assert any("edge-tts:kk-KZ-AigulNeural, espeak-ng" in note for note in notes)
    assert any("piper:kk_KZ-issai-high cannot speak: No voice is installed." in n for n in notes)


@pytest.mark.parametrize(
    ("voices", "said"),
    [
        ("offline", "Nothing leaves this machine."),
        ("auto", "The texts are sent to Google, Microsoft to be spoken"),
        ("kk=edge-tts", "The texts are sent to Microsoft to be spoken"),
    ],
)
def test_a_start_says_what_leaves_the_machine(world: World, voices: str, said: str) -> None:
    settings = world.settings_with(VOICES=voices)
    assert str(available_voices.lines(settings.voices, settings.data, THREE)[-1]).startswith(said)


def test_a_voice_that_is_off_is_never_given(world: World) -> None:
    with pytest.raises(VoiceFailed, match="switched off by AUDIOGUIDE_VOICES"):
        available_voices.voice("gtts", RU, world.settings.voices, world.settings.data)
    with pytest.raises(VoiceFailed, match="switched off"):
        available_voices.voice("recording", RU, world.settings.voices, world.settings.data)


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], None]]:
    """A server that voices are fetched from; it is told in which folder they lie."""
    served: list[Path] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = Path(urllib.parse.urlsplit(self.path).path).name
            file = served[0] / name
            if not file.is_file():
                self.send_error(404)
                return
            content = file.read_bytes()
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            cut = len(content) // 2 if (served[0] / "cut").exists() else len(content)
            self.wfile.write(content[:cut])

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    pattern = "/{lang_family}/{lang_code}/{lang_code}-{voice_name}-{voice_quality}{extension}"
    monkeypatch.setattr(piper.download_voices, "URL_FORMAT", address + pattern)
    yield served.append
    server.shutdown()
    server.server_close()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


WHOLE = [f"{ISSAI}.onnx", f"{ISSAI}.onnx.json", f"{ISSAI}.sha256"]


@pytest.mark.parametrize("name", [ISSAI, "kk"])
def test_a_voice_is_fetched_checked_and_ready(
    world: World, hub: Callable[[Path], None], name: str
) -> None:
    write_voice(world.folder / "hub", ISSAI)
    hub(world.folder / "hub")
    assert voice_installation.install(name, world.settings.data, THREE) == ISSAI
    assert names(world.settings.data / "voices") == WHOLE
    assert told(world)[KK, f"piper:{ISSAI}"][0] == Readiness.READY


def test_what_is_there_and_whole_is_not_fetched_again_and_what_changed_is(
    world: World, hub: Callable[[Path], None]
) -> None:
    source = write_voice(world.folder / "hub", ISSAI)
    hub(world.folder / "hub")
    voice_installation.install(ISSAI, world.settings.data, THREE)
    content = source.read_bytes()
    source.unlink()
    voice_installation.install(ISSAI, world.settings.data, THREE)  # nothing is asked for
    source.write_bytes(content)
    model = world.settings.data / "voices" / f"{ISSAI}.onnx"
    model.write_bytes(content[:-1] + b"x")
    voice_installation.install(ISSAI, world.settings.data, THREE)
    assert model.read_bytes() == content


def test_half_a_download_is_never_seen_as_a_voice(
    world: World, hub: Callable[[Path], None]
) -> None:
    write_voice(world.folder / "hub", ISSAI)
    (world.folder / "hub" / "cut").touch()
    hub(world.folder / "hub")
    with pytest.raises(AudioguideError) as caught:
        voice_installation.install(ISSAI, world.settings.data, THREE)
    assert caught.value.status == 1
    assert "\n" not in str(caught.value)
    assert names(world.settings.data / "voices") == []


def test_a_voice_that_nobody_has_is_one_line(world: World, hub: Callable[[Path], None]) -> None:
    hub(world.folder)
    with pytest.raises(AudioguideError, match="is not available: the server says 404"):
        voice_installation.install("kk_KZ-nobody-high", world.settings.data, THREE)


def test_no_network_is_one_line(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(piper.download_voices, "URL_FORMAT", "http://127.0.0.1:9/x{extension}")
    with pytest.raises(AudioguideError, match=r"could not be fetched: .*Is there a network\?") as e:
        voice_installation.install("kk", world.settings.data, THREE)
    assert (e.value.status, "\n" in str(e.value)) == (1, False)


def test_a_silent_server_is_given_up(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "_SILENCE_SECONDS", 0.3)
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as silent:
        address = f"http://127.0.0.1:{silent.server_port}/x"
        monkeypatch.setattr(piper.download_voices, "URL_FORMAT", address + "{extension}")
        with pytest.raises(AudioguideError, match="could not be fetched"):
            voice_installation.install("kk", world.settings.data, THREE)


@pytest.mark.parametrize("name", ["", "kz", "issai", "../../etc/passwd", "de_DE-thorsten-medium"])
def test_a_name_that_is_no_voice_is_refused(world: World, name: str) -> None:
    with pytest.raises(AskedWrongly, match="is not the name of a Piper voice"):
        voice_installation.install(name, world.settings.data, THREE)


def test_check_warns_of_a_language_that_no_voice_speaks(tmp_path: Path) -> None:
    world = World(tmp_path, languages=Languages((RU, Language("xal"))))
    world.bring()
    with world.database.reading() as session:
        found = available_voices.notes(session, world.settings.voices, world.settings.data)
    world.close()
    (warned,) = (each for each in found if each.grade == Grade.WARNING)
    assert warned.where == "museum.toml [language.xal]"
