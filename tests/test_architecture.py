from __future__ import annotations

import ast
import configparser
import re
import unicodedata
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import audioguide
from audioguide.languages import LANGUAGES, SOURCE, all_known, generic
from audioguide.roles import Role
from audioguide.services.staff import signing_in
from audioguide.web.bodies import KB, bound_of
from audioguide.web.javascript import SOURCES, scripts
from audioguide.web.style import SECTIONS
from kept_state import kept_in
from museum import ROOT, World

pytestmark = pytest.mark.thorough

PROGRAM = Path(audioguide.__file__).parent
MODULES = sorted(
    path for path in PROGRAM.rglob("*.py") if "migrations/versions" not in path.as_posix()
)
LONGEST_FUNCTION, USUAL_FUNCTION, LONGEST_FILE = 60, 35, 330


def functions() -> list[tuple[str, int]]:
    found = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                found.append((f"{path.relative_to(PROGRAM)}:{node.name}", length))
    return found


def test_no_function_is_long_and_few_are_longish() -> None:
    lengths = dict(functions())
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}
    longish = [name for name, length in lengths.items() if length >= USUAL_FUNCTION]
    assert len(longish) <= 0.05 * len(lengths), longish


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PROGRAM).as_posix())
def test_a_module_says_what_it_is_for_and_stays_readable(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text))
    assert text.count("\n") <= LONGEST_FILE


def test_no_room_is_called_by_a_name_that_says_nothing() -> None:
    nothing = re.compile(r"(^|_)(utils?|helpers?|common|manager|base)(_|$)")
    assert [path for path in MODULES if nothing.search(path.stem)] == []


def test_every_template_and_style_is_used() -> None:
    templates = [*(PROGRAM / "web" / "templates").iterdir()]
    static = [path for path in SOURCES.rglob("*") if path.is_file() and path.suffix != ".js"]
    named = set()
    quoted = re.compile(r"[\"']([a-z_]+\.(?:html|css|svg))[\"']")
    for path in [*MODULES, *templates]:
        named |= set(quoted.findall(path.read_text("utf-8")))
    named |= {f"{section}.css" for section in SECTIONS}
    assert {path.name for path in (*templates, *static)} == named


def test_every_script_is_used_says_what_it_is_for_and_stays_readable() -> None:
    sources = [*SOURCES.rglob("*.js")]
    used = {source for script in scripts() for source in script.sources}
    assert {path.relative_to(SOURCES).as_posix() for path in sources} == used
    for path in sources:
        text = path.read_text(encoding="utf-8")
        assert text.startswith("// "), path
        assert text.count("\n") <= LONGEST_FILE, path


def test_whoever_installs_the_guide_has_each_of_its_files() -> None:
    settings = configparser.ConfigParser()
    settings.read(PROGRAM.parent / "setup.cfg", encoding="utf-8")
    patterns = settings["options.package_data"]["audioguide"].split()
    packed = {path for each in patterns for path in PROGRAM.glob(each)}
    there = {path for path in PROGRAM.rglob("*") if path.is_file() and path.suffix != ".pyc"}
    assert {path for path in there - packed if path.suffix != ".py"} == set()


LANGUAGE_ROOM = PROGRAM / "languages"
TEMPLATES = sorted((PROGRAM / "web" / "templates").iterdir())


def named_languages(text: str) -> list[str]:
    """Find the tags of known languages that stand as words of their own in a module's code."""
    return [
        f"{node.lineno}: {node.value}"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and (node.value in NAMED or BEGINS.fullmatch(node.value))
    ]


NAMED = {
    name
    for tag, each in all_known().items()
    for name in (tag, tag.primary, each.name, each.locale, each.open_graph, each.iso_639_2)
} | {"Kazakh", "Russian", "English", "German", "Uzbek", "Arabic"}
BEGINS = re.compile(rf"(?:{'|'.join(sorted({each.primary for each in all_known()}))})[-_]\w*")
TABLE = """
NAMES = {"kk": "Қазақша", Language("ru"): "Русский"}
def mark(language): return "." if language == "en" else ","
def is_known(tag): return tag.startswith("de-") or tag == "rus" or tag.startswith(("uz", "ar_"))
"""


