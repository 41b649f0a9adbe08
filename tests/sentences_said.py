"""Finds every interface sentence: in templates `_()`, in code where it is said, in argparse.

Babel reads the templates, with the extractor that Jinja2 gives it. Its own for Python takes
positional strings alone (docs/decisions/0031): what parsers are given by name, what stands as a
constant, and what is chosen between two, is found here.
"""

from __future__ import annotations

import argparse
import ast
import inspect
import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.extract import extract

import audioguide
from audioguide.kinds import KNOWN

PROGRAM = Path(audioguide.__file__).parent
_IN_TEMPLATES = {"_": (1,)}  # the sentence is the first argument; its values are no sentences
_FIRST = {"message", "Message", "said"}  # the sentence is the first argument; and in every error
_SECOND = {"say"}
_SECOND_AND_THIRD = {"add", "wrong"}  # Mistakes.add(line, what, do), Table.wrong(key, what, do)
_THIRD_AND_FOURTH = {"remark"}  # Mistakes.remark(grade, line, what, do)
_OF_A_PARSER = {"help", "description", "title", "metavar"}  # given by name, in the commands
_LIKE_A_SENTENCE = re.compile(r"[A-Z“{][^\n]*[a-z]{2,}[ ,].*[a-z]{2,}.*\.|[A-Z][a-z]+ [^\n]*\.")
_ELSEWHERE = {  # what a desk says on a page or a label: where it begins so, it is shown there
    "Start here": "poster",
    "Scan the code and choose": "poster",
    "Print this page at 100 %": "calibration",
    "A password has": "invited.html",
}
_FOR_STAFF = re.compile(r"lead|staff|sign|invited|calibration")
_HEAD = """# The sentences of pages and labels: those of visitors, then, marked, those of staff.
# Written by: python3 tests/sentences_said.py
msgid ""
msgstr ""
"Project-Id-Version: audioguide\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""
_EXAMPLE = "example"  # what stands above one

# What our parsers can make argparse say, in Python 3.11 to 3.15. Each says a part of it.
SAID_BY_ARGPARSE = {
    "ambiguous option: %(option)s could match %(matches)s",
    "argument %(argument_name)s: %(message)s",
    "expected %s arguments",
    "expected at least one argument",
    "expected one argument",
    "ignored explicit argument %r",
    "invalid choice: %(value)r (choose from %(choices)s)",
    "invalid choice: %(value)r, maybe you meant %(closest)r? (choose from %(choices)s)",
    "invalid %(type)s value: %(value)r",
    "not allowed with argument %s",
    "options",
    "positional arguments",
    "show program's version number and exit",
    "show this help message and exit",
    "the following arguments are required: %s",
    "unrecognized arguments: %s",
    "usage: ",
}


def sentences_said() -> set[str]:
    """Collect them all."""
    said = {_EXAMPLE, *SAID_BY_ARGPARSE}
    for path in PROGRAM.rglob("*.html"):
        said.update(said_in_template(path.read_text(encoding="utf-8")))
    for path in PROGRAM.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        constants = _constants(tree)
        is_command = path.is_relative_to(PROGRAM / "cli")
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                said.update(_said_by(node, constants))
                said.update(_said_by_a_parser(node) if is_command else ())
    return {sentence for sentence in said if re.search(r"[A-Za-z]{2}", sentence)}


def said_in_template(text: str) -> set[str]:
    """Collect what a template says."""
    source = io.BytesIO(text.encode())
    found = extract("jinja2", source, _IN_TEMPLATES)
    return {sentence for _, sentence, _, _ in found if isinstance(sentence, str)}


def not_found_but_like_sentences() -> set[str]:
    """Collect what looks like a sentence in code and is not found to be said."""
    said, alike = sentences_said(), set()
    for path in PROGRAM.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        lone = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
        alike |= {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and node not in lone
            and isinstance(node.value, str)
            and _LIKE_A_SENTENCE.fullmatch(node.value)
        }
    return alike - said


def on_pages() -> dict[str, set[str]]:
    """Collect the sentences of pages and labels, each with the files that show it."""
    shown: dict[str, set[str]] = {}
    for path in sorted(PROGRAM.rglob("*.html")):
        for sentence in said_in_template(path.read_text(encoding="utf-8")):
            shown.setdefault(sentence, set()).add(path.name)
    for path in sorted((PROGRAM / "web").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            for sentence in _said_by(node, _constants(tree)) if isinstance(node, ast.Call) else ():
                shown.setdefault(sentence, set()).add(path.relative_to(PROGRAM).as_posix())
    for sentence in sentences_said():
        for beginning, place in _ELSEWHERE.items():
            if sentence.startswith(beginning):
                shown.setdefault(sentence, set()).add(place)
    for kind in KNOWN:
        shown.setdefault(kind.name.sentence, set()).add("kinds.py")
    return shown


def is_for_visitors(places: set[str]) -> bool:
    """Tell whether any of the files is one that visitors meet."""
    return any(not _FOR_STAFF.search(place) for place in places)


def template_of_pages() -> str:
    """Write the catalogue's template, `audioguide/words/pages.pot`: first what visitors meet."""
    entries = sorted(
        on_pages().items(), key=lambda each: (not is_for_visitors(each[1]), sorted(each[1]), each)
    )
    parts = [_HEAD]
    for sentence, places in entries:
        staff = "" if is_for_visitors(places) else "#. staff\n"
        shown = "".join(f"#: {place}\n" for place in sorted(places))
        parts.append(f'{staff}{shown}msgid {_quoted(sentence)}\nmsgstr ""\n')
    return "\n".join(parts)


