"""Warn once of X-Forwarded-For that is not believed: a setting is wrong, or somebody pretends."""

from __future__ import annotations

from flask import Flask, current_app, request

from audioguide.web.guide import guide

_SAYS = ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded")


def prepare(app: Flask) -> None:
    """Look at requests until one brings such a header."""
    said: list[str] = []

    @app.before_request
    def look() -> None:
        if said or guide().settings.trusted_proxies:
            return
        said.extend(name for name in _SAYS if name in request.headers)
        if said:
            current_app.logger.warning(
                "%s came and is not believed. If a front server of yours passes requests on, set "
                "AUDIOGUIDE_TRUSTED_PROXIES=1; else somebody pretends to be one.",
                ", ".join(said),
            )
