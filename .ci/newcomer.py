"""Ask a running guide for what a newcomer's phone asks: a scan, a page, the first two bytes."""

import json
import sys
import time
import urllib.request
from typing import Any

LONGEST_SECONDS = 180


def ask(address: str, headers: dict[str, str] | None = None) -> Any:
    """Fetch an address, following redirects as a phone does."""
    return urllib.request.urlopen(
        urllib.request.Request(address, headers=headers or {}), timeout=30
    )


def main(address: str) -> None:
    """Walk once through; an assertion that fails ends with its line."""
    stop = json.load(ask(f"{address}/api/v1/stops"))["stops"][9]
    page = ask(stop["scan_url"], {"Accept-Language": "ru"})
    assert page.url == stop["page_url"]["ru"], page.url
    assert stop["title"]["ru"] in page.read().decode()
    began = time.monotonic()
    while stop["audio"]["ru"] is None and time.monotonic() - began < LONGEST_SECONDS:
        time.sleep(1)
        stop = json.load(ask(f"{address}/api/v1/stops/{stop['code']}"))
    sound = ask(stop["audio"]["ru"]["url"], {"Range": "bytes=0-1"})
    assert sound.status == 206, sound.status
    assert sound.headers["Content-Range"].startswith("bytes 0-1/"), sound.headers
    print("scan, page and range: as they should be")


main(sys.argv[1])
