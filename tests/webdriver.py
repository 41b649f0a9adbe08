"""Speak W3C WebDriver with a browser's driver over HTTP: the few commands that our tests use."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

PATIENCE_SECONDS = 60
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # W3C WebDriver, 12.2: what names an element


class Driven:
    """A browser that a driver has opened."""

    def __init__(self, driver: str, capabilities: dict[str, Any]) -> None:
        self._session = f"{driver}/session"
        opened = self._ask("POST", "", {"capabilities": {"alwaysMatch": capabilities}})
        self._session += f"/{opened['sessionId']}"

    def open(self, address: str) -> None:
        """Open an address and wait until it has loaded."""
        self._ask("POST", "/url", {"url": address})

    @property
    def address(self) -> str:
        return str(self._ask("GET", "/url"))

    def run(self, script: str, *arguments: Any) -> Any:
        """Run the body of a function in the page and return what it returns."""
        return self._ask("POST", "/execute/sync", {"script": script, "args": arguments})

    def tap(self, x: int, y: int) -> None:
        """Press and release the first button of a pointer at a place in the view."""
        steps = [
            {"type": "pointerMove", "x": x, "y": y, "duration": 0, "origin": "viewport"},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        pointer = {"type": "pointer", "id": "finger", "actions": steps}
        self._ask("POST", "/actions", {"actions": [pointer]})

    def click(self, selector: str) -> None:
        """Click an element."""
        found = self._ask("POST", "/element", {"using": "css selector", "value": selector})
        self._ask("POST", f"/element/{found[ELEMENT]}/click", {})

    def close(self) -> None:
        """Close the browser."""
        self._ask("DELETE", "")

    def _ask(self, method: str, path: str, content: Any = None) -> Any:
        request = urllib.request.Request(
            self._session + path,
            data=None if content is None else json.dumps(content).encode(),
            headers={"Content-Type": "application/json"},
            method=method,
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{method} {path}: {error.read().decode()}") from error