def test_a_table_by_language_would_be_seen() -> None:
    found = {each.partition(": ")[2] for each in named_languages(TABLE)}
    assert found == {*("kk", "Қазақша", "ru", "Русский", "en", "de-", "rus", "uz", "ar_")}


def test_what_is_known_of_a_language_stands_in_one_room() -> None:
    apart = {
        path.relative_to(PROGRAM).as_posix(): found
        for path in MODULES
        if LANGUAGE_ROOM not in path.parents
        and (found := named_languages(path.read_text(encoding="utf-8")))
    }
    assert apart == {}
    quoted = re.compile(rf"[\"']({'|'.join(map(re.escape, sorted(NAMED)))})[\"']")
    told = [path for path in TEMPLATES if quoted.search(path.read_text(encoding="utf-8"))]
    assert told == []


ELSEWHERE = {
    "characters.py": "alphabets as a whole, and signs without a sound",
    "codes.py": "letters that are typed for those of a code",
    "content/beginning/spreadsheet.py": "Windows' Cyrillic, read as Western letters",
    "content/decoding.py": "Windows' Cyrillic, read as UTF-8",
    "content/markup.py": "letters that number a list, and the Russian sic",
    "content/toml_dates.py": "Roman numerals as a Cyrillic keyboard has them",
    "speech/festival_letters.py": "the one alphabet that Festival's voice can read",
}


def foreign_letters(text: str) -> str:
    """Find letters beyond Latin ones in the strings of a module's code, without its sentences."""
    tree = ast.parse(text)
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    strings = (
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said
    )
    letters = {letter for each in strings for letter in each if ord(letter) > 0x24F}
    return "".join(
        sorted(each for each in letters if unicodedata.category(each) in ("Lu", "Ll", "Lo"))
    )


WORDS = """
WEEKS = {"апта": 7}
def is_kazakh(word): return bool(set(word) & set("әғқ"))
"""


def test_words_and_letters_of_a_language_stand_in_its_room() -> None:
    assert foreign_letters(WORDS) == "аптғқә"
    found = {
        path.relative_to(PROGRAM).as_posix(): letters
        for path in MODULES
        if LANGUAGE_ROOM not in path.parents
        and (letters := foreign_letters(path.read_text(encoding="utf-8")))
    }
    assert found.keys() == ELSEWHERE.keys(), found
    shown = [*TEMPLATES, *(PROGRAM / "web" / "static").rglob("*.js")]
    assert not [each for each in shown if re.search("[\u0370-\u1fff]", each.read_text("utf-8"))]


def test_a_language_of_the_program_is_named_in_its_own_room_alone() -> None:
    rooms = [path for path in (LANGUAGE_ROOM / "known").iterdir() if path.stem != "__init__"]
    for path in MODULES:
        if path.parent == LANGUAGE_ROOM:
            found = {each.partition(": ")[2] for each in named_languages(path.read_text("utf-8"))}
            assert found <= {*map(str, LANGUAGES), SOURCE, generic._WITHOUT_ONE}, path
    assert len(all_known()) == len([each for each in rooms if each.name != "__pycache__"])


LIFE = PROGRAM / "models" / "narration.py"
CLAIM = r"claimed_(?:by|until)"
CHANGED = rf"(?:state|{CLAIM})"


