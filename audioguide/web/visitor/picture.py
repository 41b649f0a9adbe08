"""Pictures, by the hash of their bytes: a phone keeps them for ever.

A photograph is WebP, a drawing of ours SVG. An SVG may do more than be looked at, so its answer
allows nothing but the style in it, by its hash.
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

from flask import Response, abort, request

from audioguide.storage import HASH_DIGITS
from audioguide.web.editions import for_ever
from audioguide.web.guide import guide
from audioguide.web.visitor import blueprint

_NAME = re.compile(rf"[0-9a-f]{{{HASH_DIGITS}}}\.(webp|svg)")
_TYPES = {"webp": "image/webp", "svg": "image/svg+xml"}
_STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)


@blueprint.get("/picture/<name>")
def picture(name: str) -> Response:
    """Answer with the file."""
    named = _NAME.fullmatch(name)
    content = guide().store.read(name) if named else None
    if named is None or content is None or not _is_ours(name, named[1]):
        abort(404)
    answer = Response(content, content_type=_TYPES[named[1]])
    if named[1] == "svg":
        _close(answer, content)
    answer.set_etag(name.partition(".")[0])
    for_ever(answer)
    answer.make_conditional(request)
    return answer


def _is_ours(name: str, kind: str) -> bool:
    """Tell a drawing that we kept from a file that somebody laid into the store under a name."""
    return kind != "svg" or guide().store.is_whole(name)


def _close(answer: Response, svg: bytes) -> None:
    """Allow a drawing its own style alone, also where somebody opens it by itself."""
    styles = _STYLE.findall(svg)
    hashes = [f"'sha256-{b64encode(sha256(each).digest()).decode()}'" for each in styles]
    allowed = " ".join(hashes) or "'none'"
    answer.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src {allowed}; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'; sandbox"
    )
