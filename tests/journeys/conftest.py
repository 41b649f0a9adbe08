from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

import kinds_of_page
from any_museum import PACKS, AnyMuseum
from audioguide.languages import Language
from audioguide.services import importing
from kinds_of_page import LOCALES, GroupTour
from led_tour import Tour
from museum import World
from started import command, started

Phone = Callable[..., BrowserContext]

expect.set_options(timeout=30_000)  # not a promise to visitors: two browsers share a busy machine


@pytest.fixture(scope="session")
def any_voiced(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Give the folder of a museum by its name, spoken by a voice and closed; each is made once.

    Of a pack the first stop and the last are; a tone stands for the others, which takes no time.
    """

    @cache
    def made(name: str) -> Path:
        world = World(tmp_path_factory.mktemp(f"voiced-{name}"), PACKS[name])
        if PACKS[name] is not None:
            world.bring()
            _speak_the_first_and_the_last(AnyMuseum(world))
        world.close()
        if PACKS[name] is None:
            with started(world.folder, world.environment()) as guide:
                guide.wait_for_sound()
        return world.folder

    return made


def _speak_the_first_and_the_last(museum: AnyMuseum) -> None:
    for stop in (museum.stops[0], museum.stops[-1]):
        ended = command("narrate", "--stop", stop.slug, environment=museum.world.environment())
        assert ended.returncode == 0, ended.stderr
    museum.world.speak_all()


@pytest.fixture(scope="session")
def guide(spoken: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the small museum's guide, served for real, every stop spoken."""
    with _served(spoken, tmp_path_factory.mktemp("served")) as address:
        yield address


@pytest.fixture(scope="session")
def any_guide(
    pack_name: str, any_voiced: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of any museum's guide, served for real, every stop spoken."""
    with _served(any_voiced(pack_name), tmp_path_factory.mktemp(f"served-{pack_name}")) as address:
        yield address


@contextlib.contextmanager
def _served(voiced: Path, folder: Path) -> Iterator[str]:
    world = World.copied(voiced, folder)
    world.close()
    with started(world.folder, world.environment()) as made:
        made.wait_for_sound()
        yield made.address


@pytest.fixture(scope="session")
def every_kind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A museum in which every kind of page can be seen."""
    world = kinds_of_page.settle(tmp_path_factory.mktemp("every-kind"))
    yield world
    world.close()


@pytest.fixture(scope="session")
def group_tour(every_kind: World) -> GroupTour:
    """A group that is led through that museum."""
    return kinds_of_page.walk(every_kind)


@pytest.fixture
def script_errors() -> list[str]:
    """What scripts threw on the phones of this test; a test that makes them fail clears it."""
    return []


@pytest.fixture(scope="session")
def spoken(any_voiced: Callable[[str], Path]) -> Path:
    """The folder of the small museum, every stop spoken, closed."""
    return any_voiced("small-museum")


@pytest.fixture
def tour(spoken: Path, tmp_path: Path, phone: Phone) -> Iterator[Tour]:
    """The small museum with a guide who leads its tour."""
    made = Tour(spoken, tmp_path, phone)
    yield made
    made.close()


@pytest.fixture
def any_tour(
    pack_name: str, any_voiced: Callable[[str], Path], tmp_path: Path, phone: Phone
) -> Iterator[Tour]:
    """Any museum with a guide who leads its first tour."""
    voiced = any_voiced(pack_name)
    made = Tour(voiced, tmp_path, phone, importing.read(voiced / "media").languages)
    yield made
    made.close()


@pytest.fixture
def phone(browser: Browser, script_errors: list[str]) -> Iterator[Phone]:
    """Make a visitor's phone: its language, and whatever else the browser is told.

    A script that throws on any of its pages fails the journey.
    """
    contexts: list[BrowserContext] = []

    def make(language: str, width_px: int = 390, **options: Any) -> BrowserContext:
        context = browser.new_context(
            locale=LOCALES.get(Language(language), language),
            viewport={"width": width_px, "height": 844},
            has_touch=True,
            **options,
        )
        context.on("weberror", lambda thrown: script_errors.append(str(thrown.error)))
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert script_errors == []
