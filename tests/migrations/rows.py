"""Rows as each version of the schema could hold them, and what later versions make of them.

Written down by hand and never with today's models: what a database of that age really holds. A
new revision gets an entry here, also where it brings no table and no column.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

Values = Mapping[str, Any]
Table = tuple[Values, ...]


@dataclass(frozen=True)
class Revision:
    """What a revision brought to the rows.

    ``rows`` are of tables that it made; ``columns`` are values, row by row, of columns that it
    added. ``becomes`` says what a row of before is afterwards, None where it is let go; a new
    column of which it says nothing is empty. ``refused`` has a row for each CHECK by its name: a
    table took it until then, and takes it no more.
    """

    rows: Mapping[str, Table] = field(default_factory=dict)
    columns: Mapping[str, Table] = field(default_factory=dict)
    becomes: Mapping[str, Callable[[Values], Values | None]] = field(default_factory=dict)
    refused: Mapping[str, tuple[str, Values]] = field(default_factory=dict)


EVENING, MORNING = datetime(2026, 11, 21, 18, 30, 5), datetime(2026, 11, 22, 8, 0, 0, 250_000)
ALASH, CLOSED = "7K2MX", "0GZ4Q"
A, B, C = "a" * 64, "b" * 64, "c" * 64
SOUND = "0123456789abcdef" * 2
A_MARK = re.compile("[0-9a-f]{16}")

_FIRST: dict[str, Table] = {
    "edition": ({"scope": "guide", "number": 41}, {"scope": "group:42187", "number": 1}),
    "hall": (
        {"id": 1, "slug": "first", "position": 1},
        {"id": 2, "slug": "memorial", "position": 2},
    ),
    "hall_text": (
        {"hall_id": 1, "language": "kk", "title": "Бірінші зал"},
        {"hall_id": 2, "language": "kk", "title": "«Ескерткіш» залы"},
    ),
    "museum": (
        {
            "id": 1,
            "timezone": "Asia/Almaty",
            "phone": "+7 7252 00-00-00",
            "website": "https://museum.kz",
            "opening_hours": [{"days": ["tue", "sun"], "opens": "10:00", "closes": "18:00"}],
            "accounts": ["https://example.org/museum"],
        },
        {
            "id": 2,
            "timezone": "Asia/Almaty",
            "phone": None,
            "website": None,
            "opening_hours": [],
            "accounts": [],
        },
    ),
    "museum_text": (
        {"language": "kk", "name": "Музей", "address": "Шымкент қ.", "about": "Ол туралы.\n"},
        {"language": "ru", "name": "Музей", "address": "г. Шымкент", "about": ""},
    ),
    "pack_seen": ({"id": 1, "digest": A}, {"id": 2, "digest": B}),
    "tour": (
        {"id": 1, "slug": "short", "position": 1, "minutes": 30},
        {"id": 2, "slug": "long", "position": 2, "minutes": 90},
    ),
    "tour_text": (
        {"tour_id": 1, "language": "ru", "title": "Короткий путь", "description": "«Полчаса»."},
        {"tour_id": 2, "language": "ru", "title": "Длинный путь", "description": ""},
    ),
    "stop": (
        {
            "id": 1,
            "code": ALASH,
            "number": 1,
            "slug": "alash",
            "kind": "section",
            "hall_id": 1,
            "position": 1,
            "published": True,
            "retired_at": None,
            "approved_by": "Әйгүл С.",
            "approved_on": date(2026, 11, 20),
        },
        {
            "id": 2,
            "code": CLOSED,
            "number": None,
            "slug": "closed",
            "kind": "portrait",
            "hall_id": 2,
            "position": 2,
            "published": False,
            "retired_at": EVENING,
            "approved_by": None,
            "approved_on": None,
        },
        {
            "id": 3,
            "code": "2AB9C",
            "number": 14,
            "slug": "memorial",
            "kind": "hall",
            "hall_id": 2,
            "position": 3,
            "published": True,
            "retired_at": None,
            "approved_by": None,
            "approved_on": None,
        },
    ),
    "stop_slug": ({"slug": "alash", "stop_id": 1}, {"slug": "alash-of-old", "stop_id": 1}),
    "tour_stop": (
        {"tour_id": 1, "position": 1, "stop_id": 1},
        {"tour_id": 2, "position": 1, "stop_id": 1},
    ),
    "transcript": (
        {
            "id": 1,
            "stop_id": 1,
            "language": "kk",
            "title": "Алаш көсемдері",
            "content_note": "Аштық туралы айтылады.",
            "text": "Бірінші сөйлем. “Екінші” — 'сөйлем'.\n\nҮшінші.",
            "sources": "Архив, 1937, № 5",
            "digest": A,
            "words_digest": B,
            "pack_digest": C,
        },
        {
            "id": 2,
            "stop_id": 2,
            "language": "kk",
            "title": "Жабық",
            "content_note": None,
            "text": "",
            "sources": "",
            "digest": B,
            "words_digest": C,
            "pack_digest": A,
        },
    ),
    "revision": (
        {
            "id": 1,
            "transcript_id": 1,
            "title": "Алаш",
            "content_note": None,
            "text": "Бұрынғы сөйлем.",
            "sources": "",
            "words_digest": C,
            "made_by": "pack",
            "made_at": EVENING,
        },
        {
            "id": 2,
            "transcript_id": 1,
            "title": "Алаш көсемдері",
            "content_note": "Аштық туралы айтылады.",
            "text": "Бірінші сөйлем.",
            "sources": "Архив",
            "words_digest": B,
            "made_by": "Әйгүл С.",
            "made_at": MORNING,
        },
    ),
}


def _narration(number: int, voice: str, state: str, **values: Any) -> Values:
    """Write a narration of the first version; what is not said is empty."""
    empty = (
        "asked_at claimed_by claimed_until reason text_digest sound cues size_bytes duration_ms"
        " loudness_lufs made_at"
    )
    known = {"id": number, "stop_id": 1, "language": "kk", "voice": voice, "state": state}
    rest = {"source": "generated", "wanted_digest": A, "attempts": 0}
    return dict.fromkeys(empty.split()) | known | rest | values


_HEARD = {
    "text_digest": A,
    "sound": f"{SOUND}.mp3",
    "cues": f"{SOUND}.vtt",
    "size_bytes": 812_345,
    "duration_ms": 91_250,
    "loudness_lufs": -16.25,
    "made_at": MORNING,
}
_NARRATIONS: Table = (
    _narration(1, "espeak-ng", "ready", **_HEARD),
    _narration(2, "edge-tts", "wanted", asked_at=MORNING),
    _narration(3, "piper", "speaking", claimed_by="worker 1", claimed_until=MORNING, attempts=1),
    _narration(4, "gtts", "failed", attempts=3, reason='{"sentence": "“x” said no", "values": {}}'),
    _narration(5, "recorded", "wanted", **_HEARD | {"source": "recorded", "wanted_digest": B}),
)

_LABELS: dict[str, Table] = {
    "label_base": (
        {"id": 1, "base_url": "https://guide.museum.kz", "pinned_at": EVENING},
        {"id": 2, "base_url": "https://audio.museum.kz", "pinned_at": MORNING},
    ),
    "label_batch": tuple(
        {
            "id": number,
            "made_at": EVENING,
            "kind": "label",
            "stock": "L7163",
            "start_cell": 1,
            "next_free_cell": 3,
            "pages": 1,
            "base_url": "https://guide.museum.kz",
            "pdf": f"labels-{number}.pdf",
            "digest": A,
            "verified": 2,
            "symbol_side_mm": 27.5,
        }
        for number in (1, 2)
    ),
    "label_printed": tuple(
        {
            "id": number,
            "batch_id": 1,
            "stop_code": code,
            "number": code and 1,
            "payload": f"https://GUIDE.MUSEUM.KZ/Q/{code or ''}",
            "version": 3,
            "level": "Q",
            "mask": 5,
            "titles": {"kk": "Алаш көсемдері", "ru": "Лидеры Алаша"},
            "page": 1,
            "cell": number,
            "state": state,
        }
        for number, code, state in ((1, ALASH, "on_the_wall"), (2, None, "replaced"))
    ),
}

_PICTURES: dict[str, Table] = {
    "picture": ({"stop_id": 1, "digest": A}, {"stop_id": 2, "digest": B}),
    "picture_file": (
        {"stop_id": 1, "width_px": 390, "height_px": 260, "name": f"{SOUND}.webp"},
        {"stop_id": 1, "width_px": 780, "height_px": 520, "name": f"{SOUND[::-1]}.webp"},
    ),
    "picture_text": (
        {"stop_id": 1, "language": "kk", "alternative": "Топ адам.", "credit": "Архив"},
        {"stop_id": 1, "language": "ru", "alternative": "Группа людей.", "credit": "Архив"},
    ),
}

_PEOPLE: dict[str, Table] = {
    "person": (
        {
            "id": 1,
            "name": "Әйгүл С.",
            "name_key": "әйгүл с.",
            "role": "editor",
            "password": "$argon2id$v=19$m=65536,t=3,p=4$abc",
            "added_at": EVENING,
        },
        {
            "id": 2,
            "name": "Marat",
            "name_key": "marat",
            "role": "guide",
            "password": None,
            "added_at": MORNING,
        },
    ),
    "invitation": (
        {"digest": A, "person_id": 2, "ends_at": MORNING},
        {"digest": B, "person_id": 1, "ends_at": EVENING},
    ),
    "signed_in": (
        {"digest": A, "person_id": 1, "seen_at": EVENING, "ends_at": MORNING},
        {"digest": B, "person_id": 1, "seen_at": EVENING, "ends_at": MORNING},
    ),
    "sign_in_delay": (
        {"key": A, "failures": 3, "failed_at": EVENING, "wait_until": MORNING},
        {"key": B, "failures": 1, "failed_at": EVENING, "wait_until": EVENING},
    ),
    "group_tour": tuple(
        {
            "id": number,
            "guide_id": 2,
            "key": key,
            "join_code": join_code,
            "left_code": left_code,
            "tour_slug": "short",
            "started_at": EVENING,
            "ended_at": ended_at,
            "guide_seen_at": EVENING,
            "version": 7,
            "visit": 2,
            "stop_id": 1,
            "sentence": 3,
            "playing": ended_at is None,
            "at_ms": 1_795_257_005_123,
            "sounds": {"kk": {"sound": f"{SOUND}.mp3", "cues": f"{SOUND}.vtt"}},
        }
        for number, key, join_code, left_code, ended_at in (
            (1, "1" * 32, "42187", None, None),
            (2, "2" * 32, None, "42187", MORNING),
            (3, "3" * 32, "51234", None, None),
        )
    ),
    "group_presence": (
        {"group_id": 1, "process": "web 1", "counts": {"kk": [3, 2, 1]}, "seen_at": EVENING},
        {"group_id": 1, "process": "web 2", "counts": {}, "seen_at": MORNING},
    ),
    "talking_points": (
        {"stop_id": 1, "language": "kk", "text": "— Сұраққа жауап.\n"},
        {"stop_id": 1, "language": "ru", "text": "— Ответ на вопрос.\n"},
    ),
}


def _each(count: int, first: Values) -> Table:
    """Give the first row these values, and leave them empty in the others."""
    return (first, *(dict.fromkeys(first) for _ in range(count - 1)))


_CONTRADICTIONS: dict[str, Values] = {
    "narration_state_is_known": {"state": "resting"},
    "narration_speaking_is_claimed": {"state": "speaking"},
    "narration_claim_ends": {"state": "speaking", "claimed_by": "worker 2"},
    "narration_ready_is_heard": {"state": "ready"},
    "narration_failed_has_reason": {"state": "failed", "attempts": 3},
}
_EMPTY = "webm webm_size_bytes wanted_script script_digest take wanted_take pack_take pack_stamp"
_CONTRADICTING: Values = {
    **_narration(100, "none", "wanted"),
    **dict.fromkeys(f"{_EMPTY} read_text doubtful".split()),
    "preference": 0,
}


def _healed(row: Values) -> Values:
    """Want a narration once more that contradicts itself."""
    if row["voice"] in _CONTRADICTIONS:
        idle = {"claimed_by": None, "claimed_until": None}
        return {**row, **idle, "state": "wanted", "attempts": 0, "reason": None}
    return row


REVISIONS: dict[str, Revision] = {
    "0001": Revision(rows=_FIRST | {"narration": _NARRATIONS}),
    "0002": Revision(rows=_LABELS),
    "0003": Revision(
        columns={"edition": _each(2, {"mark": "0123456789abcdef"})},
        becomes={"edition": lambda row: {**row, "mark": A_MARK}},
    ),
    "0004": Revision(rows=_PICTURES),
    "0005": Revision(
        columns={"narration": _each(5, {"webm": f"{SOUND}.webm", "webm_size_bytes": 402_113})}
    ),
    "0006": Revision(
        columns={"stop": ({"quiet": False}, {"quiet": False}, {"quiet": True})},
        becomes={"stop": lambda row: {**row, "quiet": False}},
    ),
    "0007": Revision(rows=_PEOPLE),
    "0008": Revision(
        rows={
            "voice_rest": (
                {"voice": "gtts", "until": MORNING, "failures": 2, "reason": "{}"},
                {"voice": "edge-tts kk", "until": EVENING, "failures": 1, "reason": "{}"},
            )
        },
        columns={
            "narration": tuple(
                {"preference": 10 * place, **scripts}
                for place, scripts in enumerate(_each(5, {"wanted_script": A, "script_digest": A}))
            ),
            "transcript": _each(2, {"script_digest": A, "script_key": B}),
        },
        becomes={"narration": lambda row: {**row, "preference": 0}},
    ),
    "0009": Revision(
        columns={
            "narration": _each(
                5,
                {
                    "take": f"{SOUND}.m4a",
                    "wanted_take": f"{SOUND}.wav",
                    "pack_take": f"{SOUND}.wav",
                    "pack_stamp": "812345 1795257005",
                    "read_text": "Бірінші сөйлем.",
                    "doubtful": [0, 2],
                },
            )
        }
    ),
    "0010": Revision(
        columns={"group_tour": _each(3, {"boot": "0b5f…", "boot_ms": 1_795_257_000_000})}
    ),
    "0011": Revision(
        columns={
            "transcript": _each(2, {"label_title": "Алаш"}),
            "revision": _each(2, {"label_title": "Алаш"}),
        }
    ),
    "0012": Revision(
        rows={
            "price": (
                {"slug": "adult", "position": 1, "amount": "500", "currency": "KZT"},
                {"slug": "child", "position": 2, "amount": "0", "currency": "KZT"},
            ),
            "price_text": (
                {"price": "adult", "language": "kk", "title": "Ересек", "text": ""},
                {"price": "child", "language": "kk", "title": "Бала", "text": "7 жасқа дейін"},
            ),
        },
        columns={
            "museum": (
                {
                    "email": "info@museum.kz",
                    "map_url": "https://example.org/map",
                    "closed_days": ["2026-12-31"],
                    "notice_until": date(2026, 12, 1),
                },
                {"email": None, "map_url": None, "closed_days": [], "notice_until": None},
            ),
            "museum_text": _each(2, {"notice": "Бүгін жабық.", "help": "Кассада."}),
        },
        becomes={
            "museum": lambda row: {**row, "closed_days": []},
            "pack_seen": lambda _row: None,  # the pack is read once more
        },
    ),
    "0013": Revision(
        becomes={"narration": _healed},
        refused={
            name: ("narration", {**_CONTRADICTING, "id": 100 + place, "voice": name, **values})
            for place, (name, values) in enumerate(_CONTRADICTIONS.items())
        },
    ),
    "0014": Revision(),
    "0015": Revision(
        rows={
            "picture_drawing": tuple(
                {
                    "stop_id": 1,
                    "language": language,
                    "width_px": 320,
                    "height_px": 202,
                    "name": f"{SOUND}.svg",
                    "legend": [[1, "Долинка"], [2, "Ақмол"]],
                }
                for language in ("kk", "ru")
            )
        }
    ),
    "0016": Revision(
        columns={
            "museum": (
                {"languages": {"tags": ["uz-Latn", "ru"], "partial": ["ru"]}},
                {"languages": {"tags": ["kk", "ru", "en"]}},
            )
        },
        becomes={"museum": lambda row: {**row, "languages": {"tags": ["kk", "ru", "en"]}}},
    ),
    "0017": Revision(
        rows={
            "stop_kind": (
                {"slug": "workshop", "position": 0, "is_route": True, "is_person": False},
                {"slug": "maker", "position": 1, "is_route": False, "is_person": True},
            ),
            "stop_kind_text": (
                {"kind": "workshop", "language": "kk", "name": "Шеберхана"},
                {"kind": "maker", "language": "uz-Latn", "name": "Usta"},
            ),
        }
    ),
}


def held_at(revision: str) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of a database of that version: its tables, with all of its columns."""
    tables: dict[str, list[dict[str, Any]]] = {}
    for _, brought in _until(revision):
        for table, rows in brought.rows.items():
            tables.setdefault(table, []).extend(dict(row) for row in rows)
        for table, added in brought.columns.items():
            for row, values in zip(tables[table], added, strict=True):
                row.update(values)
    for later in _after(revision):
        for table, broken in later.refused.values():
            if table in tables:
                columns = tables[table][0].keys()
                tables[table].append({name: broken[name] for name in columns})
    return tables


def becomes_of(
    tables: Mapping[str, Sequence[Values]], revision: str
) -> dict[str, list[dict[str, Any]]]:
    """Return what the newest version makes of rows of that one; what is not said is empty."""
    made = {table: [dict(row) for row in rows] for table, rows in tables.items()}
    for later in _after(revision):
        for table, change in later.becomes.items():
            changed = [change(row) for row in made.get(table, [])]
            made[table] = [dict(row) for row in changed if row is not None]
    return made


def refusals() -> dict[str, tuple[str, Values]]:
    """Return a row for each CHECK, by its name."""
    return {name: row for each in REVISIONS.values() for name, row in each.refused.items()}


def _until(revision: str) -> list[tuple[str, Revision]]:
    return [(name, each) for name, each in REVISIONS.items() if name <= revision]


def _after(revision: str) -> list[Revision]:
    return [each for name, each in REVISIONS.items() if name > revision]
