"""What every test may ask for, and which parts of the system a test needs."""

from __future__ import annotations

import asyncio
import os
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

import any_museum as museums
import postgres
from any_museum import AnyMuseum
from audioguide import clock
from festival_stand_in import SPEAKS, StandIn
from museum import ROOT, WITHOUT, World

if TYPE_CHECKING:
    from playwright.sync_api import Browser


class Part(NamedTuple):
    """A part that tests may need: what it is called, where it is found, how to get it."""

    name: str
    found_as: str
    got_by: str

    @property
    def is_absent(self) -> bool:
        return not (shutil.which(self.found_as) or Path(self.found_as).is_file())


def _of_debian(program: str, packages: str) -> Part:
    return Part(program, program, f"on Debian: apt install {packages}")


# npm writes this file last: what was interrupted is not there.
INSTALLED_BY_NPM = ROOT / "tests" / "browser" / "node_modules" / ".package-lock.json"
# Chromium without its windows shows pages in half the time.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
VOICE_OF_FESTIVAL = "/usr/share/festival/voices/russian/msu_ru_nsh_clunits"
DICTIONARIES = "hunspell hunspell-kk hunspell-ru hunspell-en-gb"
WEBKIT = "webkit2gtk-driver xvfb gstreamer1.0-plugins-good gstreamer1.0-libav"
PARTS = {  # by marker
    "needs_chromium": Part(
        "Chromium",
        CHROMIUM or "chromium",
        "on Debian: apt install chromium-headless-shell, or chromium, which takes twice as long",
    ),
    "needs_festival": Part(
        "Festival with its Russian voice",
        f"{VOICE_OF_FESTIVAL}/festvox/msu_ru_nsh_clunits.scm",
        "on Debian: apt install festival festvox-ru",
    ),
    "needs_firefox": _of_debian("firefox-esr", "firefox-esr"),
    "needs_gettext": _of_debian("msgfmt", "gettext"),
    "needs_hunspell": _of_debian("hunspell", DICTIONARIES),
    "needs_nginx": _of_debian("nginx", "nginx-light openssl"),
    "needs_npm": Part(
        "packages of npm", str(INSTALLED_BY_NPM), "with Node.js: npm ci --prefix tests/browser"
    ),
    "needs_postgresql": _of_debian("pg_ctlcluster", "postgresql"),
    "needs_webkit": _of_debian("WebKitWebDriver", WEBKIT),
}
# What a newcomer's five minutes do without.
LATER = {"needs_chromium", "needs_firefox", "needs_npm", "needs_webkit", "thorough"}
BROWSER_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
# Run at first: at the end one process would be at work for half a minute, and the others idle.
LONGEST = {"test_group.py", "test_installation.py"}
LEFT_OUT = pytest.StashKey[int]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("audioguide", "how much is tested")
    group.addoption(
        "--all", action="store_true", help="run everything, and fail where a part is absent"
    )
    group.addoption(
        "--left-out", action="store_true", help="run what a run without --all leaves out"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name not in LONGEST)
    if config.getoption("--all"):
        return
    absent = {marker for marker, part in PARTS.items() if part.is_absent}
    is_named = config.args_source is pytest.Config.ArgsSource.ARGS
    later = absent if is_named else absent | LATER
    wants_later = config.getoption("--left-out")
    out = [item for item in items if _bears(item, later) != wants_later]
    config.stash[LEFT_OUT] = len(out)
    if out:
        config.hook.pytest_deselected(items=out)
        kept_away = set(out)
        items[:] = [item for item in items if item not in kept_away]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what is marked `any_pack` on each museum."""
    if metafunc.definition.get_closest_marker("any_pack") is not None:
        metafunc.parametrize("pack_name", museums.PACKS, scope="session")


def _bears(item: pytest.Item, markers: set[str]) -> bool:
    return any(mark.name in markers for mark in item.iter_markers())


def pytest_sessionfinish(session: pytest.Session) -> None:
    output = getattr(session.config, "workeroutput", None)  # of a process of pytest-xdist
    if output is not None:
        output["left_out"] = session.config.stash.get(LEFT_OUT, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    node.config.stash[LEFT_OUT] = getattr(node, "workeroutput", {}).get("left_out", 0)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    for marker, part in PARTS.items():
        if part.is_absent:
            terminalreporter.write_line(f"absent: {part.name}; {part.got_by} ({marker})")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Say last what was left out and how to run it."""
    left_out = config.stash.get(LEFT_OUT, 0)
    if left_out and not hasattr(config, "workeroutput"):
        told = "took no part" if config.getoption("--left-out") else "were left out"
        way = "test.py" if config.getoption("--left-out") else "test.py --all"
        print(f"{left_out:,} tests {told}: python3 scripts/{way}")


