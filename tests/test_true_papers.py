"""What the papers state as a fact of the program, held against the program."""

from __future__ import annotations

import ast
import configparser
import importlib
import re
from pathlib import Path

import pytest

import house_map
import test_architecture
from audioguide import settings
from audioguide.content import museum, museum_words, pictures, renditions, tables
from audioguide.db import AT_THE_DOOR, AT_WORK
from audioguide.engines import ENGINES
from audioguide.kinds import THE_SEVEN
from audioguide.models import CLAIM_LASTS
from audioguide.operations import reserve
from audioguide.services.groups import joining
from audioguide.services.narration import backoff, pruning
from audioguide.services.staff import signing_in
from audioguide.speech import remembered, track
from audioguide.web import bodies, lane, presence, throttle
from audioguide.web.visitor import language, sound
from museum import ROOT

DECISIONS = ROOT / "docs" / "decisions"
SETUP = configparser.ConfigParser()
SETUP.read(ROOT / "setup.cfg", encoding="utf-8")
ROW = re.compile(r"^\| (`AUDIOGUIDE_(\w+)` \|.*)$", re.MULTILINE)
IN_CODE = re.compile(r"`([^`]+)`")
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)
PINS = sorted(f"requirements/{path.name}" for path in (ROOT / "requirements").iterdir())
MB = 1024 * 1024
_WORDS = "nought one two three four five six seven eight nine ten eleven twelve"
WORDS = dict(enumerate(_WORDS.split()))

