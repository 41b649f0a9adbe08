"""At which address the guide is reached, and what commands beside it make of that."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from audioguide.cli import reached
from museum import World
from started import COMMAND, Started, command, started, until, without_settings

pytestmark = pytest.mark.thorough

PUBLIC = "https://guide.museum.kz"


@pytest.fixture
def guide(world: World) -> Iterator[Started]:
    with started(world.folder, world.environment()) as made:
        yield made


def invited(world: World, **variables: str) -> tuple[str, str]:
    """Invite Aigul; return her link and what is said below it."""
    environment = world.environment() | variables
    ended = command("staff", "add", "Aigul", "--role", "guide", environment=environment)
    assert ended.returncode == 0, ended.stderr
    _, link, *below = ended.stdout.splitlines()
    return link, " ".join(below)


def test_an_invitation_leads_to_the_guide_that_runs(world: World, guide: Started) -> None:
    until(lambda: guide.said.read_text(encoding="utf-8").count("\n") > 3)
    link, below = invited(world)
    assert link.startswith(f"{guide.address}/staff/invited/")
    status, _, page = guide.get(link.removeprefix(guide.address))
    assert status == 200
    assert "Aigul" in page.decode()
    assert "opens on this computer alone" in below
    assert "is not running" not in below


def test_drafts_lead_to_the_guide_that_runs(world: World, guide: Started) -> None:
    until(lambda: guide.said.read_text(encoding="utf-8").count("\n") > 3)
    out = world.folder / "out"
    ended = command(
        "labels", "print", "--stops", "1", "--out", str(out), environment=world.environment()
    )
    assert ended.returncode == 0, ended.stderr
    symbol = next(out.glob("1-*.png"))
    read = zxingcpp.read_barcodes(np.asarray(Image.open(symbol).convert("L")))
    assert [each.text for each in read] == [f"{guide.address}/Q/11RR1"]


def test_without_a_guide_that_runs_it_is_said(world: World) -> None:
    link, below = invited(world)
    assert link.startswith("http://127.0.0.1:8000/staff/invited/")
    assert "is not running now" in below


def test_a_public_address_is_given_whatever_runs(world: World, guide: Started) -> None:
    link, below = invited(world, AUDIOGUIDE_BASE_URL=PUBLIC)
    assert link.startswith(f"{PUBLIC}/staff/invited/")
    assert below == ""


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "{",
        "[]",
        "null",
        '{"open": 7, "phones": null}',
        '{"open": "http://127.0.0.1:x/", "phones": null}',
        '{"open": "http://127.0.0.1:99999/", "phones": null}',
        '{"open": "file:///etc/passwd", "phones": null}',
        '{"open": "http://[::1/", "phones": null}',
        '{"open": "http://127.0.0.1:8000/", "phones": "https://elsewhere.example"}',
        '{"open": "http://127.0.0.1:8000/", "phones": ["x"]}',
        "x" * 5000,
    ],
)
def test_a_kept_address_that_is_none_counts_as_none(world: World, kept: str) -> None:
    (world.settings.data / "address.json").write_text(kept, encoding="utf-8")
    assert reached.reached(world.settings).address == "http://127.0.0.1:8000"


def test_phones_are_told_from_this_machine(world: World) -> None:
    for where, phones, by_phones in (
        ("http://127.0.0.1:8300/", None, False),
        ("http://127.0.0.1:8300/", "http://192.168.7.9:8300/", True),
        ("http://[::1]:8300/", None, False),
        ("http://localhost:8300/", None, False),
        ("http://guide.local:8300/", None, True),
    ):
        reached.keep(world.settings, where, phones)
        found = reached.reached(world.settings)
        assert found.address == (phones or where).rstrip("/")
        assert found.by_phones is by_phones


def test_a_draft_can_be_printed_whatever_address_was_kept(world: World) -> None:
    reached.keep(world.settings, "http://[::1]:8300/", None)
    ended = command(
        "labels",
        "print",
        "--stops",
        "1",
        "--out",
        str(world.folder / "out"),
        environment=world.environment(),
    )
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of its own is made with pty")
def test_on_a_screen_a_phone_scans_the_invitation(world: World) -> None:
    ours, theirs = pty.openpty()
    environment = without_settings() | world.environment() | {"AUDIOGUIDE_BASE_URL": PUBLIC}
    with subprocess.Popen(
        [*COMMAND, "staff", "add", "Aigul", "--role", "guide"],
        env=environment | {"PYTHONIOENCODING": "utf-8"},
        stdout=theirs,
    ) as asked:
        os.close(theirs)
        said = b""
        try:
            while part := os.read(ours, 65_536):
                said += part
        except OSError:  # so a terminal ends
            pass
        os.close(ours)
        assert asked.wait(timeout=60) == 0
    lines = said.decode().replace("\r", "").splitlines()
    link = next(line for line in lines if line.startswith(PUBLIC))
    assert scanned([line for line in lines if set(line) & set("█▀▄")]) == link


def scanned(lines: list[str]) -> str:
    """Read a symbol from block characters, of which each is two modules, light as drawn."""
    halves = {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1), "\xa0": (0, 0)}
    width = max(map(len, lines))
    rows = [[halves[each] for each in line.ljust(width)] for line in lines]
    modules = np.array([[each[half] for each in row] for row in rows for half in (0, 1)])
    picture = np.kron(np.pad(modules, 4, constant_values=1), np.ones((8, 8)))
    (read,) = zxingcpp.read_barcodes((picture * 255).astype(np.uint8))
    return str(read.text)


def test_phones_are_given_the_address_that_leads_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reached, "_CONTAINERS", ())
    for leading, shown in (
        ("192.168.7.9", "http://192.168.7.9:8000/"),
        (None, None),
    ):
        monkeypatch.setattr(reached, "_leading_out", lambda found=leading: found)
        for host in ("0.0.0.0", "::"):
            where = reached.address(host, 8000)
            assert reached.address_for_phones(where, host) == shown
    assert reached.address_for_phones("http://10.1.2.3:80/", "10.1.2.3") == "http://10.1.2.3:80/"


def test_a_containers_own_address_is_none_for_phones(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(reached, "_CONTAINERS", (tmp_path,))
    assert reached.address_for_phones("http://127.0.0.1:8000/", "0.0.0.0") is None


def test_the_address_that_leads_out_is_none_of_this_machine_alone() -> None:
    found = reached._leading_out()
    assert found is None or not found.startswith(("127.", "169.254.", "0."))
