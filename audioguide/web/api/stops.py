"""Stops as JSON: all of them in walking order, or one with its words and cues."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, abort, jsonify

from audioguide.languages import Language
from audioguide.services.narration import audible
from audioguide.services.narration.audible import Heard
from audioguide.services.visitor import catalogue
from audioguide.services.visitor.catalogue import Entry, Gone, StopEntry
from audioguide.web.api import blueprint
from audioguide.web.editions import for_everybody
from audioguide.web.guide import guide, public_address, reading


@blueprint.get("/v1/stops")
def stops() -> Response:
    """Give every published stop in walking order."""
    with reading() as session:
        entries = catalogue.stop_entries(session)
    return for_everybody(jsonify(stops=[stop_json(entry) for entry in entries]))


@blueprint.get("/v1/stops/<code>")
def stop(code: str) -> Response:
    """Give one stop with its words and cues."""
    with reading() as session:
        entry = catalogue.stop_entry(session, code)
    if isinstance(entry, Gone):
        abort(410, "This stop is no longer part of the guide.")
    if entry is None:
        abort(404, "There is no stop with this code.")
    words = entry.entries
    answer = jsonify(
        stop_json(entry)
        | {
            "text": {each: told.text for each, told in words.items()},
            "content_note": {each: told.content_note for each, told in words.items()},
            "cues": {each: _cues_json(told.heard) for each, told in words.items()},
        }
    )
    return for_everybody(answer)


def stop_json(entry: StopEntry) -> dict[str, Any]:
    """Describe a stop; the keys are a contract."""
    words = entry.entries
    return {
        "number": entry.number,
        "code": entry.code,
        "slug": entry.slug,
        "kind": entry.kind,
        "hall": entry.hall,
        "scan_url": public_address(f"/Q/{entry.code}"),
        "title": {each: told.title for each, told in words.items()},
        "page_url": {each: public_address(f"/{each}/stops/{entry.slug}") for each in words},
        "audio": {each: _audio_json(told.heard) for each, told in words.items()},
        **_fallback_json(words),
    }


def _fallback_json(words: Mapping[Language, Entry]) -> dict[str, Any]:
    """Say whose words stand where a text is missing; nothing where none is."""
    others = {each: told.language for each, told in words.items() if told.language != each}
    return {"fallback": others} if others else {}


def _audio_json(heard: Heard | None) -> dict[str, Any] | None:
    if heard is None:
        return None
    return {
        "url": public_address(f"/audio/{heard.sound}"),
        "type": "audio/mpeg",
        "size_bytes": heard.size_bytes,
        "duration_ms": heard.duration_ms,
        "loudness_lufs": round(heard.loudness_lufs, 2),
        "voice": heard.voice,
        "source": heard.source,
        "made_at": heard.made_at.isoformat(),
        "cues_url": public_address(f"/audio/{heard.cues}"),
        "text_digest": heard.text_digest,
        "is_current": heard.is_current,
        "also": _also_json(heard),
    }


def _also_json(heard: Heard) -> list[dict[str, Any]]:
    if heard.webm is None:
        return []
    return [
        {
            "url": public_address(f"/audio/{heard.webm}"),
            "type": "audio/webm",
            "size_bytes": heard.webm_size_bytes,
        }
    ]


def _cues_json(heard: Heard | None) -> list[dict[str, Any]] | None:
    if heard is None:
        return None
    cues = audible.cues(guide().store, heard)
    return [{"start_ms": cue.start_ms, "end_ms": cue.end_ms, "text": cue.text} for cue in cues]
