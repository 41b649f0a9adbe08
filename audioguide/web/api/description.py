"""The OpenAPI description of the API; a test holds every answer against it."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify

from audioguide import __version__
from audioguide.kinds import Kinds
from audioguide.languages import Languages
from audioguide.services import museum_kinds
from audioguide.web.api import blueprint
from audioguide.web.editions import for_everybody
from audioguide.web.guide import languages, reading

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
WHOLE: Schema = {"type": "integer"}
DATE: Schema = {"type": "string", "format": "date"}


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def _by_language(schema: Schema, known: Languages) -> Schema:
    exact = _object(**{str(language): schema for language in known})
    return exact | {"additionalProperties": False}


def _fallback(known: Languages) -> Schema:
    """Describe which languages have the words of which other; where none has, the key is absent."""
    tag = {"enum": [str(language) for language in known]}
    properties = {str(language): tag for language in known if language in known.partial}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _named(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


OTHER_SOUND = _object(url=TEXT, type=TEXT, size_bytes=WHOLE)
SOUND = _object(
    url=TEXT,
    type=TEXT,
    size_bytes=WHOLE,
    duration_ms=WHOLE,
    loudness_lufs={"type": "number"},
    voice=TEXT,
    source={"enum": ["recorded", "generated"]},
    made_at={"type": "string", "format": "date-time"},
    cues_url=TEXT,
    text_digest=TEXT,
    is_current={"type": "boolean"},
    also=_list(OTHER_SOUND),
)
CUE = _object(start_ms=WHOLE, end_ms=WHOLE, text=TEXT)


def _with_fallback(described: Schema, known: Languages) -> Schema:
    """Add what may be absent: where a text is missing, whose words stand in its place."""
    if not known.partial:
        return described
    properties = {**described["properties"], "fallback": _fallback(known)}
    return {**described, "properties": properties}


def _stop(known: Languages, kinds: Kinds) -> Schema:
    described = _object(
        number=WHOLE,
        code=TEXT,
        slug=TEXT,
        kind={"enum": list(kinds.slugs)},
        hall=TEXT,
        scan_url=TEXT,
        title=_by_language(TEXT, known),
        page_url=_by_language(TEXT, known),
        audio=_by_language({"oneOf": [_named("Sound"), {"type": "null"}]}, known),
    )
    return _with_fallback(described, known)


def _whole_stop(known: Languages) -> Schema:
    return {
        "allOf": [
            _named("Stop"),
            _object(
                text=_by_language(TEXT, known),
                content_note=_by_language(TEXT_OR_NULL, known),
                cues=_by_language({"oneOf": [_list(_named("Cue")), {"type": "null"}]}, known),
            ),
        ]
    }


def _tour(known: Languages) -> Schema:
    described = _object(
        slug=TEXT,
        title=_by_language(TEXT, known),
        description=_by_language(TEXT, known),
        minutes=WHOLE,
        stops=_list(TEXT),
    )
    return _with_fallback(described, known)


def _museum(known: Languages) -> Schema:
    price = _object(
        slug=TEXT,
        amount={"type": "string", "pattern": r"^\d+(\.\d+)?$"},
        currency={"type": "string", "pattern": "^[A-Z]{3}$"},
        title=_by_language(TEXT, known),
        text=_by_language(TEXT, known),
    )
    kind = _object(slug=TEXT, route={"type": "boolean"}, name=_by_language(TEXT, known))
    described = _object(
        name=_by_language(TEXT, known),
        address=_by_language(TEXT, known),
        about=_by_language(TEXT, known),
        languages=_list(TEXT),
        default_language=TEXT,
        opening_hours=_list(_object(days=_list(TEXT), opens=TEXT, closes=TEXT)),
        timezone=TEXT,
        phone=TEXT_OR_NULL,
        website=TEXT_OR_NULL,
        email=TEXT_OR_NULL,
        map_url=TEXT_OR_NULL,
        closed_days=_list(_object(**{"from": DATE, "to": DATE})),
        prices=_list(price),
        notice=_by_language(TEXT_OR_NULL, known),
        accounts=_list(_object(network=TEXT, name=TEXT, url=TEXT_OR_NULL)),
        kinds=_list(_with_fallback(kind, known)),
    )
    return _with_fallback(described, known)


def _answer(what: str, schema: Schema) -> Schema:
    return {"description": what, "content": {"application/json": {"schema": schema}}}


def _path(summary: str, schema: Schema, **extra: Any) -> Schema:
    responses = {"200": _answer("As asked.", schema), "304": {"description": "Not changed."}}
    return {"get": {"summary": summary, "responses": responses | extra.pop("also", {}), **extra}}


_CODE = {"name": "code", "in": "path", "required": True, "schema": TEXT}
_NONE = {
    "404": _answer("No such stop.", _named("Error")),
    "410": _answer("The stop is retired.", _named("Error")),
}


def _description(known: Languages, kinds: Kinds) -> Schema:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Audioguide",
            "version": __version__,
            "description": "The guide of a museum, read-only. Every answer has an ETag.",
            "license": {"name": "GPL-3.0-or-later", "identifier": "GPL-3.0-or-later"},
        },
        "paths": {
            "/api/v1/stops": _path(
                "All published stops in walking order", _object(stops=_list(_named("Stop")))
            ),
            "/api/v1/stops/{code}": _path(
                "One stop with its words and cues",
                _named("WholeStop"),
                parameters=[_CODE],
                also=_NONE,
            ),
            "/api/v1/museum": _path("The museum", _named("Museum")),
            "/api/v1/tours": _path("All tours", _object(tours=_list(_named("Tour")))),
        },
        "components": {
            "schemas": {
                "Stop": _stop(known, kinds),
                "WholeStop": _whole_stop(known),
                "Sound": SOUND,
                "Cue": CUE,
                "Tour": _tour(known),
                "Museum": _museum(known),
                "Error": _object(error=TEXT),
            }
        },
    }


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """Describe the API, with the languages and the kinds of stops of this museum."""
    with reading() as session:
        kinds = museum_kinds.of_museum(session)
    return for_everybody(jsonify(_description(languages(), kinds)))
