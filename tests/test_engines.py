from __future__ import annotations

import pytest

from audioguide.engines import Choice, engine_of, read_voices
from audioguide.errors import AskedWrongly
from audioguide.languages import LANGUAGES, Language

KK, RU, EN = Language("kk"), Language("ru"), Language("en")


def engines(text: str, language: Language) -> list[str]:
    return [str(each.engine) for each in read_voices(text, "X").allowed[language]]


def test_auto_takes_piper_then_what_is_online_then_what_is_at_home_and_espeak() -> None:
    assert engines("auto", KK) == ["piper", "edge-tts", "espeak-ng"]
    assert engines("auto", RU) == ["piper", "gtts", "edge-tts", "festival", "espeak-ng"]
    assert engines("auto", EN) == ["piper", "gtts", "edge-tts", "hibari", "espeak-ng"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_offline_names_nothing_that_is_online(language: Language) -> None:
    better = {RU: ["festival"], EN: ["hibari"]}.get(language, [])
    assert engines("offline", language) == ["piper", *better, "espeak-ng"]


def test_a_chain_is_read_as_it_is_written_with_espeak_last() -> None:
    text = "kk=edge-tts, piper ; ru=gtts"
    assert engines(text, KK) == ["edge-tts", "piper", "espeak-ng"]
    assert engines(text, RU) == ["gtts", "espeak-ng"]


def test_a_language_that_no_chain_names_stays_at_home() -> None:
    assert engines("ru=gtts", KK) == ["piper", "espeak-ng"]


def test_a_speaker_may_be_named() -> None:
    chain = read_voices("kk=piper:kk_KZ-raya-x_low;en=edge-tts:en-GB-RyanNeural", "X")
    piper, edge = engine_of("piper"), engine_of("edge-tts")
    assert piper is not None
    assert edge is not None
    assert chain.allowed[KK][0] == Choice(piper, "kk_KZ-raya-x_low")
    assert chain.allowed[EN][0] == Choice(edge, "en-GB-RyanNeural")


@pytest.mark.parametrize("within", ["3", "ISSAI_KazakhTTS2_M2", "Айгүл", "p.225"])
def test_a_speaker_within_a_voice_of_piper_may_be_named(within: str) -> None:
    chain = read_voices(f"kk=piper:kk_KZ-issai-high#{within}", "X")
    assert chain.allowed[KK][0].speaker == f"kk_KZ-issai-high#{within}"
    assert chain.preference(KK, f"piper:kk_KZ-issai-high#{within}") == 1
    assert chain.preference(KK, "piper:kk_KZ-issai-high") == -1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("on", "must be auto, offline, or a chain"),
        ("piper", "must be auto, offline, or a chain"),
        ("kk", "must be auto, offline, or a chain"),
        ("қазақша=piper", "must name each language once, as kk or uz-Latn, and it names қазақша"),
        ("=piper", "must name each language once"),
        ("kz=piper", "must name each language once, as kk or uz-Latn, and it names kz"),
        ("ru=gtts;ru=piper", "must name each language once, as kk or uz-Latn, and it names ru"),
        ("kk=gtts", "names gtts, and the voices for kk are piper, edge-tts, espeak-ng"),
        ("kk=festival", "names festival, and the voices for kk are piper, edge-tts, espeak-ng"),
        ("ru=mbrola", "names mbrola, and the voices for ru are"),
        ("ru=festival:(exit)", "names festival:(exit)"),
        ("ru=", "names —, and the voices for ru are"),
        ("ru=gtts:slow", "names gtts:slow"),
        ("ru=piper:../../etc", "names piper:../../etc"),
        ("ru=piper:", "names piper:"),
        ("ru=piper:#3", "names piper:#3"),
        ("ru=piper:ru_RU-irina-medium#", "names piper:ru_RU-irina-medium#"),
        ("ru=piper:ru_RU-irina-medium#1#2", "names piper:ru_RU-irina-medium#1#2"),
        (f"ru=piper:ru_RU-irina-medium#{'a' * 40}", "names piper:ru_RU-irina-medium#aaa"),
        ("ru=edge-tts:ru-RU-SvetlanaNeural#1", "names edge-tts:ru-RU-SvetlanaNeural#1"),
    ],
)
def test_a_wrong_chain_is_one_clear_line(text: str, said: str) -> None:
    with pytest.raises(AskedWrongly) as caught:
        read_voices(text, "AUDIOGUIDE_VOICES")
    assert said in str(caught.value)
    assert str(caught.value).startswith("AUDIOGUIDE_VOICES ")
    assert "\n" not in str(caught.value)
    assert caught.value.status == 2


def test_the_best_voice_is_preferred_and_the_draft_is_the_least() -> None:
    auto = read_voices("auto", "X")
    given = [
        "piper:ru_RU-irina-medium",
        "gtts",
        "edge-tts:ru-RU-SvetlanaNeural",
        "festival:msu_ru_nsh_clunits",
        "espeak-ng",
    ]
    assert [auto.preference(RU, voice) for voice in given] == [4, 3, 2, 1, 0]


def test_a_night_offline_does_not_change_what_is_preferred() -> None:
    assert read_voices("offline", "X").preference(RU, "gtts") == 3


def test_a_chain_prefers_only_what_it_names() -> None:
    chain = read_voices("ru=piper:ru_RU-denis-medium", "X")
    given = ["piper:ru_RU-denis-medium", "espeak-ng", "piper:ru_RU-irina-medium", "gtts"]
    assert [chain.preference(RU, voice) for voice in given] == [1, 0, -1, -1]
