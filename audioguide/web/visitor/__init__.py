"""The door for visitors: scan, stop page, lists, keypad, sound, pictures."""

from flask import Blueprint

blueprint = Blueprint("visitor", __name__)

from audioguide.web.visitor import (  # noqa: E402
    icon,  # noqa: F401
    javascript,  # noqa: F401
    keypad,  # noqa: F401
    language,  # noqa: F401
    picture,  # noqa: F401
    scan,  # noqa: F401
    sound,  # noqa: F401
    stops,  # noqa: F401
)
