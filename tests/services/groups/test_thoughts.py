from __future__ import annotations

from audioguide.languages import Language
from audioguide.models import Transcript
from audioguide.services.groups import pacing, thoughts
from audioguide.services.groups.thoughts import Thoughts
from audioguide.speech.cues import Cue, write_webvtt
from museum import World

KK, RU = Language("kk"), Language("ru")
EVEN = {
    KK: "Бір. Екі. Үш.\n\nТөрт.",
    RU: "Один. Два. Три.\n\nЧетыре.",
}
UNEVEN = {
    KK: "Бір. Екі. Үш. Төрт. Бес.\n\nАлты. Жеті.",
    RU: "Раз и два. Три, четыре, пять.\n\nШесть. Семь.",
}


def spoken(count: int, each_ms: int = 1000) -> tuple[Cue, ...]:
    """Cues of so many sentences, with a pause of a tenth behind each."""
    return tuple(Cue(at * each_ms, (at + 1) * each_ms - 100, str(at)) for at in range(count))


def of(world: World, texts: dict[Language, str], counts: dict[Language, int]) -> Thoughts:
    """Join texts whose sounds have so many cues."""
    sounds = {
        str(language): {
            "cues": world.store.keep(write_webvtt(spoken(count), language).encode(), "vtt")
        }
        for language, count in counts.items()
    }
    rows = [Transcript(language=language, text=text) for language, text in texts.items()]
    return thoughts.of_stop(rows, world.store, sounds)


def test_sentences_of_texts_that_are_built_alike_are_thoughts_as_they_are(world: World) -> None:
    found = of(world, EVEN, {KK: 4, RU: 4})
    assert found.paragraphs[RU] == (("Один.", "Два.", "Три."), ("Четыре.",))
    assert found.cues[KK] == spoken(4)


def test_a_paragraph_has_as_many_thoughts_as_the_language_with_the_fewest_sentences(
    world: World,
) -> None:
    found = of(world, UNEVEN, {KK: 7, RU: 4})
    assert found.paragraphs[KK] == (("Бір. Екі.", "Үш. Төрт. Бес."), ("Алты.", "Жеті."))
    assert found.paragraphs[RU] == (("Раз и два.", "Три, четыре, пять."), ("Шесть.", "Семь."))
    assert [(cue.start_ms, cue.end_ms) for cue in found.cues[KK]] == [
        (0, 1900),
        (2000, 4900),
        (5000, 5900),
        (6000, 6900),
    ]
    assert found.cues[KK][0].text == "0 1"


def test_a_paragraph_begins_for_all_languages_at_one_moment(world: World) -> None:
    found = of(world, UNEVEN, {KK: 7, RU: 4})
    assert pacing.pace(found.cues).begins_ms == (0, 2000, 5000, 6000)


def test_cues_of_an_older_text_are_parted_evenly(world: World) -> None:
    found = of(world, UNEVEN, {KK: 9, RU: 3})
    assert [cue.text for cue in found.cues[KK]] == ["0 1", "2 3", "4 5", "6 7 8"]
    assert found.cues[RU] == spoken(3)  # fewer than thoughts: as they are


def test_where_paragraphs_cannot_be_compared_a_sentence_is_a_thought(world: World) -> None:
    found = of(world, {KK: "Бір. Екі.", RU: "Один.\n\nДва."}, {KK: 2, RU: 2})
    assert found.paragraphs == {KK: (("Бір.", "Екі."),), RU: (("Один.",), ("Два.",))}


def test_a_language_without_its_sound_has_no_cues(world: World) -> None:
    assert of(world, EVEN, {KK: 4}).cues == {KK: spoken(4)}
    lost = thoughts.of_stop(
        [Transcript(language=KK, text=EVEN[KK])], world.store, {"kk": {"cues": "0" * 32 + ".vtt"}}
    )
    assert lost.cues == {KK: ()}
