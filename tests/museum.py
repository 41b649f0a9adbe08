"""One small world: a museum with four stops, two halls, one tour, and named people.

Aigul the curator corrects texts; Dana scans labels with a Kazakh phone, Ivan with a Russian one.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Collection, Iterable
from pathlib import Path

import numpy as np
from flask import Flask
from flask.testing import FlaskClient

from audioguide import migrations
from audioguide.app import create_app
from audioguide.db import Database
from audioguide.languages import Language, Languages
from audioguide.operations.opened import Opened
from audioguide.operations.pack import bring_anew
from audioguide.services import importing
from audioguide.services.importing import Imported
from audioguide.services.narration import plan, queue
from audioguide.services.narration.queue import Claim, Spoken
from audioguide.services.narration.scope import Scope
from audioguide.settings import Settings
from audioguide.speech.cues import Cue, write_webvtt
from audioguide.storage import FolderStore

ROOT = Path(__file__).parent.parent
# No test hears what happens to be installed here; the fixture `festival` lets one hear it.
WITHOUT = str(ROOT / "tests" / "without")
os.environ["PATH"] = os.pathsep.join([WITHOUT, os.environ.get("PATH", "")])
os.environ["PYTHONPATH"] = os.pathsep.join([WITHOUT, os.environ.get("PYTHONPATH", "")]).strip(
    os.pathsep
)
sys.modules["hibari"] = None  # type: ignore[assignment]  # as sitecustomize.py there does
REAL_PACK = ROOT / "media"

KK, RU, EN = LANGUAGES = Language("kk"), Language("ru"), Language("en")
THREE = Languages(LANGUAGES)

WELCOME, ALASH, FAMINE, MEMORIAL = "0AE86", "11RR1", "193VQ", "24VRB"  # codes that are right
SPARE = "2BB6G"

STRUCTURE = f"""
[museum]
timezone = "Asia/Almaty"
phone = "+7 (7252) 21-01-40"
website = "https://museum.example.kz"

[[museum.hours]]
days = ["monday", "tuesday", "wednesday", "thursday", "friday"]
opens = "09:00"
closes = "18:00"

[[museum.accounts]]
network = "Instagram"
name = "our_museum"
url = "https://www.instagram.com/our_museum/"

[[hall]]
slug = "exposition"

[[hall]]
slug = "memorial"

[[stop]]
number = 0
code = "{WELCOME}"
slug = "welcome"
kind = "welcome"
hall = "exposition"

[[stop]]
number = 1
code = "{ALASH}"
slug = "alash"
kind = "section"
hall = "exposition"

[[stop]]
number = 2
code = "{FAMINE}"
slug = "famine"
kind = "section"
hall = "exposition"

[[stop]]
number = 14
code = "{MEMORIAL}"
slug = "memorial-hall"
kind = "hall"
hall = "memorial"
quiet = true

[[stop]]
number = 101
code = "{SPARE}"
slug = "baitursynuly"
kind = "portrait"
hall = "exposition"
published = false

[[tour]]
slug = "short"
minutes = 10
stops = [0, 2, 14]
"""

TITLES = {
    "museum": ("Музей", "Музей", "The Museum"),
    "halls/exposition": ("Экспозиция залы", "Экспозиционный зал", "Exposition Hall"),
    "halls/memorial": ("Ғибадат залы", "Зал поклонения", "Memorial Hall"),
    "tours/short": ("Қысқа жол", "Короткий маршрут", "A short tour"),
    "stops/0-welcome": ("Қош келдіңіз", "Добро пожаловать", "Welcome"),
    "stops/1-alash": ("Алаш көсемдері", "Лидеры Алаша", "The Leaders of Alash"),
    "stops/2-famine": ("Ашаршылық", "Голод", "The Famine"),
    "stops/14-memorial-hall": ("Ғибадат залы", "Зал поклонения", "Memorial Hall"),
}
TEXTS = {
    Language("kk"): "Бұл – {title}. Мұнда адамдар еске алынады.\n\nАсықпаңыз. Бір есімді оқыңыз.",
    Language("ru"): "Это {title}. Здесь помнят людей.\n\nНе торопитесь. Прочтите одно имя.",
    Language(
        "en"
    ): "This is {title}. People are remembered here.\n\nTake your time. Read one name.",
}
ONE_SENTENCE = b"WEBVTT\n\n1\n00:00:00.200 --> 00:00:01.000\nHello.\n"
NOTES = {
    Language("kk"): "Мұнда ашаршылық туралы айтылады.",
    Language("ru"): "Здесь пойдёт речь о голоде.",
    Language("en"): "This stop speaks of hunger.",
}


def write_pack(folder: Path, languages: Languages = THREE, without: Collection[str] = ()) -> Path:
    """Write the small museum's pack, ``without`` some places in its incomplete languages."""
    folder.mkdir(parents=True)
    (folder / "museum.toml").write_text(structure_with(languages), encoding="utf-8")
    for where in TITLES:
        for language in languages:
            if language in languages.partial and where in without:
                continue
            path = folder / where / f"{language}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_words(where, language, title_of(where, language)), encoding="utf-8")
    return folder


