"""`audioguide voices`: which voices can speak here, and how to install one."""

from __future__ import annotations

import argparse
from typing import Any

from audioguide.cli.terminal import Terminal
from audioguide.errors import message
from audioguide.operations.narrations import want
from audioguide.operations.opening import open_guide
from audioguide.services import museum_languages
from audioguide.services.narration import available_voices, voice_installation
from audioguide.services.narration.available_voices import Readiness, VoiceState
from audioguide.settings import Settings

_SAID = {
    Readiness.READY: message("ready"),
    Readiness.OFF: message("off"),
    Readiness.UNAVAILABLE: message("unavailable"),
}
_MARKS = {Readiness.READY: "✓", Readiness.OFF: "·", Readiness.UNAVAILABLE: "✗"}


def add_to(commands: Any) -> None:
    """Add the command with its two actions."""
    parser = commands.add_parser(
        "voices",
        help="see which voices can speak, or install one",
        description="Show the state of every voice: ready, off, or unavailable and why.",
        example="voices install kk ru en",
    )
    parser.set_defaults(run=show, json=False)
    parts = parser.add_subparsers(title="actions", metavar="ACTION")
    listing = parts.add_parser(
        "list",
        help="see which voices can speak, as without an action",
        description="Show the state of every voice, best first in each language.",
        example="voices list --json",
    )
    listing.add_argument("--json", action="store_true", help="print the voices as JSON")
    listing.set_defaults(run=show)
    installer = parts.add_parser(
        "install",
        help="fetch a Piper voice",
        description="Fetch Piper voices, check them, and want every text spoken by them.",
        example="voices install kk_KZ-issai-high",
    )
    installer.add_argument("names", nargs="+", metavar="NAME", help="a voice, or a language")
    installer.set_defaults(run=install)


def show(asked: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """List the voices by language, best first."""
    opened = open_guide(settings, terminal.problem)
    with opened.database.reading() as session:
        states = available_voices.states_now(session, settings.voices, settings.data)
    if asked.json:
        terminal.json({"voices": [_record(state) for state in states]})
    else:
        for state in states:
            why = terminal.said(state.why.sentence, **state.why.values)
            terminal.plain(
                f"{_MARKS[state.readiness]} {state.language} {state.voice:<31} "
                f"{terminal.said(_SAID[state.readiness].sentence)}: {why}"
            )
    return 0


def install(asked: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Fetch voices one after the other, and want every text spoken by them."""
    opened = open_guide(settings, terminal.problem)
    with opened.database.reading() as session:
        languages = museum_languages.of_museum(session)
    for name in asked.names:
        speaker = voice_installation.install(name, settings.data, languages)
        terminal.line("{voice} is installed.", voice=speaker)
    want(opened)
    return 0


def _record(state: VoiceState) -> dict[str, Any]:
    return {
        "language": state.language,
        "voice": state.voice,
        "state": state.readiness,
        "why": str(state.why),
        "online": state.is_online,
    }