def lives(path: Path) -> list[str]:
    """Find where a module changes a narration's state or claim, or weighs whose a claim is."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        said = ast.unparse(node) if isinstance(node, ast.expr | ast.stmt) else ""
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = re.search(rf"\.{CHANGED}\b", " ".join(map(ast.unparse, targets)))
            wrong = names is not None and "LabelState." not in said
        elif isinstance(node, ast.Call):
            wrong = any(
                re.fullmatch(CLAIM, each.arg or "")
                or (each.arg == "state" and re.search(r"\bState\.", ast.unparse(each.value)))
                for each in node.keywords
            )
        elif isinstance(node, ast.Dict):
            wrong = re.search(rf"['\"](state['\"]: State\.|{CLAIM}['\"]:)", said) is not None
        else:
            claim = re.search(rf"\.{CLAIM}\b", said)
            wrong = isinstance(node, ast.Compare) and claim is not None
        if wrong:
            found.append(f"{path.relative_to(PROGRAM)}: {said.splitlines()[0]}")
    return found


def test_a_narration_changes_its_state_in_one_module_alone() -> None:
    assert len(lives(LIFE)) >= 8
    assert [each for path in MODULES if path != LIFE for each in lives(path)] == []


WAYS_IN = {"/staff/sign-in", "/staff/invited/<key>"}
ROLES = (("Zhanar", Role.EDITOR), ("Marat", Role.GUIDE))
WRITES_FOR_EVERYBODY = {"/live/<key>/here"}


def test_only_what_is_closed_changes_anything_but_the_count_of_phones(world: World) -> None:
    for rule in world.app().url_map.iter_rules():
        assert rule.methods is not None
        reads = rule.methods <= {"GET", "HEAD", "OPTIONS"}
        closed = rule.rule.startswith(("/staff", "/lead"))
        assert reads or closed or rule.rule in WRITES_FOR_EVERYBODY, rule


def test_every_route_that_changes_something_says_how_much_it_takes(world: World) -> None:
    app = world.app()
    for rule in app.url_map.iter_rules():
        bound = bound_of(app.view_functions[rule.endpoint])
        reads = (rule.methods or set()) <= {"GET", "HEAD", "OPTIONS"}
        assert (bound.size_bytes == 0) == reads, rule
        assert bound.spooled or bound.size_bytes <= 64 * KB, rule


def test_every_closed_route_refuses_a_stranger(world: World) -> None:
    app = world.app()
    closed = [
        rule for rule in app.url_map.iter_rules() if rule.rule.startswith(("/staff", "/lead"))
    ]
    assert len(closed) > len(WAYS_IN)
    for rule in closed:
        if rule.rule in WAYS_IN:
            continue
        address = re.sub(r"<[^>]*>", "1", re.sub(r"<language:[^>]*>|<language>", "en", rule.rule))
        for method in rule.methods or ():
            answer = app.test_client().open(address, method=method)
            if method == "OPTIONS" and answer.status_code == 200:
                continue
            assert answer.status_code == 303, (rule, method)
            assert answer.headers["Location"].startswith("/staff/sign-in")


def test_every_closed_route_refuses_the_wrong_role_and_a_form_without_its_key(
    world: World,
) -> None:
    app = world.app()
    editor, guide = (signed_in(world, name, role) for name, role in ROLES)
    for rule in app.url_map.iter_rules():
        address = re.sub(r"<[^>]*>", "1", re.sub(r"<language:[^>]*>|<language>", "en", rule.rule))
        if rule.rule.startswith("/lead"):
            assert editor.get(address).status_code in (403, 405), rule
        is_closed = rule.rule.startswith(("/lead", "/staff")) and rule.rule not in WAYS_IN
        if is_closed and "POST" in (rule.methods or ()):
            assert editor.post(address).status_code == 403, rule
            assert guide.post(address).status_code == 403, rule


def signed_in(world: World, name: str, role: Role) -> FlaskClient:
    with world.database.writing() as session:
        key = signing_in.add(session, name, role)
    phone = world.phone("en")
    phone.post(f"/staff/invited/{key}", data={"password": "three quiet words"})
    return phone


def test_nothing_of_this_repository_names_a_machine_or_a_registry() -> None:
    wrong = re.compile(r"(?<![\w.])/(?:work|home|root)/|pypi\.org|files\.pythonhosted")
    names = ("*.py", "*.md", "*.cfg", "*.toml", "*.txt", "*.html", "*.css", "*.po", "*.typ")
    folders = [ROOT / name for name in ("audioguide", "scripts", "tests", "docs", "media")]
    files = [path for folder in folders for name in names for path in folder.rglob(name)]
    files += [path for name in names for path in ROOT.glob(name)]
    found = [
        str(path.relative_to(ROOT))
        for path in files
        if path != Path(__file__)
        and "node_modules" not in path.parts  # of others, and not in the repository
        and wrong.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


# espeak-ng, the library in C, keeps one state for the whole process; so there is one lock for it.
KEPT_BY_A_LIBRARY = ["speech/espeak.py makes Lock", "speech/espeak.py caches _Engine"]


def test_nothing_is_kept_in_the_process_where_all_applications_would_share_it() -> None:
    found = [
        each
        for path in MODULES
        for each in kept_in(path.read_text("utf-8"), path.relative_to(PROGRAM).as_posix())
    ]
    assert found == KEPT_BY_A_LIBRARY


@pytest.mark.parametrize(
    "kept",
    [
        "_asked = {}\n\ndef ask(key):\n    _asked[key] = 1\n",
        "_asked = set()\n\ndef ask(key):\n    _asked.add(key)\n",
        "from x import ASKED\n\ndef ask(key):\n    ASKED.append(key)\n",
        "_count = 0\n\ndef ask():\n    global _count\n    _count += 1\n",
        "_lock = threading.Lock()\n",
        "_groups: OrderedDict[str, int] = OrderedDict()\n",
        "from audioguide.web.throttle import Throttle\n_throttle = Throttle()\n",
        "from audioguide.web.presence import Presence\n\nclass Page:\n    known = Presence()\n",
        "from audioguide.web.throttle import Throttle\n@cache\ndef its() -> Throttle: ...\n",
        "from audioguide.speech.voice import Voice\n@cache\ndef its() -> Voice: ...\n",
    ],
)
def test_what_would_be_kept_in_the_process_is_found(kept: str) -> None:
    assert len(kept_in(kept, "web/module.py")) == 1


@pytest.mark.parametrize(
    "fixed",
    [
        "_NAMES = {1: 'one'}\n\ndef name(key):\n    return _NAMES[key]\n",
        "_NAMES = {}\n\ndef names():\n    _NAMES = {}\n    _NAMES[1] = 'one'\n",
        "from audioguide.web.prebuilt import Prebuilt\nHEALTHY = Prebuilt()\n",
        "@cache\ndef rate() -> int: ...\n",
    ],
)
def test_what_stays_as_it_is_may_stand_in_a_module(fixed: str) -> None:
    assert kept_in(fixed, "web/module.py") == []


OPENS = re.compile(r"\.(reading|writing|alone)\(")
DOORS = [path for path in MODULES if path.relative_to(PROGRAM).parts[0] in ("web", "cli")]


def transactions(path: Path) -> dict[str, int]:
    """Count the transactions that each function of a module opens."""
    return {
        node.name: len(OPENS.findall(ast.unparse(node)))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    }


def test_what_takes_several_transactions_is_an_operation_and_stands_in_no_door() -> None:
    found = {
        f"{path.relative_to(PROGRAM)}:{name}": count
        for path in (*DOORS, PROGRAM / "worker.py")
        for name, count in transactions(path).items()
        if count > 1
    }
    assert found == {}
    assert transactions(PROGRAM / "operations" / "recordings.py")["record"] > 1


def test_no_service_opens_a_transaction_or_ends_one() -> None:
    ends = re.compile(r"\bsession\.(commit|rollback|begin)\(")
    for path in MODULES:
        if path.relative_to(PROGRAM).parts[0] == "services":
            text = path.read_text("utf-8")
            assert not ends.search(text), path
            assert not OPENS.search(text), path