def structure_with(languages: Languages) -> str:
    """Write museum.toml with these languages; the usual three are not named."""
    if languages == THREE:
        return STRUCTURE
    lines = [f"languages = {_listed(languages.tags)}"]
    if languages.partial:
        lines.append(f"partial_languages = {_listed(sorted(languages.partial))}")
    if languages.shown_on_labels:
        lines.append(f"label_languages = {_listed(languages.shown_on_labels)}")
    tables = [
        f'[language.{language}]\nname = "{each.name}"\nfallback = "{each.fallback}"\n'
        for language, each in languages.declared.items()
    ]
    text = STRUCTURE.replace("[museum]", "\n".join(("[museum]", *lines)), 1)
    return "\n".join((text, *tables))


def _listed(tags: Iterable[str]) -> str:
    return "[" + ", ".join(f'"{tag}"' for tag in tags) + "]"


def title_of(where: str, language: Language) -> str:
    """Return the title of a place; in a language that is none of the three it is invented."""
    titles = dict(zip(LANGUAGES, TITLES[where], strict=True))
    return titles.get(language) or f"{titles[EN]} {language}"


FACTS = """
email = "museum@example.kz"
map_url = "https://go.2gis.com/abc12"
notice_until = {until}"""
BLOCKS = """
[[museum.closed]]
from = 2026-12-31
to = 2027-01-02

[[museum.closed]]
from = 2026-12-16

[[museum.price]]
slug = "adults"
amount = 500
currency = "KZT"  # adults

[[museum.price]]
slug = "groups"
amount = 1500.50
currency = "KZT"

[[museum.price]]
slug = "children"
amount = 0
currency = "KZT"
"""
PRICED = {
    "adults": ("Ересектер", "Взрослые", "Adults"),
    "groups": ("Топтар", "Группы", "Groups"),
    "children": ("Балалар", "Дети", "Children"),
}
OF_CHILDREN = ("Жеті жасқа дейін.", "До семи лет.", "Up to seven years.")
NOTICES = (
    "Зал жөнделіп жатыр.\n\nЭкспозицияға келіңіз.",
    "Зал ремонтируют.\n\nПриходите на экспозицию.",
    "The hall is being mended.\n\nCome to the exposition.",
)


def write_facts(folder: Path, *, until: str = "2026-11-30") -> None:
    """Add all that the museum's page can show, apart from help, to a pack without it."""
    structure = folder / "museum.toml"
    text = structure.read_text(encoding="utf-8")
    with_facts = text.replace("[museum]", f"[museum]{FACTS.format(until=until)}", 1)
    structure.write_text(with_facts + BLOCKS, encoding="utf-8")
    for number, language in enumerate(LANGUAGES):
        notice = folder / f"museum/notice.{language}.md"
        notice.write_text(f"{NOTICES[number]}\n", encoding="utf-8")
        for slug, titles in PRICED.items():
            path = folder / f"museum/prices/{slug}/{language}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            more = f"\n{OF_CHILDREN[number]}\n" if slug == "children" else ""
            path.write_text(f"# {titles[number]}\n{more}", encoding="utf-8")


def _words(where: str, language: Language, title: str) -> str:
    note = f"> {NOTES.get(language, NOTES[EN])}\n\n" if where == "stops/2-famine" else ""
    if where.startswith("halls/"):
        return f"# {title}\n"
    text = TEXTS.get(language, TEXTS[EN]).format(title=title)
    return f"# {title}\n\n{note}{text}\n\n## Sources\n- A witness.\n"