# A sentence of a paper, and the constants that its figures are.
LIMITS = [
    ("CONTRIBUTING.md", "Functions stay under {} lines", test_architecture.USUAL_FUNCTION),
    ("CONTRIBUTING.md", "a few have up to {}", test_architecture.LONGEST_FUNCTION),
    ("CONTRIBUTING.md", "files have at most {}.", test_architecture.LONGEST_FILE),
    ("SECURITY.md", "Secure over https, {word} hours", signing_in.SESSION_LASTS.seconds // 3600),
    ("docs/running.md", "at most {} MB", remembered.MOST_BYTES // 1_000_000),
    ("docs/running.md", "used for {} days", pruning.KEPT_FOR.days),
    ("0003", "{} MB, {} million pixels or {} to 1, or under {} pixels",
     (pictures.MOST_BYTES // MB, renditions.MOST_PIXELS // 1_000_000, renditions.MOST_SIDES,
      renditions.LEAST_SIDE_PX)),
    ("0003", "WebP is made in {} and {} pixels", renditions.WIDTHS_PX),
    ("0003", "{} characters for a notice", museum_words.MOST_IN_NOTICE),
    ("0003", "{:,} for the help", museum_words.MOST_IN_HELP),
    ("0003", "{} beside a price", museum_words.MOST_WITH_PRICE),
    ("0003", "{} prices, {} blocks of closed days", (museum.MOST_PRICES, museum.MOST_CLOSED)),
    ("0003", "years from {} to {}", tables.YEARS),
    ("0008", "A claim lasts {} s", CLAIM_LASTS.seconds),
    ("0008", "FLAC, {} MB", remembered.MOST_BYTES // 1_000_000),
    ("0010", "a path over {} characters", lane.LONGEST_KEY),
    ("0010", "{} MB, the longest unasked goes first; {} MB each",
     (lane.MOST_BYTES // MB, lane.MOST_BYTES_EACH // MB)),
    ("0010", "{word} seconds at most, holding nothing", int(lane.PATIENCE_SECONDS)),
    ("0010", "gets at most {} KiB", sound.MOST_BYTES // 1024),
    ("0011", "`busy_timeout` of {} s", AT_WORK.writing_ms // 1000),
    ("0019", "stops at {} minutes", track.MOST_MINUTES),
    ("0022", "holds from {} s ahead", joining.AHEAD_MS / 1000),
    ("0022", "{} wrong ones a minute from one place and {} in all",
     (throttle.WRONG_EACH, throttle.WRONG_IN_ALL)),
    ("0022", "may add {} at once and then {} a second",
     (throttle.AT_ONCE, int(throttle.EACH_SECOND))),
    ("0022", "at most {:,} in a group", presence.MOST_EACH),
    ("0022", "full, with {:,},", presence.MOST_PHONES),
    ("0023", "once, within {word} days", signing_in.INVITATION_LASTS.days),
    ("0023", "At least {word} characters", signing_in.SHORTEST_PASSWORD),
    ("0023", "ends after {word} hours, after {word} without use",
     (signing_in.SESSION_LASTS.seconds // 3600, signing_in.SESSION_RESTS.seconds // 3600)),
    ("0023", "After {word} failures", signing_in.FREE_TRIES),
    ("0029", "({:,} of an address or an IPv6 network, {:,} in all)",
     (bodies.MOST_OF_A_PLACE, bodies.MOST_IN_ALL)),
]  # fmt: skip


def paper(name: str) -> str:
    """Read a paper by its path, a record also by its number."""
    path = ROOT / name if name.endswith(".md") else next(DECISIONS.glob(f"{name}-*.md"))
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "sentence", "values"), LIMITS, ids=lambda value: str(value)[:60])
def test_a_limit_that_a_paper_names_is_the_limit_that_holds(
    name: str, sentence: str, values: object
) -> None:
    given = values if isinstance(values, tuple) else (values,)
    for value in given if "{word}" in sentence else ():
        sentence = sentence.replace("{word}", WORDS[value], 1)
    assert sentence.format(*given) in " ".join(paper(name).split())


def test_some_limits_are_what_words_of_a_paper_say() -> None:
    assert backoff.FIRST_REST.total_seconds() == 60  # docs/running.md: "left alone for a minute,
    assert backoff.LONGEST_REST.total_seconds() == 3600  # later for up to an hour"
    assert signing_in.LONGEST_WAIT_SECONDS == 60  # record 23: "a minute at most"
    assert language.A_YEAR_SECONDS == 365 * 86_400  # record 13: "for a year"
    assert (AT_THE_DOOR.reading_ms, AT_THE_DOOR.writing_ms) == (250, 1500)  # record 29
    assert reserve._SIZE_BYTES == MB  # docs/running.md, record 11: "a megabyte"
    assert joining.JOIN_DIGITS == 5  # docs/words.md: "five digits"


def test_the_papers_name_every_kind_of_stop_and_every_engine() -> None:
    words, running = paper("docs/words.md"), paper("docs/running.md")
    assert f"| {', '.join(THE_SEVEN.slugs)} |" in words
    engines = [engine.name for engine in ENGINES]
    told = re.search(r"what makes a computer voice: ([^;|]*)", words)
    assert told is not None
    assert sorted(told[1].split(", ")) == sorted(engines)
    named = re.findall(r"^\| `([\w-]+)`", running, re.MULTILINE)
    assert [each for each in named if each in engines] == engines


@pytest.mark.parametrize("name", ["README.md", "docs/running.md"])
def test_the_table_of_settings_names_every_setting_and_no_other(name: str) -> None:
    assert [setting for _, setting in ROW.findall(paper(name))] == list(settings.NAMES)


def test_both_tables_of_settings_say_the_same() -> None:
    readme, running = (
        [row.replace("docs/nginx.conf)", "nginx.conf)") for row, _ in ROW.findall(paper(name))]
        for name in ("README.md", "docs/running.md")
    )
    assert readme == running


def cookies_set() -> set[str]:
    """Find the name of every cookie that a handler sets."""
    found = set()
    for path in (ROOT / "audioguide").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".set_cookie"):
                found.add(_value(path, node.args[0]))
    return found


def _value(path: Path, name: ast.expr) -> str:
    if isinstance(name, ast.Constant):
        return str(name.value)
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return str(getattr(importlib.import_module(module), ast.unparse(name)))


def test_the_papers_name_every_cookie_that_is_set_and_no_other() -> None:
    named = r"[Cc]ookie(?: is|,)? `(\w+)`"
    assert set(re.findall(named, paper("SECURITY.md"))) == cookies_set()
    told = re.search(r"cookie `(\w+)` is the only one besides `(\w+)`", paper("0023"))
    assert told is not None
    assert set(told.groups()) == cookies_set()
    assert set(re.findall(named, paper("0013"))) == {"language"}  # visitors get this one alone


@pytest.mark.parametrize(
    ("record", "contract"), [("0001", "floors"), ("0030", "desk"), ("0033", "operations")]
)
def test_a_record_draws_the_floors_that_the_contract_has(record: str, contract: str) -> None:
    drawn = re.search(r"```\n(.*?)```", paper(record), re.DOTALL)
    assert drawn is not None
    assert _layers(drawn[1]) == _layers(SETUP[f"importlinter:contract:{contract}"]["layers"])


def _layers(text: str) -> list[list[str]]:
    lines = re.sub(r"\n\s+:", " :", text).strip().splitlines()
    return [re.split(r" [|:] ", " ".join(line.split())) for line in lines]


def test_the_record_of_the_desk_names_every_module_of_each_room() -> None:
    desk = ROOT / "audioguide" / "services"
    there = {
        room.parent.name: sorted({each.stem for each in room.parent.glob("*.py")} - {"__init__"})
        for room in desk.glob("*/__init__.py")
    }
    rooms = re.findall(r"^- \*\*(\w+)\*\*: (.*(?:\n  .*)*)", paper("0030"), re.MULTILINE)
    assert {room: sorted(IN_CODE.findall(modules)) for room, modules in rooms} == there


def test_contributing_names_every_file_of_pins_and_how_it_is_made() -> None:
    text = paper("CONTRIBUTING.md")
    assert sorted(set(re.findall(r"requirements[\w/-]*\.txt", text))) == PINS
    assert sorted(set(re.findall(r"--output-file (requirements\S+)", text))) == PINS
    assert f"{WORDS[len(PINS)].capitalize()} files in `requirements/` say exactly which" in text


def needed(option: str) -> set[str]:
    """Read which packages setup.cfg asks for."""
    section = "options" if option == "install_requires" else "options.extras_require"
    return {re.split(r"[ ;<>=\[]", line)[0] for line in SETUP[section][option].split("\n") if line}


def test_contributing_says_of_every_package_what_it_is_for() -> None:
    runs, tests = paper("CONTRIBUTING.md").split("For tests and checks:")
    rows = re.compile(r"^\| ([a-z][\w.-]*) \|", re.MULTILINE)
    assert rows.findall(runs) == sorted(needed("install_requires"))
    npm = {"axe-core", "html-validate", "lighthouse", "prettier", "puppeteer-core", "typescript"}
    extras = needed("piper") | needed("postgresql")
    assert rows.findall(tests) == sorted(npm | needed("test") - extras)


def test_what_setup_asks_for_is_pinned() -> None:
    runs, tests = (
        set(PINNED.findall((ROOT / name).read_text(encoding="utf-8")))
        for name in ("requirements/run.txt", "requirements/test.txt")
    )
    assert needed("install_requires") <= runs <= tests
    assert needed("test") <= tests


def trade_words() -> list[tuple[str, str]]:
    """Read from docs/words.md which word of the trade stands in which file."""
    rows = re.compile(r"^\|[^|]+\| ([^|]+) \|[^|]+\| `([\w/.]+)` \|$", re.MULTILINE)
    return [(terms.split(",")[0], path) for terms, path in rows.findall(paper("docs/words.md"))]


@pytest.mark.parametrize(("term", "path"), trade_words())
def test_the_word_of_the_trade_is_found_at_the_top_of_its_file(term: str, path: str) -> None:
    told = ast.get_docstring(ast.parse((ROOT / path).read_text(encoding="utf-8"))) or ""
    stem = term.lower().removesuffix("s")
    assert stem in " ".join(told.lower().split())


def test_every_record_is_in_the_list_and_every_hole_is_explained() -> None:
    text = paper("docs/decisions/README.md")
    listed = re.findall(r"^- \[(\d{4}) (.+?)\]\((\S+)\)", text, re.MULTILINE)
    there = sorted(path.name for path in DECISIONS.glob("0*.md"))
    assert [name for _, _, name in listed] == there
    for number, title, name in listed:
        heading = f"# {int(number)}. {title}\n"
        assert (DECISIONS / name).read_text(encoding="utf-8").startswith(heading), name
    numbers = {int(number) for number, _, _ in listed}
    holes = sorted(set(range(1, max(numbers))) - numbers)
    assert [int(hole) for hole in re.findall(r"`(\d{4})`", text)] == holes


PARAGRAPHS = paper("docs/tour.md").split("\n\n")


def test_the_walk_of_a_scan_has_ten_stops_and_comes_to_no_file_twice() -> None:
    text = paper("docs/tour.md")
    stops = re.findall(r"^\*\*(\d+)\. `([\w/.]+)`\*\*", text, re.MULTILINE)
    assert [int(number) for number, _ in stops] == list(range(1, 11))
    named = [each for each in IN_CODE.findall(text) if each.endswith(".py")]
    assert len(set(named)) == len(named)


@pytest.mark.parametrize("paragraph", PARAGRAPHS, ids=lambda text: text[:40])
def test_what_the_tour_names_stands_in_the_files_beside_it(paragraph: str) -> None:
    spans = IN_CODE.findall(paragraph)
    code = "".join((ROOT / each).read_text("utf-8") for each in spans if each.endswith(".py"))
    names = [each for each in spans if code and each.isidentifier()]
    assert [each for each in names if not re.search(rf"\b{each}\b", code)] == []


def test_the_picture_of_the_house_is_drawn_from_its_imports() -> None:
    drawn = (ROOT / "docs" / "house.svg").read_text(encoding="utf-8")
    assert drawn == house_map.draw(house_map.survey()), "python3 scripts/check.py --map"
