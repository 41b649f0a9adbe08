"""`audioguide staff`: let people of the house in, and say who may sign in."""

from __future__ import annotations

import argparse
from typing import Any

from audioguide.cli import reached
from audioguide.cli.terminal import Terminal
from audioguide.operations.opening import open_guide
from audioguide.roles import Role
from audioguide.services import qr_code
from audioguide.services.staff import signing_in
from audioguide.settings import Settings


def add_to(commands: Any) -> None:
    """Add the command with its three actions."""
    parser = commands.add_parser(
        "staff",
        help="let guides and editors sign in",
        description="Let museum staff sign in, and remove their access.",
        example='staff add "Aigul S." --role guide',
    )
    deeds = parser.add_subparsers(title="actions", required=True, metavar="ACTION")
    add = deeds.add_parser(
        "add",
        help="invite a person, or invite them again",
        description="Print a link with which a person can set a password, once, within three days.",
        example='staff add "Aigul S." --role guide',
    )
    add.add_argument("name", metavar="NAME", help="the name to sign in with")
    add.add_argument(
        "--role",
        required=True,
        choices=[str(role) for role in Role],
        help="the role: a guide leads groups, an editor corrects the guide",
    )
    add.set_defaults(run=_add)
    remove = deeds.add_parser(
        "remove",
        help="remove a person's access",
        description="Remove a person's password and end their sessions.",
        example='staff remove "Aigul S."',
    )
    remove.add_argument("name", metavar="NAME", help="the name to sign in with")
    remove.set_defaults(run=_remove)
    listed = deeds.add_parser(
        "list",
        help="say who may sign in",
        description="List the staff, their roles, and who has no password yet.",
        example="staff list",
    )
    listed.set_defaults(run=_list)


def _add(asked: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    opened = open_guide(settings, terminal.problem)
    with opened.database.writing() as session:
        key = signing_in.add(session, asked.name, Role(asked.role))
    terminal.line(
        "With this link {name} can set a password, once, within three days:", name=asked.name
    )
    found = reached.reached(settings)
    link = f"{found.address}/staff/invited/{key}"
    terminal.plain(link)
    if terminal.is_screen and found.by_phones:
        terminal.plain(qr_code.on_terminal(link))
    if not found.by_phones:
        terminal.line(
            "The link opens on this computer alone. For telephones, start the guide with "
            "--host 0.0.0.0, or set AUDIOGUIDE_BASE_URL, and invite once more."
        )
    if not found.is_running:
        terminal.line("The guide is not running now: start it before the link is opened.")
    return 0


def _remove(asked: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    opened = open_guide(settings, terminal.problem)
    with opened.database.writing() as session:
        signing_in.remove(session, asked.name)
    terminal.line("{name} can no longer sign in.", name=asked.name)
    return 0


def _list(asked: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    opened = open_guide(settings, terminal.problem)
    with opened.database.reading() as session:
        people = signing_in.people(session)
    for name, role, has_password in people:
        waits = "" if has_password else terminal.said("no password yet")
        terminal.plain(f"{name:<30} {role:<8} {waits}".rstrip())
    if not people:
        terminal.line(
            "Nobody can sign in yet. Begin with: "
            "python3 scripts/audioguide.py staff add NAME --role guide"
        )
    return 0