class World:
    """The small museum with a database, a store and a pack of its own."""

    def __init__(
        self,
        folder: Path,
        pack: Path | None = None,
        database_url: str | None = None,
        *,
        languages: Languages = THREE,
        without: Collection[str] = (),
    ) -> None:
        self.folder = folder
        self._database = {} if database_url is None else {"AUDIOGUIDE_DATABASE_URL": database_url}
        self.media = folder / "media"
        if pack is None:
            write_pack(self.media, languages, without)
        else:
            shutil.copytree(pack, self.media, ignore=shutil.ignore_patterns("generated"))
        self.settings = self.settings_with()
        self.settings.data.mkdir(parents=True, exist_ok=True)
        self.store = FolderStore(self.settings.store)
        self.store.prepare()
        self.database = Database(self.settings.database_url)
        with self.database.alone() as connection:
            migrations.migrate(connection)

    @classmethod
    def again(cls, folder: Path) -> World:
        """Open the small museum that lies in a folder already."""
        world = cls.__new__(cls)
        world.folder, world.media = folder, folder / "media"
        world._database = {}
        world.settings = world.settings_with()
        world.store = FolderStore(world.settings.store)
        world.database = Database(world.settings.database_url)
        return world

    @classmethod
    def copied(cls, from_folder: Path, folder: Path) -> World:
        """Open a copy of the small museum that lies, closed, in another folder."""
        shutil.copytree(from_folder, folder, dirs_exist_ok=True)
        return cls.again(folder)

    def settings_with(self, **variables: str) -> Settings:
        """Read settings as from an environment with these AUDIOGUIDE_ variables."""
        given = {"AUDIOGUIDE_DATA": str(self.folder / "instance")}
        given |= self._database
        given["AUDIOGUIDE_MEDIA"] = str(self.media)
        given["AUDIOGUIDE_VOICES"] = "offline"  # no test asks a machine that is not this one
        given |= {f"AUDIOGUIDE_{name}": value for name, value in variables.items()}
        return Settings.from_environment(given)

    def environment(self) -> dict[str, str]:
        """Return the variables that let a command work in this world."""
        return {
            "AUDIOGUIDE_DATA": str(self.folder / "instance"),
            "AUDIOGUIDE_MEDIA": str(self.media),
            "AUDIOGUIDE_LANGUAGE": "en",
            "AUDIOGUIDE_VOICES": "offline",
            **self._database,
        }

    def opened(self, **variables: str) -> Opened:
        """Hand the guide to an operation, with these AUDIOGUIDE_ variables set."""
        return Opened(self.settings_with(**variables), self.database, self.store)

    def bring(self) -> Imported:
        """Import the pack, whether it has changed or not; one that is broken not at all."""
        importing.read(self.media)
        return bring_anew(self.opened())

    def app(self, **variables: str) -> Flask:
        """Make the web application over this world; it looks for changes at each request."""
        app = create_app(self.settings_with(**variables), look_seconds=0)
        app.testing = True
        return app

    def phone(self, language: str = "kk", **variables: str) -> FlaskClient:
        """Make a phone whose owner prefers a language."""
        client = self.app(**variables).test_client()
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
        return client

    def speak_all(self) -> None:
        """Make every narration with a tone for a voice: real rows and files, in no time."""
        while (claimed := self.claim()) is not None:
            self.keep(claimed)

    def claim(self, worker: str = "worker") -> Claim | None:
        """Claim a narration."""
        with self.database.writing() as session:
            return queue.claim(session, worker)

    def keep(
        self,
        claimed: Claim,
        sound: bytes | None = None,
        cues: bytes = ONE_SENTENCE,
        script: str | None = None,
    ) -> bool:
        """Keep a sound and its cues for a claim."""
        made = sound or a_sound(f"{claimed.stop}{claimed.language}{claimed.digest}")
        spoken = Spoken(
            sound=self.store.keep(made, "mp3"),
            webm=self.store.keep(made[::-1], "webm"),
            cues=self.store.keep(cues, "vtt"),
            size_bytes=len(made),
            webm_size_bytes=len(made),
            duration_ms=61_000,
            loudness_lufs=-16.0,
            script=script,
        )
        with self.database.writing() as session:
            return queue.keep(session, claimed, spoken)

    def speak_sentences(self, language: Language, *times: tuple[int, int]) -> None:
        """Give every stop of a language a sound whose sentences are heard from and to, in ms."""
        cues = write_webvtt([Cue(start, end, "A sentence.") for start, end in times], language)
        with self.database.writing() as session:
            plan.want_again_all(session, Scope(language=language))
        while True:
            with self.database.writing() as session:
                claimed = queue.claim(session, "worker", Scope(language=language))
            if claimed is None:
                return
            self.keep(claimed, a_sound(f"{claimed.stop}{language}{times}"), cues.encode())

    def edit(self, where: str, old: str, new: str) -> None:
        """Correct a file of the pack, as Aigul does."""
        path = self.media / where
        words = path.read_text(encoding="utf-8")
        assert old in words
        path.write_text(words.replace(old, new), encoding="utf-8")

    def close(self) -> None:
        """Close the database."""
        self.database.close()


def a_sound(seed: str, size_bytes: int = 4000) -> bytes:
    """Make bytes that stand for a sound, different for each seed."""
    return np.random.default_rng(list(seed.encode())).bytes(size_bytes)
