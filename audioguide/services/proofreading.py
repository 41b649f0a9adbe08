"""Hold the words of stops and pages against the museum's own rules, in all languages at once."""

from __future__ import annotations

from pathlib import Path

from audioguide.content import proof
from audioguide.content.pack import Pack
from audioguide.errors import Finding, Grade, PackBroken, message
from audioguide.services.narration import lexicons, scripts
from audioguide.speech.script import unspeakable


def proofread(media: Path, pack: Pack) -> tuple[Finding, ...]:
    """Check the published texts of a pack without mistakes of form.

    Lengths, neighbours, figures and names across the languages, words to avoid, spelling, and that
    nothing falls silently out of what the voice is given to say. A pack without a folder `proof/`
    has no such rules.
    """
    if not (media / "proof").is_dir():
        return ()
    try:
        lists = proof.read_lists(media, pack.languages, pack.all_kinds)
    except PackBroken as broken:
        return broken.findings
    texts = proof.read_stop_texts(media, pack)
    pages = proof.read_page_texts(media, pack)
    prepared = tuple(_prepared(text, media) for text in texts)
    whole_walk = [stop.number for stop in pack.stops if stop.published]
    walks = [whole_walk, *(tour.stops for tour in pack.tours)]
    names = {
        language: tuple(written for written, _ in lexicons.lexicon(media, language).entries)
        for language in pack.languages
    }
    found = proof.proofread(texts, pages, prepared, names, lists, pack.languages, walks)
    silent = [finding for each in prepared for finding in _unspeakable(each, texts)]
    return (*found, *silent)


def _prepared(text: proof.StopText, media: Path) -> proof.PreparedText:
    lexicon = lexicons.lexicon(media, text.language)
    return proof.PreparedText(
        text.number,
        text.language,
        tuple(
            proof.PreparedSentence(line.shown, line.spoken)
            for paragraph in scripts.script(text.words.text, text.language, lexicon)
            for line in paragraph
        ),
    )


def _unspeakable(prepared: proof.PreparedText, texts: tuple[proof.StopText, ...]) -> list[Finding]:
    files = {(each.number, each.language): each.file for each in texts}
    return [
        Finding(
            Grade.ERROR,
            files[prepared.number, prepared.language],
            message(
                "The voice cannot say {characters} in: {shown}",
                characters=" ".join(silent),
                shown=sentence.shown,
            ),
            message("Reword it, or say in the lexicon how it is spoken."),
        )
        for sentence in prepared.sentences
        if (silent := unspeakable(sentence.spoken, prepared.language))
    ]
