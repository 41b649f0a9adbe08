"""Finds every interface sentence in the program: in templates `_()`, in code where it is said."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import audioguide

PROGRAM = Path(audioguide.__file__).parent
_IN_TEMPLATES = re.compile(r"""_\(\s*(?:"([^"]+)"|'([^']+)')""")
_ERRORS = {"AskedWrongly", "AudioguideError", "VoiceFailed", "LabelFailed", "PictureBroken"}
_ERRORS |= {"VoiceUnavailable", "VoiceBusy", "VoiceWithoutSound", "TakeRefused", "Unplayable"}
_FIRST = _ERRORS | {"message", "Message", "said"}  # the sentence is the first argument
_SECOND = {"say"}
_SECOND_AND_THIRD = {"add", "wrong"}  # Mistakes.add(line, what, do), Table.wrong(key, what, do)
_THIRD_AND_FOURTH = {"remark"}  # Mistakes.remark(grade, line, what, do)


def sentences_said() -> set[str]:
    """Collect them all."""
    said = set()
    for path in PROGRAM.rglob("*.html"):
        for found in _IN_TEMPLATES.finditer(path.read_text(encoding="utf-8")):
            said.add(found.group(1) or found.group(2))
    for path in PROGRAM.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        constants = _constants(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                said.update(_said_by(node, constants))
    return {sentence for sentence in said if re.search(r"[A-Za-z]{2}", sentence)}


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
    if name in _FIRST or (name == "line" and _is_to_a_person(call)):
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
        if isinstance(place, ast.Constant) and isinstance(place.value, str):
            yield place.value
        elif isinstance(place, ast.Name) and place.id in constants:
            yield constants[place.id]


def _is_to_a_person(call: ast.Call) -> bool:
    """Tell Terminal.line, which speaks, from LineMap.line, which counts."""
    return isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value).endswith(
        "terminal"
    )