def _quoted(sentence: str) -> str:
    return '"' + sentence.replace("\\", "\\\\").replace('"', '\\"') + '"'


def said_from_several_rooms() -> set[str]:
    """Collect the sentences that more than one module says."""
    rooms: dict[str, set[Path]] = {}
    for path in PROGRAM.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                for sentence in _said_by(node, _constants(tree)):
                    rooms.setdefault(sentence, set()).add(path)
    return {sentence for sentence, paths in rooms.items() if len(paths) > 1}


@cache
def errors() -> frozenset[str]:
    """Name every class that is an AudioguideError, however far below it."""
    classes = [
        node
        for path in PROGRAM.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    ]
    found = {"AudioguideError"}
    while more := {each.name for each in classes if found & set(_bases(each))} - found:
        found |= more
    return frozenset(found)


def _bases(made: ast.ClassDef) -> Iterator[str]:
    return (ast.unparse(base) for base in made.bases)


def _constants(tree: ast.Module) -> dict[str, str]:
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _said_by(call: ast.Call, constants: dict[str, str]) -> Iterator[str]:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    if name in _FIRST | errors() or (name == "line" and _is_to_a_person(call)):
        places = call.args[:1]
    elif name in _SECOND:
        places = call.args[1:2]
    elif name in _SECOND_AND_THIRD and len(call.args) >= 2:
        places = call.args[1:3]
    elif name in _THIRD_AND_FOURTH:
        places = call.args[2:4]
    else:
        places = []
    for place in places:
        for choice in _choices(place):
            if isinstance(choice, ast.Constant) and isinstance(choice.value, str):
                yield choice.value
            elif isinstance(choice, ast.Name) and choice.id in constants:
                yield constants[choice.id]


def _choices(place: ast.expr) -> Iterator[ast.expr]:
    """Give what stands there, or both that stand there by turns: "this" if so else "that"."""
    if isinstance(place, ast.IfExp):
        yield from (*_choices(place.body), *_choices(place.orelse))
    else:
        yield place


def _said_by_a_parser(call: ast.Call) -> Iterator[str]:
    for given in call.keywords:
        if given.arg in _OF_A_PARSER:
            several = given.value.elts if isinstance(given.value, ast.Tuple) else [given.value]
            for each in several:
                sentence = each.value if isinstance(each, ast.Constant) else None
                assert isinstance(sentence, str), f"no sentence: {ast.unparse(given)}"
                yield sentence


def strings_of_argparse() -> set[str]:
    """Collect what the argparse of this Python has translated: the strings in its `_("...")`."""
    tree = ast.parse(inspect.getsource(argparse))
    return {
        each.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "ngettext")
        for given in node.args
        for each in ast.walk(given)
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    }


def _is_to_a_person(call: ast.Call) -> bool:
    """Tell Terminal.line, which speaks, from LineMap.line, which counts."""
    return isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value).endswith(
        "terminal"
    )


if __name__ == "__main__":
    (PROGRAM / "words" / "pages.pot").write_text(template_of_pages(), encoding="utf-8")
