"""Health checks: tell machines whether the program lives and whether it can serve."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify
from sqlalchemy.exc import SQLAlchemyError

from audioguide.services import editions
from audioguide.web.guide import reading

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """Answer as long as the process lives."""
    return _answer(ok=True)


@blueprint.get("/readyz")
def readyz() -> Response:
    """Answer 200 when the guide has something to show; narrations are not waited for."""
    try:
        with reading() as session:
            return _answer(ok=editions.edition_number(session) > 0)
    except (SQLAlchemyError, OSError):
        return _answer(ok=False)


def _answer(*, ok: bool) -> Response:
    answer = jsonify(ok=ok)
    answer.status_code = 200 if ok else 503
    answer.headers["Cache-Control"] = "no-store"
    return answer
