"""The door for visitors: scan, stop page, lists, keypad, sound."""

from flask import Blueprint

blueprint = Blueprint("visitor", __name__)

from audioguide.web.visitor import icon, keypad, language, scan, sound, stops  # noqa: E402, F401
