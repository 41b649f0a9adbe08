from __future__ import annotations

import contextlib
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from audioguide.languages import Language
from led_tour import ALOUD, Tour
from listening import WHERE, word
from programs import running
from started import until
from webdriver import Driven

pytestmark = [pytest.mark.needs_webkit, pytest.mark.timeout(300)]


@pytest.fixture
def display(tmp_path: Path) -> Iterator[str]:
    """A screen that nobody looks at; the server chooses its number and says it."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "800x1000x24", "-nolisten", "tcp"]
    out: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with running(command, tmp_path, **out) as server:
        assert server.stdout is not None
        yield f":{server.stdout.readline().strip()}"


@pytest.fixture
def webkit(display: str, tmp_path: Path) -> Iterator[Driven]:
    """WebKitGTK's own little browser, the nearest to Safari, with its driver."""
    port = _free_port()
    variables = {
        "DISPLAY": display,
        "GDK_BACKEND": "x11",
        "NO_AT_BRIDGE": "1",
        "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",  # of root's; it opens our pages alone
    }
    out = (tmp_path / "webkit.txt").open("w")
    command = ["WebKitWebDriver", f"--port={port}"]
    with out, running(command, tmp_path, variables, stdout=out, stderr=out):
        address = f"http://127.0.0.1:{port}"
        until(lambda: _answers(f"{address}/status"))
        options = {"binary": _program(), "args": ["--automation"]}
        browser = Driven(address, {"webkitgtk:browserOptions": options})
        yield browser
        browser.close()


def _program() -> str:
    (program, *_) = sorted(Path("/usr/lib").glob("*/webkit2gtk-*/MiniBrowser"))
    return str(program)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(address: str) -> bool:
    with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=5) as answer:
        return bool(answer.status == 200)
    return False


def _player(browser: Driven, what: str) -> Any:
    return browser.run(f"return document.querySelector('audio').{what}")


def test_in_webkit_ivan_opens_listens_goes_on_and_changes_to_kazakh(
    guide: str, webkit: Driven
) -> None:
    webkit.open(f"{guide}/ru/stops/famine")
    assert "Голод" in webkit.run("return document.querySelector('h1').textContent")

    where = webkit.run(f"return ({WHERE})(arguments[0])", word(Language("ru")))
    webkit.tap(where["play"]["x"], where["play"]["y"])
    until(lambda: _player(webkit, "currentTime") > 0)

    length = _player(webkit, "duration")
    if where["line"]:
        webkit.tap(where["line"]["x"], where["line"]["y"])
    else:
        webkit.run("document.querySelector('audio').currentTime = arguments[0]", length / 2)
    until(lambda: _player(webkit, "currentTime") >= length * 0.45)
    assert _player(webkit, "error") is None

    webkit.click("header a[hreflang=kk]")
    until(lambda: webkit.address == f"{guide}/kk/stops/famine")
    assert "Ашаршылық" in webkit.run("return document.querySelector('h1').textContent")


@pytest.mark.needs_chromium  # in which the guide leads
def test_in_webkit_joining_a_group_plays_silence_and_the_guide_what_is_heard(
    tour: Tour, webkit: Driven
) -> None:
    webkit.open(f"{tour.address}/live/{tour.join_code}")
    until(lambda: webkit.run("return Boolean(document.querySelector('.follow.ready'))"))
    webkit.run(ALOUD)
    webkit.click(".arm")
    until(lambda: webkit.run("return document.querySelector('.arm').hidden"))
    assert webkit.run("return document.querySelector('audio').paused")
    assert set(webkit.run("return window.aloud")) <= {"/live/silence.wav"}
    tour.says("Play for all")
    until(lambda: any(each.endswith(".mp3") for each in webkit.run("return window.aloud")))
    assert _player(webkit, "error") is None
