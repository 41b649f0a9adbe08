"""The doors for group tours: the guide's page, the pages of those who follow, and the state."""

from flask import Blueprint

from audioguide.roles import Role
from audioguide.web.guard import close

following = Blueprint("live", __name__, url_prefix="/live")
leading = Blueprint("lead", __name__, url_prefix="/lead")

from audioguide.web.live import follow, lead, reports, silence, state  # noqa: E402, F401

close(leading, roles=[Role.GUIDE])
