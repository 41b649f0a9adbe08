"""What Google Translate's voice answers, as far as the guide asks it; for `responses`."""

from __future__ import annotations

import base64
import json
import urllib.parse

import requests

from whistling import whistle

URL = "https://translate.google.com/_/TranslateWebserverUi/data/batchexecute"
SECONDS_A_LETTER = 0.07


def answer(sound: bytes | None) -> str:
    """Write an answer as the service does: a line of JSON among others."""
    said = "null" if sound is None else json.dumps([base64.b64encode(sound).decode()])
    line = json.dumps([["wrb.fr", "jQ1olc", said, None, None, None, "generic"]])
    return ")]}'\n\n123\n" + line.replace(", ", ",") + "\n25\n[]\n"


def piece_of(request: requests.PreparedRequest) -> str:
    """Read the words that a request asks for."""
    asked = urllib.parse.parse_qs(str(request.body))["f.req"][0]
    return str(json.loads(json.loads(asked)[0][0][1])[0])


def in_proportion(request: requests.PreparedRequest) -> tuple[int, dict[str, str], str]:
    """Answer with a sound that lasts as long as the words would."""
    return 200, {}, answer(whistle(SECONDS_A_LETTER * len(piece_of(request))))
