"""What every test may ask for, and which parts of the system a test needs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from museum import World

DICTIONARIES = "hunspell hunspell-kk hunspell-ru hunspell-en-gb"
WEBKIT = "webkit2gtk-driver xvfb gstreamer1.0-plugins-good gstreamer1.0-libav"
PARTS = {  # marker: (program, Debian's packages)
    "needs_chromium": ("chromium", "chromium"),
    "needs_firefox": ("firefox-esr", "firefox-esr"),
    "needs_hunspell": ("hunspell", DICTIONARIES),
    "needs_nginx": ("nginx", "nginx-light"),
    "needs_postgresql": ("pg_ctlcluster", "postgresql"),
    "needs_webkit": ("WebKitWebDriver", WEBKIT),
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run also what takes minutes")
    parser.addoption(
        "--require-all", action="store_true", help="fail where a part of the system is absent"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    absent = {marker for marker, (program, _) in PARTS.items() if not shutil.which(program)}
    if not config.getoption("--require-all"):
        _leave_out(config, items, absent)
    if not config.getoption("--long"):
        _leave_out(config, items, {"long"})


def _leave_out(config: pytest.Config, items: list[pytest.Item], markers: set[str]) -> None:
    out = [item for item in items if any(item.get_closest_marker(name) for name in markers)]
    if out:
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item not in out]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for marker, (program, package) in PARTS.items():
        if not shutil.which(program):
            terminalreporter.write_line(
                f"left out: tests that need {program}; on Debian: apt install {package} ({marker})"
            )


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """The small museum, imported, with nothing spoken yet."""
    made = World(tmp_path)
    made.bring()
    yield made
    made.close()
