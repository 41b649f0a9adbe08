"""A guide of the museum with her phone: signed in, and leading a group."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .asking import HERE, JSON, PATIENT_S, Answer, as_json, ask, send_form
from .ground import GUIDE, PASSWORD


@dataclass
class Guide:
    """Aigul's phone; ``lead`` is the path of her group."""

    port: int
    cookie: str = ""
    form_key: str = ""
    lead: str = ""
    key: str = ""
    join_code: str = ""
    seen: dict[str, str] = field(default_factory=dict)

    def sign_in(self) -> Guide:
        """Sign in with the right password."""
        self.cookie = cookie_of(sign_in(self.port, timeout=PATIENT_S))
        self.form_key = _shown(self.get("/lead/"), r'name="form_key" value="([0-9a-f]+)"')
        return self

    def start(self) -> Guide:
        """Start a group on the short tour."""
        self.lead = self.send("/lead/", tour="short").headers.get("Location", "")
        page = self.get(self.lead)
        self.key = _shown(page, r'data-address="/live/([0-9a-f]+)"')
        self.join_code = _shown(page, r"<b>(\d\d \d{3})</b>").replace(" ", "")
        return self

    def get(self, path: str, timeout: float = PATIENT_S, **headers: str) -> Answer:
        return ask(self.port, path, headers=self._headers(headers), timeout=timeout)

    def send(self, path: str, timeout: float = PATIENT_S, **fields: str) -> Answer:
        """Send a form of hers."""
        known = {"form_key": self.form_key, **fields}
        return send_form(self.port, path, known, headers=self._headers({}), timeout=timeout)

    def state(self) -> Any:
        """Return what her page asks for."""
        return as_json(self.get(f"{self.lead}/state", Accept=JSON))

    def wish(self, verb: str, **fields: str) -> Answer:
        """Send a command that fits the present state."""
        version = str(self.state()["state"]["version"])
        known: dict[str, Any] = {"version": version, **fields}
        return self.send(f"{self.lead}/command", do=verb, **known)

    def _headers(self, more: Mapping[str, str]) -> dict[str, str]:
        return {"Cookie": f"session={self.cookie}", **more}


def sign_in(
    port: int,
    name: str = GUIDE,
    password: str = PASSWORD,
    source: str = HERE,
    timeout: float = PATIENT_S,
    **headers: str,
) -> Answer:
    """Send the form of the sign-in once."""
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    fields = {"name": name, "password": password}
    return send_form(port, "/staff/sign-in", fields, headers=named, source=source, timeout=timeout)


def cookie_of(answer: Answer) -> str:
    """Return the value of the session's cookie, empty where none was set."""
    found = re.search(r"session=([^;]*)", answer.headers.get("Set-Cookie", ""))
    return found[1] if found else ""


def _shown(page: Answer, what: str) -> str:
    found = re.search(what, page.body.decode())
    if found is None:
        raise RuntimeError(f"not on the page ({page.said}): {what}")
    return found[1]
