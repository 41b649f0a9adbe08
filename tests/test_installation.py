"""What a newcomer's machine can have wrong, tried once from the start to the end."""

from __future__ import annotations

import signal

from audioguide.languages import LANGUAGES
from museum import World
from started import command_as_process, started


def test_a_guide_starts_here_speaks_prints_a_label_and_ends(world: World) -> None:
    with started(world.folder, world.environment()) as guide:
        for stop in guide.wait_for_sound():
            for language in map(str, LANGUAGES):
                page = stop["page_url"][language].removeprefix(guide.address)
                status, _, body = guide.get(page)
                assert (status, stop["title"][language] in body.decode()) == (200, True)
                sound = stop["audio"][language]["url"].removeprefix(guide.address)
                status, headers, body = guide.get(sound, Range="bytes=0-99")
                assert (status, len(body), headers["Content-Type"]) == (206, 100, "audio/mpeg")
        status, headers, _ = guide.get(f"/Q/{stop['code']}", Accept_Language="kk")
        assert (status, headers["Location"].startswith("/kk/stops/")) == (302, True)
        environment = world.environment() | {"AUDIOGUIDE_BASE_URL": "https://guide.museum.kz"}
        labels = world.folder / "labels"
        printed = command_as_process(
            "labels", "print", "--out", str(labels), environment=environment
        )
        assert printed.returncode == 0, printed.stderr
        assert [path.suffix for path in labels.rglob("*.pdf")] == [".pdf"]
        assert guide.end(signal.SIGTERM) == 0
