"""The doors for people of the house: signing in now, the console later; closed by guard.py."""

from flask import Blueprint

from audioguide.web.guard import close

blueprint = Blueprint("staff", __name__, url_prefix="/staff")

from audioguide.web.staff import home, preview, sign_in  # noqa: E402, F401

close(blueprint, open_to_all=("ask", "sign_in", "invited", "accept"))