class Date:
    """The date of the machine, which a test may set; what counts by itself counts on."""

    def __init__(self, real: Callable[[], float]) -> None:
        self._real, self._ahead = real, 0.0

    def __call__(self) -> float:
        return self._real() + self._ahead

    def move(self, **length: float) -> None:
        """Set the date forward, or back."""
        self._ahead += timedelta(**length).total_seconds()

    def is_found_anew(self) -> None:
        """Let this process find the date again, as one that was started again does."""
        clock.boot.cache_clear()


@pytest.fixture
def date(monkeypatch: pytest.MonkeyPatch) -> Iterator[Date]:
    """The date, to be set as a person or a time server sets it."""
    clock.boot()  # a process finds the date once, before it is set
    made = Date(time.time)
    monkeypatch.setattr(time, "time", made)
    yield made
    clock.boot.cache_clear()


@pytest.fixture
def festival(monkeypatch: pytest.MonkeyPatch) -> None:
    """Festival as it is installed; ask for it where the marker is `needs_festival`."""
    folders = os.environ["PATH"].split(os.pathsep)
    monkeypatch.setenv("PATH", os.pathsep.join(each for each in folders if each != WITHOUT))


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """A program that speaks in the place of Festival, before all others in the PATH."""
    made = StandIn(tmp_path / "festival")
    monkeypatch.setenv("PATH", os.pathsep.join([str(made.program.parent), os.environ["PATH"]]))
    monkeypatch.setenv("PYTHONUTF8", "1")
    made.does(SPEAKS)
    return made


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the small museum, of which each test gets a copy: making it takes longer."""
    made = World(tmp_path_factory.mktemp("imported"))
    made.bring()
    made.close()
    return made.folder


@pytest.fixture(scope="session")
def all_spoken(imported: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same folder with every stop spoken by a tone."""
    made = World.copied(imported, tmp_path_factory.mktemp("spoken"))
    made.speak_all()
    made.close()
    return made.folder


@pytest.fixture
def world(imported: Path, tmp_path: Path) -> Iterator[World]:
    """The small museum, imported, with nothing spoken yet."""
    made = World.copied(imported, tmp_path)
    yield made
    made.close()


@pytest.fixture
def spoken_world(all_spoken: Path, tmp_path: Path) -> Iterator[World]:
    """The small museum with every stop spoken by a tone; ask for this one or for ``world``."""
    made = World.copied(all_spoken, tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="session")
def pack_name() -> str:
    """The name of the museum that a test runs on: of each in turn, where it is marked so."""
    pytest.fail("What asks for any museum is marked any_pack.")


@pytest.fixture(scope="session")
def any_spoken(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Give the folder of a museum by its name, spoken by a tone; each is made once."""

    @cache
    def made(name: str) -> Path:
        world = World(tmp_path_factory.mktemp(name), museums.PACKS[name])
        world.bring()
        world.speak_all()
        world.close()
        return world.folder

    return made


@pytest.fixture
def any_museum(
    pack_name: str, any_spoken: Callable[[str], Path], tmp_path: Path
) -> Iterator[AnyMuseum]:
    """Any museum, to be changed at will; ask for it where the marker is `any_pack`."""
    world = World.copied(any_spoken(pack_name), tmp_path)
    yield AnyMuseum(world)
    world.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run of a process: its driver allows no second one there."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  most runs need none

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM, args=BROWSER_OPTIONS, headless=True
        )
        yield opened
        opened.close()


@pytest.fixture(autouse=True)
def event_loop_of_its_own(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let a test without a browser begin an event loop.

    The browser's driver leaves its own, of which asyncio allows one at a time, to be found as the
    running one of the process between two tests.
    """
    if "browser" in request.fixturenames:
        yield
        return
    of_the_driver = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(of_the_driver)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A PostgreSQL server for the whole run; ask for it where the marker is `needs_postgresql`."""
    with postgres.server() as address:
        yield address


@pytest.fixture
def on_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """The small museum on the database that the test names: "sqlite" or "postgresql"."""
    url = None
    if request.param != "sqlite":
        url = postgres.new_database(request.getfixturevalue("postgresql"))
    made = World(tmp_path, database_url=url)
    made.bring()
    yield made
    made.close()
