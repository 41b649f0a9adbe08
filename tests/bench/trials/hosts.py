"""Requests without a host, with an empty, a second or a false one: nobody else may see them."""

from __future__ import annotations

import re

from museum import ALASH

from .asking import ask, raw, status_of
from .ground import Ground, Running
from .trial import Look, trial

EVIL = "evil.example"
# How a stranger may name the host, by what stands in the request; {path} is what she asks for.
FORMS = {
    "no Host": "GET {path} HTTP/1.0\r\n\r\n",
    "no Host, HTTP/1.1": "GET {path} HTTP/1.1\r\nConnection: close\r\n\r\n",
    "an empty Host": "GET {path} HTTP/1.1\r\nHost: \r\nConnection: close\r\n\r\n",
    "two Hosts": "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n"
    "Connection: close\r\n\r\n",
    "two Hosts, ours last": "GET {path} HTTP/1.1\r\nHost: evil.example\r\nHost: 127.0.0.1\r\n"
    "Connection: close\r\n\r\n",
    "HTML in Host": 'GET {path} HTTP/1.1\r\nHost: "><b>x</b>\r\nConnection: close\r\n\r\n',
    "another port": "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:9\r\nConnection: close\r\n\r\n",
    "no port after the colon": "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:\r\n"
    "Connection: close\r\n\r\n",
    "a dot at the end": "GET {path} HTTP/1.1\r\nHost: 127.0.0.1.\r\nConnection: close\r\n\r\n",
    "a name before": "GET {path} HTTP/1.1\r\nHost: evil.example@127.0.0.1\r\n"
    "Connection: close\r\n\r\n",
    "a path behind": "GET {path} HTTP/1.1\r\nHost: 127.0.0.1/evil.example\r\n"
    "Connection: close\r\n\r\n",
    "an absolute target": "GET http://evil.example{path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    "Connection: close\r\n\r\n",
    "bytes beyond ASCII": "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\xe9\r\nConnection: close\r\n\r\n",
    "another scheme's port": "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:443\r\n"
    "X-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n",
}
PATHS = [
    *(
        f"/{language}/stops/{slug}"
        for language in ("kk", "ru", "en")
        for slug in ("welcome", "alash", "famine", "memorial-hall")
    ),
    *(f"/{language}/museum" for language in ("kk", "ru", "en")),
]
REDIRECTS = (
    "//en//",
    "//en",
    "///en///",
    "/en//",
    "//evil.example/",
    "//evil.example//",
    "/en",
    "//evil.example/%2e%2e",
    "/%2F%2Fevil.example/",
    "/\\evil.example/",
    "/en//stops/famine",
    "//evil.example//en/",
    f"//Q/{ALASH}",
    "/en/stops/famine/",
    "/lead",
    "//lead//",
    "/language/en?to=//evil.example",
    "/language/en?to=/\\evil.example",
    "/en/number?number=2",
)
CANONICAL = re.compile(r'rel="canonical" href="([^"]*)"')
ADDRESSES = re.compile(r'(?:rel="(?:canonical|alternate)"[^>]*href|og:url" content)="([^"]*)"')


def _get(port: int, path: str, host: str) -> str:
    return ask(port, path, headers={"Host": host}).body.decode(errors="replace")


def _visitor(look: Look, guide: Running, path: str, host: str, after: str) -> None:
    found = ADDRESSES.findall(_get(guide.port, path, host))
    wrong = [each for each in found if not each.startswith(f"http://{host}/")]
    if not look.at(bool(found) and not wrong, f"after {after}: {wrong[:1] or 'no address'}"):
        return
    look.points[-1] = (True, f"after {after}: right")


@trial(
    "D",
    "A strange or missing Host changes no page of another visitor",
    done="14 forms of Host, each on a page nobody had opened; then two visitors",
    expected="their pages name their own host alone",
)
def pages(ground: Ground) -> Look:
    look = Look()
    with ground.web(ground.world()) as guide:
        for path, (name, form) in zip(PATHS, FORMS.items(), strict=False):
            got = raw(guide.port, form.format(path=path).encode("latin-1"), 2)
            look.at(status_of(got) < 500, f"{name}: {status_of(got)}")
            for host in ("127.0.0.1", f"127.0.0.1:{guide.port}"):
                _visitor(look, guide, path, host, name)
    return look.counted("points")


