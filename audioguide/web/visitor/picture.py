"""Pictures, by the hash of their bytes: a phone keeps them for ever."""

from __future__ import annotations

import re

from flask import Response, abort, request

from audioguide.storage import HASH_DIGITS
from audioguide.web.editions import for_ever
from audioguide.web.guide import guide
from audioguide.web.visitor import blueprint

_NAME = re.compile(rf"[0-9a-f]{{{HASH_DIGITS}}}\.webp")


@blueprint.get("/picture/<name>")
def picture(name: str) -> Response:
    """Answer with the file."""
    content = guide().store.read(name) if _NAME.fullmatch(name) else None
    if content is None:
        abort(404)
    answer = Response(content, content_type="image/webp")
    answer.set_etag(name.partition(".")[0])
    for_ever(answer)
    answer.make_conditional(request)
    return answer
