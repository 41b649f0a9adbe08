"""The door for machines: the guide as read-only JSON."""

from flask import Blueprint

blueprint = Blueprint("api", __name__, url_prefix="/api")

from audioguide.web.api import description, museum, stops  # noqa: E402, F401