@trial(
    "D",
    "A strange or missing Host changes no answer of the API",
    done="forms of Host asking for the stops and for one, then a visitor",
    expected="scan_url and page_url name the visitor's host",
)
def api(ground: Ground) -> Look:
    look = Look()
    with ground.web(ground.world()) as guide:
        for name in ("no Host", "an empty Host", "two Hosts", "HTML in Host"):
            for path in ("/api/v1/stops", f"/api/v1/stops/{ALASH}", "/api/v1/museum"):
                got = raw(guide.port, FORMS[name].format(path=path).encode(), 2)
                look.at(status_of(got) < 500, f"{name}: {status_of(got)}")
                found = re.findall(
                    r'"(http[^"]*/(?:Q|stops)/[^"]*)"', _get(guide.port, path, "127.0.0.1")
                )
                wrong = [each for each in found if not each.startswith("http://127.0.0.1/")]
                look.at(not wrong, f"{path} after {name}: {wrong[:1] or 'right'}")
    return look


@trial(
    "D",
    "Pages that are made ready take their host from nobody",
    done="the very first request after a start has no host or a false one; then visitors",
    expected="every page names the visitor's host",
)
def first(ground: Ground) -> Look:
    look = Look()
    with ground.web(ground.world(), is_asked=False) as guide:
        raw(guide.port, FORMS["no Host"].format(path="/en/").encode(), 2)
        raw(guide.port, FORMS["HTML in Host"].format(path="/en/").encode(), 2)
        for path in PATHS:
            _visitor(look, guide, path, "127.0.0.1", "a first request without Host")
    return look.counted("pages")


@trial(
    "D",
    "No redirect leads to another host",
    done=f"{len(REDIRECTS)} paths with doubled slashes and the like, each with 4 kinds of Host",
    expected="Location is a path of ours or names the host that was asked; no 5xx",
)
def redirects(ground: Ground) -> Look:
    look = Look()
    hosts = {
        "no Host": "HTTP/1.0\r\n\r\n",
        "empty": "HTTP/1.1\r\nHost: \r\nConnection: close\r\n\r\n",
        "ours": "HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
        "HTML": "HTTP/1.1\r\nHost: <b>\r\nConnection: close\r\n\r\n",
    }
    right = 0
    with ground.web(ground.world()) as guide:
        for path in REDIRECTS:
            for kind, rest in hosts.items():
                got = raw(guide.port, f"GET {path} {rest}".encode(), 2).decode("latin-1")
                found = re.search(r"(?im)^location:[ ]*(\S*)", got)
                if _is_ours(found[1] if found else "/") and status_of(got.encode()) < 500:
                    right += 1
                else:
                    where = found[1] if found else status_of(got.encode("latin-1"))
                    look.at(False, f"{path} with {kind}: {where}")
    look.at(right > 0, f"{right} right")
    return look


def _is_ours(location: str) -> bool:
    if location.startswith("http"):
        return location.startswith("http://127.0.0.1/")
    return location.startswith("/") and location[1:2] not in ("/", "\\")


@trial(
    "D",
    "With a public address every answer names it, whatever the Host",
    done="14 forms of Host with AUDIOGUIDE_BASE_URL set",
    expected="400, or https://guide.museum.kz alone",
)
def public(ground: Ground) -> Look:
    look = Look()
    address = "https://guide.museum.kz"
    with ground.web(ground.world(), AUDIOGUIDE_BASE_URL=address) as guide:
        for name, form in FORMS.items():
            got = raw(guide.port, form.format(path="/en/museum").encode("latin-1"), 2)
            found = CANONICAL.findall(got.decode("latin-1"))
            is_right = status_of(got) in (200, 400, 0) and all(
                each.startswith(f"{address}/") for each in found
            )
            look.at(is_right, f"{name}: {status_of(got)} {found[:1]}")
            look.must(EVIL not in got.decode("latin-1"), f"{name}: names {EVIL}")
    return look.counted("points")
