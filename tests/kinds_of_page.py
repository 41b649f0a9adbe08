"""One address for each kind of page that people meet, and a museum in which all of them are.

It is the museum's own pack, with sounds in every state: made, being made, failed, outdated.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session
from werkzeug.serving import WSGIRequestHandler, make_server

from audioguide import models
from audioguide.languages import LANGUAGES, Language
from audioguide.roles import Role
from audioguide.services.groups import joining, leading
from audioguide.services.narration import queue
from audioguide.services.staff import signing_in
from museum import REAL_PACK, World, write_facts
from photographs import add_picture
from started import command

SPOKEN, SOUNDLESS, FAILED, OUTDATED = "alzhir", "camps", "sozak", "aday"
PICTURED = "repression"
RETIRED, RETIRED_CODE = "asfendiyarov", "MV9NV"
LOCALES = {
    Language("kk"): "kk-KZ",
    Language("ru"): "ru-RU",
    Language("en"): "en-GB",
}  # of visitors' phones

KINDS = {  # a new kind of page is one more line
    "welcome": "/",
    "list": "/{}/",
    "section": "/{}/stops/alash",
    "portrait": "/{}/stops/ryskulov",
    "picture": f"/{{}}/stops/{PICTURED}",
    "content-note": "/{}/stops/famine",
    "note-and-voice": f"/{{}}/stops/{SPOKEN}",
    "memorial-hall": "/{}/stops/memorial-hall",
    "farewell": "/{}/stops/farewell",
    "sound-in-work": f"/{{}}/stops/{SOUNDLESS}",
    "sound-failed": f"/{{}}/stops/{FAILED}",
    "sound-outdated": f"/{{}}/stops/{OUTDATED}",
    "tour": "/{}/tours/highlights",
    "along-a-tour": f"/{{}}/tours/camps/{SPOKEN}",
    "end-of-a-tour": "/{}/tours/highlights/farewell",
    "keypad": "/{}/number",
    "keypad-error": "/{}/number?number=77",
    "museum": "/{}/museum",
    "not-found": "/{}/nothing",
    "no-such-code": "/Q/00000",
    "retired": f"/{{}}/stops/{RETIRED}",
    "retired-code": f"/Q/{RETIRED_CODE}",
}

TOUR = "highlights"
TOUR_KINDS = (
    *("sign-in", "invited", "lead", "leading", "following", "no-such-group", "tour-ended"),
    *("forbidden", "editing"),
)
OF_EDITORS = ("forbidden", "editing")


@dataclass(frozen=True)
class GroupTour:
    """A group on its way: the address of each kind of page, its guide's cookie, and an editor's."""

    kinds: Mapping[str, str]
    cookie: str
    editors_cookie: str

    def cookie_for(self, kind: str) -> str:
        """Return the cookie of the person who meets a kind of page."""
        return self.editors_cookie if kind in OF_EDITORS else self.cookie


def settle(folder: Path) -> World:
    """Make a museum in which every kind of page can be seen; one stop is spoken for real."""
    world = World(folder, REAL_PACK)
    ended = command(
        *("narrate", "--stop", SPOKEN),
        environment=world.environment() | {"AUDIOGUIDE_VOICES": "offline"},
    )
    assert ended.returncode == 0, ended.stderr
    _sound(world)
    _correct(world.media)
    write_facts(world.media, until="2099-12-31")
    add_picture(next((world.media / "stops").glob(f"*-{PICTURED}")))
    world.bring()
    return world


def _sound(world: World) -> None:
    """Give every stop a sound but two: one is being made, one has failed."""
    while (claimed := world.claim()) is not None:
        if FAILED in claimed.stop:
            with world.database.writing() as session:
                queue.fail(session, claimed, "No voice.")
        elif SOUNDLESS not in claimed.stop:
            world.keep(claimed)


def _correct(media: Path) -> None:
    """Correct the text of one stop after it was spoken, and take one stop away."""
    for language in LANGUAGES:
        (path,) = (media / "stops").glob(f"*-{OUTDATED}/{language}.md")
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("\n\n## ", " 1930–1931.\n\n## ", 1), encoding="utf-8")
    structure = media / "museum.toml"
    tables = structure.read_text(encoding="utf-8").split("\n\n")
    left = [each for each in tables if f'slug = "{RETIRED}"' not in each]
    assert len(left) == len(tables) - 1
    structure.write_text("\n\n".join(left), encoding="utf-8")


def walk(world: World) -> GroupTour:
    """Let a guide lead a group through the museum, and invite another guide and an editor."""
    with world.database.writing() as session:
        person_id, cookie = _sign_in(session, "Marat", Role.GUIDE)
        _, editors_cookie = _sign_in(session, "Zhanar", Role.EDITOR)
        invited = signing_in.add(session, "Aigul", Role.GUIDE)
        ended = leading.start(session, person_id, TOUR)
        left_code = joining.state_of(session, session.get_one(models.GroupTour, ended)).join_code
        leading.end(session, ended, person_id)
        group_id = leading.start(session, person_id, TOUR)
        group = joining.state_of(session, session.get_one(models.GroupTour, group_id))
    kinds = {
        "sign-in": "/staff/sign-in",
        "invited": f"/staff/invited/{invited}",
        "lead": "/lead/",
        "leading": f"/lead/{group_id}",
        "following": f"/live/{group.join_code}",
        "no-such-group": "/live/00000",
        "tour-ended": f"/live/{left_code}",
        "forbidden": "/lead/",
        "editing": "/staff/",
    }
    assert tuple(kinds) == TOUR_KINDS
    return GroupTour(kinds, cookie, editors_cookie)


def _sign_in(session: Session, name: str, role: Role) -> tuple[int, str]:
    key = signing_in.add(session, name, role)
    person = signing_in.invited(session, key)
    assert person is not None
    cookie = signing_in.accept(session, key, "three quiet words")
    assert cookie is not None
    return person.person_id, cookie


class _Quiet(WSGIRequestHandler):
    def log_request(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def shown(world: World) -> Iterator[str]:
    """Serve a museum's pages and give the address."""
    server = make_server("127.0.0.1", 0, world.app(), threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
