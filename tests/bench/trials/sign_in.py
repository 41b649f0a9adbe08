"""Forms of other sites, followers that count as thousands, and keys that nobody may read."""

from __future__ import annotations

import http.client
import json
import time
from typing import Any

from museum import ROOT

from .asking import ELSEWHERE, HERE, JSON, PATIENT_S, Answer, send_form
from .ground import PASSWORD, Ground, Running, invite
from .locks import held
from .signed_in import Guide, cookie_of, sign_in
from .trial import Look, trial

NO_LONGER_SO = ("no passwords", "no keys")

FOREIGN: tuple[dict[str, Any], ...] = (
    {"Origin": "https://evil.example"},
    {"Sec_Fetch_Site": "cross-site"},
    {"Origin": "null"},
    {"Origin": "https://evil.example", "Sec_Fetch_Site": "cross-site"},
)
MOST_FROM_ONE = 60  # "at most some dozens"
PHONES = 40  # a group of visitors behind the museum's one address


def _own(guide: Running) -> dict[str, Any]:
    return {"Origin": f"http://127.0.0.1:{guide.port}", "Sec_Fetch_Site": "same-origin"}


@trial(
    "C",
    "Another site signs nobody in",
    done="right sign-ins with a foreign Origin, Sec-Fetch-Site: cross-site, our own, and neither",
    expected="403 and no cookie for the foreign, 303 for ours and for browsers that say nothing",
)
def foreign_sign_in(ground: Ground) -> Look:
    look = Look()
    with ground.web(ground.world()) as guide:
        for headers in FOREIGN:
            answer = sign_in(guide.port, **headers)
            is_right = answer.status == 403 and not cookie_of(answer)
            look.at(is_right, f"{headers} {answer.status}")
        for headers in (_own(guide), {}, {"Sec_Fetch_Site": "none"}):
            answer = sign_in(guide.port, **headers)
            look.at(answer.status == 303, f"{headers or 'neither'} {answer.status}")
    return look


def _accept(guide: Running, path: str, headers: dict[str, str]) -> Answer:
    fields = {"password": PASSWORD}
    return send_form(guide.port, path, fields, headers=headers, timeout=PATIENT_S)


@trial(
    "C",
    "Another site takes up no invitation",
    done="an invitation's form with a foreign Origin or Sec-Fetch-Site, then from our own page",
    expected="403 each, and the invitation still lets her in with 303",
)
def foreign_invitation(ground: Ground) -> Look:
    look = Look()
    world = ground.world()
    path = f"/staff/invited/{invite(world, 'Marat')}"
    with ground.web(world) as guide:
        for headers in FOREIGN:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            answer = send_form(
                guide.port, path, {"password": PASSWORD}, headers=named, timeout=PATIENT_S
            )
            is_right = answer.status == 403 and not cookie_of(answer)
            look.at(is_right, f"{headers} {answer.status}")
        named = {name.replace("_", "-"): value for name, value in _own(guide).items()}
        answer = send_form(
            guide.port, path, {"password": PASSWORD}, headers=named, timeout=PATIENT_S
        )
        look.at(answer.status == 303, f"our own {answer.status}")
    return look


@trial(
    "C",
    "Forms without the session's key change nothing",
    done="a guide's forms without a key, with another's key, with the key in the query",
    expected="403 each; with the key 303",
)
def forged(ground: Ground) -> Look:
    look = Look()
    with ground.web(ground.world()) as guide:
        aigul = Guide(guide.port).sign_in()
        for path, key in (
            ("/lead/", ""),
            ("/lead/", "f" * 32),
            (f"/lead/?form_key={aigul.form_key}", ""),
            ("/staff/sign-out", "ключ"),
        ):
            answer = aigul.send(path, tour="short", form_key=key)
            look.at(answer.status == 403, f"{path} “{key}” {answer.status}")
        look.must(aigul.send("/lead/", tour="short").status == 303, "with the key not 303")
    return look


def _report(connection: http.client.HTTPConnection, key: str, phone: str, language: str) -> int:
    said = json.dumps({"phone": phone, "language": language, "in_step": True})
    try:
        connection.request("POST", f"/live/{key}/here", said, {"Content-Type": JSON})
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):  # closed, as one that rested too long is
        connection.close()
        return 0
    return answer.status


@trial(
    "C",
    "One follower cannot count as thousands",
    done="40 phones report in Kazakh from one address, then one reports as 6,000 English phones",
    expected="at most 60 English, all 40 Kazakh still counted",
)
def many_phones(ground: Ground) -> Look:
    look = Look()
    count = 600 if ground.quick else 6000
    with ground.web(ground.world()) as guide:
        aigul = Guide(guide.port).sign_in().start()
        hall, stranger = (
            http.client.HTTPConnection(HERE, guide.port, timeout=5, source_address=(source, 0))
            for source in (HERE, ELSEWHERE)
        )
        for turn in range(2):
            for number in range(PHONES):
                _report(hall, aigul.key, f"hallphone{number}", "kk")
            time.sleep(2.2 * (turn == 0))  # counts are kept every other second
        statuses = {
            _report(stranger, aigul.key, f"stranger{number}", "en") for number in range(count)
        }
        time.sleep(2.2)
        if not _report(hall, aigul.key, "hallphone0", "kk"):
            _report(hall, aigul.key, "hallphone0", "kk")
        present = (aigul.state() or {}).get("present", {})
        hall.close()
        stranger.close()
    english, kazakh = (present.get(language, [0])[0] for language in ("en", "kk"))
    look.at(english <= MOST_FROM_ONE, f"{english} English phones")
    look.at(kazakh == PHONES, f"{kazakh} of {PHONES} Kazakh phones")
    look.at(all(status < 500 for status in statuses), f"statuses {sorted(statuses)}")
    return look


@trial(
    "C",
    "The key of an invitation never stands in what the server says",
    done="an invitation is taken up while the lock is held, with a broken body, and in vain",
    expected="no answer is a 500, and the key is in no line",
)
def key_in_log(ground: Ground) -> Look:
    look = Look()
    world = ground.world()
    key = invite(world, "Marat")
    path = f"/staff/invited/{key}"
    with ground.web(world) as guide:
        with held(world):
            locked: Answer = send_form(guide.port, path, {"password": PASSWORD}, timeout=25)
        short = send_form(guide.port, path, {"password": "short"}, timeout=PATIENT_S)
        said = guide.said
    look.at(locked.status not in (0, 500), f"under the lock {locked.said}")
    look.at(short.status == 400, f"with a short password {short.said}")
    look.at(key not in said, "the key stands in the log" if key in said else "no key in the log")
    return look


@trial(
    "C",
    "What we write of security speaks of passwords, sessions and both cookies",
    done="SECURITY.md is read",
    expected="it names passwords, the session's cookie and invitations, and denies none of them",
)
def in_writing(ground: Ground) -> Look:
    look = Look()
    text = " ".join((ROOT / "SECURITY.md").read_text(encoding="utf-8").lower().split())
    for word in ("password", "session", "invit"):
        look.must(word in text, f"{word} is not named")
    for words in NO_LONGER_SO:
        look.must(words not in text, f"it says: {words}")
    return look.counted("points")
