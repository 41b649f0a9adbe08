"""Security headers and ETags of every answer: a strict policy, and a tag to ask again cheaply."""

from __future__ import annotations

from flask import Flask, Response, g, request

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self'",
        "img-src 'self'",
        "media-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    # Without it a browser keeps a 301 for ever, and a slug that comes back would lead in a circle.
    "Cache-Control": "no-cache",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def prepare(app: Flask) -> None:
    """Add the headers to every answer of the application, errors among them."""
    app.after_request(_tag)
    app.after_request(_lead_within)
    app.after_request(_secure)


def _secure(response: Response) -> Response:
    """Add the headers; a page allows its own style by hash, and what is no page allows none."""
    if digest := g.pop("style_digest", None):
        policy = f"{POLICY}; style-src 'sha256-{digest}'"
        response.headers.setdefault("Content-Security-Policy", policy)
    for name, value in ALWAYS.items():
        response.headers.setdefault(name, value)
    return response


def _lead_within(response: Response) -> Response:
    """Write an address of this site without its host, which an unknown proxy may have changed."""
    here = request.host_url.rstrip("/")
    path = (response.location or "").removeprefix(here)
    if path.startswith("/") and not path.startswith("//"):
        response.location = path
    return response


def _tag(response: Response) -> Response:
    """Tag what may be asked for again, and answer 304 where the browser has it already.

    Weakly, because one page goes out in several codings (RFC 9110, 8.8.3.3). Where the fast
    lane asks for the whole answer, it gives the 304 itself.
    """
    keepable = response.status_code == 200 and not response.cache_control.no_store
    if keepable and request.method in ("GET", "HEAD") and "ETag" not in response.headers:
        response.add_etag(weak=True)
        if "audioguide.whole" not in request.environ:
            response.make_conditional(request)
    return response
